"""One box over everything: a number goes to its matter, words to a page of results, an ID to whoever may look it up,
the code on a blank form to the page where it is entered.

What was typed may be a name, so it stands in no address: it is posted, and the results' address carries it sealed.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET

from office import seals
from office.figures import figures
from office.form_codes import FormCode
from office.http import StaffRequest
from office.models import Deadline, Matter, Secrecy
from office.models.calendar import current_calendar
from office.models.people import short_name
from office.search import Found, Results, find, numbered
from office.search_words import LONGEST_QUERY, TooShort, Words, marked, normalise, snippet
from office.thai import is_thai_id

SEARCH = "search"


@sensitive_post_parameters("q")
@sensitive_variables("typed")
def search(request: StaffRequest) -> HttpResponse:
    """The box by itself, and where every box posts to."""
    typed = request.POST.get("q", "").strip()[:LONGEST_QUERY]
    if request.method != "POST" or not typed:
        return _box(request)
    if is_thai_id(typed):
        return _box(request, thai_id=typed)
    if form := FormCode.parse(typed):
        return redirect(form.entry_address)
    matters = numbered(request.user, typed, timezone.localdate())
    if len(matters) == 1:
        return redirect(matters[0])
    if not matters:
        try:
            Words.of(typed)
        except TooShort:
            return _box(request, typed=typed, trouble=_too_short(), status=422)
    return redirect(results_address(typed))


@require_GET
@sensitive_variables("typed")
def results(request: StaffRequest) -> HttpResponse:
    """What was found, newest first, 25 a page."""
    try:
        typed = seals.decrypt(request.GET.get("s", ""), purpose=SEARCH)
    except ValueError:
        return _box(
            request,
            trouble=_("This address of a search cannot be opened any more. Search again."),
            status=400,
        )
    before = request.GET.get("before", "")
    cursor = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    try:
        found, words = _found(request, typed, cursor)
    except TooShort:
        return _box(request, typed=typed, trouble=_too_short(), status=422)
    context = {
        "section": "search",
        "typed": typed,
        "rows": [_row(matter, words) for matter in found.rows],
        "total": found.total_label,
        "first_address": results_address(typed) if cursor else "",
        "next_address": results_address(typed, before=found.rows[-1].pk) if found.more else "",
        "moment": timezone.now(),
        "calendar": current_calendar(),
    }
    return render(request, "office/results.html", context)


def _found(request: StaffRequest, typed: str, cursor: int | None) -> tuple[Results, list[str]]:
    """What was found and the words to mark; for a number, the matters of several registers that have it."""
    matters = numbered(request.user, typed, timezone.localdate())
    if matters:
        return Results(matters, more=False, total=len(matters)), []
    return find(request.user, typed, before=cursor), list(Words.of(typed).all)


def results_address(typed: str, *, before: int | None = None) -> str:
    """The address of a page of results, which says nothing to anybody who reads it."""
    query = {"s": seals.encrypt(typed, purpose=SEARCH)} | ({"before": str(before)} if before else {})
    return f"{reverse('office:results')}?{urlencode(query)}"


def _box(
    request: StaffRequest, *, typed: str = "", thai_id: str = "", trouble: str = "", status: int = 200
) -> HttpResponse:
    context = {"section": "search", "typed": typed, "thai_id": thai_id, "trouble": trouble}
    return render(request, "office/search.html", context, status=status)


def _too_short() -> str:
    return _("Write a word of at least three letters, or the number of a matter.")


def _row(matter: Found, words: list[str]) -> dict[str, Any]:
    """A matter as a row of results: subject and a piece of its text with the found words marked."""
    promise = matter.promise
    person = (promise.responsible if promise else "") or matter.owner_name
    head = normalise(matter.label, matter.title)
    return {
        "matter": matter,
        "kind": Matter.Kind(matter.kind).label,
        "secrecy": Secrecy(matter.secrecy).label if matter.secrecy else "",
        "promise": Deadline.Kind(promise.kind).label if promise else "",
        "title": marked(matter.title, words),
        "text": _piece(matter.search_text, head, words),
        "due_at": promise.due_at if promise else None,
        "person": _("with %(name)s") % {"name": short_name(person)} if person else "",
    }


def _piece(search_text: str, head: str, words: list[str]) -> SafeString | str:
    if not words:
        return ""
    piece = snippet(search_text, head, words)
    if piece is None:
        return _("Found in personal data. Open the matter to see it.")
    return marked(figures(piece), words)
