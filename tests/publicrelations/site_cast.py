"""Articles as the public site's tests need them: published, with pictures, without the way that leads there."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from office.calendar import fiscal_year_of
from office.models import Document, Matter, NumberSeries, Subgroup
from office.search_words import normalise
from publicrelations.models import Article, ArticleState, Category, Picture
from tests.cast import MORNING

_serial = count(1)
BODY = "<p>รัฐมนตรีว่าการกระทรวงศึกษาธิการเปิดเผยภายหลังการประชุมว่า นักเรียนทุกคนจะได้รับหนังสือเรียนครบถ้วนก่อนเปิดภาคเรียน</p>"


def make_news_category(slug: str = "policy", name: str = "นโยบาย", name_en: str = "Policy") -> Category:
    return Category.objects.get_or_create(slug=slug, defaults={"name": name, "name_en": name_en})[0]


def make_article(*, published_at: datetime = MORNING, **kwargs: Any) -> Article:
    """A published article; any of its columns may be given."""
    number = next(_serial)
    prefix, year = settings.SERIES_PREFIXES["article"], fiscal_year_of(published_at.date())
    NumberSeries.objects.get_or_create(prefix=prefix, year=year)
    facts: dict[str, Any] = {
        "title": f"ศธ. แจกหนังสือเรียนฟรีทุกโรงเรียน ครั้งที่ {number}",
        "lead": "หนังสือเรียนถึงมือนักเรียนทุกคนก่อนเปิดภาคเรียน",
        "body": BODY,
        "slug": f"หนังสือเรียนฟรี-{number}",
        "state": ArticleState.PUBLISHED,
        "language": "th",
        "category": kwargs.get("category") or make_news_category(),
    } | kwargs
    article = Article(
        kind=Matter.Kind.ARTICLE,
        series=prefix,
        year=year,
        number=number,
        subgroup=Subgroup.objects.get(code=Subgroup.Code.PUBLIC_RELATIONS),
        received_at=published_at - timedelta(hours=2),
        registered_at=published_at - timedelta(hours=2),
        published_at=published_at,
        **facts,
    )
    article.search_text = normalise(article.label, article.title, article.lead, article.body)
    article.save()
    return article


def make_picture(
    article: Article,
    *,
    width: int = 1800,
    height: int = 1200,
    alternative: str = "ห้องเรียนที่มีหนังสือเรียนวางเต็มชั้น",
    **kwargs: Any,
) -> Picture:
    """A drawn picture of an article with every size made; the first becomes its cover."""
    number = next(_serial)
    checksum = f"{number:064x}"
    document = Document.objects.create(
        matter=article,
        name="ภาพ.png",
        sha256=checksum,
        size=10,
        content_type="image/png",
        source=Document.Source.OFFICE,
        added_at=MORNING,
    )
    picture = Picture.objects.create(
        article=article,
        position=article.pictures.count(),
        original=document,
        alternative_text=alternative,
        width=width,
        height=height,
        sha256=checksum,
        state=Picture.State.ISSUED,
        asked_at=MORNING,
        issued_at=MORNING,
        **kwargs,
    )
    for name in picture.names:
        _draw(picture, name, number)
    if article.cover_id is None:
        Article.objects.filter(pk=article.pk).update(cover=picture)
        article.cover = picture
    return picture


def _draw(picture: Picture, name: str, number: int) -> None:
    """A schoolhouse under the sun, in colours that differ from one picture to the next."""
    stem, _dot, ending = name.partition(".")
    size = {"card": (720, 480), "share": (1200, 630)}.get(stem)
    width, height = size or (int(stem), picture.height_at(int(stem)))
    image = Image.new("RGB", (width, height), f"hsl({number * 47 % 360}, 45%, 78%)")
    pen = ImageDraw.Draw(image)
    pen.ellipse([width * 0.68, height * 0.1, width * 0.86, height * 0.1 + width * 0.18], fill="#f6d37a")
    pen.rectangle([0, height * 0.78, width, height], fill=f"hsl({number * 47 % 360}, 35%, 45%)")
    pen.rectangle([width * 0.22, height * 0.45, width * 0.62, height * 0.8], fill="#fffaf0")
    pen.polygon(
        [(width * 0.18, height * 0.46), (width * 0.42, height * 0.22), (width * 0.66, height * 0.46)],
        fill="#1d4b7a",
    )
    for column in (0.28, 0.4, 0.52):
        pen.rectangle([width * column, height * 0.54, width * (column + 0.05), height * 0.68], fill="#8fbdec")
    held = BytesIO()
    image.save(held, "WEBP" if ending == "webp" else "JPEG", quality=70)
    default_storage.save(picture.file_path(name), ContentFile(held.getvalue()))


def without_together(html: str) -> str:
    """A page's HTML with headlines in one piece, as they were written."""
    return re.sub(r'<span class="together">(.*?)</span>', r"\1", html)
