"""Press conferences that everybody may know of: those to come, and those that were, with the news of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.lists import Order, Page
from office.models import NumberSeries
from publicrelations.models import Article, PressConference
from publicrelations.models.press_state import COMING, WITHOUT_A_DAY
from publicrelations.public.frame import page
from publicrelations.public.kept import read_by_all
from publicrelations.public.listed import is_shown, neighbours, turn
from publicrelations.public.sharing import Share

NEWEST: Final = Order("starts_at", descending=True)
ROWS: Final = 20
MOST_COMING: Final = 20
LASTS: Final = timedelta(hours=2)
"""So long after its beginning a press conference still stands among those to come."""


@dataclass(frozen=True)
class Held:
    """A press conference with the news of it."""

    conference: PressConference
    news: list[Article]


@read_by_all("after", "upto")
def conferences(request: HttpRequest) -> HttpResponse:
    """Those to come, the next first; then those that were, the last first."""
    now = timezone.now()
    past = _past(request, now)
    is_first_page = not (request.GET.get("after") or request.GET.get("upto"))
    title = _("Press conferences")
    return page(
        "conferences",
        path=request.path,
        here="press",
        share=Share(title=title, language=get_language() or "th"),
        title=title,
        coming=[Held(one, []) for one in coming(now)[:MOST_COMING]] if is_first_page else [],
        past=_with_news(past.rows, now),
        is_first_page=is_first_page,
        **neighbours(request.path, past),
    )


@read_by_all()
def conference(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """One press conference: when, where, who speaks, and what was written of it."""
    now = timezone.now()
    series = NumberSeries.objects.filter(year=year).values("prefix")
    found = get_object_or_404(_public(), series__in=series, year=year, number=number)
    return page(
        "conference",
        path=reverse("site:conference", args=[year, number]),
        here="press",
        share=Share(title=found.title, description=found.brief[:300], language="th"),
        conference=found,
        news=_with_news([found], now)[0].news,
    )


def coming(now: datetime) -> QuerySet[PressConference]:
    """Those that begin later, or have just begun, the next first."""
    rows = PressConference.objects.public().filter(state__in=COMING, starts_at__gt=now - LASTS)
    return rows.order_by("starts_at", "pk")


def _public() -> QuerySet[PressConference]:
    """Those that everybody may know of, with their articles; which of these may be read, `_with_news` looks at."""
    articles = Article.objects.defer("body", "search_text").order_by("-published_at")
    return PressConference.objects.public().prefetch_related(Prefetch("articles", articles))


def _with_news(rows: Iterable[PressConference], now: datetime) -> list[Held]:
    """Each with the news that came of it."""
    return [Held(one, [article for article in one.articles.all() if is_shown(article, now)]) for one in rows]


def _past(request: HttpRequest, now: datetime) -> Page[PressConference]:
    rows = _public().filter(starts_at__lte=now).exclude(state__in=WITHOUT_A_DAY)
    return turn(rows, NEWEST, request.GET, size=ROWS)
