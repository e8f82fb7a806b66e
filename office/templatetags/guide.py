"""The guide from within pages: where their "?" leads, the pictures of its chapters, the round that is offered."""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from office.help import CITIZEN, place_of
from office.models import Role
from office.tour import Stop, stops_for

register = template.Library()

PICTURE_WIDTH = 1000
"""Pixels of a picture of the guide; twice a phone's."""


@register.simple_tag(takes_context=True)
def help_here(context: Any) -> str:
    """The address of the guide's part that tells of the page being drawn."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    place = place_of(match.view_name if match else "", context.get("roles") or ())
    signed_in = getattr(context.get("user"), "is_authenticated", False)
    return address_of(place if signed_in or place.startswith(CITIZEN.code) else CITIZEN.code)


def address_of(place: str) -> str:
    """`petitions#letters` → its address."""
    code, _hash, anchor = place.partition("#")
    path = (
        reverse("office:help_citizen")
        if code == CITIZEN.code
        else reverse("office:help_chapter", args=[code])
    )
    return f"{path}#{anchor}" if anchor else path


@register.simple_tag
def picture(name: str, caption: str) -> SafeString:
    """A picture of static/help with its caption; what it shows stands in office/help.py."""
    return format_html(
        '<figure class="guide-picture"><img src="{}" alt="" width="{}" loading="lazy" decoding="async">'
        "<figcaption>{}</figcaption></figure>",
        static(f"help/{name}.webp"),
        PICTURE_WIDTH,
        caption,
    )


@register.simple_tag(takes_context=True)
def round_offered(context: Any) -> list[Stop]:
    """The steps of the round, when the page is the first of somebody who has not walked it or it was asked for."""
    user, roles = context["user"], context.get("roles") or ()
    request = context.get("request")
    asked = request is not None and "tour" in request.GET
    # An administrator's first page is the system's; the round begins at whichever page of the office comes first.
    is_first_page = context.get("section") == "today" or set(roles) == {Role.ADMINISTRATOR.value}
    offered = asked or (is_first_page and getattr(user, "toured_at", True) is None)
    return stops_for(roles) if offered else []
