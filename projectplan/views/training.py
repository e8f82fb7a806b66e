"""Training of each person: the year at a glance, one person's records, writing one down, evidence, a file of all."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from office.calendar import fiscal_year_of
from office.http import StaffRequest
from office.kept_files import hand_out, keep
from office.models import User
from office.permissions import is_head
from projectplan.models import Activity, Training, TrainingFile
from projectplan.results_access import keepers_only, may_keep, readers_only, sees_all
from projectplan.training_counts import training_year
from projectplan.training_forms import TrainingForm, people_for
from projectplan.training_words import as_workbook, person_lines
from projectplan.views.seminars import files_form_page
from projectplan.year_asked import year_asked

SECTION: Final = "training"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WANTED: Final = 2
"""How often each is to be trained where the plan of the year says nothing else."""


@require_GET
@readers_only
def training(request: StaffRequest) -> HttpResponse:
    """How often each person was trained in a year; who has had nothing yet is named to heads and executives."""
    now = timezone.now()
    year = _year(request)
    counted = training_year(year, now)
    wanted = _wanted(year)
    context = {
        "section": SECTION,
        "year": year,
        "year_before": year - 1,
        "year_after": year + 1,
        "counted": counted,
        "lines": person_lines(counted, wanted),
        "wanted": wanted,
        "is_reached": counted.least is not None and counted.least >= wanted,
        "without": counted.without if sees_all.test(request.user) else [],
        "may_keep": may_keep.test(request.user),
    }
    return render(request, "projectplan/training/year.html", context)


def _year(request: StaffRequest) -> int:
    return year_asked(request.GET.get("year", "")) or fiscal_year_of(timezone.localdate())


def _wanted(year: int) -> int:
    """What the project of the year asks of each person at least."""
    rows = Activity.objects.filter(measure="projectplan.training_per_person", project__plan__fiscal_year=year)
    threshold = rows.values_list("threshold", flat=True).first()
    return WANTED if threshold is None else int(threshold)


@require_GET
@readers_only
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """One person's trainings of a year: the rows behind the number."""
    found = get_object_or_404(User, pk=pk, memberships__isnull=False)
    year = _year(request)
    rows = Training.objects.of_year(year, timezone.localdate()).filter(person=found)
    context = {
        "section": SECTION,
        "person": found,
        "year": year,
        "rows": list(rows.select_related("seminar").prefetch_related("files")),
        "may_change": _may_write_for(request.user, found),
    }
    return render(request, "projectplan/training/person.html", context)


def _may_write_for(user: User, whose: User) -> bool:
    return is_head.test(user) or (may_keep.test(user) and user.pk == whose.pk)


@keepers_only
def training_new(request: StaffRequest) -> HttpResponse:
    """Somebody writes down their own attendance; a head anybody's."""
    return _form(request, Training(made_at=timezone.now(), made_by=request.user, person=request.user))


@keepers_only
@transaction.atomic
def training_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A record is put right, or gets further evidence."""
    rows = Training.objects.select_for_update(of=("self",)).select_related("person")
    found = get_object_or_404(rows, pk=pk)
    if not _may_write_for(request.user, found.person):
        raise PermissionDenied(_("Each writes down their own trainings; a section head everybody's."))
    return _form(request, found)


def _form(request: StaffRequest, row: Training) -> HttpResponse:
    people = people_for(request.user, may_for_all=is_head.test(request.user))
    form = TrainingForm(
        request.POST or None, request.FILES or None, instance=row, today=timezone.localdate(), people=people
    )
    if form.is_valid():
        with transaction.atomic():
            saved = form.save()
            files = form.cleaned_data["attachments"]
            keep(TrainingFile, files, by=request.user, now=timezone.now(), training=saved)
        messages.success(request, _("%(name)s is saved.") % {"name": saved})
        year = fiscal_year_of(saved.to_on)
        return redirect(f"{reverse('projectplan:trained_person', args=[saved.person_id])}?year={year}")
    heading = _("Change the training") if row.pk else _("New training")
    return files_form_page(
        request, form, heading=heading, back=reverse("projectplan:training"), section=SECTION
    )


@require_GET
@readers_only
def evidence(request: StaffRequest, pk: int) -> HttpResponseBase:
    """One file that proves an attendance."""
    return hand_out(get_object_or_404(TrainingFile, pk=pk))


@require_GET
@readers_only
def export(request: StaffRequest) -> HttpResponse:
    """The year as XLSX: people with their numbers, and every attendance."""
    year = _year(request)
    rows = Training.objects.of_year(year, timezone.localdate()).select_related("person")
    content = as_workbook(training_year(year, timezone.now()), rows.order_by("person__display_name", "to_on"))
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="training-{year}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response
