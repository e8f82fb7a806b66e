"""The pages that stand: how to petition, how to follow the news, what the office is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publicrelations.models import Category
from publicrelations.public.frame import page, whole_address
from publicrelations.public.kept import read_by_all
from publicrelations.public.sharing import Share


@read_by_all()
def petitions(request: HttpRequest) -> HttpResponse:
    """How to petition, and what happens to a petition."""
    title = _("Petitions to the Minister of Education")
    return _standing(
        "petitions", title, description=_("Every petition is read, gets a number and is answered.")
    )


@read_by_all()
def about(request: HttpRequest) -> HttpResponse:
    """What the office does, and where it is."""
    title = _("About the office")
    return _standing(
        "about", title, office_address=settings.OFFICE_ADDRESS, office_telephone=settings.OFFICE_TELEPHONE
    )


@read_by_all()
def follow(request: HttpRequest) -> HttpResponse:
    """How to follow the news without an account: feeds, by language and by category."""
    language = get_language() or "th"
    feeds = [
        (
            str(category),
            whole_address(reverse("site:category_rss", args=[language, category.slug])),
            whole_address(reverse("site:category_atom", args=[language, category.slug])),
        )
        for category in Category.objects.filter(is_used=True)
    ]
    return _standing(
        "follow",
        _("Follow our news"),
        rss=whole_address(reverse("site:rss", args=[language])),
        atom=whole_address(reverse("site:atom", args=[language])),
        feeds=feeds,
    )


def _standing(name: str, title: str, *, description: str = "", **context: Any) -> HttpResponse:
    share = Share(title=title, description=description, language=get_language() or "th")
    return page(name, path=reverse(f"site:{name}"), here=name, share=share, title=title, **context)
