"""Keeping a list's filter under a name, and throwing it away again."""

from __future__ import annotations

import re
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.http import StaffRequest
from office.models import SavedView

MOST_PER_LIST: Final = 20
LONGEST_VALUE: Final = 100
NAME_LENGTH: Final = SavedView._meta.get_field("name").max_length or 0
QUERY_LENGTH: Final = SavedView._meta.get_field("query").max_length or 0
_PAGE_NAME: Final = re.compile(r"[a-z_]+:[a-z_]+")
_PARAMETER: Final = re.compile(r"[a-z_]{1,40}")
# Where in the list somebody stood is no part of the view; a sealed search opens nothing for long.
_NOT_KEPT: Final = {"after", "upto", "before", "page", "s", "csrfmiddlewaretoken"}


@require_POST
def save_view(request: StaffRequest) -> HttpResponse:
    """Keep the filter of a list under a name; a name used before now means this filter."""
    page = request.POST.get("page", "")
    address = _address_of(page)
    query = clean_query(request.POST.get("query", ""))
    back = redirect(f"{address}?{query}" if query else address)
    name = " ".join(request.POST.get("name", "").split())[:NAME_LENGTH]
    if not name:
        messages.error(request, _("Give the view a name."))
        return back
    own = SavedView.objects.filter(user=request.user, page=page)
    if own.exclude(name=name).count() >= MOST_PER_LIST:
        messages.error(request, _("There are many saved views already. Delete one first."))
        return back
    SavedView.objects.update_or_create(user=request.user, page=page, name=name, defaults={"query": query})
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": name})
    return back


@require_POST
def delete_view(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw one's own view away; the list stays as it was."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    view.delete()
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect(_address_of(view.page))


def clean_query(given: str) -> str:
    """The part of an address after `?` as far as a list can have written it: plain parameters with short values."""
    kept = QueryDict(mutable=True)
    for name, values in QueryDict(given[: 2 * QUERY_LENGTH]).lists():
        if _PARAMETER.fullmatch(name) and name not in _NOT_KEPT:
            kept.setlist(
                name, [value for value in values if value.isprintable() and 0 < len(value) <= LONGEST_VALUE]
            )
    query = kept.urlencode()
    return query if len(query) <= QUERY_LENGTH else ""


def _address_of(page: str) -> str:
    """The address of a list by its URL name; anything else does not exist."""
    if not _PAGE_NAME.fullmatch(page):
        raise Http404
    try:
        return reverse(page)
    except NoReverseMatch as unknown:
        raise Http404 from unknown
