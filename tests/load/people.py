"""The people of the load, as locust runs them: `locust -f tests/load/people.py --host http://127.0.0.1:8000`.

The server runs as behind its proxy: https towards people, and each of them from an address of their own. SITE is the
address the server knows itself by. Of each hundred, about sixty read the public site, fifteen are citizens with a
petition, and twenty-five work in the office; between two pages everybody thinks for THINK seconds.
"""

from __future__ import annotations

import os
import random
import re
import time
from http.cookiejar import DefaultCookiePolicy
from itertools import count
from typing import Any, Final

from locust import FastHttpUser, between, task
from locust.exception import StopUser

from tests.load.page_forms import PageForm, forms_of

SITE: Final = os.environ.get("SITE", "https://127.0.0.1")
PASSWORD: Final = os.environ.get("DEMO_PASSWORD", "prasan-demo-2553")
EVEN: Final = bool(os.environ.get("EVEN"))
"""As many of each kind of people instead of their weights."""
THINK: Final = tuple(float(one) for one in os.environ.get("THINK", "3-12").split("-"))
WORDS: Final = ("โรงเรียน", "ครู", "งบประมาณ", "นักเรียน ขอนแก่น", "อาคารเรียน")
ARTICLE: Final = re.compile(r'href="(/news/\d+/\d+/[^"]+)"')
PETITION: Final = re.compile(r'href="(/petitions/\d+/)"')
DECIDED: Final = ("note", "order")
CHANGED: Final = (200, 403, 409)
"""Many share one account here: what a colleague has just taken is refused in words, and is no error."""
_numbers = count(random.randrange(2**22))
"""Each run's people come from addresses of their own: what others sent an hour ago is not held against them."""


class Person(FastHttpUser):
    """Anybody with a browser: keeps cookies, comes from an address of their own, sends forms with their token."""

    abstract = True
    wait_time = between(*THINK)

    def on_start(self) -> None:
        self.client.cookiejar.set_policy(DefaultCookiePolicy(secure_protocols=("http", "https")))
        self.arrive()

    def arrive(self) -> None:
        """Begin as somebody new: without a cookie, from an address of their own."""
        number = next(_numbers)
        self.client.cookiejar.clear()
        self.heads = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": f"10.{number // 65536}.{number // 256 % 256}.{number % 256}",
            "Accept-Encoding": "gzip",
        }

    def see(self, path: str, name: str, **more: str) -> str:
        """Open a page; whatever does not answer 200 is an error. Returns its text."""
        return self._told(self.client.get(path, name=name, headers=self.heads | more, catch_response=True))

    def send(self, form: PageForm, name: str, allowed: tuple[int, ...] = (200,), **given: str) -> str:
        """Send a form as its page gave it, with some fields as given; returns the text of the page it leads to."""
        heads = self.heads | {"Origin": SITE, "Referer": f"{SITE}/"}
        sent = self.client.post(
            form.action, form.fields | given, name=name, headers=heads, catch_response=True
        )
        return self._told(sent, allowed)

    def _told(self, asked: Any, allowed: tuple[int, ...] = (200,)) -> str:
        with asked as answer:
            if answer.status_code in allowed:
                answer.success()
            else:
                answer.failure(f"answered {answer.status_code}")
            return str(answer.text or "")


class Reader(Person):
    """Reads the public site."""

    weight = 1 if EVEN else 60

    @task(5)
    def home(self) -> None:
        self.see("/", "site: home")

    @task(4)
    def news(self) -> None:
        found = ARTICLE.findall(self.see("/news/", "site: news"))
        if found:
            self.see(random.choice(found), "site: article")

    @task(3)
    def feed(self) -> None:
        self.see("/feeds/th/news.rss", "site: feed")

    @task(1)
    def look_for(self) -> None:
        self.see(f"/news/search/?q={random.choice(WORDS)}", "site: search")


