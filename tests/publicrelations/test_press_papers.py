"""Papers marked for the press: only by the link of somebody who is invited, only those marked, only while it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.documents import Upload, accept
from office.models import Document, Event, Secrecy, User
from projectplan.rounds import deliver
from publicrelations import coordination
from publicrelations.models import Handout, Invitation, PressConference, Taking
from publicrelations.press_paper import sign_in_context
from tests.cast import make_executive
from tests.publicrelations.cast import make_news_colleague, make_news_officer
from tests.publicrelations.press_cast import (
    choose,
    fresh,
    hold,
    make_outlet,
    make_press_conference,
    make_reporter,
    take,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

NOW = timezone.now().replace(microsecond=0)
BEGINS = NOW + timedelta(days=3)
HOUR = timedelta(hours=1)
State = PressConference.State


@pytest.fixture
def banlang(db: None) -> User:
    return make_news_officer()


def paper(name: str = "คำแถลง.txt", words: str = "เรียนฟรี ๑๕ ปี") -> Upload:
    return accept(SimpleUploadedFile(name, words.encode(), content_type="text/plain"))


def invited(officer: User, *names: str, **facts: Any) -> tuple[PressConference, str]:
    """One in three days with papers for the press of these names, and the path of the link of a reporter invited."""
    conference = make_press_conference(owner=officer, received_at=NOW, starts_at=BEGINS, **facts)
    if names:
        take(conference, "hand_out", officer, now=NOW, files=[paper(name, name) for name in names])
    rows = choose(conference, officer, reporters=[make_reporter()], now=NOW)
    take(conference, "invite", officer, now=NOW, invitations=rows)
    [letter] = post()
    return fresh(conference), path_in(letter)


def post(now: datetime = NOW) -> list[Any]:
    """One round of the clock: the letters to the press that left in it."""
    mail.outbox.clear()
    deliver(lambda: now)
    return [
        letter for letter in mail.outbox if "แถลงข่าว" in letter.subject and "news.example" in letter.to[0]
    ]


def path_in(letter: Any) -> str:
    [path] = re.findall(r"http://127\.0\.0\.1:8000(/m/invited/\w+/)", letter.body)
    return str(path)


def text(response: Any) -> str:
    return str(response.content.decode())


def handout(conference: PressConference) -> Handout:
    return conference.handouts.get()


def taken(path: str, one: Handout | int) -> Any:
    """What the link gives of a paper."""
    return Client().get(f"{path}papers/{one if isinstance(one, int) else one.pk}/")


def begin(conference: PressConference, ago: timedelta) -> None:
    PressConference.objects.filter(pk=conference.pk).update(starts_at=timezone.now() - ago)


# ── Given ───────────────────────────────────────────────────────────────────────────────────


def test_who_is_invited_takes_what_is_marked_by_the_link_without_an_account(banlang: User) -> None:
    conference, path = invited(banlang, "คำแถลง.txt")
    page = text(Client().get(path))
    assert "เอกสารแจกสื่อมวลชน" in page
    assert f'href="{path}papers/{handout(conference).pk}/"' in page
    answer = taken(path, handout(conference))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).decode() == "คำแถลง.txt"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert "sandbox" in answer["Content-Security-Policy"]


def test_who_took_a_paper_by_the_link_is_written_down_once(banlang: User, client_for: ClientFor) -> None:
    conference, path = invited(banlang, "คำแถลง.txt", "ตาราง.txt")
    first, second = conference.handouts.order_by("position")
    for paper_taken in (first, first):
        assert taken(path, paper_taken).status_code == 200
    assert Client().head(f"{path}papers/{second.pk}/").status_code == 200
    taking = Taking.objects.get()
    assert (taking.invitation, taking.document) == (conference.invitations.get(), first.document)
    page = text(client_for(banlang).get(conference.get_absolute_url()))
    assert page.count("ผู้ได้รับเชิญหยิบแล้ว ๑ ราย") == 1
    assert "รับเอกสารเมื่อ" in page


def test_what_was_taken_stays_written_down_when_papers_are_chosen_anew(banlang: User) -> None:
    conference, path = invited(banlang, "คำแถลง.txt")
    one = handout(conference)
    taken(path, one)
    take(conference, "hand_out", banlang, now=NOW + HOUR, offered=[(one.document, "คำแถลงฉบับแก้ไข")])
    assert handout(fresh(conference)).title == "คำแถลงฉบับแก้ไข"
    assert Taking.objects.get().document == one.document


def test_the_letter_says_that_there_are_papers_and_says_nothing_where_there_are_none(banlang: User) -> None:
    words = "เอกสารแจกสื่อมวลชนอยู่ในหน้าเดียวกัน"
    invited(banlang, "คำแถลง.txt")
    assert words in mail.outbox[0].body
    _conference, path = invited(banlang)
    assert words not in mail.outbox[0].body
    assert "เอกสารแจกสื่อมวลชน" not in text(Client().get(path))


def test_the_papers_may_be_taken_for_a_day_after_it_began(banlang: User) -> None:
    conference, path = invited(banlang, "คำแถลง.txt")
    begin(conference, HOUR)
    page = Client().get(path)
    assert page.status_code == 200
    assert f"papers/{handout(conference).pk}/" in text(page)
    assert Client().post(path, {"comes": "yes"}).status_code == 410
    assert taken(path, handout(conference)).status_code == 200
    begin(conference, timedelta(days=1, minutes=1))
    assert Client().get(path).status_code == 410
    assert taken(path, handout(conference)).status_code == 404


def test_what_is_called_otherwise_for_the_press_is_shown_so_and_keeps_its_file(banlang: User) -> None:
    conference, path = invited(banlang, "ร่าง ๓ ฉบับแก้.txt")
    document = handout(conference).document
    take(conference, "hand_out", banlang, now=NOW, offered=[(document, "คำแถลงของรัฐมนตรี")])
    page = text(Client().get(path))
    assert "คำแถลงของรัฐมนตรี" in page
    assert "ร่าง ๓" not in page
    event = Event.objects.filter(matter=conference, step="hand_out").latest("pk")
    assert event.changes["handouts"] == ["ร่าง ๓ ฉบับแก้", "คำแถลงของรัฐมนตรี"]


# ── Refused ─────────────────────────────────────────────────────────────────────────────────


def test_a_paper_that_is_not_marked_is_refused_by_every_number(banlang: User) -> None:
    conference, path = invited(banlang, "คำแถลง.txt")
    take(conference, "attach_files", banlang, now=NOW, files=[paper("บันทึกภายใน.txt")])
    inside = Document.objects.get(name="บันทึกภายใน.txt")
    assert "บันทึกภายใน" not in text(Client().get(path))
    for number in (inside.pk, 0, 999_999):
        if number != handout(conference).pk:
            answer = taken(path, number)
            assert answer.status_code == 404
            assert "ไม่แจกเอกสารนี้" in text(answer)


def test_a_paper_that_is_no_longer_marked_is_refused(banlang: User) -> None:
    conference, path = invited(banlang, "คำแถลง.txt")
    before = handout(conference)
    take(conference, "hand_out", banlang, now=NOW, offered=[])
    assert taken(path, before.pk).status_code == 404
    assert Document.objects.filter(matter=conference).exists()


def test_another_press_conferences_paper_is_refused(banlang: User) -> None:
    _own, path = invited(banlang, "คำแถลง.txt")
    other, other_path = invited(banlang, "คำแถลงอื่น.txt")
    assert taken(path, handout(other)).status_code == 404
    assert taken(other_path, handout(other)).status_code == 200
    with pytest.raises(ValidationError):
        take(_own, "hand_out", banlang, now=NOW, offered=[(handout(other).document, "ของเรื่องอื่น")])


def test_a_wrong_link_and_a_post_get_nothing(banlang: User) -> None:
    conference, path = invited(banlang, "คำแถลง.txt")
    assert taken("/m/invited/nothing/", handout(conference)).status_code == 404
    assert Client().post(f"{path}papers/{handout(conference).pk}/").status_code == 405


@pytest.mark.parametrize(("name", "words"), [("cancel", "ยกเลิกการแถลงข่าวแล้ว"), ("postpone", "เลื่อนออกไป")])
def test_of_one_that_does_not_take_place_nothing_is_given_and_the_page_says_so(
    banlang: User, name: str, words: str
) -> None:
    conference, path = invited(banlang, "คำแถลง.txt")
    take(conference, name, banlang, now=NOW, reason="ภารกิจเร่งด่วน")
    answer = taken(path, handout(conference))
    assert answer.status_code == 410
    assert words in text(answer)
    assert "papers/" not in text(Client().get(path))


def test_of_a_graded_one_nothing_is_marked_nor_given(banlang: User) -> None:
    conference, path = invited(banlang, "คำแถลง.txt")
    take(conference, "correct", banlang, now=NOW, secrecy=Secrecy.SECRET, is_public=False)
    assert "papers/" not in text(Client().get(path))
    assert taken(path, handout(conference)).status_code == 404
    with pytest.raises(ValidationError):
        take(conference, "hand_out", banlang, now=NOW, files=[paper()])


# ── An invitation that was withdrawn ────────────────────────────────────────────────────────


def withdraw(conference: PressConference, officer: User) -> None:
    rows = list(Invitation.objects.filter(conference=conference))
    take(conference, "withdraw", officer, now=NOW + HOUR, invitations=rows, reason="ส่งผิดคน")


def test_a_withdrawn_invitation_says_so_and_gives_no_paper_nor_takes_an_answer(banlang: User) -> None:
    conference, path = invited(banlang, "คำแถลง.txt")
    Client().post(path, {"comes": "yes"})
    withdraw(conference, banlang)
    page = Client().get(path)
    assert page.status_code == 410
    assert "ถอนคำเชิญ" in text(page)
    answer = taken(path, handout(conference))
    assert answer.status_code == 410
    assert "ถอนคำเชิญ" in text(answer)
    assert Client().post(path, {"comes": "yes"}).status_code == 410
    assert Invitation.objects.get().answer == ""


def test_who_was_written_to_is_told_that_it_is_withdrawn_and_hears_nothing_more(banlang: User) -> None:
    conference, _path = invited(banlang)
    withdraw(conference, banlang)
    [letter] = post(NOW + HOUR)
    assert letter.subject.startswith("ถอนคำเชิญ")
    take(conference, "cancel", banlang, now=NOW + 2 * HOUR, reason="ยกเลิกภารกิจ")
    assert post(NOW + 2 * HOUR) == []


def test_withdrawn_before_the_letter_has_left_no_letter_leaves(banlang: User) -> None:
    conference = make_press_conference(owner=banlang, received_at=NOW, starts_at=BEGINS)
    rows = choose(conference, banlang, outlets=[make_outlet()], now=NOW)
    take(conference, "invite", banlang, now=NOW, invitations=rows)
    withdraw(conference, banlang)
    assert post(NOW + HOUR) == []


def test_a_withdrawn_one_is_neither_owed_nor_on_the_sheet_nor_on_the_next_list(banlang: User) -> None:
    conference, _path = invited(banlang)
    other = make_outlet("วิทยุครู")
    choose(conference, banlang, outlets=[other], now=NOW)
    assert fresh(conference).state == State.PLANNED
    [somsri, desk] = Invitation.objects.filter(conference=conference).order_by("pk")
    take(conference, "note_invited", banlang, now=NOW, invitations=[desk], way="telephone")
    take(conference, "withdraw", banlang, now=NOW, invitations=[somsri], reason="ส่งผิดคน")
    assert fresh(conference).state == State.INVITED
    assert [row.outlet for row in sign_in_context(conference)["rows"]] == [other]
    later = BEGINS + timedelta(days=7)
    take(conference, "plan_next", banlang, now=NOW, title="แถลงข่าวสัปดาห์หน้า", starts_at=later)
    follows = PressConference.objects.get(follows=conference)
    assert [one.outlet for one in follows.invitations.all()] == [other]


def test_when_all_are_withdrawn_nobody_was_invited(banlang: User) -> None:
    conference, _path = invited(banlang)
    withdraw(conference, banlang)
    assert fresh(conference).state == State.PLANNED
    assert coordination.invited_since(fresh(conference)) is None


def test_who_is_chosen_after_all_is_invited_as_if_anew_by_the_same_row(banlang: User) -> None:
    conference, path = invited(banlang, "คำแถลง.txt")
    withdraw(conference, banlang)
    [row] = choose(conference, banlang, reporters=[make_reporter()], now=NOW + 2 * HOUR)
    assert (row.withdrawn_at, row.invited_at, row.mail_at) == (None, None, None)
    take(conference, "invite", banlang, now=NOW + 2 * HOUR, invitations=[row])
    assert taken(path, handout(conference)).status_code == 200


def test_who_has_not_been_invited_is_struck_and_not_withdrawn(banlang: User) -> None:
    conference = make_press_conference(owner=banlang, received_at=NOW, starts_at=BEGINS)
    choose(conference, banlang, outlets=[make_outlet()], now=NOW)
    with pytest.raises(ValidationError):
        withdraw(conference, banlang)
    with pytest.raises(ValidationError):
        take(conference, "withdraw", banlang, now=BEGINS, invitations=[], reason="เริ่มแล้ว")


# ── In the office ───────────────────────────────────────────────────────────────────────────


def test_papers_are_marked_on_a_page_and_a_wrong_file_leaves_the_rest_as_typed(
    client_for: ClientFor, banlang: User
) -> None:
    conference, _path = invited(banlang, "คำแถลง.txt")
    address = reverse("publicrelations:press_conference_step", args=[conference.pk, "hand_out"])
    key, colleague = handout(conference).document_id, client_for(make_news_colleague())
    program = SimpleUploadedFile("เอกสาร.pdf", b"MZ\x90\x00\x03\x00" + b"\x00" * 100)
    typed = {"seen": fresh(conference).version, f"is_offered_{key}": "on", f"title_{key}": "คำแถลงของรัฐมนตรี"}
    assert client_for(make_executive()).post(address, typed).status_code == 403
    answer = colleague.post(address, typed | {"added": program})
    assert answer.status_code == 422
    assert "เอกสาร.pdf" in text(answer)
    assert "คำแถลงของรัฐมนตรี" in text(answer)
    without_name = colleague.post(address, typed | {f"title_{key}": ""})
    assert "ตั้งชื่อที่สื่อมวลชนเห็น" in text(without_name)
    assert colleague.post(address, typed).status_code == 302
    assert handout(conference).title == "คำแถลงของรัฐมนตรี"


def test_the_page_says_which_papers_are_given_and_costs_no_more_than_others(
    client_for: ClientFor, banlang: User, django_assert_max_num_queries: Any
) -> None:
    conference, _path = invited(banlang, "คำแถลง.txt", "ภาพประกอบ.txt")
    hold(conference, banlang, now=BEGINS + HOUR)
    at_desk, address = client_for(banlang), conference.get_absolute_url()
    at_desk.get(address)
    with django_assert_max_num_queries(12):
        page = text(at_desk.get(address))
    assert "เอกสารแจกสื่อมวลชน" in page
    assert "ภาพประกอบ" in page
