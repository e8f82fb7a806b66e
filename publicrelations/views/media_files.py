"""The media network as a file: taking it along, and bringing a list, whose changes are seen before they are made."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from office.figures import figures
from office.http import StaffRequest
from office.recent_sign_in import takes_much
from publicrelations.access import record_network_access
from publicrelations.forms.media import MediaFilterForm
from publicrelations.forms.media_import import MediaImportForm, seal, unseal
from publicrelations.media_columns import as_workbook, heading_of
from publicrelations.media_plans import Plan, apply, make_plan
from publicrelations.views.access import carriers_only

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES_SHOWN: Final = 200


@require_GET
@takes_much
@carriers_only
def export(request: StaffRequest) -> HttpResponse:
    """The list as its page is narrowed, with how each is reached: a look at all of them, written into the trail."""
    rows = MediaFilterForm(request.GET).rows().order_by("sort_name", "pk")
    record_network_access(request.user)
    response = HttpResponse(as_workbook(rows, timezone.localdate()), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="media.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@carriers_only
def bring(request: StaffRequest) -> HttpResponse:
    """The file is read and what it would change is shown; nothing is written."""
    form = MediaImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        return _preview(request, form.fields_found, form.table.lines)
    context = {"section": "media", "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "publicrelations/media/import.html", context, status=status)


@require_POST
@carriers_only
def confirm(request: StaffRequest) -> HttpResponse:
    """What was shown is written, if it is still what would change."""
    brought = unseal(request.POST.get("brought", ""), request.user.pk)
    if brought is None:
        messages.warning(request, _("The list was brought too long ago. Bring the file once more."))
        return redirect("publicrelations:media_import")
    plan = make_plan(*brought)
    if plan.fingerprint != request.POST.get("plan"):
        messages.warning(request, _("The list has changed since you looked. Look again, then confirm."))
        return _preview(request, *brought, status=409)
    count = apply(plan, timezone.localdate())
    messages.success(request, _("%(count)s lines are taken over.") % {"count": figures(count)})
    return redirect("publicrelations:media")


def _preview(request: StaffRequest, fields: Any, lines: Any, *, status: int = 200) -> HttpResponse:
    plan = make_plan(fields, lines)
    context = {
        "section": "media",
        "plan": plan,
        "rows": _shown(plan),
        "is_cut": len(plan.lines) > LINES_SHOWN,
        "brought": seal(fields, lines, request.user.pk),
    }
    return render(request, "publicrelations/media/import_preview.html", context, status=status)


def _shown(plan: Plan) -> list[dict[str, Any]]:
    """What is wrong first, then what changes; what stays as it is is only counted."""
    order = ("wrong", "new_outlet", "new_reporter", "changed")
    rows = sorted(plan.of(*order), key=lambda one: (order.index(one.what), one.line))
    return [
        {
            "planned": one,
            "changes": [(heading_of(name), before, after) for name, (before, after) in one.changes.items()],
        }
        for one in rows[:LINES_SHOWN]
    ]
