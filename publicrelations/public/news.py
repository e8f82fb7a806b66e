"""The front page of the site, and its lists of news: all, of a category, of a tag, of a month."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ, Period, month_code, month_of, months_back, parse_month
from office.thai import BE_OFFSET, be_year, format_month
from publicrelations.models import Article, Category, Tag
from publicrelations.models.article import ArticleQuerySet
from publicrelations.public.conferences import coming
from publicrelations.public.frame import page
from publicrelations.public.journals import issued
from publicrelations.public.kept import read_by_all
from publicrelations.public.listed import A_MOMENT, NEWEST, ROWS, bound, by_day, listed, neighbours, turn
from publicrelations.public.sharing import Share, shared_picture

CARDS: Final = 4
LINES: Final = 6
MEETINGS: Final = 3


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    """The front door: today's work for the people of the office, the site's first page for everybody else."""
    if request.user.is_authenticated:
        return redirect("projectplan:today")
    return home(request)


@read_by_all()
def home(request: HttpRequest) -> HttpResponse:
    """The newest first and largest; how to petition; what else there is."""
    now = timezone.now()
    newest = list(listed(now, _reading())[: 1 + CARDS + LINES])
    first = newest[0] if newest else None
    cover = first.cover if first else None
    title = _("News of the Minister of Education")
    share = Share(
        title=title,
        description=_(
            "News of the minister's work, the journal and press conferences, and petitions to the minister."
        ),
        language=_reading(),
        picture=shared_picture(cover) if cover is not None and cover.has_sizes else None,
    )
    return page(
        "home",
        path=reverse("site:home"),
        here="home",
        share=share,
        title=title,
        first=first,
        cards=newest[1 : 1 + CARDS],
        days=by_day(newest[1 + CARDS :]),
        categories=_categories(),
        journal=issued().first(),
        conferences=list(coming(now)[:MEETINGS]),
    )


@read_by_all("after", "upto")
def news(request: HttpRequest) -> HttpResponse:
    """All news, the newest first."""
    return _list(request, _rows(request), title=_("News"), feeds=_feeds("site:rss", "site:atom"))


@read_by_all("after", "upto")
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The news of one category."""
    found = get_object_or_404(Category, slug=slug)
    rows = _rows(request).filter(category=found)
    feeds = _feeds("site:category_rss", "site:category_atom", slug)
    return _list(request, rows, title=str(found), category=found, feeds=feeds)


@read_by_all("after", "upto")
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The news that bears one tag, asked of the tag's own index."""
    found = get_object_or_404(Tag, slug=slug)
    rows = _rows(request).filter(taggings__tag=found)
    return _list(request, rows, title=found.name, tag=found)


@read_by_all("after", "upto")
def month(request: HttpRequest, code: str) -> HttpResponse:
    """The news of one month."""
    try:
        of_month = parse_month(code)
    except ValueError as nonsense:
        raise Http404 from nonsense
    rows = _rows(request, of_month.ends_at - A_MOMENT).filter(published_at__gte=of_month.starts_at)
    title = _("News of %(month)s") % {"month": format_month(of_month.first, language=_reading())}
    return _list(request, rows, title=title, month=of_month)


@read_by_all()
def archive(request: HttpRequest) -> HttpResponse:
    """Every month in which there may be news, by year."""
    months = published_months(_reading())
    years = [(year, list(of_year)) for year, of_year in groupby(months, key=lambda one: be_year(one.first))]
    shown = [
        (
            year if _reading() == "th" else year - BE_OFFSET,
            [(month_code(one), format_month(one.first, language=_reading())) for one in of_year],
        )
        for year, of_year in years
    ]
    return page("archive", path=reverse("site:archive"), here="news", years=shown)


def published_months(language: str = "") -> list[Period]:
    """From the newest month with news to the oldest; read off both ends of an index."""
    rows = Article.objects.published(timezone.now())
    rows = rows.filter(language=language) if language else rows
    newest, oldest = (row.values_list("published_at", flat=True).first() for row in (rows, rows.reverse()))
    if newest is None or oldest is None:
        return []
    first, last = (month_of(moment.astimezone(OFFICE_TZ).date()) for moment in (oldest, newest))
    count = (last.first.year - first.first.year) * 12 + last.first.month - first.first.month + 1
    return list(reversed(months_back(last, count)))


def _rows(request: HttpRequest, end: datetime | None = None) -> ArticleQuerySet:
    """What a page of a list is read from: published by now, or by the end of what it shows."""
    now = timezone.now()
    return listed(bound(request.GET, min(now, end) if end else now), _reading())


def _reading() -> str:
    return get_language() or "th"


def _categories() -> list[Category]:
    return list(Category.objects.filter(is_used=True))


def _feeds(rss: str, atom: str, *args: str) -> dict[str, str]:
    return {"rss": reverse(rss, args=[_reading(), *args]), "atom": reverse(atom, args=[_reading(), *args])}


def _list(request: HttpRequest, rows: ArticleQuerySet, *, title: str, **context: Any) -> HttpResponse:
    """A list of news with its neighbouring pages."""
    found = turn(rows, NEWEST, request.GET, size=ROWS)
    return page(
        "list",
        path=request.path,
        here="news",
        share=Share(title=title, language=_reading()),
        title=title,
        days=by_day(found.rows),
        is_first_page=not request.GET.get("after") and not request.GET.get("upto"),
        categories=_categories(),
        **neighbours(request.path, found),
        **context,
    )
