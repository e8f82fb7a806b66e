"""A real Chromium for the tests of this folder, and people who sit before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.visitor import DESK, HEIGHTS, PHONE, Visitor

PATIENCE = 30_000  # milliseconds: a loaded machine is slow, not wrong
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives the browser."""
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


Visit = Callable[..., Visitor]


class Clock:
    """The office's clock, which a story may move on."""

    def __init__(self) -> None:
        self.real, self.ahead = timezone.now, timedelta()

    def __call__(self) -> datetime:
        return self.real() + self.ahead

    def move_to(self, moment: datetime) -> None:
        self.ahead = moment - self.real()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """What pages and steps read instead of the real time."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def visit(browser: Browser, live_server: Any, settings: Any) -> Iterator[Visit]:
    """Makes visitors: `visit(PHONE)`, `visit(DESK, color_scheme="dark")`. Whatever their browsers complained of
    fails the test at its end."""
    settings.SITE_URL = live_server.url  # links in letters lead here
    cache.clear()  # all sign in from one address: thirty a minute is the limit
    visitors: list[Visitor] = []

    def visiting(width: int = DESK, **options: Any) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="en-GB",  # what a browser was installed with decides nothing
            timezone_id="Asia/Bangkok",
            has_touch=width == PHONE,
            reduced_motion="reduce",  # colours are judged as they come to rest
            **options,
        )
        context.set_default_timeout(PATIENCE)
        visitor = Visitor(context.new_page(), live_server.url)
        visitor.watch(context)
        visitors.append(visitor)
        return visitor

    yield visiting
    for visitor in visitors:
        visitor.page.context.close()
    faults = [fault for visitor in visitors for fault in visitor.faults]
    assert not faults, "\n" + "\n".join(dict.fromkeys(faults))


@pytest.fixture
def page(visit: Visit) -> Page:
    """A window at a desk, nobody signed in."""
    return visit(DESK).page
