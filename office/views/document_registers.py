"""The registers of documents in and out: the list with its filter, the list as a spreadsheet, the form on paper."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from office.calendar import Period
from office.document_filters import DocumentsFilter, this_month
from office.document_registers import IN, DocumentRegister
from office.figures import figures
from office.http import StaffRequest
from office.incoming import may_receive
from office.lists import page_of
from office.paper import render_pdf
from office.spreadsheets import Sheet, moment_cell, workbook
from office.thai import format_long
from office.views.documents import pdf_response

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORTED_MOST: Final = 5000
PRINTED_MOST: Final = 600
"""Lines on paper at once: some forty sheets, which one waits for."""


@require_GET
def documents(request: StaffRequest, register: DocumentRegister) -> HttpResponse:
    """The register as a person sees it, the newest number first."""
    form = register.filter(request.GET)
    rows = form.found(register.rows(request.user), timezone.localdate())
    page = page_of(rows, register.order, after=request.GET.get("after", ""), upto=request.GET.get("upto", ""))
    asked = _asked(request)
    context = {
        "section": register.section,
        "register": register,
        "form": form,
        "is_narrowed": form.is_narrowed,
        "lines": register.lines(page.rows),
        "page": page,
        "query": asked,
        "next_link": _with(asked, after=page.next_cursor) if page.next_cursor else "",
        "back_link": _with(asked, upto=page.back_cursor) if page.back_cursor else "",
        "may_receive": register is IN and may_receive.test(request.user),
    }
    return render(request, "office/documents/list.html", context, status=200 if form.is_valid() else 422)


def _asked(request: StaffRequest) -> str:
    """The filter in force as an address, without the place in the list."""
    return urlencode(
        [(name, value) for name, value in request.GET.items() if value and name not in ("after", "upto")]
    )


def _with(asked: str, **place: str) -> str:
    return "&".join(part for part in (asked, urlencode(place)) if part)


@require_GET
def export(request: StaffRequest, register: DocumentRegister) -> HttpResponse:
    """The list as it is seen, as XLSX; a list that is longer than a spreadsheet is useful says so."""
    form = register.filter(request.GET)
    rows = form.found(register.rows(request.user), timezone.localdate())
    found = list(register.order.sorted(rows, backwards=False)[: EXPORTED_MOST + 1])
    lines = register.lines(found[:EXPORTED_MOST])
    above = [str(register.name)]
    if len(found) > EXPORTED_MOST:
        above.append(
            _("Only the newest %(number)s lines: ask for a year or a month.") % {"number": EXPORTED_MOST}
        )
    head = [*register.heads(), _("Entered"), _("Urgency"), _("Secrecy"), _("Matter"), _("Signed")]
    cells = [
        [*line.cells, moment_cell(line.entered), line.speed, line.secrecy, line.matter, line.signed]
        for line in lines
    ]
    content = workbook([Sheet(str(register.name), head, cells)], above=above)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{register.section.replace("_", "-")}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def printed(request: StaffRequest, register: DocumentRegister) -> HttpResponse:
    """The register of a day or a month in the regulation's form, with the other filters as asked; this month's when
    neither is asked for."""
    form = register.filter(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse(register.list_page)}?{request.GET.urlencode()}")
    today = timezone.localdate()
    period = form.period or this_month(today)
    rows = form.found(register.rows(request.user), today)
    if form.period is None:
        moment = form.moment
        rows = rows.filter(**{f"{moment}__gte": period.starts_at, f"{moment}__lt": period.ends_at})
    found = list(rows.order_by(*register.in_order)[: PRINTED_MOST + 1])
    if len(found) > PRINTED_MOST:
        words = _("This month has more than %(number)s lines: print it day by day.")
        messages.error(request, words % {"number": figures(PRINTED_MOST)})
        return redirect(f"{reverse(register.list_page)}?{request.GET.urlencode()}")
    with override(settings.LANGUAGE_CODE):
        html = register_paper(register, form, found, period)
        pdf = render_pdf(html, title=str(register.name))
    return pdf_response(pdf, f"{register.section.replace('_', '-')}.pdf")


def register_paper(
    register: DocumentRegister, form: DocumentsFilter, found: list[Any], period: Period
) -> str:
    """The register of a day or a month as the document that is printed."""
    language = get_language() or "th"
    is_day = period.first == period.last
    context = {
        "title": str(register.name),
        "subtitle": format_long(period.first, language=language) if is_day else period.label(language),
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
        "heads": register.heads(),
        "lines": register.lines(found),
    }
    return render_to_string("office/documents/paper.html", context)
