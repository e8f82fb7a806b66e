"""What programs ask first: which pages there are (sitemap, in parts by month), and which they may read (robots)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from office.calendar import month_code, parse_month
from office.models import Secrecy
from publicrelations.models import Article, ArticleState, Category
from publicrelations.public.frame import whole_address
from publicrelations.public.kept import read_by_all
from publicrelations.public.listed import A_MOMENT
from publicrelations.public.news import published_months

XML: Final = "application/xml; charset=utf-8"
STANDING: Final = (
    "site:home", "site:news", "site:archive", "site:journals", "site:press", "site:about", "site:petitions",
    "site:follow", "open_data:datasets", "petition:new", "petition:follow",
)  # fmt: skip
CLOSED: Final = (
    "/accounts/",
    "/a/",
    "/p/",
    "/n/",
    "/m/",
    "/c/",
    "/petition/draft/",
    "/petition/receipt/",
    "/news/search/",
)
"""Doors that lead programs nowhere, and searches, which cost more than they tell."""
MOST_ADDRESSES: Final = 50_000
"""Of one part, by the protocol; a month of this office has hundreds."""

SOME_ARTICLE: Final = "/9999/987654321/some-words/"
OTHER: Final = ("state", "secrecy", "published_at", "year", "number", "slug")
COLUMNS: Final = (
    *("year", "number", "slug", "published_at", "corrected_at"),
    *(f"translation_of__{name}" for name in OTHER),
    *(f"english__{name}" for name in OTHER),
)
"""Of an article of the sitemap and of the one beside it in the other language."""


class Entry(NamedTuple):
    """One page of a part: its address, when it was changed, its addresses by language if there are several."""

    address: str
    changed: datetime | None = None
    alternates: Mapping[str, str] = {}


@read_by_all()
def sitemap(request: HttpRequest) -> HttpResponse:
    """The parts of the sitemap: what stands, and each month's articles."""
    codes = [month_code(month) for month in published_months()]
    parts = [
        reverse("site:sitemap_standing"),
        *(reverse("site:sitemap_month", args=[code]) for code in codes),
    ]
    return _xml("sitemap_index", addresses=[whole_address(part) for part in parts])


@read_by_all()
def sitemap_standing(request: HttpRequest) -> HttpResponse:
    """The pages that are always there."""
    paths = [reverse(name) for name in STANDING]
    paths += [reverse("site:category", args=[one.slug]) for one in Category.objects.filter(is_used=True)]
    return _xml("sitemap", pages=[Entry(whole_address(path)) for path in paths])


@read_by_all()
def sitemap_month(request: HttpRequest, code: str) -> HttpResponse:
    """The articles of one month, each with when it was last changed."""
    try:
        month = parse_month(code)
    except ValueError as nonsense:
        raise Http404 from nonsense
    now = timezone.now()
    rows = Article.objects.published(min(now, month.ends_at - A_MOMENT))
    columns = rows.filter(published_at__gte=month.starts_at).values_list(*COLUMNS)
    return _xml("sitemap", pages=_entries(columns[:MOST_ADDRESSES], now))


def _entries(rows: Iterable[tuple[Any, ...]], now: datetime) -> Iterator[Entry]:
    """The articles with their addresses; one that stands in both languages names both, the Thai one for all others.

    The addresses are made from one, as `Article.public_path` makes them: a month has thousands of them.
    """
    pattern = whole_address(reverse("site:article", args=SOME_ARTICLE.strip("/").split("/")))

    def address(year: int, number: int, slug: str) -> str:
        return pattern.replace(SOME_ARTICLE, f"/{year}/{number}/{quote(slug, safe='')}/")

    for row in rows:
        published, corrected = row[3:5]
        own = address(*row[:3])
        thai, english = (_shown(row[at : at + len(OTHER)], now) for at in (5, 5 + len(OTHER)))
        alternates = {}
        if thai or english:
            alternates = {
                "th": address(*thai) if thai else own,
                "en": address(*english) if english else own,
            }
            alternates["x-default"] = alternates["th"]
        yield Entry(own, timezone.localtime(corrected or published), alternates)


def _shown(other: tuple[Any, ...], now: datetime) -> tuple[Any, ...]:
    """Year, number and words of the article in the other language, if there is one and readers have it."""
    state, secrecy, published, *address = other
    is_read = state == ArticleState.PUBLISHED and secrecy == Secrecy.ORDINARY and published <= now
    return tuple(address) if is_read else ()


@read_by_all()
def robots(request: HttpRequest) -> HttpResponse:
    """What programs may read: everything public."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines += [f"Sitemap: {whole_address(reverse('site:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _xml(name: str, **context: object) -> HttpResponse:
    return HttpResponse(render_to_string(f"publicrelations/site/{name}.xml", context), content_type=XML)
