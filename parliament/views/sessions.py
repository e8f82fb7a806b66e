"""Sessions of parliament, and the recess switch of the head."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.calendar import Period, month_of
from office.feeds import calendar_file
from office.http import StaffRequest
from office.views.form_page import form_page
from parliament import recesses
from parliament.feeds import meeting_entries
from parliament.forms.houses import RecessEndForm, RecessForm, SessionForm, SittingsExportForm
from parliament.models import Recess, Session
from parliament.permissions import heads_politics, may_register
from parliament.standing import standing_on
from parliament.views.access import carriers_only, heads_only, readers_only

ROWS: Final = 60
"""The sessions of more than ten years."""


@readers_only
def sessions(request: StaffRequest) -> HttpResponse:
    """Whether parliament sits now, all its sessions, and the recesses that were declared."""
    return _page(request)


@readers_only
def sittings_export(request: StaffRequest) -> HttpResponse:
    """The sittings of a period, as far as the reader may see them, as a calendar file."""
    form = SittingsExportForm(request.GET)
    if not form.is_valid():
        return _page(request, export_form=form, status=422)
    period = Period(form.cleaned_data["first"], form.cleaned_data["last"])
    entries = meeting_entries(
        request.user,
        period.starts_at,
        period.ends_at,
        only_sittings=not form.cleaned_data["all_meetings"],
    )
    response = HttpResponse(
        calendar_file(period.label(settings.LANGUAGE_CODE), entries),
        content_type="text/calendar; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="sittings-{period.first}-{period.last}.ics"'
    return response


def _page(
    request: StaffRequest,
    *,
    form: RecessForm | None = None,
    export_form: SittingsExportForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    is_head = heads_politics.test(request.user)
    declared = list(Recess.objects.select_related("declared_by", "ended_by")[:ROWS])
    context: dict[str, Any] = {
        "section": "sessions",
        "standing": standing_on(today),
        "sessions": Session.objects.all()[:ROWS],
        "recesses": declared,
        "changeable": [one for one in declared if one.ends_on is None or one.ends_on >= today],
        "today": today,
        "is_head": is_head,
        "may_register": may_register.test(request.user),
        "form": form or (RecessForm(today=today) if is_head else None),
        "export_form": export_form or SittingsExportForm(initial=_this_month(today)),
    }
    return render(request, "parliament/houses/sessions.html", context, status=status)


def _this_month(today: date) -> dict[str, date]:
    month = month_of(today)
    return {"first": month.first, "last": month.last}


@carriers_only
def session_new(request: StaffRequest) -> HttpResponse:
    """A session is written down."""
    return _session_form(request, SessionForm(request.POST or None), heading=_("New session"))


@carriers_only
def session_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A session's dates are put right."""
    found = get_object_or_404(Session, pk=pk)
    return _session_form(request, SessionForm(request.POST or None, instance=found), heading=str(found))


def _session_form(request: StaffRequest, form: SessionForm, *, heading: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("%(name)s is saved.") % {"name": saved})
        return redirect("parliament:sessions")
    back = reverse("parliament:sessions")
    return form_page(request, form, heading=heading, back=back, section="sessions")


@heads_only
@require_POST
def recess_declare(request: StaffRequest) -> HttpResponse:
    """The head declares a recess: what waits for a sitting is quiet from its first day on."""
    form = RecessForm(request.POST, today=timezone.localdate())
    if form.is_valid():
        try:
            recesses.declare(**form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error("begins_on", refused)
        else:
            messages.success(
                request,
                _("The recess is declared. What waits for a sitting is not reminded of until it is over."),
            )
            return redirect("parliament:sessions")
    return _page(request, form=form, status=422)


@heads_only
def recess_end(request: StaffRequest, pk: int) -> HttpResponse:
    """The head ends a recess or makes it longer: the reminders are set again."""
    recess = get_object_or_404(Recess, pk=pk)
    initial = {"ends_on": recess.ends_on or max(timezone.localdate(), recess.begins_on)}
    form = RecessEndForm(request.POST or None, recess=recess, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            recesses.set_end(
                recess, ends_on=form.cleaned_data["ends_on"], by=request.user, now=timezone.now()
            )
        except ValidationError as refused:
            form.add_error("ends_on", refused)
        else:
            messages.success(
                request,
                _("The last day of the recess is set. Reminders come from the working morning after it."),
            )
            return redirect("parliament:sessions")
    back = reverse("parliament:sessions")
    return form_page(
        request,
        form,
        heading=_("Last day of the recess"),
        back=back,
        section="sessions",
        button=_("Set the last day"),
    )


@heads_only
@require_POST
def recess_withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """The head takes back a recess that has not begun."""
    recess = Recess.objects.filter(pk=pk).first()
    if recess:
        try:
            recesses.withdraw(recess, by=request.user, now=timezone.now())
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect("parliament:sessions")
    messages.success(request, _("The recess is taken back."))
    return redirect("parliament:sessions")
