"""The minister's binder of a meeting: which edition is in force, having the next one made, taking one along."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from office.models import Matter, User
from parliament import binding
from parliament.binder_contents import Contents, gather
from parliament.binder_paper import WHY
from parliament.models import Binder, BinderDownload, Meeting
from parliament.permissions import carries_politics

EDITIONS_SHOWN = 20


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    rows = Meeting.objects.select_related("committee", "session", "subgroup")
    return get_object_or_404(rows.visible_to(cast(User, request.user)), pk=pk)


def _closed_to(user: User, contents: Contents) -> bool:
    """Whether something on the agenda is kept from this person: then the whole binder is."""
    keys = contents.matter_keys
    return Matter.objects.filter(pk__in=keys).visible_to(user).count() < len(keys)


def _context(meeting: Meeting, user: User, now: datetime) -> dict[str, Any]:
    """How the binder of a meeting stands: the edition in force, what is being made, whether a newer one is needed."""
    contents = gather(meeting)
    editions = list(meeting.binders.select_related("asked_by").order_by("-edition")[:EDITIONS_SHOWN])
    issued = [one for one in editions if one.state == Binder.State.ISSUED]
    newest = editions[0] if editions else None
    in_force = issued[0] if issued else None
    return {
        "section": "meetings",
        "meeting": meeting,
        "is_closed": _closed_to(user, contents),
        "ours": contents.ours,
        "mark": contents.mark,
        "in_force": _shown(in_force) if in_force else None,
        "making": newest if newest and newest.state != Binder.State.ISSUED else None,
        "is_outdated": bool(in_force and binding.is_outdated(in_force, contents)),
        "older": [_shown(one) for one in issued[1:]],
        "may_make": carries_politics(user),
        "moment": now,
    }


def _shown(binder: Binder) -> dict[str, Any]:
    """An edition as pages show it: its words, and why each paper that is missing is."""
    faults = [one | {"words": WHY[one["why"]]} for one in binder.faults]
    return {"binder": binder, "words": binding.edition_words(binder), "faults": faults}


@require_GET
def binder(request: HttpRequest, pk: int) -> HttpResponse:
    """The binder of a meeting, for those who may see every matter in it."""
    meeting = _meeting(request, pk)
    context = _context(meeting, cast(User, request.user), timezone.now())
    if context["is_closed"]:
        raise PermissionDenied(
            _(
                "The binder opens only to those who may see every matter on this agenda. "
                "Ask the head of the subgroup."
            )
        )
    return render(request, "parliament/binder.html", context)


@require_GET
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page of a meeting says of its binder; it asks again while an edition is being made."""
    meeting = _meeting(request, pk)
    return render(
        request, "parliament/binder_card.html", _context(meeting, cast(User, request.user), timezone.now())
    )


@require_POST
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the next edition made; nothing is made while the one in force is still true."""
    user = cast(User, request.user)
    meeting = _meeting(request, pk)
    if not carries_politics(user):
        raise PermissionDenied(_("Officers and the head of the subgroup have the binder made."))
    if _closed_to(user, gather(meeting)):
        raise PermissionDenied(
            _("Something on this agenda is kept from you. Ask the head of the subgroup to have it made.")
        )
    asked = binding.ask_for(meeting, by=user, now=timezone.now())
    if asked.is_being_made:
        messages.success(request, _("The binder is being made; it stands here as soon as it is ready."))
    else:
        words = binding.edition_words(asked)
        messages.info(request, _("Nothing has changed: %(edition)s is in force.") % {"edition": words})
    return redirect("parliament:binder", pk)


@require_GET
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the making of an edition is; the page asks again until it is ready, and is then drawn anew."""
    edition = _edition(request, pk)
    answer = render(
        request,
        "parliament/binder_state.html",
        {"making": edition, "meeting": edition.meeting, "may_make": carries_politics(request.user)},
    )
    if edition.state == Binder.State.ISSUED:
        answer["HX-Refresh"] = "true"
    return answer


@require_GET
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF of an issued edition; who took a copy is written down."""
    edition = _edition(request, pk)
    if edition.state != Binder.State.ISSUED:
        raise Http404(_("This edition is not ready."))
    BinderDownload.objects.create(binder=edition, user=cast(User, request.user), at=timezone.now())
    meeting = edition.meeting
    name = f"binder-{meeting.year}-{meeting.number}-edition-{edition.edition}.pdf"
    response = FileResponse(default_storage.open(edition.path), filename=name, content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    return response


def _edition(request: HttpRequest, pk: int) -> Binder:
    """An edition whose meeting this person may see, and every matter that is in it."""
    user = cast(User, request.user)
    edition = get_object_or_404(Binder.objects.select_related("meeting"), pk=pk)
    if not edition.may_be_opened_by(user):
        raise Http404(_("There is no such binder."))
    return edition
