"""Linking a matter with another one, and taking a link back with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from office.http import StaffRequest
from office.link_forms import LinkForm, UnlinkForm
from office.linking import link, said, unlink
from office.models import Matter, MatterLink, User


def seen_matter(user: User, pk: int) -> Matter:
    """A matter this person may see; else not found."""
    return get_object_or_404(Matter.objects.visible_to(user).defer("search_text"), pk=pk)


@sensitive_post_parameters("words")
def new(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask with which matter and how; while one types, what is found is offered beneath."""
    matter = seen_matter(request.user, pk)
    data = request.POST if request.method == "POST" else None
    form = LinkForm(data, user=request.user, today=timezone.localdate(), without={pk})
    context = {"matter": matter, "form": form, "section": "search"}
    if "look" in request.POST:
        name = "matter/links/found.html" if request.htmx else "matter/links/new.html"
        return render(request, name, context)
    if data is not None and form.is_valid() and _made(request, matter, form):
        return redirect(matter)
    return render(request, "matter/links/new.html", context, status=422 if data is not None else 200)


def _made(request: StaffRequest, matter: Matter, form: LinkForm) -> bool:
    """Link; or say in the form why not."""
    other = seen_matter(request.user, form.cleaned_data["other"].pk)
    kind, side = form.kind_and_side()
    ends = (matter, other) if side == "from" else (other, matter)
    facts: dict[str, Any] = {"kind": kind, "note": form.cleaned_data["note"]}
    try:
        link(*ends, **facts, by=request.user, now=timezone.now())
    except ValidationError as refused:
        form.add_error("words", refused)
        return False
    except IntegrityError:
        form.add_error("words", _("These two are linked already."))
        return False
    messages.success(request, _("Linked with %(number)s.") % {"number": other.label})
    return True


def remove(request: StaffRequest, pk: int, link_pk: int) -> HttpResponse:
    """Take a link back and say why; who does not see both its ends finds none."""
    matter = seen_matter(request.user, pk)
    links = MatterLink.objects.visible_to(request.user).of(pk).select_related("from_matter", "to_matter")
    found = get_object_or_404(links, pk=link_pk)
    data = request.POST if request.method == "POST" else None
    form = UnlinkForm(data)
    if data is not None and form.is_valid():
        unlink(found, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        messages.success(request, _("The link is removed."))
        return redirect(matter)
    side = "from" if found.from_matter_id == pk else "to"
    context = {
        "matter": matter,
        "other": found.to_matter if side == "from" else found.from_matter,
        "words": said(found.kind, side),
        "form": form,
        "section": "search",
    }
    return render(request, "matter/links/remove.html", context, status=422 if data is not None else 200)
