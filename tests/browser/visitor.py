"""Somebody at a browser: what they open, read, write and press, and everything their browser complains of."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, override
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect

from office.models import User
from tests.browser.judge import faults_of
from tests.cast import PASSWORD

PHONE = 390
A_MOMENT = 2100  # milliseconds; whoever sends a form sooner is taken for a machine
DESK = 1280
HEIGHTS = {PHONE: 844, DESK: 900}  # pixels


def thai(words: str) -> str:
    """What stands on a Thai page for an English msgid; words of a script are given in Thai and stay as they are."""
    with override("th"):
        return gettext(words)


@dataclass
class Visitor:
    """One person with one browser of a given width; `faults` is what must be empty at the end of the test."""

    page: Page
    site: str
    faults: list[str] = field(default_factory=list)
    _expected: set[int] = field(default_factory=set)

    def watch(self, context: BrowserContext) -> None:
        """Write down what goes wrong in any window of this browser."""
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def expects(self, *statuses: int) -> None:
        """Answers of these statuses are part of the story from here on."""
        self._expected |= set(statuses)

    # ── Where they go ─────────────────────────────────────────────────────────────────────

    def opens(self, name: str, *args: Any, query: str = "") -> None:
        """Go to a page by the name of its address."""
        self.goes(reverse(name, args=args) + query)

    def goes(self, address: str) -> None:
        """Go to an address, whole or without the site's name."""
        self.page.goto(address if address.startswith("http") else f"{self.site}{address}")

    def signs_in(self, user: User) -> None:
        """Through the real page; afterwards stands there what they wanted to see, else their first page."""
        if "/accounts/login/" not in self.page.url:
            self.opens("account_login")
        self.page.get_by_label("ชื่อผู้ใช้").fill(user.username)
        self.page.get_by_label("รหัสผ่าน").fill(PASSWORD)
        self.presses("Sign in")
        self.page.wait_for_url(lambda address: "/accounts/login/" not in address)

    # ── What they do ──────────────────────────────────────────────────────────────────────

    def presses(self, words: str) -> None:
        """Press the button of these words."""
        self.page.get_by_role("button", name=thai(words), exact=True).click()

    def follows(self, words: str) -> None:
        """Follow the link of these words."""
        self.page.get_by_role("link", name=thai(words), exact=True).click()

    def field(self, label: str) -> Locator:
        """The field of a label, whatever mark stands behind it."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(thai(label))}\s*(\*|\(.+\))?\s*$"))

    def fills(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def chooses(self, label: str, option: str) -> None:
        self.field(label).select_option(label=thai(option))

    def attaches(self, label: str, *files: Any) -> None:
        self.field(label).set_input_files(list(files))

    # ── What they see ─────────────────────────────────────────────────────────────────────

    def reads(self, *texts: str) -> None:
        """Each of these texts comes to stand on the page."""
        for text in texts:
            expect(self.page.get_by_text(thai(text)).filter(visible=True).first).to_be_visible()

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def sees(self, name: str, *, kept: Iterable[str] = ()) -> None:
        """The page as it stands is good: accessible, Thai, as wide as the screen. `name` is its picture's."""
        self.rests()
        self.pictures(name)
        self.faults += [f"{name}: {fault}" for fault in faults_of(self.page, kept=kept)]

    def rests(self) -> None:
        """All of the page is there: a press waits until the next one begins, and parts of it come later still."""
        self.page.wait_for_load_state()
        self.page.wait_for_function(
            "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
        )

    def pictures(self, name: str) -> None:
        """A picture of the whole page for people to look at, when SHOTS names a folder."""
        folder = os.environ.get("SHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{folder}/{name.replace(':', '-')}.png", full_page=True)

    # ── What the browser says ─────────────────────────────────────────────────────────────

    def _heard(self, said: ConsoleMessage) -> None:
        # What was answered with an error is told by `_answered`.
        if said.type in ("error", "warning") and "Failed to load resource" not in said.text:
            self.faults.append(f"console {said.type}: {said.text} ({said.location['url']})")

    def _failed(self, request: Request) -> None:
        # A download, or a page left before it was whole.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"request failed: {request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self.faults.append(f"answer {response.status}: {response.request.method} {response.url}")
        if not response.url.startswith((self.site, "data:", "blob:", "chrome-extension:")):
            self.faults.append(f"asked elsewhere: {response.url}")
