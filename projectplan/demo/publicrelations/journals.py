"""The journals of a demo's years, by the very steps that people take, and the full list of who is sent them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from random import Random
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from office.calendar import OFFICE_TZ, fiscal_year, month_of, months_of
from office.documents import accept
from office.models import User
from office.steps import Actor, perform
from office.thai import to_thai_digits
from projectplan.demo.bodies import addressees
from projectplan.demo.publicrelations.newsroom import Newsroom
from publicrelations import journal_making
from publicrelations.models import Article, Category, Journal, JournalEdition, Recipient, RecipientGroup
from publicrelations.models.recipient import name_key

PRINT_RUN: Final = 2000
STOCK: Final = 50
MOST_ARTICLES: Final = 14
OPENING: Final = 12
"""Letters by which two titles begin alike."""
AREA_COPIES: Final = 8
COPIES: Final = {1: 30, 2: 15, 3: AREA_COPIES, 4: 10, 5: 5}
"""For each recipient of a group, by the group's place. With 5 core organisations, 6 supervised bodies, 185 areas, 13
regional offices and 20 libraries they come to 1,950 copies; 50 stay in the office."""
PAGES: Final = ("state", "progress", "pages", "sha256", "print_size", "web_sha256", "web_size", "cover_sha256",
                "cover_size", "cover_width", "cover_height")  # fmt: skip
"""What an edition has of its files."""
TOPICS: Final = ("เรียนฟรี ๑๕ ปีอย่างมีคุณภาพ", "ครูพันธุ์ใหม่", "โรงเรียนดีใกล้บ้าน", "แก้ปัญหาหนี้สินครู",
                 "การอ่านเป็นวาระแห่งชาติ", "เปิดภาคเรียนอย่างปลอดภัย")  # fmt: skip
SKIES: Final = ((176, 212, 236), (250, 222, 170), (196, 222, 206), (222, 208, 232))


def make_journals(room: Newsroom, issues: Mapping[int, int], now: datetime, *, with_papers: bool) -> None:
    """So many issues in each year (B.E.), month by month up to now, each as far as its month has come."""
    periods = [
        month for year, count in sorted(issues.items()) for month in months_of(fiscal_year(year))[:count]
    ]
    if not periods:
        return
    make_recipients(periods[0].first)
    for number, month in enumerate(periods, start=1):
        opened = datetime.combine(max(month.first - timedelta(days=10), periods[0].first), time(9), OFFICE_TZ)
        if opened < now:
            _Issue(room, month.first, opened, now, number, with_papers=with_papers).live()


# ── Recipients ──────────────────────────────────────────────────────────────────────────────


def make_recipients(since: date) -> None:
    """The plan's groups, each with its bodies and their addresses."""
    groups = {group.order: group for group in RecipientGroup.objects.all()}
    rows = [
        Recipient(
            group=groups[order],
            name=name,
            sort_name=name_key(name),
            copies=COPIES[order],
            attention=attention,
            address=address,
            postcode=postcode,
            since_on=since,
            area=area,
        )
        for order, name, attention, address, postcode, area in addressees()
    ]
    Recipient.objects.bulk_create(rows, batch_size=200)


# ── One issue ───────────────────────────────────────────────────────────────────────────────


