"""Which pages of the public site the benchmark visits: kept (warm) and drawn anew (cold), with what it finds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Final
from urllib.parse import unquote, urlencode

from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.calendar import OFFICE_TZ, month_code, month_of
from projectplan.bench import SIGNED_IN, Case, visitor
from projectplan.bench_registers import visit
from publicrelations.models import Article, ArticleState
from publicrelations.public import kept
from publicrelations.public.listed import NEWEST

WARM, COLD, SEARCH, WHOLE_MONTH = 1.0, 3.0, 4.0, 10.0
"""A kept page in no more than a signed-in page that says nothing; a drawn one, and a search, in so many tables. The
sitemap of a month names its hundreds of articles, as a report would."""
WORDS: Final = {"common": "โรงเรียน", "two words": "โรงเรียน นักเรียน", "no hit": "ฅฃซึ่งไม่มีที่ใด"}


def public_site_cases() -> list[Case]:
    """The pages of the site as a stranger reads them; none where nothing is published."""
    published = Article.objects.filter(state=ArticleState.PUBLISHED, language=settings.LANGUAGE_CODE)
    newest = published.select_related("category").order_by("-published_at", "-pk").first()
    if newest is None or newest.category is None:
        return []
    old = published.filter(pk__lte=max(newest.pk // 2, 1)).order_by("-pk").first() or newest
    month = month_code(month_of((old.published_at or timezone.now()).astimezone(OFFICE_TZ).date()))
    pages = {
        "home": reverse("site:home"),
        "news": reverse("site:news"),
        "category": reverse("site:category", args=[newest.category.slug]),
        "month": reverse("site:month", args=[month]),
        "article": newest.public_path(),
        "article, old": old.public_path(),
        "archive": reverse("site:archive"),
        "feed, RSS": reverse("site:rss", args=[settings.LANGUAGE_CODE]),
        "feed, Atom": reverse("site:atom", args=[settings.LANGUAGE_CODE]),
        "sitemap": reverse("site:sitemap"),
        "journals": reverse("site:journals"),
        "press conferences": reverse("site:press"),
    }
    all_of_month = reverse("site:sitemap_month", args=[month])
    reader = visitor()
    deep = f"{reverse('site:news')}?{urlencode({'after': NEWEST.cursor_of(old)})}"
    return [
        *(_warm(reader, name, path) for name, path in pages.items()),
        *(_cold(reader, name, path) for name, path in pages.items()),
        _warm(reader, "sitemap of a month", all_of_month),
        _cold(reader, "sitemap of a month", all_of_month, most=WHOLE_MONTH),
        Case("site: news, a deep page", visit(reader, deep), COLD),
        *_searches(),
    ]


def _warm(reader: Client, name: str, path: str) -> Case:
    return Case(f"site: {name}, warm", visit(reader, path), WARM, floor=SIGNED_IN)


def _cold(reader: Client, name: str, path: str, most: float = COLD) -> Case:
    def forgotten() -> None:
        kept.forget(unquote(path), settings.LANGUAGE_CODE)

    return Case(f"site: {name}, cold", visit(reader, path), most, before=forgotten)


def _searches() -> list[Case]:
    """Each from an address of its own: the limit per address is asked, and lets everyone pass."""
    stranger = visitor()
    addresses = (f"2001:db8:1:{number:x}::1" for number in count(1))

    def find(words: str) -> Callable[[], HttpResponseBase]:
        path = f"{reverse('site:search')}?{urlencode({'q': words})}"
        return lambda: stranger.get(path, REMOTE_ADDR=next(addresses))

    return [Case(f"site: search, {name}", find(words), SEARCH) for name, words in WORDS.items()]
