"""One article as readers see it, and what they are told at the address of one that was withdrawn."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from office.models import Matter, NumberSeries, Secrecy
from publicrelations.models import Article, ArticleState
from publicrelations.public.frame import page, whole_address
from publicrelations.public.kept import read_by_all
from publicrelations.public.listed import is_shown, listed
from publicrelations.public.sharing import share_of_article

RELATED: Final = 3
LINKED: Final = ("title", "year", "number", "slug", "language", "state", "secrecy", "published_at")
"""What a link to an article needs, and whether there may be one."""
READ: Final = [ArticleState.PUBLISHED, ArticleState.WITHDRAWN]


@read_by_all()
def article(request: HttpRequest, year: int, number: int, slug: str) -> HttpResponse:
    """The article of a number. Whatever nobody may read is not there, whether it exists or not."""
    now = timezone.now()
    found = _of_number(year, number, now)
    if found is None:
        raise Http404
    if found.state == ArticleState.WITHDRAWN:
        return page("withdrawn", path=found.public_path(), here="news", status=HTTPStatus.GONE, article=found)
    if slug != found.slug:
        return redirect(found.public_path(), permanent=True)
    return article_page(found, now)


def article_page(article: Article, now: datetime, *, is_preview: bool = False) -> HttpResponse:
    """An article on the page that readers see; in a preview nothing but a line above it is different."""
    pictures = [picture for picture in article.pictures.all() if picture.has_sizes]
    before, after = (None, None) if is_preview else _neighbours(article, now)
    other_language = _in_the_other_language(article, now)
    return page(
        "article",
        path=article.public_path() if article.slug else "",
        here="news",
        share=None if is_preview else share_of_article(article),
        article=article,
        cover=pictures[0] if pictures else None,
        pictures=pictures[1:],
        files=list(article.files.select_related("document")),
        tags=list(article.tags.all()),
        video_host=urlsplit(article.video_url).hostname or "",
        other_language=other_language,
        alternates=_alternates(article, other_language),
        related=[] if is_preview else _related(article, now),
        before=before,
        after=after,
        is_preview=is_preview,
    )


def _of_number(year: int, number: int, now: datetime) -> Article | None:
    """The article of a register number that was ever before readers, and that no grade of secrecy hides.

    Looked up by its number alone: asked with its state too, SQLite walks all that are published.
    """
    series = NumberSeries.objects.filter(year=year).values("prefix")
    numbers = Matter.objects.filter(series__in=series, year=year, number=number, kind=Matter.Kind.ARTICLE)
    key = numbers.values_list("pk", flat=True).first()
    found = Article.objects.select_related("category", "cover").filter(pk=key).first() if key else None
    if found is None or found.state not in READ or found.secrecy != Secrecy.ORDINARY:
        return None
    return found if found.published_at is not None and found.published_at <= now else None


def _in_the_other_language(article: Article, now: datetime) -> Article | None:
    """The Thai article of an English one, or the English version of a Thai one, if readers have it."""
    original = article.translation_of_id
    pair = (
        Article.objects.filter(pk=original) if original else Article.objects.filter(translation_of=article.pk)
    )
    found = pair.only(*LINKED).first()
    return found if found is not None and is_shown(found, now) else None


def _alternates(article: Article, other: Article | None) -> dict[str, str]:
    """The whole addresses of both, by language, for programs; the Thai one is for readers of any other language."""
    if other is None or not article.slug:
        return {}
    found = {one.language: whole_address(one.public_path()) for one in (article, other)}
    return {"th": found["th"], "en": found["en"], "x-default": found["th"]}


def _related(article: Article, now: datetime) -> list[Article]:
    """The newest others of its category."""
    rows = listed(now, article.language).filter(category=article.category_id)
    return [one for one in rows[: RELATED + 1] if one.pk != article.pk][:RELATED]


def _neighbours(article: Article, now: datetime) -> tuple[Article | None, Article | None]:
    """What was published just before it and just after it, in its language."""
    at, key = article.published_at or now, article.pk
    older = _named(min(now, at), article.language).filter(Q(published_at__lt=at) | Q(pk__lt=key))
    newer = _named(now, article.language).filter(Q(published_at__gt=at) | Q(pk__gt=key), published_at__gte=at)
    return older.first(), newer.order_by("published_at", "pk").first()


def _named(upto: datetime, language: str) -> QuerySet[Article]:
    """Published articles with no more than a link to them needs."""
    return Article.objects.published(upto).filter(language=language).only(*LINKED)
