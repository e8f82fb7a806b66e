"""The menu as one person sees it."""

from __future__ import annotations

from typing import Any

from django import template

from office.menu import Entry, menu_of

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context: Any) -> list[tuple[Any, list[tuple[Entry, str]]]]:
    """Headings, each with its entries and their addresses, by the `user`, `roles` and `urls` of the context."""
    subgroup = getattr(context["user"], "subgroup", None)
    return menu_of(subgroup.code if subgroup else "", context["roles"], context["urls"])