class _Issue:
    """One issue on its way; every step waits for its day, and for now."""

    def __init__(
        self, room: Newsroom, month: date, opened: datetime, now: datetime, number: int, *, with_papers: bool
    ) -> None:
        self.officer, self.head = room.cast.officers[0], room.cast.first_head
        self.now, self.number, self.with_papers = now, number, with_papers
        self.calendar, self.rng = room.time.calendar, Random(f"journal-{month}")  # nosec B311 # chances of the demo office, the same each time
        journal = Journal(
            month=month, owner=self.officer, received_at=opened, print_run=PRINT_RUN, issue=number
        )
        self.journal = journal.receive(actor=Actor(user=self.officer), now=opened)

    def live(self) -> None:
        journal = self.journal
        if not self._gather(self._at(journal.content_due_on, 10)):
            return
        if not self._take("submit_proof", self.officer, self._at(journal.proof_due_on, 10)):
            return
        if not self._take("approve", self.head, self._at(journal.approval_due_on, 14)):
            return
        printed = self._at(journal.printing_due_on, 11)
        if not self._take("record_printing", self.officer, printed, **self._printing(printed)):
            return
        self._send(printed)

    def _gather(self, at: datetime) -> bool:
        """Articles, editorial, cover, and the content closed in time; False while that is still to come."""
        if at >= self.now:
            return False
        articles = self._articles(at)
        topic = TOPICS[self.number % len(TOPICS)]
        chosen = [{"article": article.pk, "section": "", "heading": ""} for article in articles]
        before = at - timedelta(hours=1)
        self._take("arrange", self.officer, before, chosen=chosen)
        self._take("write_editorial", self.officer, before, **_editorial(self.journal, topic))
        self._take("make_cover", self.officer, before, **self._cover(topic))
        self._take("close_content", self.officer, at)
        self._make_pages(at + timedelta(minutes=2))
        return True

    def _articles(self, at: datetime) -> Sequence[Article]:
        """The newest that stand in no issue yet, those alike last; where a demo has none, a few are written."""
        since = month_of(self.journal.month - timedelta(days=1)).starts_at
        found = Article.objects.published(at).filter(
            language="th", journal_entry=None, published_at__gte=since
        )
        by_title: dict[str, Article] = {}
        for article in found:
            by_title.setdefault(article.title, article)
        alike: Counter[str] = Counter()
        places: dict[int, int] = {}
        for article in by_title.values():
            places[article.pk] = alike[article.title[:OPENING]]
            alike[article.title[:OPENING]] += 1
        chosen = sorted(by_title.values(), key=lambda article: places[article.pk])[:MOST_ARTICLES]
        return chosen or [self._article(at, topic) for topic in TOPICS[:4]]

    def _article(self, at: datetime, topic: str) -> Article:
        written = at - timedelta(days=2)
        title = f"รมว.ศธ. เดินหน้า{topic} เดือน{self.journal.month_words}"
        article = Article(title=title, owner=self.officer, received_at=written)
        article.receive(actor=Actor(user=self.officer), now=written)
        body = "".join(f"<p>{_paragraph(topic, number)}</p>" for number in range(1, 5))
        given: dict[str, Any] = {
            "title": title,
            "lead": f"รัฐมนตรีว่าการกระทรวงศึกษาธิการติดตามผลการดำเนินงาน{topic}",
            "body": body,
            "category": Category.objects.all()[0],
            "tags": [],
        }
        perform(article, "submit", actor=Actor(user=self.officer), seen=None, now=written, **given)
        published = written + timedelta(hours=2)
        perform(article, "publish", actor=Actor(user=self.head), seen=None, now=published)
        return article

    def _cover(self, topic: str) -> dict[str, Any]:
        picture = SimpleUploadedFile("ปก.jpg", drawn_school(self.number % len(SKIES)), "image/jpeg")
        return {"picture": accept(picture), "cover_line": topic, "cover_alt": "ภาพวาดโรงเรียน เสาธง และเนินเขา"}

    def _make_pages(self, at: datetime) -> None:
        """As the worker does; a demo without papers has the same short pages in every issue."""
        waiting = self.journal.editions.filter(state=JournalEdition.State.WAITING)
        made = JournalEdition.objects.filter(state=JournalEdition.State.ISSUED).values(*PAGES).first()
        if self.with_papers or made is None:
            journal_making.make(waiting.get().pk, lambda: at, is_short=not self.with_papers)
        else:
            waiting.update(fingerprint=self.journal.content_key(), issued_at=at, **made)

    def _printing(self, at: datetime) -> dict[str, Any]:
        cost = 36_000 + self.rng.randrange(0, 20) * 100
        printer = "โรงพิมพ์ตัวอย่าง ถนนลาดพร้าว"
        return {
            "copies_printed": PRINT_RUN,
            "printed_on": at.astimezone(OFFICE_TZ).date(),
            "printer": printer,
            "printing_cost": cost,
        }

    def _send(self, printed: datetime) -> None:
        """The stock, the list, the post; some weeks later what came back, and the archive."""
        self._take("keep_stock", self.officer, printed + timedelta(hours=1), stock=STOCK)
        self._take("close_list", self.officer, printed + timedelta(hours=2))
        mailed = self._at(self.journal.mailing_due_on, 10)
        slip = to_thai_digits(f"{self.number}/{mailed.year + 543}")
        given = {"mailed_on": mailed.date(), "posting_note": f"ใบนำส่งเลขที่ {slip}"}
        if not self._take("mail", self.officer, mailed, **given):
            return
        archived = self._at(self.calendar.add_working_days(mailed.date(), 12), 15)
        lines = list(self.journal.consignments.order_by("pk"))
        for line in self.rng.sample(lines, self.rng.choice((0, 1, 1, 2))):
            back = archived - timedelta(hours=4)
            reason = self.rng.choice(("moved", "not_collected", "no_such_address"))
            told = {"consignment": line, "returned_on": back.date(), "return_reason": reason}
            self._take("note_return", self.officer, back, **told)
        self._take("archive", self.officer, archived)

    def _at(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), OFFICE_TZ)

    def _take(self, name: str, by: User, at: datetime, **given: Any) -> bool:
        """A step at its moment; whether that has come."""
        if at >= self.now:
            return False
        perform(self.journal, name, actor=Actor(user=by), seen=None, now=at, **given)
        self.journal = Journal.objects.get(pk=self.journal.pk)
        return True


