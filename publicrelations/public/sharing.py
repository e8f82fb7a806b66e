"""What a page tells other programs of itself: the card of a shared link (Open Graph), and facts for search engines."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from publicrelations.models import Article, Picture

LOCALES: Final = {"th": "th_TH", "en": "en_GB"}
# What could end the element, or begin another, from within a text.
_UNTIED: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class SharedPicture:
    """The picture of a card: its whole address, its size in pixels, its words."""

    url: str
    width: int
    height: int
    alternative: str
    content_type: str = "image/jpeg"


@dataclass(frozen=True)
class Share:
    """How a page presents itself when its address is passed on."""

    title: str
    description: str = ""
    kind: str = "website"
    language: str = "th"
    picture: SharedPicture | None = None
    published: str = ""
    modified: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def locale(self) -> str:
        return LOCALES[self.language]

    @property
    def data_block(self) -> SafeString | str:
        """The facts as JSON-LD. A block of data, not a script: browsers run nothing of it, and the policy that
        forbids scripts on our pages does not ask for it."""
        if not self.facts:
            return ""
        text = json.dumps(self.facts, ensure_ascii=False).translate(_UNTIED)
        return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # nosec B308, B703 # JSON whose signs of HTML were escaped above


def share_of_article(article: Article) -> Share:
    """The card of an article, and what schema.org calls a NewsArticle."""
    cover = article.cover
    picture = shared_picture(cover) if cover is not None and cover.has_sizes else None
    published = _moment(article.published_at)
    modified = _moment(article.corrected_at)
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.lead,
        "inLanguage": article.language,
        "mainEntityOfPage": f"{settings.SITE_URL}{article.public_path()}",
        "datePublished": published,
        "dateModified": modified or published,
        "articleSection": str(article.category),
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": settings.OFFICE_NAME,
            "url": settings.SITE_URL,
        },
        "author": {"@type": "GovernmentOrganization", "name": settings.OFFICE_NAME, "url": settings.SITE_URL},
    }
    if picture:
        facts["image"] = [picture.url]
    return Share(
        title=article.title,
        description=article.lead,
        kind="article",
        language=article.language,
        picture=picture,
        published=published,
        modified=modified,
        facts=facts,
    )


def shared_picture(picture: Picture) -> SharedPicture:
    """The cut of a picture that is made for cards."""
    cut = picture.share
    return SharedPicture(f"{settings.SITE_URL}{cut.path}", cut.width, cut.height, picture.alternative_text)


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat() if moment else ""
