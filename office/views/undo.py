"""The button “Undo” in the message of an act."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.http import StaffRequest
from office.steps import ChangedMeanwhile, StepRefused
from office.undo import TooLate, take_back


@require_POST
def undo(request: StaffRequest) -> HttpResponse:
    """Take back what was just done; what has moved on meanwhile is left as it is."""
    try:
        matter = take_back(request.POST.get("offer", ""), request.user, now=timezone.now())
    except TooLate:
        messages.error(request, _("It is too late to undo this here. Take the step that puts it right."))
        return redirect("projectplan:today")
    except ChangedMeanwhile as changed:
        messages.error(request, _("Changed meanwhile, so nothing was undone."))
        return redirect(changed.matter)
    except StepRefused as refused:
        messages.error(request, str(refused))
        return redirect("projectplan:today")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("projectplan:today")
    messages.success(request, _("Undone for %(number)s.") % {"number": matter.label})
    return redirect(matter)
