"""One step on many petitions: choose on the list, look over who would be touched, confirm, read what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.forms.bulk import BULK_ACTS, BulkForm, Selection
from complaints.models import Petition
from complaints.views.registers import PETITION_REGISTER
from office.bulk import Outcome, RowResult, why_not
from office.figures import figures
from office.history import event_words
from office.http import StaffRequest
from office.models import User
from office.plain_number import plain_numbers
from office.steps import Actor, find_step


@dataclass(frozen=True)
class PreviewRow:
    """One chosen petition, and why the step cannot be taken on it (empty: it can)."""

    petition: Petition
    trouble: str


def preview(request: StaffRequest) -> HttpResponse:
    """The rows chosen on the list, what stands in the way of each, and what the step asks of all of them."""
    query = QueryDict(request.POST.get("query", ""))
    if request.method != "POST":
        return redirect("complaints:petitions")
    name = request.POST.get("step", "")
    if name not in BULK_ACTS:
        raise Http404
    act = BULK_ACTS[name]
    keys = _chosen(request, query, act.most + 1)
    if not keys:
        messages.error(request, _("Nothing is chosen yet. Tick the petitions first."))
        return redirect(_list_address(query))
    rows = {petition.pk: petition for petition in _visible(request.user).filter(pk__in=keys[: act.most])}
    petitions = [rows[key] for key in keys[: act.most] if key in rows]
    selection = Selection(request.user.pk, name, {one.pk: one.version for one in petitions})
    form = act.form(user=request.user, now=timezone.now())
    return _preview_page(request, selection, petitions, form, query, are_more=len(keys) > act.most)


def confirm(request: StaffRequest) -> HttpResponse:
    """Take the step on every row that still stands as it was looked over; say what became of each."""
    query = QueryDict(request.POST.get("query", ""))
    selection = Selection.unseal(request.POST.get("selection", ""), request.user)
    if request.method != "POST" or selection is None:
        if request.method == "POST":
            messages.error(request, _("This page was too old to go on. Choose the petitions again."))
        return redirect(_list_address(query))
    act = BULK_ACTS[selection.step]
    now = timezone.now()
    form = act.form(request.POST, user=request.user, now=now)
    if not form.is_valid():
        rows = _visible(request.user).in_bulk(list(selection.seen))
        petitions = [rows[key] for key in selection.seen if key in rows]
        return _preview_page(request, selection, petitions, form, query, status=422)
    results = act.carry_out(
        _visible(request.user),
        selection.step,
        seen=selection.seen,
        actor=Actor(user=request.user),
        now=now,
        reason=form.why,
        **form.given(),
    )
    return _result_page(request, selection, results, form, query)


def _visible(user: User) -> QuerySet[Any]:
    """What this person may see, with what the steps and the rows read selected along."""
    return Petition.objects.visible_to(user).select_related("owner", "category", "agency", "petitioner")


def _chosen(request: StaffRequest, query: QueryDict, most: int) -> list[int]:
    """The keys that were ticked, or the first ones of the whole filter, in the order of the list."""
    if request.POST.get("scope") == "filter":
        return PETITION_REGISTER.keys(query, request.user, most)
    return list(dict.fromkeys(plain_numbers(request.POST.getlist("row"))))[:most]


def _list_address(query: QueryDict) -> str:
    kept = query.urlencode()
    return f"{reverse('complaints:petitions')}?{kept}" if kept else reverse("complaints:petitions")


def _preview_page(
    request: StaffRequest,
    selection: Selection,
    petitions: list[Petition],
    form: BulkForm,
    query: QueryDict,
    *,
    are_more: bool = False,
    status: int = 200,
) -> HttpResponse:
    actor = Actor(user=request.user)
    rows = [PreviewRow(one, why_not(one, selection.step, actor)) for one in petitions]
    open_rows = [row for row in rows if not row.trouble]
    context = {
        "section": "petitions",
        "step": find_step(Petition, selection.step),
        "open_rows": open_rows,
        "shut_rows": [row for row in rows if row.trouble],
        "form": form,
        "selection": selection.seal(),
        "most": BULK_ACTS[selection.step].most,
        "are_more": are_more,
        "query": query.urlencode(),
        "list_address": _list_address(query),
    }
    return render(request, "complaints/bulk_preview.html", context, status=status)


def _result_page(
    request: StaffRequest, selection: Selection, results: list[RowResult], form: BulkForm, query: QueryDict
) -> HttpResponse:
    done = [one for one in results if one.outcome is Outcome.DONE]
    context = {
        "section": "petitions",
        "step": find_step(Petition, selection.step),
        "done": done,
        "said": form.said(),
        "not_done": [
            (one, _what_happened(one)) for one in results if one.outcome in (Outcome.REFUSED, Outcome.CHANGED)
        ],
        "changed": [one for one in results if one.outcome is Outcome.CHANGED],
        "gone": sum(one.outcome is Outcome.GONE for one in results),
        "query": query.urlencode(),
        "list_address": _list_address(query),
        "total": figures(len(results)),
    }
    return render(request, "complaints/bulk_result.html", context)


def _what_happened(result: RowResult) -> str:
    """Why a row was left as it was, in words."""
    if result.outcome is Outcome.REFUSED or result.since is None:
        return result.words
    return _("Changed meanwhile, so nothing was done: %(done)s, by %(who)s.") % {
        "done": event_words(result.since, Petition),
        "who": result.since.who,
    }
