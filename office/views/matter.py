"""The page of one matter (what it is, where it stands, what is next, what has happened), and the way to it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from office.desk import Desk
from office.http import StaffRequest
from office.models import Matter
from office.recent import opened
from office.unread import note_look


def matter(request: StaffRequest, pk: int) -> HttpResponse:
    """Go to the page of a petition, a meeting, a bill …; what a person may not see does not exist for them."""
    found = get_object_or_404(Matter.objects.visible_to(request.user).only("kind"), pk=pk)
    return redirect(found)


def matter_page(request: StaffRequest, pk: int, desk: Desk) -> HttpResponse:
    """The page of one matter, with the form of its next step on it; from now on this person has seen it as it is."""
    found = desk.fetch(request.user, pk)
    note_look(found, request.user, timezone.now())
    opened(request.user, found.pk)
    context = desk.context(found, request.user)
    if context["primary"]:
        context["form"] = desk.form(context["primary"].name, found, request.user)
    # Asked for by a template that draws them, and by no other.
    context["documents"] = found.documents.all() if getattr(found, "has_documents", True) else []
    return render(request, desk.template, context)