class Citizen(Person):
    """Files a petition, or follows one."""

    weight = 1 if EVEN else 15

    @task(2)
    def follow(self) -> None:
        self.see("/petition/follow/", "tracking: form")

    @task(1)
    def file(self) -> None:
        page = self.see("/petition/", "petition: form")
        form = next((one for one in forms_of(page) if "ticket" in one.fields), None)
        if form is None:
            return
        time.sleep(random.uniform(4, 8))
        for left in ("homepage", "education_area", "agency", "draft"):
            form.fields.pop(left, None)
        form.fields |= _told_by_a_citizen()
        self.send(form, "petition: sent")
        # Nobody has a dozen petitions: whoever sent so many would be refused at the door.
        self.arrive()


def _told_by_a_citizen() -> dict[str, str]:
    return {
        "kind": "grievance",
        "title": f"ขอความเป็นธรรมกรณีการรับนักเรียน ห้อง {random.randrange(10**6)}",
        "story": "บุตรมีทะเบียนบ้านในเขตบริการครบสองปี แต่ไม่ได้รับการจัดสรรที่เรียน",
        "province": "10",
        "identity": "named",
        "name": "นางสมศรี ใจดี",
        "telephone": "080-000-0000",
        "consent": "on",
    }


class Staff(Person):
    """Somebody of the office: signs in once."""

    abstract = True
    accounts: tuple[str, ...] = ()

    def on_start(self) -> None:
        super().on_start()
        page = self.see("/accounts/login/", "sign in: form")
        form = next((one for one in forms_of(page) if "login" in one.fields), None)
        if form is None:
            raise StopUser
        account = random.choice(self.accounts)
        self.send(form, "sign in: sent", login=account, password=PASSWORD)

    @task(4)
    def today(self) -> None:
        self.see("/today/", "today")

    @task(1)
    def notices(self) -> None:
        self.see("/notices/", "notices")

    @task(2)
    def search(self) -> None:
        self.see(f"/search/?q={random.choice(WORDS)}", "search")


class Officer(Staff):
    """Works through the register of petitions."""

    weight = 1 if EVEN else 18
    accounts = ("officer",)

    @task(4)
    def register(self) -> None:
        query = random.choice(("", "?mine=1", "?late=1", "?unclosed=1&order=due", "?unclosed="))
        found = PETITION.findall(self.see(f"/petitions/{query}", "register"))
        if found:
            self.see(random.choice(found), "petition")

    @task(2)
    def act(self) -> None:
        """Take a petition that waits for an officer, or write the draft of an opinion."""
        found = PETITION.findall(self.see("/petitions/?state=received", "register"))
        if not found:
            return
        page = self.see(random.choice(found), "petition")
        form = next((one for one in forms_of(page) if one.name in {"step-take", "step-summarise"}), None)
        if form is None:
            return
        if form.name == "step-take":
            self.send(form, "step: take", CHANGED)
        else:
            form.action = form.action.replace("/summarise/", "/save_draft/")
            self.send(form, "step: draft", CHANGED)


class Head(Staff):
    """Looks after what is late, and how the subgroup stands."""

    weight = 1 if EVEN else 5
    accounts = ("head", "politics-head", "news-head")

    @task(2)
    def indicators(self) -> None:
        self.see("/kpis/", "dashboard")

    @task(1)
    def load(self) -> None:
        self.see("/kpis/people/", "load of the subgroup")


class Executive(Staff):
    """Decides what waits, and sees the office at a glance."""

    weight = 1 if EVEN else 2
    accounts = ("executive",)

    @task(2)
    def glance(self) -> None:
        self.see("/kpis/glance/", "at a glance")

    @task(2)
    def decide(self) -> None:
        page = self.see("/today/decide/", "decide: next")
        forms = [one for one in forms_of(page) if one.action.rstrip("/").rpartition("/")[2] in DECIDED]
        if forms:
            self.send(forms[0], "decide: sent", CHANGED)
