"""Members and senators: the list, a member's page with all they ever asked of us, and keeping their rows."""

from __future__ import annotations

import re
from typing import Final

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ
from office.http import StaffRequest
from office.list_export import write_down
from office.lists import COUNT_CAP, ByName, capped_count, count_label, page_of
from office.models import Matter
from office.models.calendar import current_calendar
from office.registers import link
from office.spreadsheets import csv_lines
from office.views.form_page import form_page
from parliament.asked import ASKED_AS, asked_by
from parliament.forms.houses import LeaveForm, MemberFilterForm, MemberForm
from parliament.member_columns import export_rows
from parliament.models import Member
from parliament.permissions import may_register
from parliament.views.access import carriers_only, readers_only

TERMS_ASKED: Final = (
    "party",
    "province",
    "continues__continues__continues",
    "continued_by__continued_by__continued_by",
)
_KEY: Final = re.compile(r"[0-9]{1,18}")


BY_NAME: Final = ByName("sort_name")


@readers_only
def members(request: StaffRequest) -> HttpResponse:
    """Who sits or sat in the chambers, 25 a page."""
    query = request.GET.copy()
    form = MemberFilterForm(query)
    rows = form.rows(timezone.localdate())
    count = capped_count(rows)
    page = page_of(
        rows.select_related("party", "province"),
        BY_NAME,
        after=query.get("after", ""),
        upto=query.get("upto", ""),
    )
    context = {
        "section": "members",
        "form": form,
        "page": page,
        "count": count_label(count, COUNT_CAP),
        "next_link": link(query, after=page.next_cursor) if page.next_cursor else "",
        "back_link": link(query, upto=page.back_cursor) if page.back_cursor else "",
        "query": link(query),
        "is_narrowed": any(query.get(name) for name in form.fields),
        "today": timezone.localdate(),
        "may_register": may_register.test(request.user),
    }
    status = 200 if form.is_valid() else 422
    return render(request, "parliament/houses/members.html", context, status=status)


@readers_only
def members_export(request: StaffRequest) -> StreamingHttpResponse:
    """The members that the list would show, as a file that can be mended and imported again."""
    rows = MemberFilterForm(request.GET).rows(timezone.localdate()).select_related("party", "province")
    write_down(request.user, Member, rows.count())
    response = StreamingHttpResponse(csv_lines(export_rows(rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="members.csv"'
    return response


@readers_only
def member(request: StaffRequest, pk: int) -> HttpResponse:
    """Facts, committees and everything they ever asked of us, as far as the reader may see it."""
    found = get_object_or_404(Member.objects.select_related(*TERMS_ASKED), pk=pk)
    terms = found.terms()
    kind = request.GET.get("kind", "")
    asked = asked_by(
        terms,
        request.user,
        kind=kind if kind in ASKED_AS else "",
        before=_key_in(request, "before"),
        after=_key_in(request, "after"),
    )
    context = {
        "section": "members",
        "member": found,
        "terms": terms,
        "asked": asked,
        "kind": kind,
        "kinds": [(one.value, Matter.Kind(one).label) for one in ASKED_AS],
        "seats": found.committee_seats.select_related("committee").order_by("committee__name"),
        "today": timezone.localdate(),
        "moment": timezone.now().astimezone(OFFICE_TZ),
        "calendar": current_calendar(),
        "may_register": may_register.test(request.user),
    }
    return render(request, "parliament/houses/member.html", context)


def _key_in(request: StaffRequest, name: str) -> int:
    typed = request.GET.get(name, "")
    return int(typed) if _KEY.fullmatch(typed) else 0


@carriers_only
def member_new(request: StaffRequest) -> HttpResponse:
    """A member is written down by hand."""
    form = MemberForm(request.POST or None)
    return _member_form(request, form, heading=_("New member"), back=reverse("parliament:members"))


@carriers_only
def member_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A member's row is put right."""
    found = get_object_or_404(Member, pk=pk)
    form = MemberForm(request.POST or None, instance=found)
    back = reverse("parliament:member", args=[pk])
    return _member_form(request, form, heading=found.full_name, back=back)


def _member_form(request: StaffRequest, form: MemberForm, *, heading: str, back: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("%(name)s is saved.") % {"name": saved.full_name})
        return redirect("parliament:member", saved.pk)
    return form_page(request, form, heading=heading, back=back, section="members")


@carriers_only
def member_leave(request: StaffRequest, pk: int) -> HttpResponse:
    """A member leaves the seat: the row gets a last day, and stays with all they asked."""
    found = get_object_or_404(Member, pk=pk)
    form = LeaveForm(request.POST or None, member=found, initial={"until_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        found.until_on = form.cleaned_data["until_on"]
        found.save()
        messages.success(request, _("%(name)s has left the seat.") % {"name": found.full_name})
        return redirect("parliament:member", pk)
    heading = _("%(name)s leaves the seat") % {"name": found.full_name}
    back = reverse("parliament:member", args=[pk])
    return form_page(
        request, form, heading=heading, back=back, section="members", button=_("Leaves the seat")
    )
