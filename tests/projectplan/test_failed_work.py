"""Everything that failed or hangs stands on one page with its reason, and trying again twice is once."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.models import Petition
from office import delivery, faults
from office.calendar import fiscal_year
from office.models import Leaving, Notice, Report, User, WorkFault
from office.paper import PaperError
from projectplan import failed_work, issuing, rounds
from tests import cast

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
NOW = cast.MORNING
PATH = "administration:failed"


def letter(petition: Petition, **kwargs: Any) -> Notice:
    moment = NOW - timedelta(hours=1)
    given = {
        "way": "email",
        "kind": "petition_received",
        "matter": petition,
        "once_key": "x",
        "made_at": moment,
    }
    return Notice.objects.create(**(given | {"deliver_from": moment} | kwargs))


def report(state: str = "failed") -> Report:
    return Report.objects.create(
        kind="group-annual", first="2009-10-01", last="2010-09-30", edition=1, asked_at=NOW, state=state
    )


def keys(now: Any = NOW) -> dict[str, list[int]]:
    return {group.source.key: [row.key for row in group.rows] for group in failed_work.groups(now)}


def test_nothing_failed_at_first() -> None:
    assert keys() == {}
    assert failed_work.count(NOW) == 0


def test_a_letter_that_is_refused_says_why_and_how_often(
    petition: Petition, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = letter(petition, subject_id=petition.petitioner.pk)

    def refused(self: object, *args: object) -> None:
        raise SMTPRecipientsRefused({"somsri@mail.example": (550, b"unknown")})

    monkeypatch.setattr(delivery._Postman, "send", refused)
    Notice.objects.exclude(pk=notice.pk).delete()
    for minutes in (0, 10):
        rounds.deliver(lambda minutes=minutes: NOW + timedelta(minutes=minutes))
    [group] = failed_work.groups(NOW + timedelta(minutes=10))
    [row] = group.rows
    assert (row.key, row.hangs, row.tries) == (notice.pk, False, 2)
    assert row.fault
    assert row.fault.cause == WorkFault.Cause.ADDRESS
    assert "somsri" not in str(WorkFault.objects.values())
    assert "สมศรี" not in row.words


def test_a_letter_nobody_took_up_hangs(petition: Petition) -> None:
    Notice.objects.all().delete()
    notice = letter(petition, deliver_from=NOW - timedelta(minutes=20))
    assert keys()["office.notice"] == [notice.pk]
    Notice.objects.update(deliver_from=NOW - timedelta(minutes=5))
    assert keys() == {}


def test_trying_a_letter_again_has_it_leave_now_and_twice_is_once(petition: Petition) -> None:
    Notice.objects.all().delete()
    notice = letter(petition, failures=3, deliver_from=NOW + timedelta(hours=4))
    assert failed_work.try_again("office.notice", notice.pk, NOW) == 1
    notice.refresh_from_db()
    assert (notice.deliver_from, notice.sent_at) == (NOW, None)
    Notice.objects.update(sent_at=NOW)
    assert failed_work.try_again("office.notice", notice.pk, NOW) == 0


def test_a_letter_a_worker_holds_is_left_to_it(petition: Petition) -> None:
    Notice.objects.all().delete()
    notice = letter(petition, failures=1, held_until=NOW + timedelta(minutes=1))
    assert failed_work.try_again("office.notice", notice.pk, NOW) == 0


def test_a_report_that_failed_is_made_again_once() -> None:
    row = report()
    assert keys() == {"office.report": [row.pk]}
    assert failed_work.try_again("office.report", None, NOW) == 1
    row.refresh_from_db()
    assert row.state == Report.State.WAITING
    assert failed_work.try_again("office.report", None, NOW) == 0
    assert keys(NOW + timedelta(minutes=20)) == {"office.report": [row.pk]}  # nobody took it up


def test_a_report_that_cannot_be_made_keeps_its_reason(head: User) -> None:
    row = issuing.write_down("project-report", fiscal_year(2554), by=head, now=NOW)
    issuing.make(row.pk, NOW)
    [group] = failed_work.groups(NOW)
    assert group.rows[0].fault
    assert group.rows[0].fault.at == NOW


def test_a_leaving_that_stopped_is_among_them(officer: User, administrator: User) -> None:
    row = Leaving.objects.create(
        person=officer, asked_by=administrator, asked_at=NOW, why="retired", state="failed"
    )
    assert keys() == {"office.leaving": [row.pk]}


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (OSError(errno.ENOSPC, "x"), "no_space"),
        (FileNotFoundError("x"), "file"),
        (ConnectionRefusedError("x"), "network"),
        (PaperError("x"), "paper"),
        (ValidationError("x"), "content"),
        (ExceptionGroup("x", [TimeoutError()]), "network"),
        (AttributeError("x"), "other"),
    ],
)
def test_a_fault_is_told_in_words_an_administrator_understands(fault: Exception, cause: str) -> None:
    assert faults.cause_of(fault) == cause


def test_the_mail_server_being_away_is_known_until_a_letter_leaves() -> None:
    for _ in range(2):
        faults.note(faults.MAIL_SERVER, 0, ConnectionRefusedError(), NOW)
    assert WorkFault.objects.get().tries == 2
    faults.forget(faults.MAIL_SERVER, 0)
    assert not WorkFault.objects.exists()


# ── The page ────────────────────────────────────────────────────────────────────────────────


def test_the_page_lists_and_tries_again(
    client_for: ClientFor, administrator: User, petition: Petition
) -> None:
    row = report()
    faults.note("office.report", row.pk, PaperError("x"), NOW)
    root = client_for(administrator)
    page = root.get(reverse(PATH)).content.decode()
    assert "จัดหน้าเอกสารไม่ได้" in page
    assert "สมศรี" not in page
    for _ in range(2):
        answer = root.post(reverse("administration:again"), {"source": "office.report", "row": row.pk})
        assert answer.status_code == 302
    row.refresh_from_db()
    assert row.state == Report.State.WAITING


def test_unknown_work_is_not_there(client_for: ClientFor, administrator: User) -> None:
    root = client_for(administrator)
    for given in ({"source": "x"}, {"source": "office.report", "row": "x"}, {}):
        assert root.post(reverse("administration:again"), given).status_code == 404
    assert root.get(reverse("administration:again")).status_code == 405


def test_the_page_asks_few_questions(
    client_for: ClientFor, administrator: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        Report.objects.create(
            kind="group-annual", first="2009-10-01", last="2010-09-30", edition=number + 2,
            asked_at=timezone.now(), state="failed",
        )  # fmt: skip
    root = client_for(administrator)
    root.get(reverse(PATH))
    with django_assert_max_num_queries(24):
        root.get(reverse(PATH))
