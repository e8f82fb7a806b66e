"""The pictures of the guide are taken from the real pages of a small office: with PICTURES naming a folder they are
left there anew (`PICTURES=static/help`), each small enough to be kept with the code."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from complaints.models import Petition, State
from office.help import PICTURES
from office.models import Matter, Secrecy, User
from parliament.models import Consultation, Interpellation, Meeting
from projectplan.demo.people import PASSWORD
from projectplan.loading import PLAN_2553, load_file
from publicrelations.models import Article, PressConference
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.browser.world import furnish

WIDTH, HEIGHT = 1000, 640
LARGEST: Final = 60_000
"""Bytes of one picture."""
FEW: Final = {
    "general": 30, "political": 3, "web": 20, "related": 12, "meetings": 12, "interpellations": 6, "consultations": 5,
    "body_consultations": 2, "bills": 1, "engagements": 12, "articles": 12, "foreign_documents": 8, "briefs": 2,
    "press_conferences": 6, "journals": 2,
}  # fmt: skip

Where = tuple[str, Callable[[], str]]


def page(name: str, *args: object, query: str = "") -> Callable[[], str]:
    return lambda: reverse(name, args=args) + query


def newest(model: type[Matter], name: str, *more: str, **which: object) -> Callable[[], str]:
    """The page of the newest of a kind that may be shown to anybody of its room."""

    def address() -> str:
        found = model.objects.filter(secrecy=Secrecy.ORDINARY, **which).order_by("-pk")[0]
        return reverse(name, args=[found.pk, *more])

    return address


def petition_in(state: State, *more: str) -> Callable[[], str]:
    page = "complaints:step" if more else "complaints:petition"
    return newest(Petition, page, *more, state=state, owner__username="officer")


# Who looks at which page; the name is the picture's.
SHOWN: Final[dict[str, Where]] = {
    "begin-today": ("officer", page("projectplan:today")),
    "begin-search": ("officer", page("search:results")),
    "begin-matter": ("officer", petition_in(State.ANSWERED)),
    "begin-list": ("officer", page("complaints:petitions", query="?order=due&unclosed=1")),
    "begin-diary": ("head", page("projectplan:diary")),
    "petitions-intake": ("officer", page("complaints:intake")),
    "petitions-opinion": ("officer", petition_in(State.RECEIVED, "summarise")),
    "petitions-refer": ("officer", petition_in(State.REFERRED)),
    "petitions-related": ("officer", page("complaints:related_list")),
    "politics-meeting": ("politics", newest(Meeting, "parliament:meeting")),
    "politics-question": ("politics", newest(Interpellation, "parliament:interpellation")),
    "politics-consultation": ("politics", newest(Consultation, "parliament:consultation")),
    "news-agenda": ("news", page("publicrelations:engagement_calendar")),
    "news-article": ("news", newest(Article, "publicrelations:article")),
    "news-press": ("news", newest(PressConference, "publicrelations:press_conference")),
    "head-check": ("head", petition_in(State.SUMMARISED)),
    "head-workload": ("head", page("projectplan:workload")),
    "executive-today": ("executive", page("projectplan:today")),
    "executive-order": ("executive", petition_in(State.SUBMITTED, "order")),
    "administrator-system": ("admin", page("admin:index")),
    "group-kpis": ("head", page("projectplan:dashboard")),
    "group-project": ("head", page("projectplan:project")),
    "citizen-form": ("", page("petition:new")),
    "citizen-follow": ("", page("petition:follow")),
}


def test_every_picture_of_the_guide_is_taken_from_its_page(visit: Visit) -> None:
    assert set(SHOWN) == set(PICTURES)
    load_file(PLAN_2553)
    call_command("demo", count=list(FEW.items()), no_papers=True, no_progress=True)
    people = {
        user.username: user for user in User.objects.filter(username__in=["officer", "head", "executive"])
    }
    furnish(**people, now=timezone.now())
    User.objects.update(toured_at=timezone.now())
    for account in dict.fromkeys(who for who, _where in SHOWN.values()):
        visitor = visit()
        if account:
            sign_in(visitor, account)
        for name, (who, where) in SHOWN.items():
            if who == account:
                take(visitor, name, where())


def sign_in(visitor: Visitor, account: str) -> None:
    visitor.opens("account_login")
    visitor.page.get_by_label("ชื่อผู้ใช้").fill(account)
    visitor.page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    visitor.presses("Sign in")
    visitor.page.wait_for_url(lambda address: "/accounts/login/" not in address)


def take(visitor: Visitor, name: str, address: str) -> None:
    """The upper part of the page, as somebody at a small desk sees it first."""
    visitor.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    if name == "begin-search":
        visitor.goes(reverse("projectplan:today"))
        visitor.page.locator("#find").fill("โรงเรียน")
        visitor.page.locator("#find").press("Enter")
        visitor.page.wait_for_url(lambda url: "/search/" in url)
    else:
        visitor.goes(address)
    visitor.page.wait_for_function("() => !document.querySelector('.htmx-request')")
    picture = Image.open(io.BytesIO(visitor.page.screenshot()))
    kept = io.BytesIO()
    picture.convert("RGB").save(kept, "WEBP", quality=60, method=6)
    assert len(kept.getvalue()) <= LARGEST, f"{name}: {len(kept.getvalue())} bytes"
    folder = os.environ.get("PICTURES")
    if folder:
        (Path(folder) / f"{name}.webp").write_bytes(kept.getvalue())


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_kept_with_the_code(name: str) -> None:
    assert (Path(__file__).parents[2] / "static" / "help" / f"{name}.webp").stat().st_size <= LARGEST
