"""A head hands matters over: chosen on today by a drag or by ticks, looked over, confirmed; and handed back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from office.bulk import Outcome, RowResult
from office.figures import figures
from office.http import StaffRequest
from office.models import Role, User
from office.plain_number import plain_numbers
from projectplan import handing_over
from projectplan.handing_over import MOST, Chosen, handed_over, look_over, officers_of, remember


def _head(request: StaffRequest) -> User:
    user = request.user
    if not user.has_role(Role.HEAD) or user.subgroup_id is None:
        raise PermissionDenied(_("Matters are handed over by the head of the subgroup."))
    return user


@require_POST
def preview(request: StaffRequest) -> HttpResponse:
    """Which matters go to whom, what stands in the way of each, and how many they are."""
    user = _head(request)
    keys = _keys(request)
    officers = officers_of(user)
    to = next((one for one in officers if str(one.pk) == request.POST.get("to", "")), None)
    if not keys or to is None:
        missing = (
            _("Choose an officer first.") if keys else _("Nothing is chosen yet. Tick the matters first.")
        )
        messages.error(request, missing)
        return redirect("projectplan:today")
    rows = look_over(user, keys[:MOST], to)
    ready = [row.matter for row in rows if not row.trouble]
    context = {
        "section": "today",
        "to": to,
        "ready": ready,
        "left": [row for row in rows if row.trouble],
        "chosen": Chosen(user.pk, to.pk, {one.pk: one.version for one in ready}).seal(),
        "are_more": len(keys) > MOST,
        "most": MOST,
    }
    return render(request, "projectplan/today/hand_over.html", context)


def _keys(request: StaffRequest) -> list[int]:
    return list(dict.fromkeys(plain_numbers(request.POST.getlist("matter"))))


@require_POST
def confirm(request: StaffRequest) -> HttpResponse:
    """Hand over what was looked over and still stands so; one message says what became of all of them."""
    user = _head(request)
    chosen = Chosen.unseal(request.POST.get("chosen", ""), user)
    to = next((one for one in officers_of(user) if chosen and one.pk == chosen.to), None)
    if chosen is None or to is None:
        messages.error(request, _("This page was too old to go on. Choose the matters again."))
        return redirect("projectplan:today")
    now = timezone.now()
    results, handed = handing_over.hand_over(user, chosen, to, now)
    if handed.rows:
        remember(request.session, handed, now)
    _say_what_was_left(request, results)
    return redirect("projectplan:today")


@require_POST
def hand_back(request: StaffRequest) -> HttpResponse:
    """Undo the last handing over, as far as nobody has worked on the matters since."""
    user = _head(request)
    now = timezone.now()
    handed = handed_over(request.session, now)
    request.session.pop(handing_over.SESSION_KEY, None)
    if handed is None:
        messages.error(request, _("There is nothing to hand back any more."))
        return redirect("projectplan:today")
    results = handing_over.hand_back(user, handed, now)
    done = sum(one.outcome is Outcome.DONE for one in results)
    if done:
        words = ngettext(
            "%(count)s matter is back where it was.", "%(count)s matters are back where they were.", done
        )
        messages.success(request, words % {"count": figures(done)})
    _say_what_was_left(request, results)
    return redirect("projectplan:today")


def _say_what_was_left(request: StaffRequest, results: list[RowResult]) -> None:
    left = [one for one in results if one.outcome is not Outcome.DONE and one.matter]
    if not left:
        return
    numbers = ", ".join(one.matter.label for one in left)
    changed = _("Changed meanwhile, so nothing was done: %(numbers)s. Look at them again.")
    messages.warning(request, changed % {"numbers": numbers})
