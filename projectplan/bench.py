"""Measuring the office's pages in one process: timed in interleaved rounds, so that what slows one slows all."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.utils.module_loading import import_string

from office.models import User
from office.warming import warm_up

FLOOR: Final = "floor: table of 25 rows"
SIGNED_IN: Final = "floor: signed-in page"
STATUS: Final = Path("/proc/self/status")
MODEL_BACKEND: Final = "django.contrib.auth.backends.ModelBackend"

Visit = Callable[[], HttpResponseBase | bytes]


@dataclass
class Case:
    """One page to be measured. `most` is how many times its floor it may take; None for the floors themselves."""

    name: str
    visit: Visit
    most: float | None = None
    before: Callable[[], None] | None = None
    writes: bool = False
    rounds: int | None = None
    expected_status: int = 200
    floor: str = FLOOR
    times: list[float] = field(default_factory=list)
    queries: int = 0
    size: int = 0


@dataclass(frozen=True)
class Line:
    """What was measured of one page: milliseconds, database queries, bytes; how it stands to the floor."""

    name: str
    p50: float
    p95: float
    queries: int
    bytes: int
    ratio: float
    most: float | None
    rounds: int

    @property
    def is_within(self) -> bool:
        return self.most is None or self.ratio <= self.most


@dataclass(frozen=True)
class Measured:
    """A whole run: the lines in the order of the cases, memory in megabytes."""

    lines: list[Line]
    memory: float
    growth: float


class WrongAnswer(Exception):
    """A page answered with another status than a page that works."""


@contextmanager
def signed_in(user: User) -> Iterator[Client]:
    """A client in which somebody is signed in; nothing of it is left afterwards, not even the time of signing in."""
    session: SessionBase = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = MODEL_BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    client = visitor()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    try:
        yield client
    finally:
        from allauth.usersessions.models import UserSession

        UserSession.objects.filter(session_key=session.session_key).delete()
        session.delete()


def visitor() -> Client:
    """A client without a session, under a name this installation answers to."""
    host = next((host for host in settings.ALLOWED_HOSTS if host.strip(".*")), "localhost")
    return Client(SERVER_NAME=host.lstrip("."), raise_request_exception=True)


def measure(cases: list[Case], *, rounds: int, tell: Callable[[str], None]) -> Measured:
    """Visit every page once unmeasured, then in interleaved rounds; raises WrongAnswer."""
    warm_up().join()
    for case in cases:
        tell(case.name)
        _visit(case)
        case.times.clear()
    memory = _memory()
    for number in range(rounds):
        tell(f"{number + 1}/{rounds}")
        for case in cases:
            if case.rounds is None or number < case.rounds:
                _visit(case)
    floors = {case.name: median(case.times) for case in cases if case.name.startswith("floor")}
    return Measured([_line(case, floors[case.floor]) for case in cases], memory, _memory() - memory)


def _visit(case: Case) -> None:
    """One visit; whatever it writes is undone."""
    if not (case.writes or case.before):
        _timed(case)
        return
    with transaction.atomic():
        if case.before:
            case.before()
        _timed(case)
        transaction.set_rollback(True)


def _timed(case: Case) -> None:
    count = 0

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        start = time.perf_counter()
        answer = case.visit()
        case.times.append((time.perf_counter() - start) * 1000)
    case.queries = count
    if isinstance(answer, bytes):
        case.size = len(answer)
        return
    if answer.status_code != case.expected_status:
        raise WrongAnswer(f"{case.name}: {answer.status_code}")
    case.size = len(answer.content) if isinstance(answer, HttpResponse) else 0


def _line(case: Case, floor: float) -> Line:
    times = case.times
    p95 = quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
    p50 = median(times)
    return Line(case.name, p50, p95, case.queries, case.size, p50 / floor, case.most, len(times))


def _memory() -> float:
    """Megabytes this process holds now; at most so far, where the system does not tell."""
    if STATUS.exists():
        for line in STATUS.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if os.uname().sysname == "Linux" else most / 1024**2
