"""Registering a matter of any kind: the form, its faults, the number it got."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from office.http import StaffRequest
from office.register_as import begin_with, document_asked, registered


def register_page(
    request: StaffRequest,
    form_class: Callable[..., Any],
    register: Callable[..., Any],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Ask, then register and go to the new matter's page; whether this person may is asked before."""
    now = timezone.now()
    document = document_asked(request)
    if request.method != "POST":
        form = form_class(user=request.user, now=now)
        begin_with(form, document)
        return render(request, template, context | {"form": form})
    form = form_class(request.POST, request.FILES, user=request.user, now=now)
    # Without script a button asks what comes of what is typed so far; nothing is saved by it.
    if "look" in request.POST:
        return render(request, template, context | {"form": form})
    if not form.is_valid():
        return render(request, template, context | {"form": form}, status=422)
    try:
        matter = register(form, user=request.user, now=now)
    except IntegrityError:
        # Its number was taken in the same moment: asked once more, the form says by which.
        form = form_class(request.POST, request.FILES, user=request.user, now=now)
        if form.is_valid():
            raise
        return render(request, template, context | {"form": form}, status=422)
    registered(document, matter, by=request.user, now=now)
    messages.success(request, _("Registered as %(number)s.") % {"number": matter.label})
    return redirect(matter)
