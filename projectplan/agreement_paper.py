"""The papers of an agreement: the agreement itself between its two, and the form of its assessment, always in Thai."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from office.calendar import fiscal_year
from office.models import User
from office.paper import render_pdf
from office.paper_words import as_on_paper
from office.thai import format_long, to_thai_digits
from projectplan.agreement_page import LineRow, rows_of, sum_of
from projectplan.agreement_path import half_year
from projectplan.models import Agreement, AgreementState, Half, Side

LONG_FIGURE: Final = 4
"""Letters of a figure up to which the narrow columns of the table hold it."""


def figure(value: Decimal | None) -> str:
    """`๒,๐๐๐`, `๓.๕`: Thai digits without needless noughts."""
    if value is None:
        return ""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return to_thai_digits(text)


def agreement_html(agreement: Agreement, half: Half = Half.YEAR) -> str:
    """The agreement as HTML; `half` is of no matter to it."""
    with override(settings.LANGUAGE_CODE):
        return render_to_string("projectplan/paper/agreement.html", _context(agreement))


def assessment_html(agreement: Agreement, half: Half) -> str:
    """The form of an assessment as HTML, with what both sides found so far."""
    with override(settings.LANGUAGE_CODE):
        rows = rows_of(agreement)
        period = half_year(agreement.fiscal_year) if half == Half.HALF else fiscal_year(agreement.fiscal_year)
        first, last = format_long(period.first), format_long(period.last)
        context = _context(agreement) | {
            "rows": [_assessed(row, half) for row in rows],
            "parties": _assessors(agreement, half),
            "is_half": half == Half.HALF,
            "period": f"{first} – {last}",
            "self_score": _score(sum_of(rows, half, Side.SELF)),
            "head_score": _score(sum_of(rows, half, Side.HEAD)),
        }
        return render_to_string("projectplan/paper/assessment.html", context)


def agreement_pdf(agreement: Agreement, half: Half = Half.YEAR) -> bytes:
    return render_pdf(agreement_html(agreement), title=title_of(agreement))


def assessment_pdf(agreement: Agreement, half: Half) -> bytes:
    return render_pdf(assessment_html(agreement, half), title=title_of(agreement))


def title_of(agreement: Agreement) -> str:
    """What a reader's window says."""
    with override(settings.LANGUAGE_CODE):
        year = to_thai_digits(agreement.fiscal_year)
        return " ".join([_("Performance agreement"), str(agreement), year])


def _context(agreement: Agreement) -> dict[str, Any]:
    year = fiscal_year(agreement.fiscal_year)
    signer = _party(agreement.signer, agreement.signed_at)
    superior = _party(agreement.superior, agreement.confirmed_at)
    lines = [_line(line) for line in agreement.lines.all()]
    return {
        "title": title_of(agreement),
        "year": to_thai_digits(agreement.fiscal_year),
        "edition": to_thai_digits(agreement.edition) if agreement.edition > 1 else "",
        "reason": as_on_paper(agreement.reason),
        "of": str(agreement.person) if agreement.person else settings.OFFICE_NAME,
        "for_group": agreement.person is None,
        "signer": signer,
        "superior": superior,
        "parties": [(signer, "ผู้ทำคำรับรอง"), (superior, "ผู้รับคำรับรอง")],
        "first_day": format_long(year.first),
        "last_day": format_long(year.last),
        "is_draft": agreement.signed_at is None,
        "is_replaced": agreement.state == AgreementState.REPLACED,
        "lines": lines,
        "has_long_figures": any(len(one) > LONG_FIGURE for line in lines for one in line["levels"]),
        "weight": figure(agreement.weight()),
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
    }


def _party(user: User, at: datetime | None) -> dict[str, str]:
    day = format_long(timezone.localtime(at).date()) if at else ""
    return {"name": str(user), "position": as_on_paper(str(user.position or "")), "signed_on": day}


def _assessors(agreement: Agreement, half: Half) -> list[tuple[dict[str, str], str]]:
    """Both sides of an assessment, each with who gave it and on which day."""
    acts = {"half": ("assess_half", "judge_half"), "year": ("assess_year", "judge_year")}[half.value]
    given = {one.act: one for one in agreement.events.filter(act__in=acts).select_related("actor__position")}
    roles = ("ผู้รับการประเมิน", "ผู้ประเมิน")
    parties = []
    for name, role, expected in zip(acts, roles, (agreement.signer, agreement.superior), strict=True):
        event = given.get(name)
        parties.append((_party(event.actor, event.at) if event else _party(expected, None), role))
    return parties


def _line(line: Any) -> dict[str, Any]:
    return {
        "number": to_thai_digits(line.number),
        "name": as_on_paper(line.name),
        "unit": as_on_paper(line.unit),
        "target": figure(line.target),
        "weight": figure(line.weight),
        "levels": [figure(level) for level in line.levels],
    }


def _assessed(row: LineRow, half: Half) -> dict[str, Any]:
    sides = {}
    for side in Side:
        found = row.found.get((half.value, side.value))
        sides[side.value] = {
            "value": figure(found.value) if found else "",
            "score": _score(found.score) if found else "",
            "weighted": _score(found.weighted) if found else "",
            "remark": as_on_paper(found.remark) if found else "",
        }
    return _line(row.line) | sides


def _score(value: Decimal | None) -> str:
    return "" if value is None else to_thai_digits(f"{value:.2f}")
