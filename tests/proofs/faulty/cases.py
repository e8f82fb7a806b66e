"""The faults of machines and processes, each done once in the midst of the work."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.db import connection

from complaints.models import Petitioner
from office.models import ClockWork, Notice, Report
from tests.proofs.faulty.browser import fields_of
from tests.proofs.faulty.house import ROOT, House, Part
from tests.proofs.faulty.servers import wait_until
from tests.proofs.faulty.stage import Case, Stage

AWAY_SECONDS = 4
TREE = (
    "config",
    "office",
    "complaints",
    "parliament",
    "publicrelations",
    "projectplan",
    "templates",
    "static",
    "locale",
)


def _wait_for_a_letter(stage: Stage) -> None:
    """Until the worker has a letter in its hand: the mail server has it and has not said so."""
    post = stage.house.post
    before, post.seconds_per_letter = len(post.message_ids), 0.3
    wait_until(lambda: len(post.message_ids) > before, "a letter leaves")
    post.seconds_per_letter = 0.0


def kill_worker(stage: Stage) -> None:
    _wait_for_a_letter(stage)
    stage.house.worker.kill()
    stage.doubt()
    stage.house.worker.start()


def kill_worker_at_a_report(stage: Stage) -> None:
    """The report of this case may be ready already; then one more is asked for and caught."""

    def is_making() -> bool:
        connection.close()
        return Report.objects.filter(state=Report.State.MAKING).exists()

    stage.journey.ask_for_report("/reports/complaints-monthly/2569-11/")
    wait_until(is_making, "a report is being made")
    stage.house.worker.kill()
    stage.doubt()
    stage.house.worker.start()


def kill_web(stage: Stage) -> None:
    stage.journey.is_sending.wait(60)
    time.sleep(0.05)
    stage.house.web.kill()
    time.sleep(1)
    stage.house.web.start_and_wait()


def kill_beat(stage: Stage) -> None:
    """Killed for longer than a round; it is back when it takes a turn again."""
    house = stage.house
    house.beat.kill()
    time.sleep(AWAY_SECONDS)
    house.clock.move_on(timedelta(hours=1))
    back = house.clock.now()

    def takes_turns() -> bool:
        connection.close()
        return ClockWork.objects.filter(sent_at__gt=back).exists()

    house.beat.start()
    wait_until(takes_turns, "the clock takes its turns again")


def empty_queue(stage: Stage) -> None:
    house = stage.house
    house.queue.kill()
    time.sleep(AWAY_SECONDS)
    house.queue.start_and_wait()


def shut_down_database(stage: Stage) -> None:
    house = stage.house
    connection.close()
    house.database.shut_down_at_once()
    time.sleep(AWAY_SECONDS)
    house.database.start_and_wait()
    stage.doubt()


def fill_disk(stage: Stage) -> None:
    house = stage.house
    assert house.disk, "only root can mount the small disk"
    house.disk.fill()
    stage.journey.ask_for_report("/reports/complaints-monthly/2569-11/")
    time.sleep(3 * AWAY_SECONDS)
    connection.close()
    failed = Report.objects.filter(state=Report.State.FAILED)
    house.disk.make_room()
    if failed.exists():
        stage.see(f"“{_shown_as_failed(stage)}” and tried again there")
        _try_all_again(stage)


def _shown_as_failed(stage: Stage) -> str:
    """The heading of the page of what failed, once it names something."""
    page = stage.journey.signed_in(stage.journey.cast.administrator).get("/administration/failed/")
    return page.heading


def _try_all_again(stage: Stage) -> None:
    administrator = stage.journey.signed_in(stage.journey.cast.administrator)
    token = administrator.get("/administration/failed/")
    form = {"csrfmiddlewaretoken": fields_of(token)["csrfmiddlewaretoken"], "source": "office.report"}
    administrator.post("/administration/failed/again/", form)


def jump_clock(stage: Stage) -> None:
    """A day forwards, some work there, and back again."""
    house = stage.house
    house.clock.move_on(timedelta(days=1))
    stage.wait_for_receipts(1)
    house.clock.move_on(-timedelta(days=1))


def always_failing(stage: Stage) -> None:
    """A petitioner's address with a line break in it, which no letter can be written to."""
    connection.close()
    letter = Notice.objects.filter(kind=Notice.Kind.PETITION_RECEIVED).order_by("-pk")[:1].get()
    assert letter.matter_id
    Petitioner.objects.filter(petition_id=letter.matter_id).update(email="ruined\n@mail.example")
    Notice.objects.filter(pk=letter.pk).update(sent_at=None, held_until=None)
    stage.hopeless.add(letter.pk)
    connection.close()

    def has_failed() -> bool:
        connection.close()
        return Notice.objects.filter(pk=letter.pk, failures__gt=1).exists()

    for _minutes in range(6):
        stage.house.clock.move_on(timedelta(minutes=2))
        time.sleep(3)
        if has_failed():
            break
    connection.close()
    tries = Notice.objects.get(pk=letter.pk).failures
    page = stage.journey.signed_in(stage.journey.cast.administrator).get("/administration/failed/")
    is_shown = "อีเมล" in page.text and tries > 0
    stage.see(
        f"tried {tries} times in 12 minutes, {'shown' if is_shown else 'NOT SHOWN'} under “{page.heading}”"
    )
    if not is_shown:
        raise AssertionError("what fails for ever is not shown to the administrator")


