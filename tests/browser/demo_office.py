"""The demo office on a server of its own, for stories that need a whole office and leave it as they found it, or do not
mind what others did there. Made once for each module that imports `demo_office` and `office_here`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from office import presence
from office.calendar import OFFICE_TZ, fiscal_year_of
from office.models import User
from projectplan import budget_guards
from projectplan.demo.arrivals import Counts
from projectplan.demo.making import Wish, make
from publicrelations.public import kept
from tests.cast import HASH

SEED: Final = 2553
A_LITTLE: Final = Counts(
    general=40, political=8, web=40, related=40, meetings=24, interpellations=24, consultations=24,
    body_consultations=12, bills=3, engagements=30, articles=30, foreign_documents=30, briefs=12,
    press_conferences=24, journals=12,
)  # fmt: skip


@dataclass(frozen=True)
class Office:
    """Where its server is, where its files lie, and a folder that all processes of the run share."""

    url: str
    files: Path
    shared: Path


def furnish() -> None:
    """A little of everything of the last year and of this one up to now, without papers."""
    now = timezone.now()
    year = fiscal_year_of(now.astimezone(OFFICE_TZ).date())
    years = {year - 1: A_LITTLE, year: A_LITTLE}
    make(Wish(now, SEED, years, with_papers=False, is_living=True), lambda count: None)


@pytest.fixture(scope="module")
def demo_office(
    django_db_setup: None, django_db_blocker: Any, queue: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """One office for the tests of a module, because making it takes ten seconds; emptied at the end.

    Everybody has the password of the cast. Needs `_django_db_helper` to be replaced in the module.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if base.name.startswith("popen-gw") else base) / "shared"
    shared.mkdir(exist_ok=True)
    files = tmp_path_factory.mktemp("office")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files):
        presence.SPACE = kept.SPACE = str(files)
        furnish()
        User.objects.update(password=HASH)
        server = LiveServer("localhost")
        server._live_server_modified_settings.enable()
        yield Office(server.url, files, shared)
        server._live_server_modified_settings.disable()
        server.stop()
        budget_guards.take_away(connection)
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def office_here(demo_office: Office, settings: Any, private_places: None) -> Office:
    """The same office in a test, whose settings are its own."""
    settings.MEDIA_ROOT = demo_office.files
    settings.SITE_URL = demo_office.url
    presence.SPACE = kept.SPACE = str(demo_office.files)
    return demo_office
