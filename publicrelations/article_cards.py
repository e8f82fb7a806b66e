"""What the page of an article shows besides the common things: versions, pictures, what is lacking, previews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from office.figures import figures
from office.history import written_moment
from office.models import Event, User
from office.permissions import carries_it
from publicrelations.models import (
    Article,
    ArticleFile,
    ArticleRemark,
    ArticleState,
    ArticleVersion,
    Picture,
    PreviewLink,
)
from publicrelations.models.article_state import UNPUBLISHED


@dataclass
class Version:
    """One version as a list shows it."""

    version: ArticleVersion
    before: ArticleVersion | None
    remarks: list[ArticleRemark] = field(default_factory=list)


@dataclass(frozen=True)
class Check:
    """One line of what an article needs before readers get it, and whether it has it."""

    words: str
    is_done: bool
    hint: str = ""


def versions_of(article: Article) -> list[Version]:
    """The versions, the newest first, each with the one before it and its remarks; two queries at most."""
    rows = ArticleVersion.objects.filter(article=article.pk).defer("body", "captions").order_by("version")
    has_remarks = Exists(ArticleRemark.objects.filter(version=OuterRef("pk")))
    versions = list(rows.select_related("written_by", "released_by").annotate(has_remarks=has_remarks))
    remarks: defaultdict[int, list[ArticleRemark]] = defaultdict(list)
    if any(one.has_remarks for one in versions):
        for remark in ArticleRemark.objects.filter(version__in=versions).select_related("by"):
            remarks[remark.version_id].append(remark)
    earlier: list[ArticleVersion | None] = [None, *versions]
    found = [Version(one, before, remarks[one.pk]) for one, before in zip(versions, earlier, strict=False)]
    return found[::-1]


def checks_of(article: Article, pictures: Sequence[Picture]) -> list[Check]:
    """What readers ask of an article, line by line; drawn while it is not published."""
    lacking = article.lacks()
    asked = [
        ("lead", _("Lead")),
        ("body", _("Text of the article")),
        ("category", _("Category")),
        ("pictures", _("Pictures ready and described")),
        ("secrecy", _("No grade of secrecy")),
        ("about_engagement", _("The engagement is public")),
    ]
    shown = [one for one in asked if one[0] in lacking or one[0] in ("lead", "body", "category")]
    if pictures and "pictures" not in lacking:
        shown.append(("pictures", _("Pictures ready and described")))
    return [Check(words, name not in lacking, lacking.get(name, "")) for name, words in shown]


def article_card(article: Article, user: User, now: datetime) -> dict[str, Any]:
    """The text as it stands, its pictures and files, versions, what is lacking, who may look before."""
    prefetch_related_objects([article], "pictures")  # what is lacking asks for them, too
    pictures = list(article.pictures.all())
    versions = versions_of(article)
    is_unpublished = article.state in UNPUBLISHED
    carries = carries_it.test(user, article)
    may_preview = carries and article.state != ArticleState.WITHDRAWN
    return {
        "article": article,
        "pictures": pictures,
        "versions": versions,
        "newest": versions[0] if versions else None,
        "checks": checks_of(article, pictures) if is_unpublished else [],
        "article_files": files_of(article),
        "other_language": article.translation_of_id or article.english_id,  # type: ignore[attr-defined]
        "may_translate": article.language == "th" and carries,
        "previews": previews_of(article, now) if may_preview and not article.is_published else [],
        "may_preview": may_preview,
        "public_address": article.public_path() if article.is_published else "",
    }


def files_of(article: Article) -> list[ArticleFile]:
    """The files that readers may take with it."""
    return list(article.files.select_related("document")) if getattr(article, "has_files", True) else []


@dataclass(frozen=True)
class Preview:
    """A link that can be used now: its address, for whom, until when."""

    link: PreviewLink
    address: str


def previews_of(article: Article, now: datetime) -> list[Preview]:
    """The links to its preview that can be used, the latest first."""
    if not getattr(article, "has_previews", True):
        return []
    links = PreviewLink.objects.filter(article=article.pk, used_at=None, expires_at__gt=now).order_by("-pk")
    return [Preview(link, reverse("preview:article", args=[link.secret])) for link in links]


def article_lines(event: Event) -> list[str]:
    """Which version was written, when it is to appear, what readers were told."""
    version = event.changes.get("article_version", ["", ""])[1]
    found = [_("Version %(number)s") % {"number": figures(version)}] if version else []
    at = event.changes.get("publish_from", ["", ""])[1]
    if at:
        found.append(written_moment(at))
    said = (event.changes.get(name, ["", ""])[1] for name in ("correction_note", "withdrawal_reason"))
    return [*found, *(str(words) for words in said if words)]