# ── Words and drawings ──────────────────────────────────────────────────────────────────────


def _editorial(journal: Journal, topic: str) -> dict[str, str]:
    text = (
        f"เรียนท่านผู้อ่าน\n\nสร.สาร ฉบับเดือน{journal.month_words} รวบรวมผลการดำเนินงานของกระทรวงศึกษาธิการในรอบเดือน "
        f"โดยเฉพาะเรื่อง{topic} ซึ่งทุกหน่วยงานร่วมกันผลักดันจนเห็นผลในพื้นที่\n\n"
        "รัฐมนตรีว่าการกระทรวงศึกษาธิการได้เดินทางไปตรวจเยี่ยมโรงเรียน พบปะครู นักเรียน และผู้ปกครองในหลายจังหวัด "
        "เพื่อรับฟังปัญหาจากผู้ที่อยู่หน้างานจริง ข้อเสนอที่ได้รับหลายเรื่องนำไปสู่การแก้ไขระเบียบ การจัดสรรงบประมาณ "
        "และการช่วยเหลือโรงเรียนขนาดเล็กอย่างเร่งด่วน\n\n"
        "ในฉบับนี้ท่านจะได้ติดตามข่าวการปฏิบัติงานในรอบเดือน ผลการประชุมร่วมกับหน่วยงานในสังกัด "
        "และความร่วมมือกับต่างประเทศที่เปิดโอกาสให้ครูและนักเรียนไทย "
        "หากท่านมีเรื่องราวดี ๆ จากโรงเรียนของท่าน ขอเชิญส่งมาแบ่งปันกับผู้อ่านทั่วประเทศ\n\n"
        "กองบรรณาธิการขอขอบคุณสำนักงานเขตพื้นที่การศึกษาทุกเขตที่ส่งข่าวและภาพมาเผยแพร่ "
        "และหวังว่าท่านผู้อ่านจะได้รับประโยชน์จากวารสารฉบับนี้"
    )
    return {"editorial_title": topic, "editorial": text, "editorial_by": "กองบรรณาธิการ"}


def _paragraph(topic: str, number: int) -> str:
    said = (
        f"รัฐมนตรีว่าการกระทรวงศึกษาธิการเปิดเผยว่า กระทรวงให้ความสำคัญกับ{topic} และได้มอบหมายให้ทุกหน่วยงานรายงานผลทุกเดือน",
        "ที่ประชุมรับทราบผลการดำเนินงานของสำนักงานเขตพื้นที่การศึกษา ๑๘๕ เขต และเห็นชอบแนวทางสำหรับภาคเรียนต่อไป",
        "ทั้งนี้ ขอให้ผู้บริหารสถานศึกษาดูแลนักเรียนในพื้นที่ห่างไกลเป็นพิเศษ โดยน้ำใจของชุมชนเป็นกำลังสำคัญ",
        "ประชาชนที่ต้องการข้อมูลเพิ่มเติมติดต่อสำนักงานรัฐมนตรี กระทรวงศึกษาธิการ ได้ในวันและเวลาราชการ",
    )
    return said[(number - 1) % len(said)]


def drawn_school(sky: int) -> bytes:
    """A school with its flagpole before hills, drawn: no photograph of anybody."""
    width, height = 1600, 1030
    picture = Image.new("RGB", (width, height), SKIES[sky])
    draw = ImageDraw.Draw(picture)
    draw.ellipse((1150, 110, 1370, 330), fill=(246, 205, 97))
    draw.polygon([(0, 700), (380, 330), (760, 700)], fill=(112, 148, 128))
    draw.polygon([(500, 700), (980, 260), (1600, 700)], fill=(90, 128, 112))
    draw.rectangle((0, 690, width, height), fill=(134, 170, 108))
    draw.rectangle((360, 520, 1180, 800), fill=(244, 238, 224))
    draw.polygon([(320, 520), (770, 380), (1220, 520)], fill=(166, 74, 52))
    for left in range(420, 1120, 140):
        draw.rectangle((left, 580, left + 80, 680), fill=(72, 104, 140))
    draw.rectangle((730, 690, 810, 800), fill=(110, 78, 52))
    draw.line((1330, 330, 1330, 860), fill=(90, 90, 96), width=10)
    for number, colour in enumerate(
        ((200, 44, 54), (255, 255, 255), (40, 44, 110), (255, 255, 255), (200, 44, 54))
    ):
        draw.rectangle((1335, 335 + number * 22, 1490, 357 + number * 22), fill=colour)
    target = BytesIO()
    picture.save(target, "JPEG", quality=88)
    return target.getvalue()
