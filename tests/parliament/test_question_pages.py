"""Pages of interpellations and motions: registers, registration, one matter, its drafts, earlier answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.models import Secrecy, User
from office.thai import be_year, format_numeric, to_thai_digits
from parliament.models import AnswerDraft, AnswerState, DraftRemark, Interpellation, Motion
from parliament.models.answering import AnsweringSteps
from tests.cast import make_executive, make_officer
from tests.parliament.cast import (
    make_member,
    make_politics_colleague,
    make_politics_head,
    make_politics_officer,
    make_session,
)
from tests.parliament.questions_cast import (
    ANSWER,
    ask,
    bring_to,
    fresh,
    make_agencies,
    make_interpellation,
    make_motion,
    take_step,
)

pytestmark = pytest.mark.django_db

State = AnswerState
ClientFor = Callable[[User], Client]
PAGES = [
    "parliament:interpellations",
    "parliament:interpellation_filter",
    "parliament:motions",
    "parliament:motion_filter",
]


@pytest.fixture
def wiriya() -> User:
    return make_politics_officer()


@pytest.fixture
def duangrat() -> User:
    return make_politics_head()


@pytest.fixture
def secretary() -> User:
    return make_executive()


def body(response: Any) -> str:
    return str(response.content.decode())


def typed(**changes: Any) -> dict[str, Any]:
    """A whole form of an interpellation, as a person types it today."""
    make_session(year=9, begins_on=timezone.localdate() - timedelta(days=30), ends_on=None)
    today = timezone.localdate()
    day = f"{to_thai_digits(today.day)}/{to_thai_digits(today.month)}/{to_thai_digits(be_year(today))}"
    return {
        "interpellation_kind": "sitting",
        "chamber": "house",
        "parliament_number": "๒๓",
        "question_number": "๗๗",
        "asker": "นายสมหมาย ช่างถาม",
        "title": "การเก็บเงินบำรุงการศึกษา",
        "text": "ขอเรียนถามว่าเหตุใดโรงเรียนยังเก็บเงิน",
        "sub_questions": "๑. เหตุใดยังเก็บเงิน\n2) จะแก้ไขเมื่อใด\n\n",
        "received_on": day,
        "received_time": "00.01",
        "secrecy": "0",
        "take_it": "on",
    } | changes


# ── Registers ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("page", PAGES)
def test_the_registers_are_open_to_those_who_see_any(page: str, wiriya: User, client_for: ClientFor) -> None:
    make_interpellation(owner=wiriya)
    make_motion(owner=wiriya)
    assert client_for(wiriya).get(reverse(page)).status_code == 200


def test_the_register_says_who_asks_who_has_it_and_what_is_next(wiriya: User, client_for: ClientFor) -> None:
    question = make_interpellation(owner=wiriya)
    page = body(client_for(wiriya).get(reverse("parliament:interpellations")))
    for shown in (question.title, question.label, question.asker.full_name, "วิริยา ช.", "ส่งเรื่องให้หน่วยงาน"):
        assert shown in page


def test_somebody_of_another_subgroup_sees_none_of_it(wiriya: User, client_for: ClientFor) -> None:
    question = make_interpellation(owner=wiriya)
    stranger = client_for(make_officer())
    assert question.title not in body(stranger.get(reverse("parliament:interpellations")))
    assert stranger.get(question.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("interpellation_kind=sitting", True),
        ("interpellation_kind=gazette", False),
        ("chamber=senate", False),
        ("member=สมหมาย", True),
        ("member=ไม่มีผู้นี้", False),
        ("state=received", True),
        ("parliament=๒๓", True),
        ("fiscal_year=2553", True),
        ("month=2552-11", True),
        ("month=2552-12", False),
        ("mine=1", True),
        ("mine=none", False),
        ("late=1", True),
        ("answer=late", True),
        ("answer=pending", False),
        ("order=due", True),
    ],
)
def test_each_filter_asks_its_question(query: str, found: bool, wiriya: User, client_for: ClientFor) -> None:
    question = make_interpellation(owner=wiriya, asker=make_member("สมหมาย ช่างถาม"))
    page = body(client_for(wiriya).get(f"{reverse('parliament:interpellations')}?{query}"))
    assert (question.title in page) is found


def test_motions_are_filtered_by_their_vote(wiriya: User, client_for: ClientFor) -> None:
    motion = make_motion(owner=wiriya)
    page = reverse("parliament:motions")
    assert motion.title in body(client_for(wiriya).get(f"{page}?chamber=house"))
    assert motion.title not in body(client_for(wiriya).get(f"{page}?vote=passed"))


@pytest.mark.parametrize("make", [make_interpellation, make_motion])
def test_a_register_costs_the_same_however_many_rows(
    make: Callable[..., AnsweringSteps],
    wiriya: User,
    client_for: ClientFor,
    django_assert_max_num_queries: Any,
) -> None:
    for _number in range(8):
        make(owner=wiriya)
    client = client_for(wiriya)
    page = reverse("parliament:interpellations" if make is make_interpellation else "parliament:motions")
    with django_assert_max_num_queries(12):
        client.get(page)


# ── Registration ──────────────────────────────────────────────────────────────────────────────


def test_a_question_is_registered_as_it_was_typed(wiriya: User, client_for: ClientFor) -> None:
    make_member("สมหมาย ช่างถาม")
    response = client_for(wiriya).post(reverse("parliament:interpellation_new"), typed(), follow=True)
    question = Interpellation.objects.get()
    assert response.redirect_chain[-1][0] == question.get_absolute_url()
    assert question.question_texts == ["เหตุใดยังเก็บเงิน", "จะแก้ไขเมื่อใด"]
    assert (question.question_number, question.owner, question.asker.name) == (77, wiriya, "สมหมาย ช่างถาม")
    page = body(response)
    for shown in ("เหตุใดยังเก็บเงิน", question.label, "นายสมหมาย ช่างถาม"):
        assert shown in page


def test_a_number_that_is_taken_leads_to_the_question_that_has_it(
    wiriya: User, client_for: ClientFor
) -> None:
    asker = make_member("สมหมาย ช่างถาม")
    first = make_interpellation(owner=wiriya, question_number=77, asker=asker)
    response = client_for(wiriya).post(reverse("parliament:interpellation_new"), typed())
    page = body(response)
    assert response.status_code == 422
    assert f'<a href="{first.get_absolute_url()}">{first.label}' in page
    assert "เลขที่นี้เป็นของ" in page
    assert "ขอเรียนถามว่าเหตุใดโรงเรียนยังเก็บเงิน" in page
    assert Interpellation.objects.count() == 1


def test_of_a_number_taken_by_a_secret_question_no_more_is_said(wiriya: User, client_for: ClientFor) -> None:
    asker = make_member("สมหมาย ช่างถาม")
    secret = make_interpellation(
        owner=make_politics_colleague(), question_number=77, asker=asker, secrecy=Secrecy.SECRET
    )
    page = body(client_for(wiriya).post(reverse("parliament:interpellation_new"), typed()))
    assert "มีกระทู้ถามอื่นใช้เลขที่นี้แล้ว" in page
    assert secret.title not in page


@pytest.mark.parametrize(
    ("kind", "chamber", "number"),
    [("urgent", "house", 77), ("sitting", "senate", 77), ("sitting", "house", 78)],
)
def test_the_same_number_stands_in_every_kind_chamber_and_once_more_with_another_number(
    kind: str, chamber: str, number: int, wiriya: User, client_for: ClientFor
) -> None:
    asker = make_member("สมหมาย ช่างถาม", chamber=chamber)
    make_interpellation(owner=wiriya, question_number=77)
    given = typed(interpellation_kind=kind, chamber=chamber, question_number=str(number))
    assert client_for(wiriya).post(reverse("parliament:interpellation_new"), given).status_code == 302
    assert Interpellation.objects.filter(asker=asker).count() == 1


def test_a_second_click_registers_once(wiriya: User, client_for: ClientFor) -> None:
    make_member("สมหมาย ช่างถาม")
    client = client_for(wiriya)
    page = body(client.get(reverse("parliament:interpellation_new")))
    ticket = page.partition('name="ticket" value="')[2].partition('"')[0]
    given = typed(ticket=ticket)
    first = client.post(reverse("parliament:interpellation_new"), given)
    second = client.post(reverse("parliament:interpellation_new"), given)
    assert first.status_code == 302
    # The number is its own by then, so the form says whose it is.
    assert second.status_code in (302, 422)
    assert Interpellation.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("asker", "ไม่มีผู้นี้", "ไม่พบสมาชิกชื่อ"),
        ("chamber", "senate", "สมาชิกผู้นี้"),
        ("question_number", "สิบ", "เขียนเป็นตัวเลข"),
        ("text", "", "เขียนคำถาม"),
        ("interpellation_kind", "gazette", ""),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    field: str, value: str, words: str, wiriya: User, client_for: ClientFor
) -> None:
    make_member("สมหมาย ช่างถาม")
    response = client_for(wiriya).post(reverse("parliament:interpellation_new"), typed(**{field: value}))
    assert response.status_code == (422 if words else 302)
    assert words in body(response)


def test_until_when_it_is_to_be_answered_is_shown_before_it_is_saved(
    wiriya: User, client_for: ClientFor
) -> None:
    client = client_for(wiriya)
    given = {
        "interpellation_kind": "gazette",
        "chamber": "house",
        "received_on": "๑๗/๑๑/๒๕๕๒",
        "received_time": "9.00",
    }
    page = body(client.get(reverse("parliament:interpellation_due"), given))
    # Thirty calendar days from 17 November 2009.
    assert "๑๗ ธันวาคม ๒๕๕๒" in page.replace("\u00a0", " ")
    sitting = given | {"interpellation_kind": "sitting", "sitting_on": "๒๖/๑๑/๒๕๕๒"}
    page = body(client.get(reverse("parliament:interpellation_due"), sitting))
    assert "๒๖ พฤศจิกายน ๒๕๕๒" in page.replace("\u00a0", " ")
    assert not Interpellation.objects.exists()


def test_executives_and_strangers_register_nothing(secretary: User, client_for: ClientFor) -> None:
    for person in (secretary, make_officer()):
        for page in ("interpellation_new", "motion_new", "interpellation_due"):
            assert client_for(person).get(reverse(f"parliament:{page}")).status_code == 403


def test_a_motion_is_registered_and_its_number_is_its_own(wiriya: User, client_for: ClientFor) -> None:
    make_member("สมหมาย ช่างถาม")
    given = typed(proposer="สมหมาย ช่างถาม", motion_number="๕", text="ขอให้สภาพิจารณา", chamber="joint")
    page = reverse("parliament:motion_new")
    client = client_for(wiriya)
    assert client.post(page, given).status_code == 302
    motion = Motion.objects.get()
    assert (motion.motion_number, motion.chamber) == (5, "joint")
    again = client.post(page, given | {"title": "เรื่องอื่นในเลขเดียวกัน"})
    assert again.status_code == 422
    assert f'<a href="{motion.get_absolute_url()}">' in body(again)


# ── One matter ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("make", [make_interpellation, make_motion])
def test_the_page_of_one_costs_few_queries(
    make: Callable[..., AnsweringSteps],
    wiriya: User,
    duangrat: User,
    secretary: User,
    client_for: ClientFor,
    django_assert_max_num_queries: Any,
) -> None:
    matter = make(owner=wiriya)
    ask(matter, wiriya, make_agencies(3))
    for number in range(4):
        take_step(matter, "save_draft", wiriya, answer_text=f"{ANSWER} {number}")
    client = client_for(wiriya)
    with django_assert_max_num_queries(20):
        client.get(matter.get_absolute_url())


def test_the_page_shows_question_parts_agencies_and_drafts(wiriya: User, client_for: ClientFor) -> None:
    question = make_interpellation(owner=wiriya)
    [one] = ask(question, wiriya, make_agencies(1))
    take_step(question, "answer_request", wiriya, request=one, answer="เก็บจริงใน ๓ โรงเรียน")
    take_step(question, "save_draft", wiriya, answer_text=ANSWER, note="ร่างแรก")
    page = body(client_for(wiriya).get(question.get_absolute_url()))
    for shown in ("เหตุใดโรงเรียนยังเรียกเก็บเงิน", one.agency.name, "เก็บจริงใน ๓ โรงเรียน", ANSWER, "ร่างแรก"):
        assert shown in page


def test_the_minister_approves_in_two_taps(
    wiriya: User, duangrat: User, secretary: User, client_for: ClientFor
) -> None:
    question = bring_to(
        make_interpellation(owner=wiriya), State.ON_DESK, officer=wiriya, head=duangrat, executive=secretary
    )
    client = client_for(secretary)
    page = body(client.get(question.get_absolute_url()))  # one tap from the list
    address = reverse("parliament:interpellation_step", args=[question.pk, "approve"])
    assert f'action="{address}"' in page
    assert ANSWER in page
    assert reverse("parliament:interpellation_step", args=[question.pk, "return_with_remarks"]) in page
    client.post(address, {"seen": question.version})  # the second
    assert fresh(question).state == State.APPROVED


def test_what_somebody_typed_while_another_saved_is_shown_beside_it(
    wiriya: User, client_for: ClientFor
) -> None:
    question = make_interpellation(owner=wiriya)
    seen = question.version
    take_step(question, "save_draft", wiriya, answer_text="ข้อความที่บันทึกก่อน")
    address = reverse("parliament:interpellation_step", args=[question.pk, "save_draft"])
    response = client_for(wiriya).post(address, {"seen": seen, "answer_text": "ข้อความที่พิมพ์อยู่", "note": ""})
    page = body(response)
    # The same person's second click would be the same step: typed by a head standing in it is another's.
    assert response.status_code in (302, 409)
    head = make_politics_head()
    response = client_for(head).post(address, {"seen": seen, "answer_text": "ข้อความของหัวหน้า", "note": ""})
    page = body(response)
    assert response.status_code == 409
    assert "ข้อความที่บันทึกก่อน" in page
    assert "ข้อความของหัวหน้า" in page


def test_an_empty_draft_is_refused_beside_its_field(wiriya: User, client_for: ClientFor) -> None:
    question = make_interpellation(owner=wiriya)
    address = reverse("parliament:interpellation_step", args=[question.pk, "submit_draft"])
    response = client_for(wiriya).post(address, {"seen": question.version, "answer_text": " ", "note": ""})
    assert response.status_code == 422
    assert "เขียนข้อความ" in body(response)


# ── Drafts ────────────────────────────────────────────────────────────────────────────────────


def test_where_it_was_printed_is_corrected_and_the_answer_taken_back_on_pages(
    wiriya: User, duangrat: User, secretary: User, client_for: ClientFor
) -> None:
    now = timezone.now()
    question = make_interpellation(owner=wiriya, kind="gazette", received_at=now - timedelta(days=3))
    bring_to(question, State.APPROVED, officer=wiriya, head=duangrat, executive=secretary, now=now)
    take_step(question, "send_to_gazette", wiriya, now=now, answered_at=now - timedelta(days=1))
    today = timezone.localdate()
    printed: dict[str, Any] = {"volume": "๑๒๖", "part": "๑๗๒ ง", "page": "๑"}
    take_step(question, "record_printing", wiriya, now=now, gazette_on=today, **printed)
    client = client_for(wiriya)

    def page(step: str) -> str:
        return reverse("parliament:interpellation_step", args=[question.pk, step])

    form = client.get(page("correct_printing")).context["form"]
    assert (form["part"].value(), form["gazette_on"].value()) == ("๑๗๒ ง", today)
    sent = printed | {"part": "๑๗๓ ง", "gazette_on": format_numeric(today), "seen": fresh(question).version}
    assert client.post(page("correct_printing"), sent).status_code == 422
    assert client.post(page("correct_printing"), sent | {"reason": "พิมพ์ผิด"}).status_code == 302
    assert "๑๗๒ ง ๑ → " in body(client.get(question.get_absolute_url()))
    back = {"seen": fresh(question).version, "reason": "ผิดกระทู้"}
    assert client.get(page("take_back_answer")).status_code == 200
    assert client.post(page("take_back_answer"), back).status_code == 302
    assert fresh(question).state == State.APPROVED


def test_two_versions_are_compared_word_by_word(wiriya: User, client_for: ClientFor) -> None:
    question = make_interpellation(owner=wiriya)
    take_step(question, "save_draft", wiriya, answer_text="กระทรวงศึกษาธิการได้จัดสรรเงินอุดหนุนแล้ว")
    take_step(question, "save_draft", wiriya, answer_text="กระทรวงศึกษาธิการได้จัดสรรงบประมาณครบถ้วนแล้ว")
    page = body(client_for(wiriya).get(reverse("parliament:interpellation_compare", args=[question.pk])))
    assert "เงินอุดหนุน<span" in page.partition('<div class="prose compared">')[2].partition("</del>")[0]
    assert "งบประมาณครบถ้วน<span" in page
    for words in ("ตัดออก", "เพิ่มเข้า"):
        assert words in page


def test_with_one_version_there_is_nothing_to_compare(wiriya: User, client_for: ClientFor) -> None:
    question = make_interpellation(owner=wiriya)
    take_step(question, "save_draft", wiriya, answer_text=ANSWER)
    page = reverse("parliament:interpellation_compare", args=[question.pk])
    assert client_for(wiriya).get(page).status_code == 404


def test_a_remark_stands_beside_its_version_and_holds_nobody_up(
    wiriya: User, duangrat: User, client_for: ClientFor
) -> None:
    question = make_interpellation(owner=wiriya)
    take_step(question, "save_draft", wiriya, answer_text=ANSWER)
    page = reverse("parliament:interpellation_draft", args=[question.pk, 1])
    before = fresh(question).version
    for _click in range(2):
        client_for(duangrat).post(page, {"text": "ขอตัวเลขปีล่าสุด"})
    assert DraftRemark.objects.get().by == duangrat
    assert fresh(question).version == before
    assert "ขอตัวเลขปีล่าสุด" in body(client_for(wiriya).get(question.get_absolute_url()))
    assert wiriya.notices.filter(way="app").exists()


def test_drafts_are_seen_by_those_alone_who_see_the_matter(wiriya: User, client_for: ClientFor) -> None:
    question = make_interpellation(owner=wiriya, secrecy=Secrecy.SECRET)
    for number in range(2):
        take_step(question, "save_draft", wiriya, answer_text=f"{ANSWER} {number}")
    pages = [
        reverse("parliament:interpellation_draft", args=[question.pk, 1]),
        reverse("parliament:interpellation_draft_paper", args=[question.pk, 1]),
        reverse("parliament:interpellation_draft_word", args=[question.pk, 1]),
        reverse("parliament:interpellation_compare", args=[question.pk]),
        reverse("parliament:interpellation_similar", args=[question.pk]),
    ]
    for person in (make_politics_colleague(), make_officer()):
        assert [client_for(person).get(page).status_code for page in pages] == [404] * len(pages)
    assert [client_for(wiriya).get(page).status_code for page in pages] == [200] * len(pages)


# ── Earlier answers ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def answered(wiriya: User, duangrat: User, secretary: User) -> Interpellation:
    """An earlier question about fees, with an approved answer."""
    question = make_interpellation(owner=wiriya, title="การเรียกเก็บเงินบำรุงการศึกษาของสถานศึกษา")
    return bring_to(question, State.APPROVED, officer=wiriya, head=duangrat, executive=secretary)


def test_a_similar_question_offers_its_approved_answer(
    answered: Interpellation, wiriya: User, client_for: ClientFor
) -> None:
    other: dict[str, Any] = {
        "title": "สนามบินแห่งใหม่ในภาคใต้",
        "text": "ขอถามเรื่องสนามบิน",
        "sub_questions": ("เปิดเมื่อใด",),
    }
    make_interpellation(owner=wiriya, **other)
    question = make_interpellation(owner=wiriya, title="เหตุใดจึงเก็บเงินบำรุงการศึกษาอีก")
    page = body(client_for(wiriya).get(reverse("parliament:interpellation_similar", args=[question.pk])))
    assert answered.title in page
    assert ANSWER in page
    assert "สนามบิน" not in page


def test_an_earlier_answer_is_reused_with_a_click_and_nothing_typed_is_lost(
    answered: Interpellation, wiriya: User, client_for: ClientFor
) -> None:
    question = make_interpellation(owner=wiriya)
    address = reverse("parliament:interpellation_step", args=[question.pk, "reuse_answer"])
    source = answered.approved_draft
    assert source
    given = {"seen": question.version, "source": source.pk, "answer_text": "ที่พิมพ์ไว้แล้ว", "note": ""}
    assert client_for(wiriya).post(address, given).status_code == 302
    first, second = AnswerDraft.objects.filter(matter=question).order_by("version")
    assert first.text == "ที่พิมพ์ไว้แล้ว"
    assert (second.text, second.reused_from) == (ANSWER, source)
    assert answered.label in second.note
    assert fresh(question).state == State.DRAFTING


def test_nobody_is_offered_or_reuses_what_they_may_not_see(
    wiriya: User, duangrat: User, secretary: User, client_for: ClientFor
) -> None:
    colleague = make_politics_colleague()
    secret = make_interpellation(owner=colleague, title="การเก็บเงินบำรุงการศึกษาลับ", secrecy=Secrecy.SECRET)
    bring_to(secret, State.APPROVED, officer=colleague, head=duangrat, executive=secretary)
    question = make_interpellation(owner=wiriya, title="การเก็บเงินบำรุงการศึกษาเดิม")
    client = client_for(wiriya)
    page = body(client.get(reverse("parliament:interpellation_similar", args=[question.pk])))
    assert secret.title not in page
    source = AnswerDraft.objects.get(matter=secret)
    address = reverse("parliament:interpellation_step", args=[question.pk, "reuse_answer"])
    given = {"seen": question.version, "source": source.pk, "answer_text": "", "note": ""}
    assert client.post(address, given).status_code == 422
    assert not AnswerDraft.objects.filter(matter=question).exists()


# ── A House that has ended ────────────────────────────────────────────────────────────────────


def test_what_a_house_had_not_dealt_with_lapses_with_it(
    wiriya: User, duangrat: User, secretary: User, client_for: ClientFor
) -> None:
    still_open, motion = make_interpellation(owner=wiriya), make_motion(owner=wiriya)
    of_senate = make_interpellation(owner=wiriya, chamber="senate")
    other_house = make_interpellation(owner=wiriya, parliament_number=24)
    client = client_for(duangrat)
    page = body(client.get(reverse("parliament:lapse"), {"parliament_number": "๒๓"}))
    assert still_open.title in page
    assert of_senate.title not in page
    rows = [f"interpellation:{still_open.pk}:{still_open.version}", f"motion:{motion.pk}:{motion.version}"]
    given = {"parliament_number": "23", "reason": "ยุบสภา ๙ พ.ค. ๕๔", "row": rows}
    assert client.post(reverse("parliament:lapse"), given).status_code == 200
    assert [fresh(one).result for one in (still_open, motion)] == ["lapsed", "lapsed"]
    assert [fresh(one).result for one in (of_senate, other_house)] == ["", ""]


def test_only_the_head_ends_a_house(wiriya: User, secretary: User, client_for: ClientFor) -> None:
    for person in (wiriya, secretary):
        assert client_for(person).get(reverse("parliament:lapse")).status_code == 403
