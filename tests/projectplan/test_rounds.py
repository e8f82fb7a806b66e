"""The round of the clock: every part takes its turn, whatever happens to another, and the command says what it did."""

from __future__ import annotations

from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from complaints.models import State
from config.celery import app
from office.calendar import OFFICE_TZ
from office.documents import WAITING
from office.models import Notice, User
from office.notices import DELIVER_TASK
from projectplan.rounds import sweep
from tests.cast import bring_to, make_petition
from tests.postbox import free_port

pytestmark = pytest.mark.django_db

# The agency was asked on 17 November 2009; Friday 11 December is the working day after its answer was due.
CHASING_DAY = datetime(2009, 12, 11, 9, 0, tzinfo=OFFICE_TZ)


def test_one_round_reminds_chases_and_sends(officer: User, head: User, executive: User) -> None:
    petition = make_petition(owner=officer, petitioner=False)
    bring_to(petition, State.REFERRED, officer=officer, head=head, executive=executive)
    Notice.objects.all().delete()
    done = sweep(lambda: CHASING_DAY)
    assert (done.reminded, done.agencies_chased, done.agencies_reminded) == (1, 1, 0)
    assert done.letters.sent == 3
    addresses = sorted(letter.to[0] for letter in mail.outbox)
    assert addresses == ["saraban@obec.example", "sirirat@office.example", "thatsanee@office.example"]


def test_a_part_that_fails_keeps_no_other_from_its_turn(officer: User, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / WAITING).write_text("a file where a folder should be")
    make_petition(owner=officer)
    with pytest.raises(ExceptionGroup) as failed:
        sweep(lambda: CHASING_DAY)
    assert [type(fault) for fault in failed.value.exceptions] == [NotADirectoryError]
    assert len(mail.outbox) == 2, "the receipt and the reminder"


def test_the_command_says_in_thai_figures_what_it_did(officer: User) -> None:
    make_petition(owner=officer, petitioner=False)
    said = StringIO()
    call_command("sweep", stdout=said)
    first, *others = said.getvalue().splitlines()
    assert first.endswith(" ๑")
    assert len(others) == 6


def test_the_command_says_when_the_mail_server_is_away(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    make_petition()
    warned = StringIO()
    call_command("sweep", stdout=StringIO(), stderr=warned)
    assert warned.getvalue()


def test_the_clock_and_the_steps_ask_for_tasks_that_are_there() -> None:
    app.loader.import_default_modules()
    asked = {entry["task"] for entry in app.conf.beat_schedule.values()} | {DELIVER_TASK}
    assert {name for name in asked if name.startswith("projectplan.")} <= set(app.tasks)