def deploy_between(stage: Stage) -> None:
    """Work is given to the queue by this code and taken by another; then the other code's web and this one's worker."""
    house = stage.house
    newer = changed_tree(house)
    house.worker.stop()
    stage.doubt()
    stage.journey.ask_for_report("/reports/complaints-monthly/2569-11/")
    stage.wait_for_receipts(1)
    stage.see(f"{house.queue.waiting()} tasks of the older code waited")
    _restart(house.worker, newer)
    stage.wait_for_receipts(1)
    _restart(house.worker, ROOT)
    house.web.stop()
    house.web.tree = newer
    house.web.start_and_wait()
    stage.journey.ask_for_report("/reports/complaints-monthly/2569-11/")
    stage.wait_for_receipts(1)
    house.web.stop()
    house.web.tree = ROOT
    house.web.start_and_wait()


def _restart(part: Part, tree: Path) -> None:
    part.stop()
    part.tree = tree
    part.start()


def changed_tree(house: House) -> Path:
    """The same office of another day: a task of that name takes other arguments, and letters leave by another name."""
    tree = house.folder / "newer"
    for name in TREE:
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tree)
    change: Callable[[str, str, str], None] = lambda file, old, new: _change(tree / file, old, new)  # noqa: E731
    change(
        "projectplan/tasks.py",
        "def make_report(report_id: int)",
        "def make_report(report_id: int, *, edition: int)",
    )
    change("projectplan/tasks.py", '"projectplan.tasks.deliver"', '"projectplan.tasks.deliver_letters"')
    change("office/notices.py", '"projectplan.tasks.deliver"', '"projectplan.tasks.deliver_letters"')
    change("projectplan/issuing.py", '"projectplan.tasks.make_report"', '"projectplan.tasks.make_one_report"')
    return tree


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise LookupError(f"{file.name} has no {old}")
    file.write_text(text.replace(old, new), encoding="utf-8")


def two_of_each(stage: Stage) -> None:
    """Two clocks and two workers over five past an hour of the first working day of the next month."""
    house = stage.house
    house.workers[1].start()
    house.beats[1].start()
    stage.wait_for_receipts(1)
    for _minutes in range(6):
        house.clock.move_on(timedelta(minutes=10))
        time.sleep(3)
    stage.wait_for_receipts(1)
    house.workers[1].stop()
    house.beats[1].stop()


def serve_whole(stage: Stage) -> None:
    """`manage.py serve` in place of the three; killed, the kernel ends its children."""
    house = stage.house
    for part in (house.web, house.worker, house.beat):
        part.stop()
    stage.doubt()
    house.whole.start_and_wait()
    stage.wait_for_receipts(2)
    house.whole.kill()
    stage.doubt()
    time.sleep(AWAY_SECONDS)
    house.whole.start_and_wait()
    stage.wait_for_receipts(1)
    house.whole.stop()
    stage.doubt()
    house.start()


CASES = [
    Case("worker", "worker killed", "a letter in its hand", kill_worker),
    Case("report", "worker killed", "a report half made", kill_worker_at_a_report),
    Case("web", "web server killed", "a citizen sends a petition", kill_web),
    Case("beat", "clock killed", "an hour passes meanwhile", kill_beat),
    Case("queue", "queue killed, comes back empty", "everything", empty_queue),
    Case("database", "PostgreSQL shut down at once", "everything", shut_down_database),
    Case(
        "disk", "disk of the files full (a small tmpfs)", "pictures come in, a report is printed", fill_disk
    ),
    Case("clock", "clock a day forwards and back (preloaded library)", "everything", jump_clock),
    Case("failing", "a letter that always fails", "everything else", always_failing),
    Case("deploy", "other code between queueing and taking", "everything", deploy_between),
    Case("two", "two clocks and two workers", "everything", two_of_each),
    Case("serve", "`manage.py serve` killed, with its embedded queue", "everything", serve_whole),
]
