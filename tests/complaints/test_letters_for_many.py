"""The mail day and letters for many: a result for every row, numbers in a row, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from complaints import letter_batches, tasks
from complaints.letter_batches import due_for, make_letters
from complaints.letter_paper import keep_paper
from complaints.letter_writing import write_draft
from complaints.models import Petition, State
from office.calendar import OFFICE_TZ
from office.models import LetterDelivery, LetterKind, LetterTemplate, OutgoingLetter, User
from office.thai import format_numeric
from tests.cast import MORNING, bring_to, make_petition, take_step

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
CEILING = 12


def template(kind: str) -> LetterTemplate:
    return LetterTemplate.objects.get(kind=kind, matter_kind="petition")


def issued(petition: Petition, by: User, *, now: datetime = MORNING, paper: bool = True) -> OutgoingLetter:
    letter = write_draft(template(LetterKind.ACKNOWLEDGEMENT), petition, by=by, now=now)
    take_step(petition, "issue_letter", by, now=now, letter=letter, drafted=1)
    if paper:
        keep_paper(letter.pk, now)
    return OutgoingLetter.objects.select_related("document").get(pk=letter.pk)


def posted_form(*letters: OutgoingLetter, **more: Any) -> dict[str, Any]:
    return {"letter": [one.pk for one in letters], "on": format_numeric(timezone.localdate())} | more


# ── The mail day ────────────────────────────────────────────────────────────────────────────


def test_a_mail_day_posts_all_with_one_day_and_each_its_proof(client_for: SignIn, officer: User) -> None:
    letters = [issued(make_petition(owner=officer), officer) for _number in range(3)]
    first, second, third = letters
    third_sent = {"letter": third, "way": "post"}
    take_step(Petition.objects.get(pk=third.matter_id), "send_letter", officer, **third_sent)
    data = posted_form(*letters) | {f"proof_{first.pk}": "EP 1", f"proof_{second.pk}": "EP 2"}
    answer = client_for(officer).post(reverse("complaints:mail_day_posted"), data)
    # One failing row stops no other, and says why.
    assert [row.fault for row in answer.context["rows"]] == ["", "", "หนังสือนี้ส่งไปแล้ว"]
    proofs = LetterDelivery.objects.order_by("letter_id").values_list("letter_id", "proof")
    assert list(proofs) == [(first.pk, "EP 1"), (second.pk, "EP 2"), (third.pk, "")]
    again = client_for(officer).post(reverse("complaints:mail_day_posted"), data)
    assert all(row.fault for row in again.context["rows"])
    assert LetterDelivery.objects.count() == 3


def test_the_mail_day_shows_what_waits_within_its_queries(
    client_for: SignIn, officer: User, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for _number in range(8):
        issued(make_petition(owner=officer), officer, paper=False)
    client = client_for(officer)
    client.get(reverse("complaints:mail_day"))
    with django_assert_max_num_queries(CEILING):
        page = client.get(reverse("complaints:mail_day"))
    assert len(page.context["rows"]) == 8
    with django_assert_max_num_queries(CEILING):
        register = client.get(reverse("complaints:letters"), {"year": 2552})
    assert len(register.context["page"].rows) == 8
    assert "นางสมศรี" not in page.content.decode() + register.content.decode()


def test_the_letters_of_a_mail_day_are_one_pdf_and_each_look_is_logged(
    client_for: SignIn, officer: User
) -> None:
    letters = [issued(make_petition(owner=officer), officer) for _number in range(2)]
    answer = client_for(officer).post(reverse("complaints:mail_day_print"), posted_form(*letters))
    assert answer["Content-Type"] == "application/pdf"
    assert len(PdfReader(BytesIO(answer.content)).pages) >= 2
    assert LogEntry.objects.filter(action=LogEntry.Action.ACCESS).count() == 2


def test_labels_carry_name_and_address_and_are_logged(client_for: SignIn, officer: User) -> None:
    petition = make_petition(owner=officer)
    petition.petitioner.address = "๑๒ หมู่ ๓\nจังหวัดขอนแก่น ๔๐๐๐๐"
    petition.petitioner.save()
    answer = client_for(officer).post(
        reverse("complaints:mail_day_labels"), posted_form(issued(petition, officer))
    )
    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "นางสมศรี" in text
    assert "๔๐๐๐๐" in text
    assert LogEntry.objects.filter(action=LogEntry.Action.ACCESS).count() == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [({"on": "17/11/2552"}, "letter"), ({"letter": ["x", "99999"], "on": "17/11/2552"}, "letter")],
)
def test_nothing_chosen_is_said(data: dict[str, Any], field: str, client_for: SignIn, officer: User) -> None:
    issued(make_petition(owner=officer), officer)
    answer = client_for(officer).post(reverse("complaints:mail_day_posted"), data)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_a_day_that_is_none_keeps_what_was_typed(client_for: SignIn, officer: User) -> None:
    letter = issued(make_petition(owner=officer), officer)
    data = posted_form(letter, on="๓๑ กุมภาพันธ์ ๒๕๖๙") | {f"proof_{letter.pk}": "EP 7777"}
    answer = client_for(officer).post(reverse("complaints:mail_day_posted"), data)
    assert answer.status_code == 422
    assert "EP 7777" in answer.content.decode()
    assert "๒๘" in str(answer.context["form"].errors["on"])


def test_strangers_and_executives_send_no_mail(
    client_for: SignIn, officer: User, stranger: User, executive: User
) -> None:
    letter = issued(make_petition(owner=officer), officer)
    for other in (stranger, executive):
        assert client_for(other).get(reverse("complaints:mail_day")).status_code == 403
        answer = client_for(other).post(reverse("complaints:mail_day_posted"), posted_form(letter))
        assert answer.status_code == 403
    assert not LetterDelivery.objects.exists()
    assert not client_for(stranger).get(reverse("complaints:letters"), {"year": 2552}).context["page"].rows


# ── Letters for many ────────────────────────────────────────────────────────────────────────


def test_whom_an_acknowledgement_is_due_to(officer: User, colleague: User, head: User) -> None:
    day = MORNING.date()
    waiting = make_petition(owner=officer)
    acknowledged = make_petition(owner=officer)
    issued(acknowledged, officer, paper=False)
    make_petition(owner=officer, petitioner=False)
    others = make_petition(owner=colleague)
    make_petition(owner=officer, received_at=MORNING - timedelta(days=1))
    kind = template(LetterKind.ACKNOWLEDGEMENT)
    assert list(due_for(kind, day, day, user=officer)) == [waiting]
    assert set(due_for(kind, day, day, user=head)) == {waiting, others}


def test_whom_a_result_is_due_to(officer: User, head: User, executive: User) -> None:
    told = bring_to(
        make_petition(owner=officer), State.INFORMED, officer=officer, head=head, executive=executive
    )
    bring_to(make_petition(owner=officer), State.REFERRED, officer=officer, head=head, executive=executive)
    day = MORNING.date()
    assert list(due_for(template(LetterKind.RESULT), day, day, user=officer)) == [told]
    before = day - timedelta(days=1)
    assert not due_for(template(LetterKind.RESULT), before, before, user=officer).exists()


def test_a_batch_gives_numbers_in_a_row_and_a_result_for_each(officer: User, colleague: User) -> None:
    mine = [make_petition(owner=officer) for _number in range(3)]
    keys = [mine[0].pk, make_petition(owner=colleague).pk, mine[1].pk]
    keys += [make_petition(owner=officer, petitioner=False).pk, mine[2].pk]
    batch = uuid4()
    given: dict[str, Any] = {"by": officer, "signer": None, "batch": batch, "now": MORNING}
    outcomes = make_letters(template(LetterKind.ACKNOWLEDGEMENT), keys, **given)
    assert [one.letter.number if one.letter else None for one in outcomes] == [1, None, 2, None, 3]
    assert all(bool(one.fault) != bool(one.letter) for one in outcomes)
    # A row that failed leaves nothing behind; a second click makes nothing new.
    assert OutgoingLetter.objects.count() == 3
    again = make_letters(template(LetterKind.ACKNOWLEDGEMENT), keys, **given)
    assert [one.letter for one in again] == [one.letter for one in outcomes]
    assert OutgoingLetter.objects.count() == 3


def test_letters_for_many_on_their_pages(client_for: SignIn, officer: User) -> None:
    now = timezone.now().astimezone(OFFICE_TZ)
    petitions = [make_petition(owner=officer, received_at=now) for _number in range(3)]
    client = client_for(officer)
    today = format_numeric(now.date())
    kind = template(LetterKind.ACKNOWLEDGEMENT)
    query = {"template": kind.pk, "first": today, "last": today}
    shown = client.get(reverse("complaints:letter_batch"), query)
    assert [row.pk for row, _hindrance in shown.context["rows"]] == [one.pk for one in petitions]
    data = {"template": kind.pk, "batch": shown.context["batch"], "row": [one.pk for one in petitions]}
    sample = client.post(reverse("complaints:letter_batch_sample"), data)
    assert sample["Content-Type"] == "application/pdf"
    done = client.post(reverse("complaints:letter_batch_make"), data)
    assert done.status_code == 200
    assert OutgoingLetter.objects.filter(document__isnull=False).count() == 3
    assert not client.get(reverse("complaints:letter_batch"), query).context["rows"]


def test_a_larger_batch_is_left_to_the_worker_and_says_how_far_it_is(
    client_for: SignIn, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_batches, "PAPERS_AT_ONCE", 1)
    petitions = [make_petition(owner=officer) for _number in range(2)]
    data = {
        "template": template(LetterKind.ACKNOWLEDGEMENT).pk,
        "batch": str(uuid4()),
        "row": [one.pk for one in petitions],
    }
    client = client_for(officer)
    done = client.post(reverse("complaints:letter_batch_make"), data)
    assert done.context["papers"] == 0
    assert "every 2s" in done.content.decode()
    tasks.make_letter_papers(data["batch"])
    tasks.make_letter_papers(data["batch"])
    state = client.get(
        reverse("complaints:letter_batch_done", args=[data["batch"]]), headers={"HX-Request": "true"}
    )
    assert state.context["is_whole"]
    assert "every 2s" not in state.content.decode()
    assert all(one.documents.count() == 1 for one in petitions)


def test_a_letter_left_without_its_paper_is_made_up_for_by_the_clock(officer: User) -> None:
    letter = issued(make_petition(owner=officer), officer, paper=False)
    tasks.make_missing_letter_papers()
    letter.refresh_from_db()
    assert letter.document_id is not None


@pytest.mark.parametrize(
    "query",
    [
        {"template": "x", "first": "1/1/2552", "last": "1/1/2552"},
        {"template": "1", "first": "๓๑/๒/๒๕๕๒", "last": "อะไร"},
        {"template": "1", "first": "2/1/2552", "last": "1/1/2552"},
    ],
)
def test_bad_input_of_the_batch_is_said(query: dict[str, str], client_for: SignIn, officer: User) -> None:
    answer = client_for(officer).get(reverse("complaints:letter_batch"), query)
    assert answer.status_code == 422
    assert answer.context["form"].errors
