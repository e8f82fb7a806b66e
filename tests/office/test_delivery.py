"""The outbox on a real mail server: claimed by one, tried again under one Message-ID, kept back, joined, dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from complaints.models import Petition
from office import deadlines, faults
from office.calendar import OFFICE_TZ
from office.checks import lease_of_letters
from office.delivery import Delivered, _claim, _Postman, deliver
from office.letters import Letter
from office.models import Deadline, Notice, Secrecy, User, WorkFault
from office.models.calendar import current_calendar
from office.notices import reschedule_letters, tell, write_outside
from office.reminders import remind_due
from tests.cast import MORNING, make_petition
from tests.postbox import Postbox, free_port, open_postbox

pytestmark = pytest.mark.django_db

DUE_MORNING = datetime(2009, 11, 18, 8, 30, tzinfo=OFFICE_TZ)
EVENING = datetime(2009, 11, 18, 20, 0, tzinfo=OFFICE_TZ)
THURSDAY_EIGHT = datetime(2009, 11, 19, 8, 0, tzinfo=OFFICE_TZ)
FRIDAY_EVENING = datetime(2009, 11, 20, 17, 0, tzinfo=OFFICE_TZ)
SATURDAY = datetime(2009, 11, 21, 9, 0, tzinfo=OFFICE_TZ)
MONDAY_EIGHT = datetime(2009, 11, 23, 8, 0, tzinfo=OFFICE_TZ)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    with open_postbox() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box


def to_somsri(notice: Notice) -> Letter:
    return Letter("somsri@mail.example", "รับเรื่องแล้ว", f"เลขที่ {notice.matter.label}")


def run(now: datetime, compose: Callable[[Notice], Letter | None] = to_somsri) -> Delivered:
    return deliver(compose, clock=lambda: now)


def outside_letter(petition: Petition, once: str = "letter", now: datetime = MORNING) -> Notice:
    write_outside(Notice.Kind.PETITION_RECEIVED, once=once, now=now, matter=petition, subject_id=petition.pk)
    return Notice.objects.get(once_key=once)


def make_quiet_petition(**kwargs: Any) -> Petition:
    """A petition whose petitioner has no address, so that no receipt lies in the outbox."""
    return make_petition(petitioner=False, **kwargs)


# ── One letter ──────────────────────────────────────────────────────────────────────────────


def test_a_reminder_reaches_the_officer_in_thai_with_number_promise_and_link(
    officer: User, postbox: Postbox, settings: Any
) -> None:
    settings.SITE_URL = "https://prasan.example.org"
    petition = make_quiet_petition(owner=officer)
    remind_due(DUE_MORNING)
    assert run(DUE_MORNING).sent == 1
    (letter,) = postbox.letters
    text = letter.get_content()
    assert letter["To"] == "thatsanee@office.example"
    assert petition.label in letter["Subject"]
    assert petition.label in text
    assert "พุธ ๑๘ พฤศจิกายน ๒๕๕๒ ๑๖.๓๐ น." in text
    assert "วันนี้ ๑๖.๓๐ น." in text
    assert f"https://prasan.example.org/matters/{petition.pk}/" in text


def test_a_letter_to_staff_holds_no_subject_and_no_name(officer: User, postbox: Postbox) -> None:
    petition = make_petition(owner=officer)
    remind_due(DUE_MORNING)
    run(DUE_MORNING)
    (letter,) = [one for one in postbox.letters if one["To"] == officer.email]
    assert petition.title not in letter.get_content() + letter["Subject"]
    assert "สมศรี" not in letter.get_content()


def test_a_letter_sent_is_not_sent_again(officer: User, postbox: Postbox) -> None:
    notice = outside_letter(make_quiet_petition())
    assert [run(MORNING).sent, run(MORNING).sent] == [1, 0]
    notice.refresh_from_db()
    assert notice.sent_at == MORNING
    assert postbox.message_ids == [notice.message_id]


def test_a_round_uses_one_connection(postbox: Postbox) -> None:
    petition = make_quiet_petition()
    for number in range(30):
        outside_letter(petition, once=f"letter:{number}")
    assert run(MORNING).sent == 30
    assert postbox.connections == 1


def test_a_round_sends_no_more_than_it_is_told(postbox: Postbox) -> None:
    petition = make_quiet_petition()
    for number in range(30):
        outside_letter(petition, once=f"letter:{number}")
    assert deliver(to_somsri, clock=lambda: MORNING, most=25).sent == 25
    assert run(MORNING).sent == 5


# ── Claims ──────────────────────────────────────────────────────────────────────────────────


def test_a_letter_is_claimed_by_one_worker_only() -> None:
    notice = outside_letter(make_quiet_petition())
    assert [_claim(notice.pk, MORNING), _claim(notice.pk, MORNING)] == [True, False]


def test_the_letter_of_a_dead_worker_goes_when_its_claim_runs_out(postbox: Postbox, settings: Any) -> None:
    settings.NOTICE_LEASE_SECONDS = 120
    notice = outside_letter(make_quiet_petition())
    _claim(notice.pk, MORNING)
    assert run(MORNING + timedelta(seconds=120)).sent == 0
    assert run(MORNING + timedelta(seconds=121)).sent == 1


# ── What goes wrong ─────────────────────────────────────────────────────────────────────────


def test_a_refused_address_holds_up_nobody_and_is_tried_again_later(postbox: Postbox) -> None:
    petition = make_quiet_petition()
    postbox.refuses = {"nobody@mail.example"}
    broken = outside_letter(petition, once="broken")
    outside_letter(petition, once="good")

    def compose(notice: Notice) -> Letter:
        return Letter("nobody@mail.example", "ก", "ก") if notice.pk == broken.pk else to_somsri(notice)

    first = run(MORNING, compose)
    assert (first.sent, first.failed) == (1, 1)
    broken.refresh_from_db()
    assert (broken.failures, broken.held_until, broken.deliver_from) == (1, None, MORNING + 2 * MINUTE)
    assert run(MORNING + MINUTE, compose).failed == 0
    assert run(MORNING + 2 * MINUTE, compose).failed == 1
    broken.refresh_from_db()
    assert broken.deliver_from == MORNING + 6 * MINUTE, "each pause is twice the one before"


def test_a_letter_tried_again_keeps_its_message_id(postbox: Postbox) -> None:
    notice = outside_letter(make_quiet_petition())
    postbox.refuses = {"somsri@mail.example"}
    run(MORNING)
    postbox.refuses = set()
    run(MORNING + 2 * MINUTE)
    assert postbox.message_ids == [notice.message_id]


def test_pauses_do_not_grow_beyond_four_hours(postbox: Postbox) -> None:
    notice = outside_letter(make_quiet_petition())
    postbox.refuses = {"somsri@mail.example"}
    Notice.objects.update(failures=30)
    run(MORNING)
    notice.refresh_from_db()
    assert notice.deliver_from == MORNING + timedelta(hours=4)


def test_a_letter_whose_words_fail_holds_up_nobody(
    postbox: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    petition = make_quiet_petition()
    broken, _good = outside_letter(petition, once="broken"), outside_letter(petition, once="good")

    def compose(notice: Notice) -> Letter:
        if notice.pk == broken.pk:
            raise KeyError("somsri@mail.example")
        return to_somsri(notice)

    done = run(MORNING, compose)
    assert (done.sent, done.failed) == (1, 1)
    assert "somsri" not in caplog.text, "a log line holds no personal data"
    assert f"Notice {broken.pk}" in caplog.text


def test_a_server_that_hangs_up_on_one_letter_still_gets_the_others(postbox: Postbox) -> None:
    petition = make_quiet_petition()
    postbox.hangs_up_on = {"poison@mail.example"}
    poison = outside_letter(petition, once="poison")
    outside_letter(petition, once="good")

    def compose(notice: Notice) -> Letter:
        return Letter("poison@mail.example", "ก", "ก") if notice.pk == poison.pk else to_somsri(notice)

    done = run(MORNING, compose)
    assert (done.sent, done.failed, done.is_cut_short) == (1, 1, False)


def test_a_mail_server_that_is_away_costs_no_letter_anything(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    notice = outside_letter(make_quiet_petition())
    done = run(MORNING)
    assert (done.is_cut_short, done.failed) == (True, 0)
    notice.refresh_from_db()
    assert (notice.failures, notice.held_until, notice.deliver_from) == (0, None, MORNING)


def test_a_server_that_lets_us_wait_in_vain_holds_up_one_worker_and_no_other_letter(
    settings: Any,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 0.3
    petition = make_quiet_petition()
    first, second = outside_letter(petition, once="first"), outside_letter(petition, once="second")
    later = MORNING + timedelta(seconds=1)
    with open_postbox(seconds_per_letter=60) as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        done = run(MORNING)
        assert (done.failed, done.is_cut_short, box.connections) == (1, True, 1)
        # Whoever comes meanwhile waits for nothing; a while later one tries again.
        assert run(MORNING + timedelta(seconds=0.2)).is_cut_short
        assert box.connections == 1
        assert [run(later).is_cut_short, run(later).is_cut_short] == [True, True]
        assert box.connections == 2
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.failures, second.failures) == (1, 1)
    with open_postbox() as box:
        settings.EMAIL_PORT = box.port
        assert run(MORNING + 10 * MINUTE).sent == 2
    assert not WorkFault.objects.filter(source=faults.MAIL_SERVER).exists()


def test_to_take_a_letter_a_server_has_longer_than_to_answer_at_all(postbox: Postbox, settings: Any) -> None:
    assert settings.EMAIL_TIMEOUT == 120
    postman = _Postman()
    connection: Any = postman._open()
    assert connection.timeout == 20
    assert connection.connection.sock.gettimeout() == 120
    postman.close()


def test_a_claim_lasts_longer_than_the_handing_over(settings: Any) -> None:
    assert lease_of_letters() == []
    settings.NOTICE_LEASE_SECONDS = settings.EMAIL_TIMEOUT
    assert [fault.id for fault in lease_of_letters()] == ["office.E002"]


# ── What is not said any more ───────────────────────────────────────────────────────────────


def test_a_reminder_of_a_promise_kept_meanwhile_is_not_sent(officer: User, postbox: Postbox) -> None:
    petition = make_quiet_petition(owner=officer)
    remind_due(DUE_MORNING)
    deadlines.keep(petition, Deadline.Kind.OPINION, now=DUE_MORNING)
    assert run(DUE_MORNING).withdrawn == 1
    assert postbox.letters == []
    assert not Notice.objects.filter(way=Notice.Way.EMAIL).exists()
    assert Notice.objects.filter(way=Notice.Way.APP).count() == 1, (
        "in the application it stays as it was told"
    )


def test_who_may_not_see_the_matter_any_more_gets_no_letter(
    officer: User, colleague: User, postbox: Postbox
) -> None:
    petition = make_quiet_petition(owner=officer)
    remind_due(DUE_MORNING)
    Petition.objects.filter(pk=petition.pk).update(secrecy=Secrecy.SECRET, owner=colleague)
    assert run(DUE_MORNING).withdrawn == 1
    assert postbox.letters == []


def test_a_call_to_a_closed_matter_is_not_sent(officer: User, postbox: Postbox) -> None:
    petition = make_quiet_petition(owner=officer)
    tell(
        [officer], Notice.Kind.YOUR_TURN, once="x", now=MORNING, calendar=current_calendar(), matter=petition
    )
    Petition.objects.filter(pk=petition.pk).update(closed_at=MORNING)
    assert run(MORNING).withdrawn == 1


def test_an_outside_letter_without_words_is_dropped(postbox: Postbox) -> None:
    outside_letter(make_quiet_petition())
    assert run(MORNING, lambda notice: None).withdrawn == 1
    assert not Notice.objects.exists()


def test_a_reminder_that_waited_says_what_is_true_now(officer: User, postbox: Postbox) -> None:
    make_quiet_petition(owner=officer)
    remind_due(DUE_MORNING)
    run(DUE_MORNING + timedelta(days=1))
    assert "เกิน ๑ วัน" in postbox.letters[0].get_content()
    assert str(Notice.Kind.LATE.label) in postbox.letters[0]["Subject"]


def test_a_letter_about_a_report_names_it_and_leads_to_the_reports(head: User, postbox: Postbox) -> None:
    title = "รายงานประจำเดือนตุลาคม ๒๕๕๒"
    tell([head], Notice.Kind.REPORT_READY, once="r", now=MORNING, calendar=current_calendar(), text=title)
    run(MORNING)
    (letter,) = postbox.letters
    assert title in letter.get_content()
    assert reverse("reports:list") in letter.get_content()


# ── Quiet hours and the morning summary ─────────────────────────────────────────────────────


def test_staff_get_no_letter_outside_office_hours_however_late_the_round(
    officer: User, postbox: Postbox
) -> None:
    make_quiet_petition(owner=officer)
    remind_due(DUE_MORNING)
    assert run(EVENING).sent == 0
    assert run(THURSDAY_EIGHT).sent == 0
    assert run(THURSDAY_EIGHT + 30 * MINUTE).sent == 1


def test_a_petitioner_gets_the_receipt_at_any_hour(postbox: Postbox) -> None:
    outside_letter(make_quiet_petition(), now=EVENING)
    assert run(EVENING).sent == 1


def prefers_digest(person: User) -> None:
    person.email_delivery = User.Delivery.DIGEST
    person.save()


def test_the_morning_summary_joins_everything_into_one_letter_at_eight(
    officer: User, postbox: Postbox
) -> None:
    prefers_digest(officer)
    petitions = [make_quiet_petition(owner=officer) for _number in range(3)]
    remind_due(DUE_MORNING)
    assert run(DUE_MORNING).sent == 0
    assert run(THURSDAY_EIGHT - MINUTE).sent == 0
    assert run(THURSDAY_EIGHT).sent == 1
    (letter,) = postbox.letters
    assert all(petition.label in letter.get_content() for petition in petitions)
    assert "๓" in letter["Subject"]
    assert not Notice.objects.filter(sent_at=None).exists()
    assert run(THURSDAY_EIGHT + MINUTE).sent == 0


def test_the_summary_waits_for_a_working_day(officer: User, postbox: Postbox) -> None:
    prefers_digest(officer)
    petition = make_quiet_petition(owner=officer)
    tell(
        [officer],
        Notice.Kind.YOUR_TURN,
        once="x",
        now=FRIDAY_EVENING,
        calendar=current_calendar(),
        matter=petition,
    )
    assert run(SATURDAY).sent == 0
    assert run(MONDAY_EIGHT).sent == 1


def test_a_summary_leaves_out_what_is_done_and_an_empty_one_is_not_sent(
    officer: User, postbox: Postbox
) -> None:
    prefers_digest(officer)
    done, open_one = make_quiet_petition(owner=officer), make_quiet_petition(owner=officer)
    remind_due(DUE_MORNING)
    deadlines.keep(done, Deadline.Kind.OPINION, now=DUE_MORNING)
    run(THURSDAY_EIGHT)
    (letter,) = postbox.letters
    assert done.label not in letter.get_content()
    assert open_one.label in letter.get_content()

    remind_due(THURSDAY_EIGHT + 30 * MINUTE)
    deadlines.keep(open_one, Deadline.Kind.OPINION, now=THURSDAY_EIGHT)
    assert run(FRIDAY_EVENING.replace(hour=8)).withdrawn == 1
    assert not Notice.objects.filter(way=Notice.Way.EMAIL, sent_at=None).exists()


def test_a_refused_summary_is_tried_again_as_it_was(officer: User, postbox: Postbox) -> None:
    prefers_digest(officer)
    make_quiet_petition(owner=officer)
    remind_due(DUE_MORNING)
    postbox.refuses = {officer.email}
    assert run(THURSDAY_EIGHT).failed == 1
    postbox.refuses = set()
    assert run(THURSDAY_EIGHT + 2 * MINUTE).sent == 1
    digest = Notice.objects.get(kind=Notice.Kind.DIGEST)
    assert (digest.items.count(), digest.failures) == (1, 1)
    assert postbox.message_ids == [digest.message_id]


def test_each_person_has_an_own_summary(officer: User, head: User, postbox: Postbox) -> None:
    prefers_digest(officer)
    prefers_digest(head)
    make_quiet_petition(owner=officer)
    remind_due(THURSDAY_EIGHT + 30 * MINUTE)
    assert run(FRIDAY_EVENING.replace(hour=8)).sent == 2
    assert {letter["To"] for letter in postbox.letters} == {officer.email, head.email}


def test_what_waits_goes_as_the_person_prefers_from_now_on(officer: User, postbox: Postbox) -> None:
    prefers_digest(officer)
    make_quiet_petition(owner=officer)
    remind_due(DUE_MORNING)
    officer.email_delivery = User.Delivery.IMMEDIATELY
    officer.save()
    assert reschedule_letters(officer, now=DUE_MORNING, calendar=current_calendar()) == 1
    assert run(DUE_MORNING).sent == 1
