"""The minister's binder: what is in it, what cannot be bound in, when the next edition is made, who makes it."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from pypdf import PdfReader

from office import book, making
from office.models import Document, Notice, Secrecy, User
from parliament import binding, tasks
from parliament.binder_contents import gather
from parliament.models import Binder, BinderDownload, Interpellation, Meeting, Need
from tests.cast import make_executive
from tests.parliament.cast import make_politics_colleague, make_politics_head, make_politics_officer
from tests.parliament.papers_cast import (
    approve,
    at,
    keep,
    make_bill,
    make_consideration,
    make_consultation,
    make_interpellation,
    make_item,
    make_locked_pdf,
    make_meeting,
    make_motion,
    make_pdf,
    make_picture,
    owe,
)

pytestmark = pytest.mark.django_db

NOW = at(2009, 11, 25, 10, 30)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def meeting(db: None) -> Meeting:
    return make_meeting()


@pytest.fixture
def unanswered(meeting: Meeting, officer: User) -> Interpellation:
    """The one question on the agenda, its answer not approved yet."""
    question = make_interpellation(owner=officer)
    make_item(meeting, about=question, title=question.title, number="2.1")
    return question


@pytest.fixture
def question(unanswered: Interpellation, officer: User) -> Interpellation:
    """The same with its approved answer."""
    approve(unanswered, officer)
    return unanswered


def made(meeting: Meeting, *, by: User | None = None, now: datetime = NOW) -> Binder:
    row = binding.write_down(meeting, by=by, now=now)
    binder = binding.make(row.pk, lambda: now)
    assert binder is not None
    return binder


def content_of(binder: Binder) -> bytes:
    with default_storage.open(binder.path) as file:
        return bytes(file.read())


def pages_of(binder: Binder) -> list[str]:
    """The text of each page as a reader copies it, without its line breaks."""
    document = pypdfium2.PdfDocument(content_of(binder))
    return [page.get_textpage().get_text_range().replace("\r\n", "") for page in document]


# ── What is in it ───────────────────────────────────────────────────────────────────────────


def test_cover_contents_agenda_answer_and_papers_stand_in_order(
    meeting: Meeting, question: Interpellation
) -> None:
    make_item(meeting, concerns_us=False, title="เรื่องที่คณะกรรมาธิการพิจารณาเสร็จแล้ว", number="3")
    keep(question, "ข้อมูลโรงเรียนขนาดเล็ก.pdf", make_pdf("ตารางโรงเรียนขนาดเล็ก", pages=2))
    binder = made(meeting)
    cover, contents, agenda, answer, first, second = pages_of(binder)
    assert "แฟ้มรัฐมนตรี" in cover
    assert "พฤหัสบดี ๒๖ พฤศจิกายน ๒๕๕๒ ๐๙.๓๐ น." in cover
    assert "ข้อมูลโรงเรียนขนาดเล็ก.pdf" in contents
    assert "เรื่องที่คณะกรรมาธิการพิจารณาเสร็จแล้ว" in agenda
    assert "โรงเรียนขนาดเล็กในพื้นที่ห่างไกลอย่างไร" in answer
    assert "กระทรวงได้จัดครูเพิ่มและจัดรถรับส่งนักเรียนแล้ว" in answer
    assert "ตารางโรงเรียนขนาดเล็ก แผ่นที่ 1" in first
    assert "ตารางโรงเรียนขนาดเล็ก แผ่นที่ 2" in second


def test_every_sheet_but_the_cover_bears_its_number_and_the_edition(
    meeting: Meeting, question: Interpellation
) -> None:
    keep(question, "เอกสาร.pdf", make_pdf(pages=9))
    binder = made(meeting)
    pages = pages_of(binder)
    assert len(pages) == binder.pages == 13
    numbers = ["– ๒ –", "– ๓ –", "– ๔ –", "– ๕ –", "– ๖ –", "– ๗ –", "– ๘ –", "– ๙ –", "– ๑๐ –"]
    for text, number in zip(pages[1:], [*numbers, "– ๑๑ –", "– ๑๒ –", "– ๑๓ –"], strict=True):
        assert number in text
        assert "ฉบับที่ ๑ · ๒๕ พ.ย. ๕๒ ๑๐.๓๐ น." in text
    assert "– ๑ –" not in pages[0]
    assert "ฉบับที่ ๑ · ๒๕ พ.ย. ๕๒ ๑๐.๓๐ น." in pages[0]


def test_the_contents_name_the_true_pages(meeting: Meeting, question: Interpellation, officer: User) -> None:
    keep(question, "เอกสารแรก.pdf", make_pdf(pages=3))
    motion = make_motion()
    make_item(meeting, about=motion, title=motion.title, number="2.2")
    binder = made(meeting)
    assert [(line["title"], line["page"]) for line in binder.contents] == [
        ("2.1 การยุบรวมโรงเรียนขนาดเล็ก", 4),
        ("เอกสารแรก.pdf", 5),
        ("2.2 ญัตติศึกษากองทุนเงินให้กู้ยืม", 8),
    ]
    contents, agenda = pages_of(binder)[1:3]
    assert "ญัตติศึกษากองทุนเงินให้กู้ยืม ๘" in contents
    assert "ญัตติศึกษากองทุนเงินให้กู้ยืม ๘" in agenda


def test_a_long_agenda_moves_the_pages_that_the_contents_name(
    meeting: Meeting, question: Interpellation
) -> None:
    for number in range(40):
        make_item(meeting, concerns_us=False, number=f"3.{number}", title="เรื่องที่ค้างพิจารณา " * 20)
    binder = made(meeting)
    page = binder.contents[0]["page"]
    assert page > 5
    assert "โรงเรียนขนาดเล็กในพื้นที่ห่างไกลอย่างไร" in pages_of(binder)[page - 1]


def test_bookmarks_lead_to_items_and_below_them_to_papers(meeting: Meeting, question: Interpellation) -> None:
    keep(question, "เอกสาร.pdf", make_pdf())
    reader = PdfReader(default_storage.open(made(meeting).path))
    front, item, papers = reader.outline
    assert (front["/Title"], item["/Title"]) == ("สารบัญ", "2.1 การยุบรวมโรงเรียนขนาดเล็ก")
    assert [paper["/Title"] for paper in papers] == ["เอกสาร.pdf"]
    assert reader.get_destination_page_number(item) == 3
    assert reader.get_destination_page_number(papers[0]) == 4


def test_each_kind_of_matter_says_what_the_minister_needs(meeting: Meeting) -> None:
    bill = make_bill()
    item = make_item(meeting, about=bill, title="ร่างพระราชบัญญัติ", number="4")
    make_consideration(bill, item)
    make_item(
        meeting,
        about=make_consultation(order_text="ให้จัดรถภายในเดือนนี้", opinion="เห็นควรจัดรถ"),
        title="ข้อหารือ",
        number="5",
    )
    make_item(meeting, about=make_motion(), title="ญัตติ", number="6")
    entries = {entry.kind: entry for item in gather(meeting).items for entry in item.entries}
    texts = {kind: [section.text for section in entry.sections] for kind, entry in entries.items()}
    assert "แก้ไขเพิ่มเติมบทบัญญัติว่าด้วยใบอนุญาตประกอบวิชาชีพครู" in texts["ร่างพระราชบัญญัติ"]
    assert texts["ข้อหารือ"][-1] == "ให้จัดรถภายในเดือนนี้"
    assert entries["ญัตติ"].missing == "ยังไม่มีคำชี้แจงที่อนุมัติ"


def test_without_an_approved_answer_it_says_that_there_is_none(
    meeting: Meeting, unanswered: Interpellation
) -> None:
    answer = pages_of(made(meeting))[3]
    assert "ยังไม่มีคำตอบที่อนุมัติ" in answer
    assert "จัดรถรับส่งนักเรียน" not in answer


def test_sheets_of_a_secret_matter_are_marked(meeting: Meeting, question: Interpellation) -> None:
    secret = make_interpellation(secrecy=Secrecy.SECRET, title="เรื่องความมั่นคง")
    make_item(meeting, about=secret, title=secret.title, number="2.2")
    binder = made(meeting)
    marked = ["ลับมาก" in text for text in pages_of(binder)]
    assert marked == [True, True, True, False, True]
    assert binder.secrecy == Secrecy.SECRET


def test_a_paper_ready_for_the_item_is_bound_in_once(
    meeting: Meeting, question: Interpellation, officer: User
) -> None:
    item = meeting.items.get()
    document = keep(meeting, "สรุปข้อมูล.pdf", make_pdf())
    item.documents.add(document)
    Need.objects.create(
        item=item, kind=Need.Kind.PAPER, what="สรุปข้อมูล", due_at=NOW, ready_at=NOW, document=document
    )
    Need.objects.create(item=item, kind=Need.Kind.PAPER, what="สถิติครู", due_at=NOW)
    Need.objects.create(item=item, kind=Need.Kind.PERSON, what="เลขาธิการ กพฐ.", due_at=NOW)
    (found,) = gather(meeting).items
    assert [paper.name for paper in found.papers] == ["สรุปข้อมูล.pdf"]
    assert (found.awaited, [person.what for person in found.persons]) == (("สถิติครู",), ["เลขาธิการ กพฐ."])


# ── What cannot be bound in ─────────────────────────────────────────────────────────────────


def test_locked_and_broken_files_leave_a_page_that_says_so_and_the_rest_goes_on(
    meeting: Meeting, question: Interpellation
) -> None:
    keep(question, "มีรหัสผ่าน.pdf", make_locked_pdf())
    keep(question, "ไฟล์เสีย.pdf", b"%PDF-1.7\nnothing of it is left")
    keep(question, "ไม่ใช่ภาพ.jpg", b"\xff\xd8\xff\xe0 nothing", "image/jpeg")
    keep(question, "เรียบร้อย.pdf", make_pdf("ถึงปลายทาง"))
    binder = made(meeting)
    assert binder.state == Binder.State.ISSUED
    assert [(fault["name"], fault["why"]) for fault in binder.faults] == [
        ("มีรหัสผ่าน.pdf", "encrypted"),
        ("ไฟล์เสีย.pdf", "broken"),
        ("ไม่ใช่ภาพ.jpg", "broken"),
    ]
    locked, broken, picture, last = pages_of(binder)[4:]
    assert "เอกสารนี้รวมเข้าแฟ้มไม่ได้" in locked
    assert "มีรหัสผ่าน.pdf" in locked
    assert "เปิดได้เมื่อใส่รหัสผ่านเท่านั้น" in locked
    assert "ไฟล์ชำรุด อ่านไม่ได้" in broken
    assert "ไฟล์ชำรุด อ่านไม่ได้" in picture
    assert "ถึงปลายทาง" in last


def test_a_file_that_is_gone_is_said_to_be_gone(meeting: Meeting, question: Interpellation) -> None:
    document = keep(question, "หาย.pdf", make_pdf())
    default_storage.delete(document.path)
    assert [fault["why"] for fault in made(meeting).faults] == ["missing"]


def test_a_file_of_too_many_pages_stays_beside_the_binder(
    meeting: Meeting, question: Interpellation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "PAGES_MOST", 2)
    keep(question, "ยาว.pdf", make_pdf(pages=3))
    assert [fault["why"] for fault in made(meeting).faults] == ["too_long"]


def test_a_picture_is_a_page_and_other_kinds_are_named(meeting: Meeting, question: Interpellation) -> None:
    keep(question, "ประตูโรงเรียน.jpg", make_picture(), "image/jpeg")
    keep(question, "ตาราง.docx", b"PK", WORD)
    binder = made(meeting)
    *_front, answer, picture = pages_of(binder)
    assert "ตาราง.docx" in answer
    assert "ไม่ได้รวมในแฟ้ม" in answer
    assert "ประตูโรงเรียน.jpg" in picture
    assert binder.faults == []


# ── Editions ────────────────────────────────────────────────────────────────────────────────


def test_an_edition_is_kept_with_its_checksum_and_never_changes(
    meeting: Meeting, question: Interpellation
) -> None:
    binder = made(meeting)
    assert binder.sha256 == hashlib.sha256(content_of(binder)).hexdigest()
    assert (binder.edition, binder.progress, binder.issued_at) == (1, 100, NOW)
    assert binder.matter_keys == sorted([meeting.pk, question.pk])
    with pytest.raises(TypeError):
        binder.save()
    assert binding.make(binder.pk, lambda: NOW) is None


def test_a_second_click_asks_for_nothing_new(
    meeting: Meeting, question: Interpellation, officer: User
) -> None:
    first = binding.write_down(meeting, by=officer, now=NOW)
    assert binding.write_down(meeting, by=officer, now=NOW) == first
    binding.make(first.pk, lambda: NOW)
    assert binding.write_down(meeting, by=officer, now=NOW) == first
    assert Binder.objects.count() == 1


def test_an_approved_answer_asks_for_the_next_edition(
    meeting: Meeting, unanswered: Interpellation, officer: User
) -> None:
    made(meeting)
    assert binding.ask_for_changed(NOW) == []
    approve(unanswered, officer, "คำตอบที่แก้แล้ว")
    (second,) = binding.ask_for_changed(NOW)
    assert (second.edition, second.asked_by) == (2, None)
    assert binding.ask_for_changed(NOW) == []
    later = NOW + timedelta(minutes=1)
    remade = binding.make(second.pk, lambda: later)
    assert remade
    assert "คำตอบที่แก้แล้ว" in pages_of(remade)[3]
    assert "ฉบับที่ ๒ · ๒๕ พ.ย. ๕๒ ๑๐.๓๑ น." in pages_of(remade)[3]


@pytest.mark.parametrize("change", ["paper", "agenda", "time"])
def test_papers_agenda_and_time_change_it_too(
    change: str, meeting: Meeting, question: Interpellation
) -> None:
    before = gather(meeting).fingerprint
    if change == "paper":
        keep(question, "ใหม่.pdf", b"%PDF-")
    elif change == "agenda":
        make_item(meeting, concerns_us=False)
    else:
        meeting.begins_at += timedelta(hours=1)
    assert gather(meeting).fingerprint != before


def test_a_meeting_that_has_begun_gets_no_more_editions_by_itself(
    meeting: Meeting, unanswered: Interpellation, officer: User
) -> None:
    made(meeting)
    approve(unanswered, officer, "คำตอบที่มาช้า")
    assert binding.ask_for_changed(meeting.begins_at + timedelta(minutes=1)) == []


def test_whoever_asked_or_holds_an_edition_hears_of_the_next(
    meeting: Meeting, unanswered: Interpellation, officer: User
) -> None:
    minister = make_executive("minister")
    first = made(meeting, by=officer)
    BinderDownload.objects.create(binder=first, user=minister, at=NOW)
    approve(unanswered, officer, "แก้แล้ว")
    (asked,) = binding.ask_for_changed(NOW)
    binding.make(asked.pk, lambda: NOW)
    told = Notice.objects.filter(kind=Notice.Kind.BINDER_READY, way="app")
    assert told.filter(recipient=officer, text="ฉบับที่ ๑ · ๒๕ พ.ย. ๕๒ ๑๐.๓๐ น.").exists()
    assert set(told.filter(text__startswith="ฉบับที่ ๒").values_list("recipient", flat=True)) == {
        officer.pk,
        minister.pk,
    }


def test_who_may_no_longer_see_a_matter_in_it_does_not_hear_of_it(
    meeting: Meeting, question: Interpellation, officer: User
) -> None:
    colleague = make_politics_colleague()
    first = made(meeting, by=officer)
    BinderDownload.objects.create(binder=first, user=colleague, at=NOW)
    secret = make_interpellation(secrecy=Secrecy.CONFIDENTIAL, owner=officer)
    make_item(meeting, about=secret, title="ลับ", number="9")
    (asked,) = binding.ask_for_changed(NOW)
    binding.make(asked.pk, lambda: NOW)
    told = Notice.objects.filter(kind=Notice.Kind.BINDER_READY, text__startswith="ฉบับที่ ๒")
    assert set(told.values_list("recipient", flat=True)) == {officer.pk}


# ── Makers ──────────────────────────────────────────────────────────────────────────────────


def test_two_makers_make_it_once(meeting: Meeting, question: Interpellation) -> None:
    row = binding.write_down(meeting, by=None, now=NOW)
    assert making.Claim.take(Binder, row.pk, NOW) is not None
    assert binding.make(row.pk, lambda: NOW) is None


def test_what_a_killed_maker_left_is_picked_up(
    meeting: Meeting, question: Interpellation, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = binding.write_down(meeting, by=None, now=NOW)

    def die(*args: Any, **kwargs: Any) -> bytes:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("parliament.binder_sheets.bind", die)
        with pytest.raises(SystemExit):
            binding.make(row.pk, lambda: NOW)
    left = Binder.objects.get(pk=row.pk)
    assert (left.state, left.progress) == (Binder.State.MAKING, 90)
    assert list(Binder.objects.waiting(NOW + making.LEASE)) == []
    later = NOW + making.LEASE + timedelta(seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    tasks.make_waiting_binders()
    assert Binder.objects.get(pk=row.pk).state == Binder.State.ISSUED


def test_a_maker_that_was_taken_over_changes_nothing(
    meeting: Meeting, question: Interpellation, officer: User
) -> None:
    row = binding.write_down(meeting, by=officer, now=NOW)
    later = NOW + 2 * making.LEASE
    calls = iter([NOW, None])

    def clock() -> datetime:
        moment = next(calls, NOW)
        if moment is None:  # while the first one works its lease runs out, and another makes it whole
            assert binding.make(row.pk, lambda: later)
            return NOW
        return moment

    binding.make(row.pk, clock)
    binder = Binder.objects.get(pk=row.pk)
    assert (binder.state, binder.issued_at) == (Binder.State.ISSUED, later)
    assert Notice.objects.filter(kind=Notice.Kind.BINDER_READY, way="app").count() == 1


def test_what_went_wrong_is_failed_and_can_be_asked_for_again(
    meeting: Meeting, question: Interpellation, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> bytes:
        raise OSError("no room left")

    with monkeypatch.context() as patch:
        patch.setattr("parliament.binder_sheets.bind", refuse)
        failed = made(meeting, by=officer)
    assert (failed.state, failed.held_until) == (Binder.State.FAILED, None)
    again = binding.write_down(meeting, by=officer, now=NOW)
    assert (again.pk, again.edition, again.state) == (failed.pk, 1, Binder.State.WAITING)
    assert binding.make(again.pk, lambda: NOW).state == Binder.State.ISSUED  # type: ignore[union-attr]


def test_a_long_agenda_asks_as_few_questions_as_a_short_one(
    meeting: Meeting, question: Interpellation, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        another = make_interpellation()
        make_item(meeting, about=another, title=another.title, number=f"3.{number}")
        keep(another, f"{number}.pdf", b"%PDF-")
    with django_assert_max_num_queries(14):
        gather(meeting)


def test_the_head_sees_all_of_the_subgroup(meeting: Meeting, question: Interpellation) -> None:
    secret = make_interpellation(secrecy=Secrecy.CONFIDENTIAL)
    make_item(meeting, about=secret, title="ลับ", number="9")
    binder = made(meeting)
    assert binder.may_be_opened_by(make_politics_head())
    assert not binder.may_be_opened_by(make_politics_colleague())


def test_an_owed_promise_is_no_content_of_it(meeting: Meeting, question: Interpellation) -> None:
    before = gather(meeting).fingerprint
    owe(question, "house_answer", due=NOW)
    Document.objects.filter(matter=question).update(added_at=NOW)
    assert gather(meeting).fingerprint == before
