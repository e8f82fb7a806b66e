"""The news as programs subscribe to it: RSS and Atom, in each language, all of it or one category."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _
from django.utils.translation import override

from publicrelations.models import Article, Category
from publicrelations.models.article_state import Language
from publicrelations.public.frame import whole_address
from publicrelations.public.kept import read_by_all
from publicrelations.public.listed import listed

ITEMS: Final = 30
READ_AGAIN_MINUTES: Final = "5"


class Rss(Rss201rev2Feed):
    """RSS 2.0, as readers expect it to be named."""

    content_type = "application/rss+xml; charset=utf-8"


class Atom(Atom1Feed):
    """Atom 1.0."""

    content_type = "application/atom+xml; charset=utf-8"


FORMS: Final[dict[str, type[Rss | Atom]]] = {"rss": Rss, "atom": Atom}


@read_by_all()
def feed(request: HttpRequest, language: str, form: str, slug: str = "") -> HttpResponse:
    """The newest articles of a language, of one category if one is named."""
    if language not in Language.values:
        raise Http404
    with override(language):
        category = get_object_or_404(Category, slug=slug) if slug else None
        made = FORMS[form](
            title=" · ".join([str(category or _("News")), settings.OFFICE_NAME]),
            link=whole_address(reverse("site:category", args=[slug]) if slug else reverse("site:news")),
            description=_("News of the Minister of Education from %(office)s")
            % {"office": f"{settings.OFFICE_NAME} {settings.OFFICE_PARENT_NAME}"},
            language=language,
            feed_url=whole_address(request.path),
            ttl=READ_AGAIN_MINUTES,  # type: ignore[arg-type]  # written as it is given
        )
        _fill(made, _newest(language, category, timezone.now()))
        return HttpResponse(made.writeString("utf-8"), content_type=FORMS[form].content_type)


def _newest(language: str, category: Category | None, now: datetime) -> Iterable[Article]:
    rows = listed(now, language)
    return (rows.filter(category=category) if category else rows)[:ITEMS]


def _fill(made: SyndicationFeed, articles: Iterable[Article]) -> None:
    for article in articles:
        address = whole_address(article.public_path())
        made.add_item(
            title=article.title,
            link=address,
            description=article.lead,
            unique_id=address,
            unique_id_is_permalink=True,
            pubdate=timezone.localtime(article.published_at),
            updateddate=timezone.localtime(article.corrected_at or article.published_at),
            author_name=settings.OFFICE_NAME,
            categories=[str(article.category)],
            enclosures=_enclosures(article),
        )


def _enclosures(article: Article) -> list[Enclosure]:
    """The cover as a reader program shows it beside the headline."""
    cover = article.cover
    if cover is None or not cover.has_sizes:
        return []
    path = cover.file_path("share.jpg")
    if not default_storage.exists(path):
        return []
    return [Enclosure(whole_address(cover.share.path), str(default_storage.size(path)), "image/jpeg")]
