"""Pictures of articles: what is taken and what is not, the sizes made, what the camera wrote, focus and order."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from office.documents import accept
from publicrelations import rendering
from publicrelations.forms.pictures import PicturesField
from publicrelations.models import Article, Picture
from publicrelations.models.picturing import NewPicture, PictureWords
from publicrelations.picture_check import look_at
from tests.cast import MORNING
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.news_cast import add_picture, drawn, make_article, make_published, sent, take

pytestmark = pytest.mark.django_db


def png_that_says(width: int, height: int) -> bytes:
    """A small file that claims to be very large: a decompression bomb."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def jpeg_of_100_megapixels() -> bytes:
    """One colour, so that it is small and quickly made; only its head says how large it is."""
    small = drawn(160, 100)
    at = small.index(b"\xff\xc0") + 5
    return small[:at] + struct.pack(">HH", 10_000, 10_000) + small[at + 4 :]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HOSTILE: list[tuple[str, Any, str]] = [
    ("a 100-megapixel JPEG", jpeg_of_100_megapixels, "๑๐๐"),
    ("a bomb", lambda: png_that_says(30_000, 30_000), "ล้านพิกเซล"),
    ("a bomb below the library's limit", lambda: png_that_says(8_000, 8_000), "๖๔"),
    ("a broken JPEG", lambda: drawn()[:4000], "เสีย"),
    ("a broken PNG", lambda: drawn(kind="PNG")[:-40], "เสีย"),
    ("an SVG with a script", lambda: SVG, "SVG"),
    ("an SVG that says it is XML", lambda: b'<?xml version="1.0"?>' + SVG, "“ภาพ.jpg”"),
    ("a web page", lambda: b"<!doctype html><script>alert(1)</script>", "“ภาพ.jpg”"),
    ("a text", "ไม่ใช่ภาพ".encode, "ไม่ใช่ภาพ"),
    ("a GIF", lambda: drawn(kind="GIF"), "ไม่ใช่ภาพ"),
    ("a strip", lambda: drawn(6000, 400), "แคบ"),
    ("nothing", lambda: b"", "ว่าง"),
]


@pytest.mark.parametrize(("make", "said"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_what_cannot_be_shown_is_refused_in_words_and_all_else_is_kept(make: Any, said: str) -> None:
    officer = make_news_officer()
    article = make_article(officer)
    picture = add_picture(article, officer)
    article.refresh_from_db()
    client = Client()
    client.force_login(officer)
    key = picture.pk
    given = {
        "seen": article.version,
        f"alternative_text_{key}": "คำที่พิมพ์ไว้",
        f"focus_x_{key}": 50,
        f"focus_y_{key}": 50,
        f"place_{key}": 1,
        "added": [sent(make()), sent(drawn(600, 400), "ภาพดี.jpg")],
    }
    response = client.post(reverse("publicrelations:article_pictures", args=[article.pk]), given)
    page = response.content.decode()
    assert response.status_code == 422
    faults = " ".join(response.context["form"].errors["added"])
    assert said in faults
    assert "คำที่พิมพ์ไว้" in page
    assert "ภาพดี.jpg" in page  # the good one stays attached
    assert Picture.objects.count() == 1


def test_a_png_that_is_named_a_jpeg_is_taken_for_what_it_is() -> None:
    upload = PicturesField().take(sent(drawn(600, 400, "PNG"), "ภาพ.jpg"))
    assert (upload.name, upload.content_type) == ("ภาพ.png", "image/png")


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (1200, 800)), (6, (800, 1200)), (8, (800, 1200)), (3, (1200, 800))]
)
def test_a_picture_is_as_large_as_one_looks_at_it(orientation: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert look_at(io.BytesIO(drawn(exif=exif.tobytes())), "x") == size


def test_every_size_is_made_and_none_is_wider_than_the_original() -> None:
    officer = make_news_officer()
    picture = add_picture(make_article(officer), officer)
    assert picture.state == Picture.State.ISSUED
    assert picture.widths == [480, 960, 1200]
    for name in picture.names:
        with default_storage.open(picture.file_path(name)) as file, Image.open(file) as made:
            expected = {"card": (720, 480), "share": (1200, 630)}.get(name.partition(".")[0])
            width = 0 if expected else int(name.partition(".")[0])
            assert made.size == (expected or (width, picture.height_at(width))), name
            assert made.format == {"webp": "WEBP", "jpg": "JPEG"}[name.rpartition(".")[2]]


@pytest.mark.parametrize(
    ("width", "widths"), [(300, [300]), (480, [480]), (700, [480, 700]), (4000, [480, 960, 1600])]
)
def test_the_widths_of_a_picture(width: int, widths: list[int]) -> None:
    assert Picture(width=width, height=300).widths == widths


def test_what_the_camera_wrote_stays_with_the_original() -> None:
    exif = Image.Exif()
    exif[0x010F] = "กล้องของบัลลังก์"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    original = drawn(exif=exif.tobytes())
    made = rendering.sizes(Picture(width=800, height=1200), original)
    for name, content in made.items():
        with Image.open(io.BytesIO(content)) as picture:
            assert not picture.getexif(), name
            assert "exif" not in picture.info
            assert "icc_profile" not in picture.info
    with Image.open(io.BytesIO(made["800.jpg"])) as upright:
        assert upright.size == (800, 1200)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "CMYK", "1"])
