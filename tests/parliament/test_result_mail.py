"""The result of a consultation by e-mail: written with its cause, and told only when it has left."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from office.models import Notice, Secrecy, User
from office.steps import Actor, StepRefused, perform
from parliament import result_mail
from parliament.models import Consultation
from parliament.models.consultation_state import ConsultationState as State
from parliament.models.consultation_state import TellingWay
from projectplan import rounds
from tests.cast import MORNING
from tests.parliament.bills_cast import at, carry_to, fresh, make_consultation, take, told_by_letter
from tests.parliament.cast import make_politics_head, make_politics_officer
from tests.postbox import open_postbox

pytestmark = pytest.mark.django_db

ADDRESS = "member@parliament.example"
LATER = at(2009, 11, 17, 9, 5)


@pytest.fixture
def people(executive: User) -> dict[str, User]:
    return {"officer": make_politics_officer(), "head": make_politics_head(), "executive": executive}


@pytest.fixture
def consultation(people: dict[str, User]) -> Consultation:
    """Decided, its result written and on its way to the member by e-mail."""
    consultation = make_consultation(owner=people["officer"])
    carry_to(consultation, State.ORDERED, **people)
    take(
        consultation,
        "write_result",
        people["officer"],
        told_text="กระทรวงจัดสรรครูแล้วสองอัตรา",
        raiser_line="ขอบคุณที่หารือ",
        minister_line="ใช้อัตราเกลี่ยภายใน",
    )
    take(consultation, "mail_raiser", people["officer"], raiser_email=ADDRESS)
    return fresh(consultation)


def letters() -> list[Any]:
    """Those to the raiser."""
    return [letter for letter in mail.outbox if letter.to == [ADDRESS]]


def deliver(now: datetime = LATER) -> None:
    rounds.deliver(lambda: now)


def test_it_waits_in_the_outbox_and_nobody_is_told_yet(consultation: Consultation) -> None:
    assert Notice.objects.get(kind=Notice.Kind.CONSULTATION_RESULT).once_key == consultation.mail_key
    assert (consultation.raiser_told_at, consultation.state) == (None, State.ORDERED)


def test_the_raiser_is_told_when_it_has_left(consultation: Consultation) -> None:
    deliver()
    told = fresh(consultation)
    assert (told.raiser_told_at, told.raiser_told_way, told.raiser_told_note) == (
        LATER,
        TellingWay.EMAIL,
        ADDRESS,
    )
    (letter,) = letters()
    assert "กระทรวงจัดสรรครูแล้วสองอัตรา" in letter.body
    assert "ขอบคุณที่หารือ" in letter.body
    assert "ใช้อัตราเกลี่ยภายใน" not in letter.body


def test_it_leaves_and_is_written_down_once(consultation: Consultation) -> None:
    deliver()
    deliver(at(2009, 11, 17, 9, 10))
    assert len(letters()) == 1
    assert fresh(consultation).events.filter(step="confirm_mail").count() == 1


def test_the_second_of_the_two_told_by_mail_keeps_the_promise_when_it_left(
    consultation: Consultation, people: dict[str, User]
) -> None:
    take(consultation, "tell_minister", people["officer"], **told_by_letter())
    deliver()
    assert fresh(consultation).state == State.TOLD
    assert fresh(consultation).deadlines.get(kind="both_told").met_at == LATER


def test_what_cannot_leave_tells_nobody(consultation: Consultation, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with open_postbox(refuses={ADDRESS}) as box:
        settings.EMAIL_PORT = box.port
        deliver()
    assert fresh(consultation).raiser_told_at is None
    letter = Notice.objects.get(kind=Notice.Kind.CONSULTATION_RESULT)
    assert (letter.sent_at, letter.failures) == (None, 1)


def test_noted_by_hand_meanwhile_the_letter_stays_here(
    consultation: Consultation, people: dict[str, User]
) -> None:
    take(consultation, "tell_raiser", people["officer"], **told_by_letter())
    deliver()
    assert letters() == []
    assert fresh(consultation).raiser_told_way == TellingWay.LETTER


def test_with_a_grade_of_secrecy_it_is_not_mailed(
    consultation: Consultation, people: dict[str, User]
) -> None:
    take(consultation, "correct", people["officer"], secrecy=Secrecy.CONFIDENTIAL)
    deliver()
    assert letters() == []
    secret = carry_to(
        make_consultation(owner=people["officer"], secrecy=Secrecy.SECRET), State.ORDERED, **people
    )
    take(secret, "write_result", people["officer"], told_text="ผล")
    with pytest.raises(StepRefused):
        take(secret, "mail_raiser", people["officer"], raiser_email=ADDRESS)


def test_it_needs_an_address_and_goes_once_at_a_time(
    consultation: Consultation, people: dict[str, User]
) -> None:
    with pytest.raises(StepRefused):
        take(consultation, "mail_raiser", people["officer"], raiser_email=ADDRESS)
    other = carry_to(make_consultation(owner=people["officer"]), State.ORDERED, **people)
    take(other, "write_result", people["officer"], told_text="ผล")
    with pytest.raises(ValidationError):
        take(other, "mail_raiser", people["officer"], raiser_email="")


def test_it_is_not_confirmed_before_it_has_left(consultation: Consultation, people: dict[str, User]) -> None:
    with pytest.raises(ValidationError):
        take(consultation, "confirm_mail", people["officer"])
    assert result_mail.confirm_sent(LATER) == 0


def test_a_late_letter_needs_a_reason(people: dict[str, User]) -> None:
    consultation = carry_to(make_consultation(owner=people["officer"]), State.ORDERED, **people)
    take(consultation, "write_result", people["officer"], told_text="ผล")
    late = at(2009, 12, 21)
    actor = Actor(user=people["officer"])
    current = fresh(consultation)
    given = {"actor": actor, "seen": current.version, "now": late, "raiser_email": ADDRESS}
    with pytest.raises(ValidationError):
        perform(current, "mail_raiser", **given)
    perform(fresh(consultation), "mail_raiser", **given, late_reason="รอข้อมูล")
    assert late > MORNING
    assert fresh(consultation).deadlines.get(kind="both_told").late_reason == "รอข้อมูล"
