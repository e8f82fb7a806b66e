"""A report on petitions as paper: the document that becomes its PDF."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from complaints.places import drawn_map
from complaints.report_tables import (
    in_pairs,
    related_table,
    tables,
    total_row,
    trend_table,
)
from complaints.reports import Content, category_chart, trend_chart
from complaints.tallies import Dimension
from office.figures import percent_text
from office.models import Report, Role, Subgroup, User
from office.province_map import CREDIT
from office.reporting import period_words


def paper(report: Report, figures: Content) -> str:
    """The whole document as HTML, in the language in force. `figures` are those the report is issued with."""
    subgroup = Subgroup.objects.get(code=Subgroup.Code.COMPLAINTS)
    heads = User.objects.with_role(Role.HEAD).filter(subgroup=subgroup).select_related("position")[:1]
    by_name = {table.name: table for table in tables(figures)}
    provinces = by_name.pop("province")
    context = {
        "title": _("Report on petitions"),
        "report": report,
        "content": figures,
        "period_words": period_words(report.period),
        "percent": percent_text(figures.total.ratio.percent),
        "percent_before": percent_text(figures.before.ratio.percent) if figures.before else "",
        "fewer": -figures.difference,
        "tables": list(by_name.values()),
        "provinces": in_pairs([row for row in provinces.rows if row.standing != "total"]),
        "provinces_title": provinces.title,
        "total": total_row(figures),
        "trend": trend_table(figures),
        "related": related_table(figures),
        "province_map": _map(figures),
        "map_credit": CREDIT,
        "category_chart": category_chart(figures),
        "trend_chart": trend_chart(figures),
        "subgroup": subgroup,
        "head": heads[0] if heads else None,
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
    }
    return render_to_string("complaints/paper/report.html", context)


def _map(figures: Content) -> SafeString | None:
    """The map of the provinces; None where no petition says its own."""
    counts = {line.key: line.counts for line in figures.tables[Dimension.PROVINCE] if line.key}
    return drawn_map(counts, figures.period) if counts else None