def test_a_picture_of_any_colours_becomes_one_for_the_web(mode: str) -> None:
    written = io.BytesIO()
    kind = "JPEG" if mode in ("L", "CMYK") else "PNG"
    Image.new("RGB", (600, 400), "red").convert(mode).save(written, kind)
    made = rendering.sizes(Picture(width=600, height=400), written.getvalue())
    with Image.open(io.BytesIO(made["600.jpg"])) as picture:
        assert picture.mode == "RGB"


@pytest.mark.parametrize(
    ("size", "shape", "focus", "box"),
    [
        ((1200, 800), (720, 480), (50, 50), (0, 0, 1200, 800)),
        ((1600, 800), (720, 480), (0, 50), (0, 0, 1200, 800)),
        ((1600, 800), (720, 480), (100, 50), (400, 0, 1600, 800)),
        ((800, 1600), (1200, 630), (50, 25), (0, 190, 800, 610)),
        ((800, 1600), (1200, 630), (50, 0), (0, 0, 800, 420)),
    ],
)
def test_a_cut_holds_its_focus(size: Any, shape: Any, focus: Any, box: Any) -> None:
    assert rendering.around(size, shape, focus) == box


def test_another_focus_gives_another_address_and_the_old_cut_until_then() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    picture = add_picture_of(article, officer, 1600)
    rendering.render(picture.pk, lambda: MORNING)
    picture.refresh_from_db()
    before = picture.sha256
    moved = PictureWords(key=picture.pk, place=1, alternative_text="x", focus_x=0, focus_y=0)
    take(article, "arrange_pictures", officer, pictures=[moved])
    picture.refresh_from_db()
    assert (picture.state, picture.sha256) == (Picture.State.WAITING, before)
    assert rendering.render(picture.pk, lambda: MORNING)
    picture.refresh_from_db()
    assert picture.sha256 != before


def test_two_workers_make_a_picture_once() -> None:
    officer = make_news_officer()
    picture = add_picture(make_article(officer), officer, made=False)
    assert rendering.render(picture.pk, lambda: MORNING)
    assert not rendering.render(picture.pk, lambda: MORNING)


def test_what_a_killed_worker_left_is_taken_up_when_its_lease_is_over() -> None:
    officer = make_news_officer()
    picture = add_picture(make_article(officer), officer, made=False)
    Picture.objects.update(state=Picture.State.MAKING, held_until=MORNING + rendering.LEASE)
    assert not rendering.render(picture.pk, lambda: MORNING)
    assert rendering.render(picture.pk, lambda: MORNING + rendering.LEASE + timedelta(seconds=1))


def test_a_picture_that_cannot_be_made_says_so() -> None:
    officer = make_news_officer()
    picture = add_picture(make_article(officer), officer, made=False)
    default_storage.delete(picture.original.path)
    assert not rendering.render(picture.pk, lambda: MORNING)
    picture.refresh_from_db()
    assert picture.state == Picture.State.FAILED


def test_pictures_are_ordered_and_taken_away_and_the_first_is_the_cover() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    first = add_picture(article, officer)
    new = add_picture_of(article, officer, 900)
    assert Article.objects.get(pk=article.pk).cover == first
    given = [
        PictureWords(key=first.pk, place=2, alternative_text="หนึ่ง"),
        PictureWords(key=new.pk, place=1, alternative_text="สอง"),
    ]
    article = take(article, "arrange_pictures", officer, pictures=given)
    assert article.cover == new
    gone = [PictureWords(key=new.pk, place=1, is_taken_away=True)]
    article = take(article, "arrange_pictures", officer, pictures=gone)
    assert article.cover == first
    assert list(article.pictures.values_list("position", flat=True)) == [1]


def add_picture_of(article: Article, by: Any, width: int) -> Picture:
    """Another picture than the one that every test draws: the same file is attached once."""
    new = NewPicture(
        upload=accept(sent(drawn(width, 600))), width=width, height=600, alternative_text="อีกภาพ"
    )
    take(article, "arrange_pictures", by, added=[new])
    return Picture.objects.filter(article=article).latest("pk")


def test_readers_are_told_when_a_picture_of_a_published_article_is_changed() -> None:
    officer, head = make_news_officer(), make_news_head()
    article = make_published(officer, head)
    with pytest.raises(ValidationError):
        add_picture(article, head)
    new = NewPicture(upload=accept(sent(drawn())), width=1200, height=800, alternative_text="ภาพใหม่")
    article = take(article, "arrange_pictures", head, added=[new], correction_note="เพิ่มภาพ")
    assert article.correction_note == "เพิ่มภาพ"


def test_a_picture_is_shown_to_those_who_see_its_article() -> None:
    officer = make_news_officer()
    picture = add_picture(make_article(officer), officer)
    address = reverse("publicrelations:article_picture", args=[picture.pk, "card.webp"])
    client = Client()
    assert client.get(address).status_code == 302
    client.force_login(officer)
    assert client.get(address).headers["Content-Type"] == "image/webp"
    odd = reverse("publicrelations:article_picture", args=[picture.pk, "x.webp"])
    assert client.get(odd).status_code == 404
