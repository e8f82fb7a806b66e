"""The system page says how everything stands, quickly even while the queue is down, and what needs a hand first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.celery import app
from office import beat, clock, faults
from office.models import Backup, ClockWork, User
from projectplan import system_facts
from projectplan.clock_words import rhythm_words
from projectplan.system_warnings import NOBODY_TAKES, warnings
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


def worked(task: str, at: datetime, until: datetime | None = None) -> None:
    """A worker began a task of the clock, and ended it."""
    clock.began(task, at)
    if until:
        clock.ended(task, until)


def each_queue_worked(now: datetime) -> None:
    for task in (
        "projectplan.tasks.sweep",
        "parliament.tasks.make_waiting_binders",
        "projectplan.tasks.load_waiting_registers",
    ):
        worked(task, now, now)


def silent(now: datetime) -> list[str]:
    return system_facts.look_at_clock(now).silent(now)


def test_each_queue_has_something_of_the_clock_every_minute() -> None:
    often = {entry.queue for entry in clock.entries() if rhythm_words(entry) == "ทุกนาที"}
    assert often == {queue.name for queue in app.conf.task_queues} == set(NOBODY_TAKES)


def test_a_worker_of_one_queue_says_nothing_of_the_others(disk_is_roomy: None) -> None:
    now = timezone.now()
    beat.look(now, lambda entry: None)
    each_queue_worked(now)
    assert silent(now) == []
    later = now + timedelta(minutes=16)
    worked("projectplan.tasks.sweep", later, later)
    worked("projectplan.tasks.load_waiting_registers", later, later)
    assert silent(later) == ["papers"]
    assert system_facts.look_at_clock(later).worker == now
    ClockWork.objects.update(sent_at=later)
    assert grave(later) == [str(NOBODY_TAKES["papers"])]


def test_letters_wait_for_no_worker_longer_than_five_minutes() -> None:
    now = timezone.now()
    beat.look(now, lambda entry: None)
    each_queue_worked(now)
    assert silent(now + timedelta(minutes=6)) == ["celery"]


def test_a_long_backup_is_no_silence_until_no_task_may_take_so_long(settings: Any) -> None:
    now = timezone.now()
    beat.look(now, lambda entry: None)
    each_queue_worked(now)
    worked("office.tasks.back_up", now + timedelta(minutes=1))
    assert "slow" not in silent(now + timedelta(minutes=30))
    assert "slow" in silent(now + timedelta(minutes=32))
    worked("office.tasks.back_up", now + timedelta(minutes=1), now + timedelta(minutes=33))
    assert "slow" not in silent(now + timedelta(minutes=34))


def test_the_last_backup_is_the_newest_that_was_taken() -> None:
    now = timezone.now()
    assert Backup.last_taken() is None
    older = now - timedelta(days=1)
    Backup.record(begun_at=older, ended_at=older, size=10, place="/backup", is_whole=True)
    taken = Backup.record(begun_at=now, ended_at=now, size=10, place="/backup", is_whole=False)
    Backup.objects.create(begun_at=now + timedelta(days=1))
    assert Backup.last_taken() == taken


def test_a_backup_whose_key_lies_elsewhere_is_said_to_be_taken_and_not_read_back(
    client_for: ClientFor, administrator: User
) -> None:
    now = timezone.now()
    Backup.record(begun_at=now, ended_at=now, size=10, place="/backup", is_whole=False)
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("system", stdout=said)
    page = client_for(administrator).get(reverse("administration:system")).content.decode()
    for words in (said.getvalue(), page):
        assert "ยังไม่พบการสำรองข้อมูล" not in words
        assert "สำรองแล้ว แต่ยังไม่ได้อ่านทวน" in words


@pytest.mark.parametrize(("days", "is_grave"), [(1, None), (2, False), (4, True)])
def test_an_old_backup_is_grave_after_three_days(
    disk_is_roomy: None, days: int, is_grave: bool | None
) -> None:
    now = timezone.now()
    lives(now)
    at = now - timedelta(days=days)
    Backup.record(begun_at=at, ended_at=at, size=10, place="/backup", is_whole=True)
    assert [one.is_grave for one in warnings(system_facts.look(now), 0)] == [is_grave][: is_grave is not None]


def test_an_office_of_four_days_without_any_backup_is_grave(disk_is_roomy: None) -> None:
    now = timezone.now()
    lives(now)
    stands = system_facts.look(now)
    for days, is_grave in ((1, False), (4, True)):
        of_days = replace(stands, installed_at=now - timedelta(days=days))
        assert [one.is_grave for one in warnings(of_days, 0)] == [is_grave]


@pytest.mark.django_db(transaction=True)
def test_an_office_knows_since_when_its_database_is_there() -> None:
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.record_applied("office", "0000_first")
    at = system_facts.look(timezone.now()).installed_at
    assert at
    assert at <= timezone.now()
    recorder.record_unapplied("office", "0000_first")


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
