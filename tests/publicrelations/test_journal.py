"""The path of an issue: its schedule, each step, who takes it, what it owes, how its copies balance."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from office.calendar import OFFICE_TZ, Unit, WorkCalendar, month
from office.models import Deadline, User
from office.steps import Actor, ChangedMeanwhile, StepRefused, perform
from publicrelations import journal_opening
from publicrelations.journal_balance import Balance
from publicrelations.journal_schedule import schedule
from publicrelations.models import Consignment, Journal, JournalEntry, Recipient
from publicrelations.models.journal_state import JournalState as State
from tests.cast import make_officer
from tests.publicrelations.cast import make_news_colleague, make_news_head, make_news_officer
from tests.publicrelations.journal_cast import (
    APPROVED,
    CLOSED,
    MAILED,
    MONTH,
    OPENED,
    PRINTED,
    PROOFED,
    WRITTEN,
    carry_to,
    choose,
    forge_pages,
    make_journal,
    make_news,
    make_recipient,
    printing,
    take,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def banlang() -> User:
    return make_news_officer()


@pytest.fixture
def nongsinee() -> User:
    return make_news_head()


def due(journal: Journal, kind: str) -> datetime:
    return Deadline.objects.filter(matter=journal.pk, kind=kind).latest("pk").due_at.astimezone(OFFICE_TZ)


def at(day: int, month: int = 12) -> datetime:
    """Closing time of a day of 2009."""
    return datetime(2009, month, day, 16, 30, tzinfo=OFFICE_TZ)


# ── The schedule ────────────────────────────────────────────────────────────────────────────


class Rule:
    """A rule of the office as the schedule reads it."""

    def __init__(self, amount: int, unit: str = Unit.WORKING_DAYS.value) -> None:
        self.amount, self.unit = amount, unit


LENGTHS = {"mail": Rule(3), "print": Rule(5), "order": Rule(2), "proof": Rule(3)}


@pytest.mark.parametrize(
    ("year", "number", "days_off", "expected"),
    [
        # Weekends only: 31 December 2009 is a Thursday.
        (2009, 12, [], {"mail": 31, "print": 28, "order": 21, "proof": 17, "content": 14}),
        # With New Year's Eve off the month ends on the 30th.
        (2009, 12, [date(2009, 12, 31)], {"mail": 30, "print": 25, "order": 18, "proof": 16, "content": 11}),
        # A month that ends on a Sunday.
        (2010, 1, [], {"mail": 29, "print": 26, "order": 19, "proof": 15, "content": 12}),
    ],
)
def test_everything_is_reckoned_back_from_the_last_working_day_of_the_month(
    year: int, number: int, days_off: list[date], expected: dict[str, int]
) -> None:
    calendar = WorkCalendar(frozenset(days_off))
    found = schedule(month(year, number), LENGTHS, calendar)
    assert {kind: moment.day for kind, moment in found.items()} == expected


def test_a_rule_in_calendar_days_or_hours_ends_on_a_working_day() -> None:
    lengths = LENGTHS | {"mail": Rule(4, Unit.CALENDAR_DAYS.value), "print": Rule(9, Unit.HOURS.value)}
    found = schedule(month(2009, 12), lengths, WorkCalendar(frozenset()))
    # 31 less 4 days is Sunday 27: Friday 25; nine office hours are two days.
    assert (found["print"].day, found["order"].day) == (25, 23)


# ── Opening ─────────────────────────────────────────────────────────────────────────────────


def test_an_issue_owes_from_its_opening_its_content_and_that_it_is_mailed_within_its_month(
    banlang: User,
) -> None:
    journal = make_journal(banlang)
    assert (journal.issue, journal.print_run, journal.month_words) == (1, 2000, "ธันวาคม ๒๕๕๒")
    assert "สร.สาร" in journal.title
    assert "๒๕๕๒" in journal.title
    last = Deadline.objects.get(matter=journal.pk, kind=Deadline.Kind.MAIL)
    assert last.due_at.astimezone(OFFICE_TZ) == at(30)  # the 31st is a day off
    assert due(journal, Deadline.Kind.CONTENT) < last.due_at - timedelta(days=12)
    assert Deadline.objects.unmet().filter(matter=journal.pk).count() == 2


def test_the_clock_opens_next_months_issue_once_ten_days_before_for_whoever_carried_the_last(
    banlang: User,
) -> None:
    make_journal(banlang, month=date(2009, 11, 1), now=datetime(2009, 10, 22, 9, tzinfo=OFFICE_TZ))
    assert journal_opening.open_due(datetime(2009, 11, 20, 8, 15, tzinfo=OFFICE_TZ)) is None
    opened = journal_opening.open_due(datetime(2009, 11, 21, 8, 15, tzinfo=OFFICE_TZ))
    assert opened is not None
    assert (opened.month, opened.owner, opened.issue) == (MONTH, banlang, 2)
    assert journal_opening.open_due(datetime(2009, 11, 21, 8, 16, tzinfo=OFFICE_TZ)) is None
    assert Journal.objects.count() == 2


def test_the_clock_never_begins_a_journal_that_nobody_has_begun() -> None:
    assert journal_opening.open_due(OPENED) is None


def test_opening_a_month_twice_gives_the_issue_that_is_there(banlang: User) -> None:
    first, second = (
        journal_opening.open_issue(MONTH, actor=Actor(user=banlang), owner=banlang, now=OPENED)
        for _click in range(2)
    )
    assert first.pk == second.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        make_journal(banlang)


def test_an_issue_opened_when_its_month_is_nearly_over_is_late_from_the_first(banlang: User) -> None:
    now = datetime(2009, 12, 29, 9, tzinfo=OFFICE_TZ)
    journal = make_journal(banlang, now=now)
    content = Deadline.objects.get(matter=journal.pk, kind=Deadline.Kind.CONTENT)
    assert content.is_late(now)


# ── Content ─────────────────────────────────────────────────────────────────────────────────


def test_articles_stand_in_the_order_in_which_they_were_chosen(banlang: User, nongsinee: User) -> None:
    one, two, three = (make_news(banlang, nongsinee) for _serial in range(3))
    journal = choose(make_journal(banlang), banlang, one, two, three)
    journal = choose(journal, banlang, three, one)
    assert [entry.article.pk for entry in journal.entries.all()] == [three.pk, one.pk]
    event = journal.events.latest("pk")
    assert event.changes["articles"] == [
        ", ".join(article.label for article in (one, two, three)),
        ", ".join(article.label for article in (three, one)),
    ]


def test_an_article_stands_in_one_issue_only(banlang: User, nongsinee: User) -> None:
    article = make_news(banlang, nongsinee)
    choose(make_journal(banlang), banlang, article)
    other = make_journal(banlang, month=date(2010, 1, 1))
    with pytest.raises(ValidationError, match="อยู่ในฉบับอื่น"), override("th"):
        choose(other, banlang, article)
    with pytest.raises(IntegrityError), transaction.atomic():
        JournalEntry.objects.create(journal=other, article=article, order=1)


def test_an_article_withdrawn_meanwhile_cannot_be_chosen(banlang: User, nongsinee: User) -> None:
    article = make_news(banlang, nongsinee)
    type(article).objects.filter(pk=article.pk).update(
        state="withdrawn", withdrawn_at=WRITTEN, withdrawal_reason="ผิดพลาด"
    )
    with pytest.raises(ValidationError):
        choose(make_journal(banlang), banlang, article)


def test_content_without_an_article_is_not_closed(banlang: User) -> None:
    with pytest.raises(StepRefused):
        take(make_journal(banlang), "close_content", banlang)


def test_closing_the_content_asks_for_the_pages_and_owes_the_proof_as_the_month_has_it(
    banlang: User, nongsinee: User
) -> None:
    journal = carry_to("content_closed", banlang, nongsinee)
    assert journal.editions.count() == 1
    assert due(journal, Deadline.Kind.PROOF) == at(16)
    assert not Deadline.objects.unmet().filter(matter=journal.pk, kind=Deadline.Kind.CONTENT).exists()


def test_content_closed_late_leaves_for_the_proof_what_the_rule_gives(banlang: User, nongsinee: User) -> None:
    journal = choose(make_journal(banlang), banlang, make_news(banlang, nongsinee))
    journal = take(journal, "close_content", banlang, datetime(2009, 12, 22, 10, tzinfo=OFFICE_TZ))
    assert due(journal, Deadline.Kind.PROOF) == at(25)  # three working days on


def test_the_editorial_and_the_cover_are_part_of_the_content(banlang: User, nongsinee: User) -> None:
    journal = choose(make_journal(banlang), banlang, make_news(banlang, nongsinee))
    key = journal.content_key()
    journal = take(journal, "write_editorial", banlang, editorial="เรียนผู้อ่าน", editorial_title="ถ้อยแถลง")
    assert journal.content_key() != key
    key = journal.content_key()
    journal = take(journal, "make_cover", banlang, cover_line="เรียนฟรี ๑๕ ปี")
    assert journal.content_key() != key


def test_closed_content_is_opened_again_only_with_a_reason(banlang: User, nongsinee: User) -> None:
    journal = carry_to("content_closed", banlang, nongsinee)
    with pytest.raises(ValidationError):
        take(journal, "reopen_content", banlang)
    journal = take(journal, "reopen_content", banlang, reason="ข่าวด่วน")
    assert journal.state == State.PLANNED
    kinds = Deadline.objects.unmet().filter(matter=journal.pk).values_list("kind", flat=True)
    assert set(kinds) == {Deadline.Kind.CONTENT, Deadline.Kind.MAIL}


# ── Proof ───────────────────────────────────────────────────────────────────────────────────


def test_no_proof_goes_to_the_head_before_its_pages_are_made(banlang: User, nongsinee: User) -> None:
    journal = choose(make_journal(banlang), banlang, make_news(banlang, nongsinee))
    journal = take(journal, "close_content", banlang)
    with pytest.raises(StepRefused):
        take(journal, "submit_proof", banlang)
    forge_pages(journal)
    assert take(journal, "submit_proof", banlang, PROOFED).state == State.PROOF


def test_a_correction_of_an_article_makes_the_pages_old(banlang: User, nongsinee: User) -> None:
    journal = carry_to("content_closed", banlang, nongsinee)
    article = journal.entries.get().article
    type(article).objects.filter(pk=article.pk).update(corrected_at=PROOFED, correction_note="แก้ชื่อ")
    with pytest.raises(StepRefused):
        take(journal, "submit_proof", banlang, PROOFED)
    take(journal, "make_pages", banlang, PROOFED)
    forge_pages(journal)
    assert take(journal, "submit_proof", banlang, PROOFED).state == State.PROOF


def test_the_head_alone_approves_and_it_is_that_edition_that_counts(banlang: User, nongsinee: User) -> None:
    journal = carry_to("proof", banlang, nongsinee)
    with pytest.raises(StepRefused):
        take(journal, "approve", banlang, APPROVED)
    journal = take(journal, "approve", nongsinee, APPROVED)
    assert journal.approved_edition == journal.editions.get()
    assert due(journal, Deadline.Kind.PRINT) == at(25)


def test_a_proof_sent_back_says_why_and_its_content_is_owed_again(banlang: User, nongsinee: User) -> None:
    journal = carry_to("proof", banlang, nongsinee)
    journal = take(journal, "return_proof", nongsinee, APPROVED, reason="ภาพปกไม่ชัด")
    assert journal.state == State.PLANNED
    assert due(journal, Deadline.Kind.CONTENT) == at(18)
    assert Deadline.objects.get(matter=journal.pk, kind=Deadline.Kind.ORDER).dropped_at is not None


# ── Printing ────────────────────────────────────────────────────────────────────────────────


def test_printing_is_recorded_with_how_many_when_and_by_whom(banlang: User, nongsinee: User) -> None:
    journal = carry_to("printed", banlang, nongsinee, copies=1990)
    assert (journal.copies_printed, journal.printed_on, journal.copies_to_share_out) == (
        1990,
        date(2009, 12, 23),
        1990,
    )
    journal = take(journal, "mend_printing", banlang, PRINTED, reason="รับเพิ่มอีก ๑๐ ฉบับ", **printing(2000))
    assert journal.copies_printed == 2000
    assert journal.events.latest("pk").changes["copies_printed"] == ["๑,๙๙๐", "๒,๐๐๐"]


@pytest.mark.parametrize(
    "wrong", [{"printed_on": date(2010, 1, 4)}, {"copies_printed": 0}], ids=["to come", "no copy"]
)
def test_a_printing_that_cannot_be_is_refused(banlang: User, nongsinee: User, wrong: dict[str, Any]) -> None:
    journal = carry_to("approved", banlang, nongsinee)
    with pytest.raises(ValidationError):
        take(journal, "record_printing", banlang, PRINTED, **(printing() | wrong))


# ── Copies ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("recipients", "stock", "standing", "words"),
    [
        (1900, 100, "even", "วารสารทั้ง ๒,๐๐๐ ฉบับมีผู้รับครบ"),
        (1950, 100, "over", "ขาด ๕๐ ฉบับ"),
        (1888, 100, "under", "เหลือ ๑๒ ฉบับที่ยังไม่มีผู้รับ"),
    ],
)
def test_the_balance_says_in_words_how_it_stands(
    recipients: int, stock: int, standing: str, words: str
) -> None:
    balance = Balance(copies=2000, recipients=recipients, stock=stock)
    assert balance.standing == standing
    with override("th"):
        assert balance.words().startswith(words)


def test_only_who_is_sent_it_that_day_counts(banlang: User) -> None:
    make_recipient(5)
    make_recipient(7, since_on=date(2010, 1, 1))
    make_recipient(9, until_on=date(2009, 12, 22))
    make_recipient(11, until_on=date(2009, 12, 23))
    assert make_journal(banlang).balance(date(2009, 12, 23)).recipients == 16


def test_the_list_is_closed_only_when_every_copy_has_its_place(banlang: User, nongsinee: User) -> None:
    make_recipient(1990)
    journal = carry_to("printed", banlang, nongsinee)
    with pytest.raises(ValidationError, match="เหลือ ๑๐ ฉบับ"), override("th"):
        take(journal, "close_list", banlang, PRINTED)
    journal = take(journal, "keep_stock", banlang, PRINTED, stock=11)
    with pytest.raises(ValidationError, match="ขาด ๑ ฉบับ"), override("th"):
        take(journal, "close_list", banlang, PRINTED)
    journal = take(journal, "keep_stock", banlang, PRINTED, stock=10)
    journal = take(journal, "close_list", banlang, PRINTED)
    assert journal.consignments.get().copies == 1990


def test_nobody_keeps_more_in_stock_than_there_is(banlang: User) -> None:
    with pytest.raises(ValidationError):
        take(make_journal(banlang), "keep_stock", banlang, stock=2001)


def test_a_list_of_nobody_is_not_closed(banlang: User, nongsinee: User) -> None:
    journal = carry_to("printed", banlang, nongsinee)
    take(journal, "keep_stock", banlang, PRINTED, stock=2000)
    with pytest.raises(ValidationError):
        take(journal, "close_list", banlang, PRINTED)


def test_a_closed_list_stays_what_it_was_when_recipients_change(banlang: User, nongsinee: User) -> None:
    moving = make_recipient(2000, name="สพท. เชียงราย เขต ๑")
    journal = carry_to("list_closed", banlang, nongsinee)
    Recipient.objects.filter(pk=moving.pk).update(address="ที่อยู่ใหม่", copies=5, name="สพป. เชียงราย เขต ๑")
    line = journal.consignments.get()
    assert (line.name, line.copies, line.address) == ("สพท. เชียงราย เขต ๑", 2000, moving.address)
    assert journal.balance(PRINTED.date()).is_even
    with pytest.raises(StepRefused):
        take(journal, "keep_stock", banlang, PRINTED, stock=1)


def test_lines_stand_group_by_group_and_by_the_thai_alphabet(banlang: User, nongsinee: User) -> None:
    from tests.publicrelations.journal_cast import group

    make_recipient(500, name="เขตเชียงใหม่", group=group(3))
    make_recipient(500, name="เขตกระบี่", group=group(3))
    make_recipient(1000, name="สำนักงานปลัดกระทรวง", group=group(1))
    journal = carry_to("list_closed", banlang, nongsinee)
    names = journal.consignments.order_by("line").values_list("line", "name")
    assert list(names) == [(1, "สำนักงานปลัดกระทรวง"), (2, "เขตกระบี่"), (3, "เขตเชียงใหม่")]


def test_an_opened_list_is_written_anew(banlang: User, nongsinee: User) -> None:
    make_recipient(2000)
    journal = carry_to("list_closed", banlang, nongsinee)
    journal = take(journal, "open_list", banlang, PRINTED, reason="เพิ่มผู้รับ")
    assert not Consignment.objects.exists()
    assert journal.list_closed_at is None
    assert take(journal, "close_list", banlang, PRINTED).consignments.count() == 1


# ── Mailing ─────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_mailed_before_the_list_is_closed(banlang: User, nongsinee: User) -> None:
    journal = carry_to("printed", banlang, nongsinee)
    with pytest.raises(StepRefused):
        take(journal, "mail", banlang, MAILED, mailed_on=MAILED.date())


def test_an_issue_mailed_in_its_month_keeps_the_plans_promise_and_is_out(
    banlang: User, nongsinee: User
) -> None:
    make_recipient(2000)
    journal = carry_to("mailed", banlang, nongsinee)
    promise = Deadline.objects.get(matter=journal.pk, kind=Deadline.Kind.MAIL)
    assert promise.met_at == MAILED
    assert not promise.is_late(MAILED)
    assert list(Journal.objects.issued()) == [journal]
    assert journal.published_on == date(2009, 12, 28)
    assert journal.web_pdf is not None
    assert journal.web_pdf.sha256 == "b" * 64
    assert journal.cover_thumbnail is not None


def test_an_issue_that_is_not_mailed_yet_is_not_out(banlang: User, nongsinee: User) -> None:
    make_recipient(2000)
    carry_to("list_closed", banlang, nongsinee)
    assert not Journal.objects.issued().exists()


def test_an_issue_mailed_after_its_month_says_why_and_stays_late(banlang: User, nongsinee: User) -> None:
    make_recipient(2000)
    journal = carry_to("list_closed", banlang, nongsinee)
    january = datetime(2010, 1, 5, 10, tzinfo=OFFICE_TZ)
    with pytest.raises(ValidationError):
        take(journal, "mail", banlang, january, mailed_on=january.date())
    take(journal, "mail", banlang, january, mailed_on=january.date(), late_reason="โรงพิมพ์ส่งช้า")
    promise = Deadline.objects.get(matter=journal.pk, kind=Deadline.Kind.MAIL)
    assert promise.is_late(january)
    assert promise.late_reason == "โรงพิมพ์ส่งช้า"


def test_a_mailing_recorded_some_days_later_counts_from_its_day(banlang: User, nongsinee: User) -> None:
    make_recipient(2000)
    journal = carry_to("list_closed", banlang, nongsinee)
    journal = take(
        journal, "mail", banlang, datetime(2010, 1, 5, 10, tzinfo=OFFICE_TZ), mailed_on=date(2009, 12, 29)
    )
    assert journal.published_on == date(2009, 12, 29)
    assert not Deadline.objects.get(matter=journal.pk, kind=Deadline.Kind.MAIL).is_late(MAILED)


@pytest.mark.parametrize("day", [date(2009, 12, 22), date(2009, 12, 29)], ids=["before the print", "to come"])
def test_a_day_on_which_it_cannot_have_been_mailed_is_refused(
    banlang: User, nongsinee: User, day: date
) -> None:
    make_recipient(2000)
    journal = carry_to("list_closed", banlang, nongsinee)
    with pytest.raises(ValidationError):
        take(journal, "mail", banlang, MAILED, mailed_on=day)


def test_returned_mail_marks_the_line_and_the_recipient(banlang: User, nongsinee: User) -> None:
    recipient = make_recipient(2000)
    journal = carry_to("mailed", banlang, nongsinee)
    line = journal.consignments.get()
    back = {"consignment": line, "returned_on": date(2010, 1, 6), "return_reason": "moved"}
    take(journal, "note_return", banlang, datetime(2010, 1, 6, 10, tzinfo=OFFICE_TZ), **back)
    recipient.refresh_from_db()
    line.refresh_from_db()
    assert (recipient.returned_on, recipient.return_reason) == (date(2010, 1, 6), "moved")
    assert line.returned_on == date(2010, 1, 6)
    other = make_journal(banlang, month=date(2010, 1, 1))
    with pytest.raises(StepRefused):
        take(other, "note_return", banlang, MAILED, **back)


def test_an_archived_issue_is_closed_and_owes_nothing(banlang: User, nongsinee: User) -> None:
    make_recipient(2000)
    journal = carry_to("archived", banlang, nongsinee)
    assert journal.is_closed
    assert not Deadline.objects.unmet().filter(matter=journal.pk).exists()
    assert list(Journal.objects.issued()) == [journal]


# ── Every step: the wrong person, the second click ──────────────────────────────────────────

STEPS: list[tuple[str, str, dict[str, Any]]] = [
    ("planned", "write_editorial", {"editorial": "เรียนผู้อ่าน"}),
    ("planned", "make_cover", {"cover_line": "ปก"}),
    ("planned", "make_pages", {}),
    ("planned", "close_content", {}),
    ("planned", "keep_stock", {"stock": 1}),
    ("content_closed", "reopen_content", {"reason": "ข่าวด่วน"}),
    ("content_closed", "submit_proof", {}),
    ("approved", "record_printing", printing()),
    ("printed", "mend_printing", printing() | {"reason": "นับใหม่"}),
    ("printed", "close_list", {}),
    ("list_closed", "open_list", {"reason": "เพิ่มผู้รับ"}),
    ("list_closed", "mail", {"mailed_on": MAILED.date()}),
    ("mailed", "archive", {}),
]


@pytest.mark.parametrize(("state", "name", "given"), STEPS, ids=[name for _state, name, _given in STEPS])
def test_a_step_is_taken_by_whoever_carries_it_and_by_nobody_else_and_once(
    banlang: User, nongsinee: User, state: str, name: str, given: dict[str, Any]
) -> None:
    make_recipient(2000)
    journal = carry_to(state, banlang, nongsinee)
    for other in (make_news_colleague(), make_officer()):
        with pytest.raises(StepRefused):
            take(journal, name, other, MAILED, **given)
    reason = given.get("reason", "")
    own = {key: value for key, value in given.items() if key != "reason"}
    act = {"actor": Actor(user=banlang), "seen": journal.version, "now": MAILED, "reason": reason}
    first = perform(journal, name, **act, **own)
    assert perform(journal, name, **act, **own).pk == first.pk
    with pytest.raises(ChangedMeanwhile):
        perform(journal, "attach_files", **act, files=[])


@pytest.mark.parametrize(("state", "name", "given"), STEPS, ids=[name for _state, name, _given in STEPS])
def test_a_step_is_open_only_where_the_path_has_it(
    banlang: User, nongsinee: User, state: str, name: str, given: dict[str, Any]
) -> None:
    make_recipient(2000)
    journal = carry_to("archived" if name != "archive" else "planned", banlang, nongsinee)
    with pytest.raises(StepRefused):
        take(journal, name, banlang, MAILED + timedelta(days=20), **given)


def test_a_proof_is_sent_back_by_the_head_alone(banlang: User, nongsinee: User) -> None:
    journal = carry_to("proof", banlang, nongsinee)
    with pytest.raises(StepRefused):
        take(journal, "return_proof", banlang, APPROVED, reason="ขอแก้เอง")


def test_content_closed_again_asks_for_the_next_edition(banlang: User, nongsinee: User) -> None:
    journal = carry_to("content_closed", banlang, nongsinee)
    journal = take(journal, "reopen_content", banlang, CLOSED, reason="เพิ่มข่าว")
    journal = choose(
        journal, banlang, journal.entries.get().article, make_news(banlang, nongsinee), now=CLOSED
    )
    journal = take(journal, "close_content", banlang, CLOSED)
    assert list(journal.editions.values_list("edition", "state")) == [(2, "waiting"), (1, "issued")]
