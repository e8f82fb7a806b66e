"""What programs ask first: which pages there are (sitemap, in parts by month), and which they may read (robots)."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from office.calendar import month_code, parse_month
from publicrelations.models import Article, Category
from publicrelations.public.frame import whole_address
from publicrelations.public.kept import read_by_all
from publicrelations.public.listed import A_MOMENT
from publicrelations.public.news import published_months

XML: Final = "application/xml; charset=utf-8"
STANDING: Final = (
    "site:home", "site:news", "site:archive", "site:journals", "site:press", "site:about", "site:petitions",
    "site:follow", "petition:new", "petition:follow",
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
    return _xml("sitemap", pages=[(whole_address(path), None) for path in paths])


@read_by_all()
def sitemap_month(request: HttpRequest, code: str) -> HttpResponse:
    """The articles of one month, each with when it was last changed."""
    try:
        month = parse_month(code)
    except ValueError as nonsense:
        raise Http404 from nonsense
    upto = min(timezone.now(), month.ends_at - A_MOMENT)
    rows = Article.objects.published(upto).filter(published_at__gte=month.starts_at)
    columns = rows.values_list("year", "number", "slug", "published_at", "corrected_at")
    # The addresses are made from one, as `Article.public_path` makes them: a month has thousands of them.
    pattern = whole_address(reverse("site:article", args=SOME_ARTICLE.strip("/").split("/")))
    pages = [
        (
            pattern.replace(SOME_ARTICLE, f"/{year}/{number}/{quote(slug, safe='')}/"),
            timezone.localtime(corrected or published),
        )
        for year, number, slug, published, corrected in columns[:MOST_ADDRESSES]
    ]
    return _xml("sitemap", pages=pages)


@read_by_all()
def robots(request: HttpRequest) -> HttpResponse:
    """What programs may read: everything public."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines += [f"Sitemap: {whole_address(reverse('site:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _xml(name: str, **context: object) -> HttpResponse:
    return HttpResponse(render_to_string(f"publicrelations/site/{name}.xml", context), content_type=XML)
