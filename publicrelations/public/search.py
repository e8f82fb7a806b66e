"""Searching the news: the office's own search, held to what is published."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office import search
from office.limits import allow, client_address
from office.models import Matter, Secrecy, Subgroup
from office.plain_number import plain_number
from office.search_words import LONGEST_QUERY, Words, marked
from publicrelations.models import Article, ArticleState, Category
from publicrelations.public.frame import page
from publicrelations.public.kept import read_by_all
from publicrelations.public.listed import ROWS, listed
from publicrelations.public.sharing import Share

ASKED: Final = ("q", "category", "before")


@dataclass(frozen=True)
class Hit:
    """An article that was found, its words marked."""

    article: Article
    title: SafeString
    lead: SafeString


@dataclass(frozen=True)
class Asked:
    """What a reader typed, as far as it makes sense."""

    text: str
    category: Category | None
    before: int | None

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        slug = request.GET.get("category", "")
        return cls(
            text=" ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY],
            category=Category.objects.filter(slug=slug).first() if slug else None,
            before=plain_number(request.GET.get("before", "")),
        )

    def address(self, before: int) -> str:
        """Where the older hits are."""
        query = {"q": self.text, "before": before} | (
            {"category": self.category.slug} if self.category else {}
        )
        return f"{reverse('site:search')}?{urlencode(query)}"


@read_by_all(*ASKED)
def search_news(request: HttpRequest) -> HttpResponse:
    """The articles in which every word occurs, the newest first; without words, where to write them."""
    asked = Asked.of(request)
    if not asked.text:
        return _answer(request, asked)
    if not allow("news-search", settings.NEWS_SEARCH_LIMIT, client_address(request)):
        trouble = _("Many searches came from where you are. Wait a minute, then search again.")
        return _answer(request, asked, trouble=trouble, status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        keys = search.newest_keys(
            _published(asked), asked.text, subgroup=_whose(), before=asked.before, wanted=ROWS + 1
        )
    except search.TooShort:
        trouble = _("Write a word of at least three letters.")
        return _answer(request, asked, trouble=trouble, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    next_url = asked.address(keys[ROWS - 1]) if len(keys) > ROWS else ""
    return _answer(request, asked, hits=_hits(keys[:ROWS], asked.text), next_url=next_url, has_searched=True)


def _whose() -> int:
    """The subgroup that publishes: search passes the matters of the others by."""
    return Subgroup.objects.values_list("pk", flat=True).get(code=Subgroup.Code.PUBLIC_RELATIONS)


def _published(asked: Asked) -> QuerySet[Matter]:
    """The matters that readers may find: published articles of the language they read in."""
    articles = Article.objects.filter(
        pk=OuterRef("pk"),
        state=ArticleState.PUBLISHED,
        published_at__lte=timezone.now(),
        language=get_language() or "th",
    )
    if asked.category:
        articles = articles.filter(category=asked.category)
    rows = Matter.objects.filter(kind=Matter.Kind.ARTICLE, secrecy=Secrecy.ORDINARY)
    return rows.filter(Exists(articles.order_by()))


def _hits(keys: list[int], text: str) -> list[Hit]:
    words = Words.of(text).all
    rows = listed(timezone.now(), get_language() or "th").filter(pk__in=keys).order_by("-pk")
    return [Hit(one, marked(one.title, words), marked(one.lead, words)) for one in rows]


def _answer(
    request: HttpRequest,
    asked: Asked,
    *,
    hits: list[Hit] | None = None,
    next_url: str = "",
    trouble: str = "",
    has_searched: bool = False,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    return page(
        "search",
        path=reverse("site:search"),
        here="news",
        share=Share(title=_("Search the news"), language=get_language() or "th"),
        status=status,
        asked=asked,
        hits=hits or [],
        next_url=next_url,
        trouble=trouble,
        has_searched=has_searched,
        categories=list(Category.objects.filter(is_used=True)),
    )
