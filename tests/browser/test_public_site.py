"""The public site in a real browser, as a citizen with a weak phone would see it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Response

from publicrelations.models import Article, Journal, JournalEntry
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over
from tests.browser.visitor import DESK, PHONE, thai
from tests.publicrelations.press_cast import make_press_conference
from tests.publicrelations.site_cast import make_article, make_news_category, make_picture
from tests.publicrelations.test_site_journals import make_journal

HEADLINES = [
    "รมว.ศธ. เปิดโครงการเรียนฟรี ๑๕ ปี อย่างมีคุณภาพ มอบหนังสือเรียนให้นักเรียนทั่วประเทศก่อนเปิดภาคเรียนที่ ๒",
    "ศธ. จับมือ ๑๘๕ เขตพื้นที่การศึกษา แก้ปัญหาครูขาดแคลนในโรงเรียนขนาดเล็ก",
    "ที่ประชุม ก.ค.ศ. เห็นชอบหลักเกณฑ์ใหม่ว่าด้วยการเลื่อนวิทยฐานะ",
    "รัฐมนตรีเยี่ยมโรงเรียนประสบอุทกภัยจังหวัดพระนครศรีอยุธยา",
    "สนามสอบ O-NET พร้อมแล้วทั่วประเทศ",
    "ศธ. ชี้แจงกรณีการเก็บเงินบำรุงการศึกษา",
]
LONG_TEXT = (
    "<p>นายกรัฐมนตรี <strong>เป็นประธาน</strong>เปิดโครงการเรียนฟรี ๑๕ ปี อย่างมีคุณภาพ ณ กระทรวงศึกษาธิการ "
    "โดยมีผู้บริหารเข้าร่วมกว่า ๕๐๐ คน</p><h2>สิ่งที่นักเรียนจะได้รับ</h2>"
    "<ul><li>ค่าเล่าเรียน</li><li>หนังสือเรียน</li><li>อุปกรณ์การเรียน</li></ul>"
    "<blockquote>เด็กทุกคนต้องได้เรียน</blockquote>"
    f"<p>{'โรงเรียนทั่วประเทศจะได้รับหนังสือก่อนวันเปิดภาคเรียน ' * 14}</p>"
)


@pytest.fixture
def news(db: None) -> list[Article]:
    now = timezone.now()
    categories = [
        make_news_category(),
        make_news_category("schools", "โรงเรียนและนักเรียน", "Schools"),
        make_news_category("teachers", "ครูและบุคลากร", "Teachers"),
        make_news_category("visits", "ตรวจเยี่ยม", "Visits"),
    ]
    made = []
    for number in range(16):
        article = make_article(
            published_at=now - timedelta(hours=1 + 9 * number),
            title=HEADLINES[number % len(HEADLINES)],
            category=categories[number % 4],
        )
        if number % 5 != 3:
            make_picture(
                article,
                width=1800,
                height=1200 if number % 2 else 1000,
                caption="นักเรียนรับหนังสือเรียนที่หอประชุมกระทรวงศึกษาธิการ",
                credit="สมชาย ใจดี",
            )
        made.append(article)
    for _ in range(3):
        make_picture(made[0], caption="บรรยากาศในงาน")
    Article.objects.filter(pk=made[0].pk).update(
        corrected_at=now,
        correction_note="แก้จำนวนนักเรียนจาก ๑๒ ล้านคน เป็น ๑๒.๓ ล้านคน",
        body=LONG_TEXT,
        video_url="https://video.example/watch/1",
    )
    return made


def drawn_cover(journal: Journal) -> None:
    """A cover that a browser can show."""
    held = BytesIO()
    Image.new("RGB", (420, 594), "#1d4b7a").save(held, "WEBP")
    kept = journal.cover_thumbnail
    assert kept is not None
    default_storage.delete(kept.path)
    default_storage.save(kept.path, ContentFile(held.getvalue()))


def test_the_sites_pages_are_good(visit: Visit, news: list[Article]) -> None:
    journal = make_journal()
    drawn_cover(journal)
    JournalEntry.objects.create(journal=journal, article=news[0], order=1)
    JournalEntry.objects.create(journal=journal, article=news[1], order=2)
    conference = make_press_conference(starts_at=timezone.now() + timedelta(days=2))
    make_press_conference(starts_at=timezone.now() - timedelta(days=5), title="แถลงผลการสอบ O-NET ประจำปี")
    visitor = visit()
    for name, path in {
        "home": "/",
        "news": "/news/",
        "article": news[0].public_path(),
        "article-plain": news[3].public_path(),
        "search": "/news/search/?q=หนังสือ",
        "archive": "/news/archive/",
        "follow": "/follow-us/",
        "about": "/about/",
        "petitions": "/petitions-to-the-minister/",
        "journals": "/journals/",
        "journal": "/journals/14/",
        "press": "/press-conferences/",
        "conference": f"/press-conferences/{conference.year}/{conference.number}/",
    }.items():
        visitor.goes(path)
        look_over(visitor, f"site-{name}", kept=["RSS", "Atom", "ONET", "O-NET", "NET"])


# ── On a weak phone ───────────────────────────────────────────────────────────────────────────

FIRST_VIEW = 300_000  # bytes, pictures apart
_WATCH_SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""
_READ_DOWN = """async () => {
  for (let at = 0; at < document.body.scrollHeight; at += 500) {
    window.scrollTo(0, at);
    await new Promise((done) => setTimeout(done, 60));
  }
  await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
}"""


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_moves_while_pictures_come(visit: Visit, news: list[Article], width: int) -> None:
    visitor = visit(width)
    visitor.page.add_init_script(f"({_WATCH_SHIFTS})()")
    for path in ("/", "/news/", news[0].public_path()):
        visitor.goes(path)
        visitor.page.wait_for_load_state("networkidle")
        visitor.page.evaluate(_READ_DOWN)
        shifted = visitor.page.evaluate("() => window.shifted")
        assert shifted < 0.01, f"{path} moved by {shifted}"


def test_a_first_view_is_light(visit: Visit, news: list[Article]) -> None:
    visitor = visit(PHONE)
    fetched: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.request.resource_type != "image":
            fetched[response.url] = response.request.sizes()["responseBodySize"]

    visitor.page.on("response", weigh)
    visitor.goes("/")
    visitor.page.wait_for_load_state("networkidle")
    assert sum(fetched.values()) < FIRST_VIEW, fetched
    assert not [address for address in fetched if address.endswith(".js")]


def test_the_site_is_read_without_scripts(visit: Visit, news: list[Article]) -> None:
    visitor = visit(PHONE, java_script_enabled=False)
    visitor.goes("/")
    page = visitor.page
    page.get_by_role("button", name=thai("Menu")).click()
    page.get_by_role("navigation", name=thai("Menu")).get_by_role(
        "link", name=thai("News"), exact=True
    ).click()
    page.get_by_role("link", name=HEADLINES[0]).first.click()
    assert page.locator("h1").inner_text() == HEADLINES[0]
    page.locator("a[rel=prev]").click()
    assert page.locator("h1").inner_text() == HEADLINES[1]
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == HEADLINES[1]


def test_an_article_is_found_by_searching(visit: Visit, news: list[Article]) -> None:
    visitor = visit(PHONE)
    visitor.goes("/news/")
    search = visitor.page.get_by_role("searchbox")
    search.fill("อุทกภัย")
    search.press("Enter")
    visitor.page.locator("mark").first.wait_for()
    visitor.sees("site-found-390", kept=["O-NET", "NET"])


def test_an_article_printed_is_the_article(visit: Visit, news: list[Article]) -> None:
    visitor = visit(DESK)
    visitor.goes(news[0].public_path())
    visitor.page.emulate_media(media="print")
    for gone in (".mast-menu", ".neighbours", ".related", ".pass-on"):
        assert not visitor.page.locator(gone).first.is_visible(), gone
    assert visitor.page.locator(".on-paper").is_visible()
    visitor.pictures("site-print")
