"""Articles of the tests, as far on their path as a test needs them, and drawn pictures."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from office.documents import accept
from office.models import User
from office.steps import Actor, perform
from publicrelations import rendering
from publicrelations.models import Article, Category, Picture
from publicrelations.models.picturing import NewPicture
from tests.cast import MORNING

HEADLINE = "รมว.ศธ. เปิดศูนย์การเรียนรู้ชุมชนบ้านดอน"
LEAD = "รัฐมนตรีว่าการกระทรวงศึกษาธิการเป็นประธานเปิดศูนย์การเรียนรู้ชุมชน"
BODY = "<p>เมื่อวันที่ ๑๗ พฤศจิกายน ๒๕๕๒ รัฐมนตรีเปิดศูนย์การเรียนรู้</p><p>มีผู้ร่วมงาน ๓๐๐ คน</p>"


def make_category(name: str = "ข่าวรัฐมนตรี", **kwargs: Any) -> Category:
    """The heading under which the office writes of the minister's days."""
    kwargs.setdefault("name_en", "Minister")
    kwargs.setdefault("slug", "minister")
    return Category.objects.get_or_create(name=name, defaults=kwargs)[0]


def make_article(officer: User, *, now: datetime = MORNING, **kwargs: Any) -> Article:
    """One that was just begun: a headline and nothing else."""
    kwargs.setdefault("title", HEADLINE)
    article = Article(owner=officer, received_at=now, **kwargs)
    return article.receive(actor=Actor(user=officer), now=now)


def words(article: Article, **changed: Any) -> dict[str, Any]:
    """All that saving a draft is given."""
    given = {
        "title": article.title,
        "lead": article.lead or LEAD,
        "body": article.body or BODY,
        "category": article.category or make_category(),
        "tags": ["การศึกษานอกระบบ"],
    }
    return given | changed


def take(article: Article, name: str, by: User | None, now: datetime = MORNING, **given: Any) -> Article:
    """A step by somebody (None: the clock), and the article as it is then."""
    actor = Actor(user=by) if by else Actor(is_clock=True)
    article.refresh_from_db()
    perform(article, name, actor=actor, seen=article.version if by else None, now=now, **given)
    return Article.objects.get(pk=article.pk)


def make_checked(officer: User, *, now: datetime = MORNING, **kwargs: Any) -> Article:
    """Written and put to the head."""
    article = make_article(officer, now=now, **kwargs)
    return take(article, "submit", officer, now, **words(article))


def make_published(officer: User, head: User, *, now: datetime = MORNING, **kwargs: Any) -> Article:
    """What readers have before them."""
    article = make_checked(officer, now=now, **kwargs)
    return take(article, "publish", head, now + timedelta(hours=1))


# ── Pictures ────────────────────────────────────────────────────────────────────────────────


def drawn(width: int = 1200, height: int = 800, kind: str = "JPEG", **how: Any) -> bytes:
    """A picture in two colours: the left half is dark."""
    picture = Image.new("RGB", (width, height), "#d0b040")
    picture.paste("#203050", (0, 0, width // 2, height))
    written = io.BytesIO()
    picture.save(written, kind, **how)
    return written.getvalue()


def sent(content: bytes, name: str = "ภาพ.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, kind)


def add_picture(
    article: Article, by: User, now: datetime = MORNING, *, made: bool = True, **kwargs: Any
) -> Picture:
    """One more picture of an article, its sizes made."""
    kwargs.setdefault("alternative_text", "รัฐมนตรีตัดริบบิ้นหน้าอาคาร")
    new = NewPicture(upload=accept(sent(drawn())), width=1200, height=800, **kwargs)
    take(article, "arrange_pictures", by, now, added=[new])
    picture = Picture.objects.filter(article=article).latest("pk")
    if made:
        rendering.render(picture.pk, lambda: now)
        picture.refresh_from_db()
    return picture
