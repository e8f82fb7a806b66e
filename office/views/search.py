"""One box over everything: a number goes to its matter, words to a page of results, an ID to whoever may look it up,
the code on a blank form to the page where it is entered.

What was typed may be a name, so it stands in no address: it is posted, and the results' address carries it sealed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
from office.linking import linked_with
from office.models import Deadline, Matter, Secrecy, User
from office.models.calendar import current_calendar
from office.models.people import short_name
from office.plain_number import plain_number
from office.recent import recent
from office.replica import reading
from office.saved_searches import NAME_LENGTH, own_searches
from office.search import TOTAL_CAP, Found, Results, find, numbered
from office.search_facets import (
    SUBGROUP,
    Chosen,
    Counted,
    RoomFacet,
    chosen_in,
    condition,
    counted_among,
    facets,
    narrowed_to,
)
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
def results(request: StaffRequest, rooms: Sequence[RoomFacet] = ()) -> HttpResponse:
    """What was found, newest first, 25 a page; the facets alone when the page that stands asks for them."""
    sealed = request.GET.get("s", "")
    try:
        typed = seals.decrypt(sealed, purpose=SEARCH)
    except ValueError:
        return _box(
            request,
            trouble=_("This address of a search cannot be opened any more. Search again."),
            status=400,
        )
    cursor = plain_number(request.GET.get("before", ""))
    chosen = chosen_in(request.GET.dict(), rooms)
    asked = Asked(sealed, typed, chosen, cursor, facets=request.GET.get("facets") == "1" and not cursor)
    with reading():
        return _facets_alone(request, asked, rooms) if request.htmx else results_page(request, asked, rooms)


def _facets_alone(request: StaffRequest, asked: Asked, rooms: Sequence[RoomFacet]) -> HttpResponse:
    """The facets and the number found for a page that stands already: its rows need not wait for what is counted."""
    try:
        found, _words = asked.found(request.user, rooms, timezone.now())
    except TooShort:
        return HttpResponse("")
    context = _drawn(asked, found, rooms, _counted(found, rooms)) | {"counted_total": found.total_label}
    return render(request, "office/search_facets.html", context)


def results_page(
    request: StaffRequest, asked: Asked, rooms: Sequence[RoomFacet], *, save_trouble: str = ""
) -> HttpResponse:
    """The page of what was found, once more with what is wrong with the name it was to be saved under."""
    try:
        found, words = asked.found(request.user, rooms, timezone.now(), counted=asked.facets)
    except TooShort:
        return _box(request, typed=asked.typed, trouble=_too_short(), status=422)
    # A page that counts its facets itself has enough to ask.
    linked = {} if asked.facets else linked_with(request.user, [matter.pk for matter in found.rows])
    context = {
        "section": "search",
        "typed": asked.typed,
        "sealed": asked.sealed,
        "save_trouble": save_trouble,
        "by_email": "by_email" in request.POST,
        "rows": [_row(matter, words) | {"linked": linked.get(matter.pk, [])} for matter in found.rows],
        "total": found.total_label,
        **_narrowing(asked, found, rooms),
        "first_address": asked.address() if asked.cursor else "",
        "next_address": asked.address(before=found.rows[-1].pk) if found.more else "",
        "name_length": NAME_LENGTH,
        "moment": timezone.now(),
        "calendar": current_calendar(),
    }
    return render(request, "office/results.html", context, status=422 if save_trouble else 200)


@dataclass(frozen=True)
class Asked:
    """A page of results as its address asks for it; the words of the address are sealed once."""

    sealed: str
    typed: str
    chosen: Chosen
    cursor: int | None = None
    facets: bool = False

    def found(
        self, user: User, rooms: Sequence[RoomFacet], now: datetime, *, counted: bool = True
    ) -> tuple[Results, list[str]]:
        """What was found and the words to mark; for a number, the matters of several registers that have it."""
        matters = [] if self.chosen else numbered(user, self.typed, timezone.localdate())
        if matters:
            return Results(matters, more=False, total=len(matters)), []
        return self.find(user, rooms, now, counted=counted), list(Words.of(self.typed).all)

    def find(self, user: User, rooms: Sequence[RoomFacet], now: datetime, *, counted: bool = True) -> Results:
        """What has the words, as far as it is narrowed. Raises TooShort."""
        subgroup = int(self.chosen[SUBGROUP]) if SUBGROUP in self.chosen else None
        narrowed = condition(self.chosen, rooms, now)
        return find(
            user, self.typed, before=self.cursor, narrowed=narrowed, subgroup=subgroup, counted=counted
        )

    def address(
        self, chosen: Chosen | None = None, *, before: int | None = None, facets: bool = False
    ) -> str:
        """The address of another page of the same search."""
        query = {"s": self.sealed, **(self.chosen if chosen is None else chosen)}
        query |= {"facets": "1"} if facets else {}
        return _address(query, before)


def _narrowing(asked: Asked, found: Results, rooms: Sequence[RoomFacet]) -> dict[str, Any]:
    """What it is narrowed to, and what it can be narrowed to: with the counts if these were asked for."""
    counted = _counted(found, rooms) if asked.facets else None
    narrowed = narrowed_to(asked.chosen, rooms, counted)
    context: dict[str, Any] = {
        "narrowed": [(one.title, one.name, asked.address(one.without)) for one in narrowed],
        "chosen": asked.chosen,
        "all_address": asked.address({}) if asked.chosen else "",
        # A number found its matters; there is nothing to narrow, nor to be told of later.
        "may_narrow": len(found.keys) > 1 and asked.cursor is None,
        "may_save": bool(found.keys or not found.rows) and asked.cursor is None,
        "facets_address": asked.address(facets=True),
    }
    return context | (_drawn(asked, found, rooms, counted) if counted is not None else {})


def _counted(found: Results, rooms: Sequence[RoomFacet]) -> Counted:
    return counted_among(found.keys[:TOTAL_CAP], rooms, timezone.now())


def _drawn(asked: Asked, found: Results, rooms: Sequence[RoomFacet], counted: Counted) -> dict[str, Any]:
    """The facets with their counts, among the newest hundred where more were found."""
    return {
        "facets": [
            (
                one.title,
                [(option.name, option.number, asked.address(option.leads_to)) for option in one.options],
            )
            for one in facets(counted, asked.chosen, rooms)
        ],
        "counted_of": figures(TOTAL_CAP) if len(found.keys) > TOTAL_CAP else "",
    }


def results_address(typed: str, *, before: int | None = None, chosen: Chosen | None = None) -> str:
    """The address of a page of results, which says nothing to anybody who reads it."""
    return _address({"s": seals.encrypt(typed, purpose=SEARCH), **(chosen or {})}, before)


def _address(query: Mapping[str, str], before: int | None) -> str:
    whole = {**query, **({"before": str(before)} if before else {})}
    return f"{reverse('search:results')}?{urlencode(whole)}"


def _box(
    request: StaffRequest, *, typed: str = "", thai_id: str = "", trouble: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "section": "search",
        "typed": typed,
        "thai_id": thai_id,
        "trouble": trouble,
        "saved_searches": own_searches(request.user),
        "recent": [_row(matter, []) for matter in recent(request.user)],
        "name_length": NAME_LENGTH,
        "moment": timezone.now(),
        "calendar": current_calendar(),
    }
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
