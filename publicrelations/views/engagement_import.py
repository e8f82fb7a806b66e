"""Reading a calendar into the agenda: the file, what it would change, and the word before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.figures import thousands
from office.history import written_moment
from office.http import StaffRequest
from publicrelations.conflicts import overlapped_by
from publicrelations.engagement_plans import PlanMovedOn, apply, make_plan, may_apply
from publicrelations.forms.engagement_import import EngagementImportForm
from publicrelations.models import EngagementImport
from publicrelations.permissions import heads_public_relations
from publicrelations.views.access import carriers_only

LAST_SHOWN: Final = 8
FORGOTTEN_AFTER: Final = timedelta(days=30)
"""A calendar that nobody confirmed in this time is thrown away with the next one."""


@carriers_only
def upload(request: StaffRequest) -> HttpResponse:
    """The file is read and its changes are worked out; nothing is written but that."""
    form = EngagementImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect("publicrelations:engagement_import_preview", _bring(form, request).pk)
    last = _brought_to(request).select_related("uploaded_by").defer("rows", "plan")
    context = {"section": "engagements", "form": form, "last": last[:LAST_SHOWN]}
    status = 422 if form.is_bound else 200
    return render(request, "publicrelations/engagement_import.html", context, status=status)


def _brought_to(request: StaffRequest) -> QuerySet[EngagementImport]:
    """One's own imports, and to the head everybody's: a plan names what whoever brought it may see."""
    rows = EngagementImport.objects.all()
    return rows if heads_public_relations.test(request.user) else rows.filter(uploaded_by=request.user)


def _bring(form: EngagementImportForm, request: StaffRequest) -> EngagementImport:
    now = timezone.now()
    EngagementImport.objects.filter(applied_at=None, uploaded_at__lt=now - FORGOTTEN_AFTER).delete()
    bringing = EngagementImport(
        file_name=form.cleaned_data["file"].name[:200],
        header=[],
        fields=[],
        rows=[entry.as_row() for entry in form.entries],
        uploaded_at=now,
        uploaded_by=request.user,
    )
    bringing.plan = make_plan(bringing)
    bringing.save()
    return bringing


@carriers_only
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """What would be added, changed and cancelled; after the confirmation, what has been."""
    bringing = get_object_or_404(_brought_to(request).select_related("uploaded_by", "applied_by"), pk=pk)
    plan = bringing.plan
    counts = {name: len(plan[name]) for name in ("new", "changed", "cancelled", "wrong")}
    context = {
        "section": "engagements",
        "bringing": bringing,
        "plan": plan,
        "counts": counts | {"unchanged": plan["unchanged"], "past": plan["past"]},
        "new": _new_rows(plan["new"], request) if not bringing.applied_at else _plain(plan["new"]),
        "changed": [
            row | {"changes": [_said(*change) for change in row["changes"]]} for row in plan["changed"]
        ],
        "changes_anything": bool(plan["new"] or plan["changed"] or plan["cancelled"]),
        "may_apply": bringing.applied_at is None and may_apply(plan, request.user),
    }
    return render(request, "publicrelations/engagement_import_preview.html", context)


def _plain(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        row
        | {"begins": datetime.fromisoformat(row["starts_at"]), "ends": datetime.fromisoformat(row["ends_at"])}
        for row in rows
    ]


def _new_rows(rows: Sequence[dict[str, Any]], request: StaffRequest) -> list[dict[str, Any]]:
    """Each new one with what is on at the same time already."""
    plain = _plain(rows)
    beside = overlapped_by([(row["begins"], row["ends"]) for row in plain], request.user)
    return [row | {"beside": others} for row, others in zip(plain, beside, strict=True)]


def _said(name: str, old: str, new: str) -> dict[str, str]:
    """One change in words."""
    fields = {"title": _("Subject"), "starts_at": _("Begins"), "ends_at": _("Ends"), "place": _("Place")}
    if name in ("starts_at", "ends_at"):
        old, new = written_moment(old), written_moment(new)
    return {"field": fields[name], "old": old, "new": new}


@carriers_only
@require_POST
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Exactly what was shown is written, once; only by somebody to whom all of its steps are open."""
    bringing = get_object_or_404(_brought_to(request), pk=pk)
    try:
        plan = apply(bringing, by=request.user, now=timezone.now()).plan
    except PlanMovedOn:
        words = _("The agenda changed after this was shown. Nothing is written. Look at it once more.")
        messages.warning(request, words)
    except ValidationError as refused:
        messages.error(request, " ".join([_("Nothing is written."), *refused.messages]))
    else:
        words = _("Written: %(new)s new, %(changed)s changed, %(cancelled)s cancelled.")
        counts = {name: thousands(len(plan[name])) for name in ("new", "changed", "cancelled")}
        messages.success(request, words % counts)
    return redirect("publicrelations:engagement_import_preview", pk)
