"""Published articles as lists show them: by page, by day, each as much as a line needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import Http404, QueryDict
from django.utils import timezone

from office.lists import Order, Page, page_of
from office.models import Secrecy
from publicrelations.models import Article
from publicrelations.models.article import ArticleQuerySet

M = TypeVar("M", bound=Model)

NEWEST: Final = Order("published_at", descending=True)
ROWS: Final = 20
IN_A_LINE: Final = (
    "title", "year", "number", "slug", "language", "lead", "published_at", "corrected_at",
    "category__name", "category__name_en",
    "cover__sha256", "cover__alternative_text", "cover__width", "cover__height",
)  # fmt: skip
"""A line reads no more: half of what drawing a list costs is making objects of columns."""
A_MOMENT: Final = timedelta(microseconds=1)


@dataclass(frozen=True)
class Day:
    """The articles of one day."""

    on: date
    articles: list[Article]


def listed(upto: datetime, language: str) -> ArticleQuerySet:
    """What readers of a language may read that was published up to a moment, the newest first, as lines need it.

    Only one bound from above may be asked for: of two, SQLite starts at either.
    """
    rows = Article.objects.published(upto).filter(language=language)
    return rows.select_related("category", "cover").only(*IN_A_LINE)


def bound(query: QueryDict, upto: datetime) -> datetime:
    """From which moment downwards a page of a list is read: its cursor's, where it has one."""
    cursor = NEWEST.parse(query.get("after", ""))
    return min(upto, cursor[0]) if cursor and timezone.is_aware(cursor[0]) else upto


def is_shown(article: Article, now: datetime) -> bool:
    """Whether readers have an article before them at a moment, as `published` asks the database."""
    at = article.published_at
    return article.is_published and article.secrecy == Secrecy.ORDINARY and at is not None and at <= now


def turn(rows: QuerySet[M], order: Order, query: QueryDict, *, size: int) -> Page[M]:
    """One page of a list by the cursor in the address; a cursor that nobody was given leads nowhere."""
    after, upto = query.get("after", ""), query.get("upto", "")
    cursor = order.parse(upto or after) if after or upto else []
    if cursor is None or any(isinstance(one, datetime) and timezone.is_naive(one) for one in cursor):
        raise Http404
    return page_of(rows, order, after=after, upto=upto, size=size)


def neighbours(path: str, page: Page[M]) -> dict[str, Any]:
    """The addresses of the pages beside this one, as the pager takes them."""
    return {
        "next_url": f"{path}?{urlencode({'after': page.next_cursor})}" if page.next_cursor else "",
        "previous_url": f"{path}?{urlencode({'upto': page.back_cursor})}" if page.back_cursor else "",
    }


def by_day(articles: Iterable[Article]) -> list[Day]:
    """The articles under their days, in the order they come in."""
    days = groupby(articles, key=lambda article: timezone.localtime(article.published_at).date())
    return [Day(on, list(of_day)) for on, of_day in days]
