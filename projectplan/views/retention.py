"""Reviewing what has had its years: the batches that wait, one of them, its two words; and holding a matter from it."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from office import holding
from office.access import only
from office.http import StaffRequest
from office.models import LegalHold, Matter, RetentionBatch, RetentionRow, RetentionRule
from office.permissions import is_administrator
from office.personal import MATTERS
from office.queue import start_by_name_after_commit
from office.views.form_page import form_page
from projectplan import retention
from projectplan.person_requests import may_answer
from projectplan.retention_forms import HoldForm, KeepForm, LiftForm, ReturnForm

SECTION: Final = "retention"
DONE_SHOWN: Final = 20
CARRY_OUT: Final = "projectplan.tasks.carry_out_retention"

readers_only = only(
    retention.may_review | is_administrator,
    lambda: _("Reviews of retention are open to the officers, heads and executives of the office."),
)


@require_GET
@readers_only
def index(request: StaffRequest) -> HttpResponse:
    """What waits for this person first, then for others; what was carried out last; the rules."""
    batches = retention.batches_for(request.user)
    waiting = list(batches.exclude(state=RetentionBatch.State.DONE).order_by("pk")[:200])
    mine = [one for one in waiting if _is_mine(request, one)]
    context = {
        "section": SECTION,
        "mine": mine,
        "others": [one for one in waiting if one not in mine],
        "done": batches.filter(state=RetentionBatch.State.DONE)[:DONE_SHOWN],
        "rules": RetentionRule.objects.all(),
        "may_answer": may_answer.test(request.user),
        "may_change_rules": is_administrator.test(request.user),
    }
    return render(request, "projectplan/retention/index.html", context)


def _is_mine(request: StaffRequest, batch: RetentionBatch) -> bool:
    return retention.may_check.test(request.user, batch) or retention.may_confirm.test(request.user, batch)


def _found(request: StaffRequest, pk: int) -> RetentionBatch:
    return get_object_or_404(retention.batches_for(request.user), pk=pk)


@require_GET
@readers_only
def batch(request: StaffRequest, pk: int) -> HttpResponse:
    """One batch: its records, and the word that this person may say."""
    found = _found(request, pk)
    rows = list(found.rows.select_related("kept_out_by"))
    return _page(request, found, rows, KeepForm(rows=rows, version=found.version))


def _page(
    request: StaffRequest, found: RetentionBatch, rows: list[RetentionRow], form: KeepForm
) -> HttpResponse:
    """Titles stand only with what this person may see; the number says which it is to everybody else."""
    titles: dict[int, str] = {}
    if found.subject in MATTERS:
        visible = Matter.objects.visible_to(request.user).filter(pk__in=[row.key for row in rows])
        titles = dict(visible.values_list("pk", "title"))
    context = {
        "section": SECTION,
        "batch": found,
        "lines": [(row, titles.get(row.key, ""), form[f"keep_{row.pk}"]) for row in rows],
        "form": form,
        "is_of_matters": found.subject in MATTERS,
        "may_check": retention.may_check.test(request.user, found),
        "may_confirm": retention.may_confirm.test(request.user, found),
        "kept_count": sum(row.outcome == RetentionRow.Outcome.KEPT_OUT for row in rows),
    }
    status = 422 if form.is_bound else 200
    return render(request, "projectplan/retention/batch.html", context, status=status)


@require_POST
@readers_only
def check(request: StaffRequest, pk: int) -> HttpResponse:
    """The first word."""
    found = _found(request, pk)
    rows = list(found.rows.select_related("kept_out_by"))
    form = KeepForm(request.POST, rows=rows, version=found.version)
    if not form.is_valid():
        return _page(request, found, rows, form)
    seen = form.cleaned_data["seen"]
    try:
        retention.check(found, form.kept(), by=request.user, seen=seen, now=timezone.now())
    except retention.BatchMovedOn:
        return _moved_on(request, found)
    messages.success(request, _("Gone through. Somebody else confirms now."))
    return redirect("retention:index")


@require_POST
@readers_only
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """The second word: it is carried out in the background."""
    found = _found(request, pk)
    form = KeepForm(request.POST, rows=[], version=found.version)
    if not form.is_valid():
        return _moved_on(request, found)
    try:
        retention.confirm(found, by=request.user, seen=form.cleaned_data["seen"], now=timezone.now())
    except retention.BatchMovedOn:
        return _moved_on(request, found)
    start_by_name_after_commit(CARRY_OUT)
    messages.success(
        request, _("Confirmed. The personal data are removed now; this page says how far it is.")
    )
    return redirect(found)


@readers_only
def give_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Back to be gone through once more, for a reason."""
    found = _found(request, pk)
    if not retention.may_confirm.test(request.user, found):
        raise PermissionDenied(_("Only who may confirm this batch gives it back."))
    form = ReturnForm(request.POST or None, initial={"seen": found.version})
    if form.is_valid():
        given = form.cleaned_data
        try:
            retention.give_back(found, given["reason"], by=request.user, seen=given["seen"])
        except retention.BatchMovedOn:
            return _moved_on(request, found)
        messages.success(request, _("Given back."))
        return redirect("retention:index")
    heading = _("Give back to be gone through once more")
    return form_page(
        request, form, heading=heading, back=found.get_absolute_url(), section=SECTION, button=_("Give back")
    )


def _moved_on(request: StaffRequest, found: RetentionBatch) -> HttpResponse:
    messages.warning(request, _("Somebody was quicker: this is how it stands now."))
    return redirect(found)


# ── Holding ─────────────────────────────────────────────────────────────────────────────────


def _matter(request: StaffRequest, pk: int) -> Matter:
    found = get_object_or_404(Matter.objects.visible_to(request.user), pk=pk)
    if not holding.may_hold.test(request.user, found):
        raise PermissionDenied(
            _("Only the head of the subgroup holds a matter from removal, and lifts that.")
        )
    return found


def hold(request: StaffRequest, pk: int) -> HttpResponse:
    """The head holds a matter from the removal of its personal data."""
    found, now = _matter(request, pk), timezone.now()
    form = HoldForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        given = form.cleaned_data
        try:
            holding.hold(found, by=request.user, reason=given["reason"], until=given["until"], now=now)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("%(number)s is held.") % {"number": found.label})
            return redirect(found)
    heading = _("Hold %(number)s from removal of personal data") % {"number": found.label}
    return form_page(request, form, **_frame(found, heading), button=_("Hold"))


def lift(request: StaffRequest, pk: int) -> HttpResponse:
    """The head lifts the hold."""
    found = _matter(request, pk)
    if not LegalHold.objects.filter(matter=found).exists():
        return redirect(found)
    form = LiftForm(request.POST or None)
    if form.is_valid():
        holding.lift(found, by=request.user, reason=form.cleaned_data["reason"], now=timezone.now())
        messages.success(request, _("%(number)s is no longer held.") % {"number": found.label})
        return redirect(found)
    heading = _("Lift the hold on %(number)s") % {"number": found.label}
    return form_page(request, form, **_frame(found, heading), button=_("Lift"))


def _frame(found: Matter, heading: str) -> dict[str, Any]:
    return {"heading": heading, "back": found.get_absolute_url(), "section": SECTION}
