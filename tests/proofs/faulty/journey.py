"""The people who go on using the office while it is hurt: citizens file, officers take steps, one asks for a report.

Each does what a person does when a page does not come: waits a moment and presses the same button again, or as long
as the page says, up to half a minute. What they were told is kept, and so is what every page said that was not well.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from re import findall

from office.form_ticket import FASTEST
from tests.cast import PASSWORD
from tests.proofs.faulty.browser import Browser, Page, fields_of

AGAIN_SECONDS = 1.0
PATIENCE_SECONDS = 30.0
"""What somebody waits at most when a page tells them when to come again."""
BETWEEN_SECONDS = 0.3
GIVE_UP_SECONDS = 300
LOGIN = "/accounts/login/"
RECEIPT = "/petition/receipt/"
TOKEN = "csrfmiddlewaretoken"
PICTURE = ("แผนที่.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20_000)
TITLE = "ร้องเรียนการเก็บเงินบำรุงการศึกษา รายที่ %d"


class GaveUp(Exception):
    """A page did not come well however often the button was pressed."""


@dataclass(frozen=True)
class Receipt:
    """What a citizen took home."""

    title: str
    number: str
    code: str


@dataclass(frozen=True)
class Cast:
    """Who signs in, by user name, and what a step asks for, by key."""

    officer: str
    head: str
    executive: str
    administrator: str
    executive_key: int
    agency_key: int
    category_key: int


@dataclass
class Journey:
    """What the people do, and what they were told."""

    base: str
    cast: Cast
    receipts: list[Receipt] = field(default_factory=list)
    steps: Counter[tuple[str, str]] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    filed: int = 0
    faults: list[BaseException] = field(default_factory=list)
    key_of: Callable[[str], int | None] = lambda title: None
    is_sending = threading.Event()

    def __post_init__(self) -> None:
        self._serial = count(1)
        self._over = threading.Event()
        self._browsers: dict[str, Browser] = {}
        self.is_sending = threading.Event()

    # ── All of them at once ────────────────────────────────────────────────────────────────

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Two citizens and the office at work for as long as the block lasts; each ends what it has begun."""
        self._over.clear()
        people = [
            threading.Thread(target=self._go_on, args=(act,)) for act in (self._file, self._file, self._work)
        ]
        for person in people:
            person.start()
        try:
            yield
        finally:
            self._over.set()
            for person in people:
                person.join()
        if self.faults:
            raise self.faults[0]

    def _go_on(self, act: Callable[[], None]) -> None:
        while not self._over.is_set():
            try:
                act()
            except Exception as fault:
                self.faults.append(fault)
                return
            time.sleep(BETWEEN_SECONDS)

    def insist(self, ask: Callable[[], Page], is_done: Callable[[Page], bool]) -> Page:
        """Press again until it is done; every page that was not well is noted."""
        give_up = time.monotonic() + GIVE_UP_SECONDS
        while True:
            page = ask()
            if page.is_well and is_done(page):
                return page
            self.said[
                page.said if not page.is_well else f"{page.status} “{page.faults or page.heading}”"
            ] += 1
            if time.monotonic() > give_up:
                raise GaveUp(f"{page.said} {page.faults}")
            time.sleep(min(float(page.retry_after or AGAIN_SECONDS), PATIENCE_SECONDS))

    # ── A citizen ──────────────────────────────────────────────────────────────────────────

    def _file(self) -> None:
        """File one petition with a picture, and take the receipt home."""
        self.filed += 1
        number, citizen = next(self._serial), Browser(self.base)
        title = TITLE % number
        form = fields_of(self.insist(lambda: citizen.get("/petition/"), lambda page: True))
        form |= {
            "kind": "complaint",
            "title": title,
            "story": "โรงเรียนเรียกเก็บเงินคนละ ๑,๕๐๐ บาท โดยไม่มีหนังสือแจ้งผู้ปกครอง",
            "identity": "named",
            "name": "นางสมศรี ใจดี",
            "email": f"somsri{number}@mail.example",
            "consent": "on",
        }
        time.sleep(FASTEST.total_seconds() + 0.2)

        def send() -> Page:
            self.is_sending.set()
            page = citizen.post("/petition/", form, {"attachments": PICTURE})
            self.is_sending.clear()
            if page.is_well and page.path != RECEIPT:
                form.update({key: value for key, value in fields_of(page).items() if key == "ticket"})
            return page

        page = self.insist(send, lambda page: page.path == RECEIPT)
        slip = [" ".join(words.split()) for words in findall(r'class="slip-value[^>]*>([^<]*)<', page.text)]
        self.receipts.append(Receipt(title, slip[0], slip[1]))

    # ── The office ─────────────────────────────────────────────────────────────────────────

    def _work(self) -> None:
        """Take the next step on the oldest petition that is not yet with an agency."""
        for receipt in list(self.receipts):
            for name, who, given in self._path():
                if not self.steps[receipt.title, name]:
                    self._step(receipt.title, name, who, given)
                    return

    def _path(self) -> list[tuple[str, str, dict[str, str]]]:
        cast = self.cast
        opinion = {"summary": "สรุปเรื่อง", "opinion": "เห็นควรส่งหน่วยงาน", "category": str(cast.category_key)}
        return [
            ("summarise", cast.officer, opinion),
            ("submit", cast.head, {"to": str(cast.executive_key), "late_reason": "รอข้อมูล"}),
            ("order", cast.executive, {"order_text": "ดำเนินการตามเสนอ"}),
            ("refer", cast.officer, {"asked": "ขอให้ตรวจสอบ", "agency_1": str(cast.agency_key)}),
        ]

    def _step(self, title: str, name: str, who: str, given: dict[str, str]) -> None:
        key = self.key_of(title)
        if key is None:
            raise GaveUp(f"“{title}” has a receipt and no petition")
        path = f"/petitions/{key}/{name}/"
        page = self.insist(lambda: self._open(who, path), lambda page: page.path == path)
        form = fields_of(page) | given

        def send() -> Page:
            page = self.signed_in(who).post(path, form)
            if self._was_signed_out(who, page):
                # What was written is kept; only the page it stands on is opened anew.
                form[TOKEN] = fields_of(self._open(who, path)).get(TOKEN, form[TOKEN])
            return page

        self.insist(send, lambda page: page.path == f"/petitions/{key}/")
        self.steps[title, name] += 1

    def _open(self, who: str, path: str) -> Page:
        page = self.signed_in(who).get(path)
        return self.signed_in(who).get(path) if self._was_signed_out(who, page) else page

    def _was_signed_out(self, who: str, page: Page) -> bool:
        """Whether the office asks them to sign in, as it does when a day has passed; then they do, and press again."""
        return page.path == LOGIN and self._browsers.pop(who, None) is not None

    def signed_in(self, who: str) -> Browser:
        """The browser of one of the office, signed in once, and again where the office asks for it."""
        if who not in self._browsers:
            browser = Browser(self.base)
            page = self.insist(lambda: browser.get(LOGIN), lambda page: True)
            form = fields_of(page) | {"login": who, "password": PASSWORD}
            is_in: Callable[[Page], bool] = lambda page: page.path != LOGIN  # noqa: E731
            self.insist(lambda: browser.post(LOGIN, form), is_in)
            self._browsers[who] = browser
        return self._browsers[who]

    def ask_for_report(self, path: str) -> None:
        """The officer has a report of this month made."""
        who, form_path = self.cast.officer, f"{path}issue/"
        page = self.insist(lambda: self._open(who, form_path), lambda page: page.path != LOGIN)
        form = fields_of(page) | {"reason": "ตัวเลขใหม่"}
        self.insist(lambda: self.signed_in(who).post(form_path, form), lambda page: page.path == path)
