"""Likely doubles beside what is being registered or looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from complaints.access import record_access
from complaints.doubles import Double, Reason, Sought, likely_doubles
from complaints.forms.petition import ANONYMOUS
from complaints.models import Petition, Petitioner
from complaints.permissions import may_register
from office.http import StaffRequest
from office.models import User
from office.plain_number import plain_number
from office.steps import Actor, StepRefused, refuse_unless_open

SEEN = "seen_doubles"
LOGGED_ONCE = timedelta(hours=1)


def sought_in(data: QueryDict) -> Sought:
    """What a form tells so far, typed whole or half; a petitioner who stays anonymous is not compared."""

    def typed(name: str) -> str:
        return str(data.get(name, "")).strip()

    about = Sought(
        title=typed("title"),
        story=typed("story"),
        place=typed("place"),
        province=typed("province") or None,
        education_area=_key(data.get("education_area")),
        agency=_key(data.get("agency")),
    )
    if data.get("identity") == ANONYMOUS:
        return about
    someone = Petitioner()
    someone.thai_id = typed("thai_id")
    return replace(
        about,
        name=typed("name"),
        telephone=typed("telephone"),
        email=typed("email"),
        id_fingerprint=someone.thai_id_fingerprint,
    )


def _key(typed: Any) -> int | None:
    return plain_number(str(typed or ""))


def look(sought: Sought, user: User, now: datetime) -> list[Double]:
    """The likely doubles, for somebody to see. Recognising an ID number is a look at personal data, and is logged:
    once an hour, however often a form asks while it is typed."""
    doubles = likely_doubles(sought, user)
    recognised = [double.key for double in doubles if Reason.SAME_ID in double.reasons]
    if recognised:
        lately = LogEntry.objects.filter(
            actor=user,
            action=LogEntry.Action.ACCESS,
            object_id__in=recognised,
            timestamp__gt=now - LOGGED_ONCE,
        ).values_list("object_id", flat=True)
        for petition in Petition.objects.filter(pk__in=set(recognised) - set(lately)):
            record_access(user, petition)
    return doubles


def unseen(request: HttpRequest, doubles: list[Double]) -> bool:
    """Whether one of the likely ones was not before this person's eyes when the form was sent."""
    shown = set(" ".join(request.POST.getlist(SEEN)).split())
    return any(double.is_strong and str(double.key) not in shown for double in doubles)


@require_POST
@never_cache
def beside(request: StaffRequest) -> HttpResponse:
    """The likely doubles of what is typed so far; personal data come by POST and stand in no address."""
    if not may_register.test(request.user):
        raise PermissionDenied(_("Petitions are registered by the officers of the petitions subgroup."))
    doubles = look(sought_in(request.POST), request.user, timezone.now())
    return render(request, "complaints/doubles_beside.html", {"doubles": doubles})


@never_cache
def of_petition(request: StaffRequest, pk: int) -> HttpResponse:
    """The likely doubles of a registered petition: a card on its page, or without scripts a page of its own."""
    visible = Petition.objects.visible_to(request.user).select_related("petitioner")
    petition = get_object_or_404(visible.defer("search_text", "summary", "opinion", "order_text"), pk=pk)
    context = doubles_context(petition, request.user)
    template = "complaints/doubles_list.html" if request.htmx else "complaints/doubles.html"
    return render(request, template, context | {"section": "petitions"})


def doubles_context(petition: Petition, user: User) -> dict[str, Any]:
    """The likely doubles, and whether this person may join or link them here."""
    return {
        "petition": petition,
        "doubles": look(Sought.of(petition), user, timezone.now()),
        "may_join": _is_open(petition, "join", user),
        "may_link": _is_open(petition, "link", user),
    }


def _is_open(petition: Petition, name: str, user: User) -> bool:
    try:
        refuse_unless_open(petition, name, Actor(user=user))
    except StepRefused:
        return False
    return True
