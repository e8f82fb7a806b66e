"""What a report on public relations shows, on the page and as paper: the document that becomes its PDF."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from office.figures import percent_text
from office.models import Report, Role, Subgroup, User
from office.report_late import LateOne
from office.reporting import period_words
from publicrelations.report_tables import issue_rows, kind_tables, trend_table, works_table
from publicrelations.reports import Content, trend_chart, work_label, works_chart
from publicrelations.tallies import Kind


def shown(figures: Content) -> dict[str, Any]:
    """What page and paper show alike."""
    return {
        "percent": percent_text(figures.total.ratio.percent),
        "percent_before": percent_text(figures.before.ratio.percent) if figures.before else "",
        "fewer": -figures.difference,
        "works": works_table(figures),
        "kinds": kind_tables(figures),
        "issues": issue_rows(figures),
        "trend": trend_table(figures),
        "late": late_by_kind(figures),
        "works_chart": works_chart(figures),
        "trend_chart": trend_chart(figures),
    }


def paper(report: Report, figures: Content) -> str:
    """The whole document as HTML, in the language in force. `figures` are those the report is issued with."""
    subgroup = Subgroup.objects.get(code=Subgroup.Code.PUBLIC_RELATIONS)
    heads = User.objects.with_role(Role.HEAD).filter(subgroup=subgroup).select_related("position")[:1]
    context = shown(figures) | {
        "title": _("Report on public relations"),
        "report": report,
        "content": figures,
        "period_words": period_words(report.period),
        "subgroup": subgroup,
        "head": heads[0] if heads else None,
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
    }
    return render_to_string("publicrelations/paper/report.html", context)


def late_by_kind(figures: Content) -> list[tuple[str, list[LateOne]]]:
    """The late ones under the name of their kind."""
    kinds = [work.kind for work in figures.works]
    found = [(kind, [one for one in figures.late if one.kind == kind]) for kind in kinds]
    return [(work_label(Kind(kind)), late) for kind, late in found if late]
