"""The guide of the place: its contents, one chapter, and the round of one minute."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from office.help import CHAPTERS, CITIZEN, Chapter, own_chapters
from office.http import StaffRequest
from office.models import Role, User
from office.tour import stops_for

_HEADING = re.compile(r'<section id="([\w-]+)">\s*<h2>([^<]+)</h2>')


@dataclass(frozen=True)
class Written:
    """A chapter with its text in the reader's language, and the headings within: (anchor, words)."""

    chapter: Chapter
    text: SafeString
    headings: list[tuple[str, str]]


def written(chapter: Chapter) -> Written:
    """The chapter as it reads in the language of the page."""
    language = "en" if get_language() == "en" else "th"
    text = render_to_string(f"help/{language}/{chapter.code}.html")
    return Written(chapter, text, _HEADING.findall(text))


@login_not_required
def contents(request: HttpRequest) -> HttpResponse:
    """What the guide tells, own chapters first; who has no account is led to the citizens' chapter."""
    user = request.user
    if not isinstance(user, User):
        return redirect("office:help_citizen")
    own = own_chapters(user.roles, user.subgroup.code if user.subgroup else "")
    chapters = sorted((written(chapter) for chapter in CHAPTERS), key=lambda one: one.chapter.code not in own)
    return render(request, "office/help.html", {"section": "help", "chapters": chapters, "own": own})


def chapter(request: StaffRequest, code: str) -> HttpResponse:
    """One chapter of the staff's guide."""
    found = next((one for one in CHAPTERS if one.code == code), None)
    if not found:
        raise Http404
    return render(request, "office/help_chapter.html", {"section": "help", **_parts(found)})


@login_not_required
def citizen(request: HttpRequest) -> HttpResponse:
    """The chapter for those who have no account."""
    return render(request, "office/help_citizen.html", _parts(CITIZEN))


def _parts(chosen: Chapter) -> dict[str, Any]:
    read = written(chosen)
    return {"chapter": chosen, "text": read.text, "headings": read.headings}


def tour(request: StaffRequest) -> HttpResponse:
    """The round as a page to read, and the way to walk it on the pages themselves."""
    # The first page of an administrator is the system's, which has a frame of its own.
    is_administrator = request.user.roles == {Role.ADMINISTRATOR.value}
    begins_at = reverse("office:personal" if is_administrator else "projectplan:today")
    context = {"section": "help", "stops": stops_for(request.user.roles), "begins_at": begins_at}
    return render(request, "office/help_tour.html", context)


@require_POST
def tour_seen(request: StaffRequest) -> HttpResponse:
    """The round was walked or declined: it is not offered again by itself."""
    person = User.objects.filter(pk=request.user.pk, toured_at=None)
    person.update(toured_at=timezone.now())
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return redirect("projectplan:today")
