"""The system page says how everything stands, quickly even while the queue is down, and what needs a hand first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office import beat, clock, faults
from office.models import Backup, ClockWork, User
from projectplan import system_facts
from projectplan.system_warnings import warnings
from tests import cast

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
PAGES = ["system", "failed", "clock", "leavings"]


def grave(now: datetime) -> list[str]:
    return [one.words for one in warnings(system_facts.look(now), 0) if one.is_grave]


def lives(now: datetime) -> None:
    """Clock and worker have just given a sign of life."""
    beat.look(now, lambda entry: None)
    ClockWork.objects.update(sent_at=now, ended_at=now, outcome="done")


def test_nobody_but_administrators_sees_these_pages(
    client: Client, client_for: ClientFor, administrator: User, officer: User, head: User, executive: User
) -> None:
    for name in PAGES:
        path = reverse(f"administration:{name}")
        assert client.get(path).status_code == 302
        assert client_for(administrator).get(path).status_code == 200
        for user in (officer, head, executive):
            assert client_for(user).get(path).status_code == 403


def test_a_system_that_runs_has_nothing_grave(disk_is_roomy: None) -> None:
    now = timezone.now()
    lives(now)
    assert grave(now) == []


@pytest.fixture
def disk_is_roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        system_facts,
        "look_at_disk",
        lambda: system_facts.Disk(1000, 500, database=10, files=1, files_more=False),
    )


def test_a_clock_or_worker_that_is_silent_is_grave(disk_is_roomy: None) -> None:
    now = timezone.now()
    assert len(grave(now)) == 2
    lives(now)
    assert len(grave(now + timedelta(minutes=6))) == 2


def test_a_queue_that_is_down_is_said(settings: Any, client_for: ClientFor, administrator: User) -> None:
    root = client_for(administrator)
    root.get(reverse("administration:system"))
    settings.REDIS_URL = "unix:///nonexistent/valkey.sock"
    page = root.get(reverse("administration:system"))
    assert page.status_code == 200
    assert not page.context["system"].queue.answers
    assert "คิวงานไม่ตอบ" in page.content.decode()


def test_a_disk_nearly_full_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    lives(now)
    full = system_facts.Disk(1000, 20, database=10, files=1, files_more=False)
    monkeypatch.setattr(system_facts, "look_at_disk", lambda: full)
    assert len(grave(now)) == 1


def test_the_mail_server_being_away_is_said(disk_is_roomy: None) -> None:
    now = timezone.now()
    lives(now)
    faults.note(faults.MAIL_SERVER, 0, ConnectionRefusedError(), now)
    assert len(grave(now)) == 1


def test_the_last_backup_is_the_newest_whole_one() -> None:
    now = timezone.now()
    assert Backup.last_whole() is None
    whole = Backup.record(begun_at=now, ended_at=now, size=10, place="/backup", is_whole=True)
    Backup.record(begun_at=now + timedelta(1), ended_at=now + timedelta(1), size=0, place="/", is_whole=False)
    assert Backup.last_whole() == whole


def test_the_command_says_the_same_and_ends_with_one_when_something_is_grave() -> None:
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("system", stdout=said)
    assert "Django: " in said.getvalue()
    assert "!!" in said.getvalue()


def test_the_page_asks_few_questions(
    client_for: ClientFor, administrator: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        cast.make_petition()
    root = client_for(administrator)
    root.get(reverse("administration:system"))
    with django_assert_max_num_queries(30):
        root.get(reverse("administration:system"))


# ── The clock's pages ───────────────────────────────────────────────────────────────────────

JOURNAL = "next month's journal"
SWEEP = "reminders and letters"


def test_a_daily_work_gets_another_hour_and_a_pause(client_for: ClientFor, administrator: User) -> None:
    root = client_for(administrator)
    path = reverse("administration:clock_entry", args=[JOURNAL])
    assert root.get(path).status_code == 200
    day = timezone.localdate() + timedelta(days=3)
    given = {"at": "๑๐.๓๐", "paused_until": f"{day.day}/{day.month}/{day.year + 543}"}
    assert root.post(path, given).status_code == 302
    work = ClockWork.objects.get(name=JOURNAL)
    assert (work.hour, work.minute, work.changed_by) == (10, 30, administrator)
    assert work.is_paused(timezone.now())
    assert "พักไว้ถึง" in root.get(reverse("administration:clock")).content.decode()
    root.post(path, {"at": "08:15"})
    work.refresh_from_db()
    assert (work.hour, work.paused_until) == (None, None)


@pytest.mark.parametrize(
    "given", [{"at": "25:00"}, {"at": ""}, {"at": "08:15", "days": -1}, {"at": "08:15", "days": 40}]
)
def test_a_wrong_hour_or_pause_changes_nothing(
    client_for: ClientFor, administrator: User, given: dict[str, Any]
) -> None:
    days = given.pop("days", None)
    day = timezone.localdate() + timedelta(days=days or 0)
    paused = {"paused_until": f"{day.day}/{day.month}/{day.year + 543}"} if days else {}
    path = reverse("administration:clock_entry", args=[JOURNAL])
    assert client_for(administrator).post(path, {**given, **paused}).status_code == 422
    work = ClockWork.objects.get(name=JOURNAL)
    assert (work.hour, work.paused_until) == (None, None)


def test_the_rounds_have_no_page_to_be_stopped_on(client_for: ClientFor, administrator: User) -> None:
    root = client_for(administrator)
    path = reverse("administration:clock_entry", args=[SWEEP])
    assert root.get(path).status_code == 403
    assert root.post(path, {"at": "08:15", "paused_until": "๓๐/๙/๒๖๐๐"}).status_code == 403
    assert root.get(reverse("administration:clock_entry", args=["nothing"])).status_code == 404


def test_a_work_is_given_to_the_worker_at_once(
    client_for: ClientFor, administrator: User, officer: User
) -> None:
    path = reverse("administration:clock_now", args=[JOURNAL])
    assert client_for(officer).post(path).status_code == 403
    assert client_for(administrator).get(path).status_code == 405
    assert client_for(administrator).post(path).status_code == 302
    assert next(entry for entry in clock.entries() if entry.name == JOURNAL).work
