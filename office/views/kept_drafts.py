"""What a form's script asks: keep what is typed, what is kept, throw it away. Only ever one's own."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from office import kept_drafts
from office.http import StaffRequest
from office.limits import allow
from office.models import KeptDraft
from office.templatetags.prasan import clock, moment

EACH_PERSON: Final = "1200/hour"
"""One saving every three seconds for an hour: somebody who types in two windows, not a machine."""
PAGE: Final = "draft_page"
LONGEST_PAGE: Final = KeptDraft._meta.get_field("page").max_length or 0


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def kept_draft(request: StaffRequest) -> HttpResponse:
    """Of one form, by the address it leads to: GET what is kept, POST to keep, or to throw away."""
    given = request.GET if request.method == "GET" else request.POST
    page = given.get(PAGE, "")
    if not _is_page(page):
        return HttpResponse(status=400)
    if request.method == "GET":
        return _told(request, page)
    if "throw" in request.POST:
        kept_drafts.throw_away(request.user, page)
        return HttpResponse(status=204)
    return _kept(request, page)


def _told(request: StaffRequest, page: str) -> HttpResponse:
    found = kept_drafts.find(request.user, page, now=timezone.now())
    if found is None:
        return HttpResponse(status=204)
    return JsonResponse({"at": moment(found.kept_at), "typed": found.pairs})


def _kept(request: StaffRequest, page: str) -> HttpResponse:
    if not allow("kept-draft", EACH_PERSON, str(request.user.pk)):
        return HttpResponse(status=429)
    now = timezone.now()
    pairs = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in (PAGE, "throw")
        for value in values
    ]
    try:
        kept_drafts.keep(request.user, page, pairs, now=now)
    except kept_drafts.TooLong:
        return HttpResponse(status=413)
    return JsonResponse({"at": clock(now)})


def _is_page(page: str) -> bool:
    """Whether an address is one of ours, so that nothing else is kept under this name."""
    if not page.startswith("/") or len(page) > LONGEST_PAGE:
        return False
    try:
        resolve(page)
    except Resolver404:
        return False
    return True
