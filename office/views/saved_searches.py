"""Keeping a search under a name, and what its owner does with it: open, rename, pause, delete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from office import saved_searches, seals
from office.http import StaffRequest
from office.models import SavedSearch
from office.models.saved_search import KeptSearch
from office.saved_searches import MOST_OF_ONE, NAME_LENGTH
from office.search_facets import RoomFacet, chosen_in, narrowed_to
from office.search_words import TooShort
from office.views.search import SEARCH, Asked, results_address, results_page


@require_POST
@sensitive_post_parameters("name")
@sensitive_variables("typed", "kept", "name")
def save(request: StaffRequest, rooms: Sequence[RoomFacet] = ()) -> HttpResponse:
    """Keep the search whose results stand on the page; what it finds now is nothing new."""
    sealed = request.POST.get("s", "")
    try:
        typed = seals.decrypt(sealed, purpose=SEARCH)
    except ValueError:
        messages.error(request, _("This search cannot be opened any more. Search again."))
        return redirect("office:search")
    asked = Asked(sealed, typed, chosen_in(request.POST.dict(), rooms))
    name = _name_in(request)
    own = SavedSearch.objects.filter(user=request.user)
    trouble = "" if name else _("Give the search a name.")
    if name and own.count() >= MOST_OF_ONE:
        trouble = _("There are many saved searches already. Delete one first.")
    if trouble:
        return results_page(request, asked, rooms, save_trouble=trouble)
    now = timezone.now()
    try:
        found = asked.find(request.user, rooms, now)
    except TooShort:
        messages.error(request, _("Only words can be searched for again and again, not a number."))
        return redirect(asked.address())
    kept = KeptSearch(name, typed, dict(asked.chosen), [one.name for one in narrowed_to(asked.chosen, rooms)])
    saved_searches.save(request.user, kept, found, by_email="by_email" in request.POST, now=now)
    words = _("The search “%(name)s” is saved. You are told when another matter fits.")
    messages.success(request, words % {"name": name})
    return redirect("office:search")


@require_GET
def saved(request: StaffRequest, pk: int, rooms: Sequence[RoomFacet] = ()) -> HttpResponse:
    """What one's own saved search finds now."""
    search = _own(request, pk)
    try:
        kept = search.kept
    except ValueError:
        messages.error(request, _("This search cannot be opened any more. Search again."))
        return redirect("office:search")
    return redirect(results_address(kept.words, chosen=chosen_in(kept.chosen, rooms)))


@require_POST
@sensitive_post_parameters("name")
def change(request: StaffRequest, pk: int, **_rooms: Any) -> HttpResponse:
    """Give one's own saved search another name; choose whether matches come by e-mail too."""
    search = _own(request, pk)
    name = _name_in(request)
    if name:
        saved_searches.rename(search, name, by_email="by_email" in request.POST)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Give the search a name."))
    return redirect("office:search")


@require_POST
def pause(request: StaffRequest, pk: int, **_rooms: Any) -> HttpResponse:
    """Be told of nothing for a while, or again; a second click on the same button says the same."""
    saved_searches.pause(_own(request, pk), paused=request.POST.get("paused") == "1")
    return redirect("office:search")


@require_POST
def delete(request: StaffRequest, pk: int, **_rooms: Any) -> HttpResponse:
    """Throw one's own saved search away."""
    saved_searches.delete(_own(request, pk))
    messages.success(request, _("The saved search is deleted."))
    return redirect("office:search")


def _own(request: StaffRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch, pk=pk, user=request.user)


def _name_in(request: StaffRequest) -> str:
    return " ".join(request.POST.get("name", "").split())[:NAME_LENGTH]
