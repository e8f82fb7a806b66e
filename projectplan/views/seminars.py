"""Seminars: the list, one with its participants and who came, its sign-in sheet, files."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from office.figures import figures
from office.http import StaffRequest
from office.kept_files import hand_out, keep
from office.lists import in_its_order
from office.views.documents import pdf_response
from office.views.form_page import form_page
from projectplan.calendar_years import within
from projectplan.models import Participant, Seminar, SeminarFile
from projectplan.results_access import keepers_only, may_keep, readers_only, record_participant_access
from projectplan.seminar_forms import ParticipantForm, SeminarForm
from projectplan.seminar_paper import sign_in_pdf
from projectplan.year_asked import year_asked

SECTION: Final = "seminars"


@require_GET
@readers_only
def seminars(request: StaffRequest) -> HttpResponse:
    """The seminars of a fiscal year, or of all, with how many take part and came."""
    year = year_asked(request.GET.get("year", ""))
    rows = Seminar.objects.annotate(
        listed=Count("participants"), came=Count("participants", filter=Q(participants__came=True))
    )
    if year:
        rows = rows.filter(within("ends_on", year))
    shown = list(in_its_order(rows))
    context = {"section": SECTION, "rows": shown, "year": year, "may_keep": may_keep.test(request.user)}
    return render(request, "projectplan/seminars/list.html", context)


@keepers_only
def seminar_new(request: StaffRequest) -> HttpResponse:
    """A seminar is written down."""
    begun = Seminar(made_at=timezone.now(), made_by=request.user)
    back = reverse("projectplan:seminars")
    return _seminar_form(request, begun, heading=_("New seminar"), back=back)


@keepers_only
@transaction.atomic
def seminar_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A seminar is changed, or gets further files."""
    found = get_object_or_404(Seminar.objects.select_for_update(), pk=pk)
    back = reverse("projectplan:seminar", args=[pk])
    return _seminar_form(request, found, heading=_("Change the seminar"), back=back)


def _seminar_form(request: StaffRequest, row: Seminar, *, heading: str, back: str) -> HttpResponse:
    form = SeminarForm(request.POST or None, request.FILES or None, instance=row)
    if form.is_valid():
        with transaction.atomic():
            saved = form.save()
            files = form.cleaned_data["attachments"]
            keep(SeminarFile, files, by=request.user, now=timezone.now(), seminar=saved)
            for survey in saved.surveys.all():
                survey.fiscal_year = saved.fiscal_year
                survey.save(update_fields=["fiscal_year"])
        messages.success(request, _("%(name)s is saved.") % {"name": saved})
        return redirect(saved)
    return files_form_page(request, form, heading=heading, back=back, section=SECTION)


def files_form_page(
    request: StaffRequest, form: Any, *, heading: str, back: str, section: str
) -> HttpResponse:
    """A form with files, on a page of its own."""
    context = {"form": form, "heading": heading, "back": back, "section": section, "button": _("Save")}
    status = 422 if form.is_bound else 200
    return render(request, "projectplan/files_form.html", context, status=status)


@require_GET
@readers_only
def seminar(request: StaffRequest, pk: int) -> HttpResponse:
    """One seminar: what, who takes part and who came, its surveys and files."""
    found = get_object_or_404(Seminar.objects.select_related("activity"), pk=pk)
    people = list(found.participants.defer("email", "telephone"))
    now = timezone.now()
    context = {
        "section": SECTION,
        "seminar": found,
        "participants": people,
        "came": sum(1 for one in people if one.came),
        "surveys": [(one, one.standing(now)) for one in found.surveys.with_counts()],
        "files": list(found.files.all()),
        "may_keep": may_keep.test(request.user),
    }
    return render(request, "projectplan/seminars/seminar.html", context)


@require_GET
@readers_only
def seminar_file(request: StaffRequest, pk: int) -> HttpResponseBase:
    """One file of a seminar."""
    return hand_out(get_object_or_404(SeminarFile, pk=pk))


@require_GET
@keepers_only
def sign_in(request: StaffRequest, pk: int) -> HttpResponse:
    """The sheet at the door, as PDF."""
    found = get_object_or_404(Seminar, pk=pk)
    return pdf_response(sign_in_pdf(found), f"sign-in-{pk}.pdf")


# ── Participants ────────────────────────────────────────────────────────────────────────────


@keepers_only
def participant_new(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody who takes part is written down."""
    found = get_object_or_404(Seminar, pk=pk)
    form = ParticipantForm(request.POST or None, instance=Participant(seminar=found))
    return _participant_form(request, form, _("New participant"), pk)


@keepers_only
def participant_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A participant's row is put right. The form shows how they are reached, which is a look."""
    found = get_object_or_404(Participant, pk=pk)
    form = ParticipantForm(request.POST or None, instance=found)
    if not form.is_bound:
        record_participant_access(request.user, found)
    return _participant_form(request, form, found.name, found.seminar_id)


def _participant_form(
    request: StaffRequest, form: ParticipantForm, heading: str, seminar: int
) -> HttpResponse:
    if form.is_valid():
        saved = form.save()
        messages.success(request, _("%(name)s is saved.") % {"name": saved})
        return redirect("projectplan:seminar", seminar)
    back = reverse("projectplan:seminar", args=[seminar])
    return form_page(request, form, heading=heading, back=back, section=SECTION)


@require_POST
@keepers_only
def participant_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """Open telephone and address: a deliberate act, written into the trail."""
    found = get_object_or_404(Participant.objects.select_related("seminar"), pk=pk)
    record_participant_access(request.user, found)
    name = "contact_card.html" if request.htmx else "contact.html"
    return render(request, f"projectplan/seminars/{name}", {"participant": found, "section": SECTION})


@keepers_only
def attendance(request: StaffRequest, pk: int) -> HttpResponse:
    """Who came: a tick for each; who has none did not come."""
    found = get_object_or_404(Seminar, pk=pk)
    people = list(found.participants.defer("email", "telephone"))
    if request.method == "POST":
        ticked = {key for key in request.POST.getlist("came") if key.isascii() and key.isdigit()}
        here = [one.pk for one in people if str(one.pk) in ticked]
        with transaction.atomic():
            found.participants.filter(pk__in=here).update(came=True)
            found.participants.exclude(pk__in=here).update(came=False)
        messages.success(request, _("%(number)s people came.") % {"number": figures(len(here))})
        return redirect(found)
    context = {"section": SECTION, "seminar": found, "participants": people}
    return render(request, "projectplan/seminars/attendance.html", context)
