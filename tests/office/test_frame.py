"""The frame of every page: for each role and the stranger, in both languages, by keyboard and without inline code."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.views import defaults
from pytest_django import DjangoAssertNumQueries

from complaints.models import Petition
from office.browsers import browser_and_system
from office.frame import FrameMiddleware, frame_of
from office.models import CalendarEdition, Notice, User
from office.models.calendar import current_calendar, record_edition
from office.notices import tell
from office.thai import to_thai_digits

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

TEMPLATES = Path(settings.BASE_DIR) / "templates"
OWN_ACCOUNT = ["usersessions_list", "mfa_index", "account_change_password", "account_logout", "account_email"]
WAY_IN = [
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_inactive",
    "account_signup",
]


class Page(HTMLParser):
    """What a screen reader finds: headings, landmarks, fields and their labels."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.landmarks: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids += [found["id"]] if "id" in found else []
        if tag == "html":
            self.language = found.get("lang", "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("main", "nav", "header", "footer"):
            self.landmarks.append(tag)
        if tag == "label":
            self.labelled.add(found.get("for", ""))
        is_seen = found.get("type") not in ("hidden", "submit", "button")
        if tag in ("input", "select", "textarea") and is_seen and "aria-hidden" not in found:
            self.fields.append(found)

    def check(self) -> None:
        """One main, one h1, no level of heading passed over, every field with a label, no id twice."""
        assert self.landmarks.count("main") == 1
        assert self.headings[:1] == [1]
        assert self.headings.count(1) == 1
        assert all(
            deeper - level <= 1 for level, deeper in zip(self.headings, self.headings[1:], strict=False)
        )
        assert [
            field
            for field in self.fields
            if not field.get("aria-label") and field.get("id") not in self.labelled
        ] == []
        assert len(self.ids) == len(set(self.ids))


def text_of(client: Client, address: str, language: str = "th") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(address).content.decode()


# ── Who sees which frame ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", OWN_ACCOUNT)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_signed_in_page_is_whole(name: str, language: str, officer: User, client_for: ClientFor) -> None:
    page = Page(text_of(client_for(officer), reverse(name), language))
    page.check()
    assert page.language == language
    assert {"header", "nav", "main", "footer"} <= set(page.landmarks)


@pytest.mark.parametrize("name", ["site:home", *WAY_IN])
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_page_for_strangers_is_whole(name: str, language: str, db: None) -> None:
    page = Page(text_of(Client(), reverse(name), language))
    page.check()
    assert page.language == language


def menu_of(client: Client) -> str:
    text = text_of(client, reverse("account_logout"))
    return text[text.index('<nav id="menu"') : text.index("</nav>")]


def test_the_menu_offers_what_the_role_does(
    officer: User,
    head: User,
    executive: User,
    administrator: User,
    stranger: User,
    client_for: ClientFor,
) -> None:
    menus = {
        person: menu_of(client_for(person)) for person in (officer, head, executive, administrator, stranger)
    }
    assert all(f'href="{reverse("projectplan:today")}"' in menu for menu in menus.values())
    registers = {person for person, menu in menus.items() if f'href="{reverse("complaints:intake")}"' in menu}
    assert registers == {officer, head}
    assert {person for person, menu in menus.items() if reverse("admin:index") in menu} == {administrator}


def test_the_page_one_is_on_is_marked_in_the_menu(officer: User) -> None:
    request = RequestFactory().get("/")
    request.user = officer
    text = render_to_string(
        "parts/menu.html", {"section": "petitions", "urls": {"petitions": "/p/", "reports": "/r/"}}, request
    )
    assert re.findall(r'href="([^"]*)" aria-current="page"', text) == ["/p/"]


def test_the_bar_says_the_day_the_name_and_the_count_of_notices(officer: User) -> None:
    request = RequestFactory().get("/")
    request.user = officer
    with translation.override("th"):
        text = render_to_string("parts/top.html", {"urls": {"notices": "/n/"}, "bell": 3}, request)
    assert "ทัศนีย์ น." in text
    assert f'<span class="due late">{to_thai_digits(3)}</span>' in text


def test_the_bell_stops_counting_at_ninety_nine(officer: User) -> None:
    request = RequestFactory().get("/")
    request.user = officer
    with translation.override("en"):
        assert ">99+<" in render_to_string(
            "parts/top.html", {"urls": {"notices": "/n/"}, "bell": 100}, request
        )


def test_the_frame_asks_for_the_person_the_roles_the_room_and_the_bell_only(
    officer: User, client_for: ClientFor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_for(officer)
    client.get(reverse("account_logout"))
    with django_assert_max_num_queries(5):  # session, person, roles, subgroup, bell
        client.get(reverse("account_logout"))


def test_everybody_may_change_the_language_and_stays_on_the_page(db: None) -> None:
    client = Client()
    answer = client.post(
        reverse("set_language"), {"language": "en"}, headers={"referer": "http://testserver/"}
    )
    assert answer.url == "http://testserver/"
    assert Page(client.get("/").content.decode()).language == "en"


def test_the_front_door_leads_to_the_two_acts(db: None) -> None:
    text = text_of(Client(), "/")
    assert f'href="{reverse("petition:new")}"' in text
    assert f'href="{reverse("petition:follow")}"' in text


# ── When something is wrong ───────────────────────────────────────────────────────────────────


def request_of(user: User | None) -> HttpRequest:
    request = RequestFactory().get("/nowhere/")
    if user:
        request.user = user
    return request


def test_nothing_here_says_why_and_where_to_go(officer: User, client_for: ClientFor) -> None:
    inside = client_for(officer).get("/nowhere/")
    assert inside.status_code == 404
    Page(inside.content.decode()).check()
    assert reverse("projectplan:today") in inside.content.decode()
    outside = defaults.page_not_found(request_of(None), Http404())
    Page(outside.content.decode()).check()
    assert 'id="menu"' not in outside.content.decode()


def test_a_refusal_says_its_reason_in_the_frame_of_the_person(officer: User) -> None:
    answer = defaults.permission_denied(request_of(officer), PermissionDenied("หัวหน้ากลุ่มเท่านั้น"))
    assert answer.status_code == 403
    Page(answer.content.decode()).check()
    assert "หัวหน้ากลุ่มเท่านั้น" in answer.content.decode()


def test_a_refusal_without_words_has_words_of_its_own(officer: User) -> None:
    with translation.override("en"):
        text = defaults.permission_denied(request_of(officer), PermissionDenied()).content.decode()
    assert "Nothing has been changed." in text


@pytest.mark.parametrize(("view", "status"), [(defaults.server_error, 500), (defaults.bad_request, 400)])
def test_a_fault_is_explained_without_any_context(
    view: Callable[..., object], status: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(0):
        answer = view(request_of(None)) if status == 500 else view(request_of(None), ValueError())
    assert answer.status_code == status
    Page(answer.content.decode()).check()


def test_an_old_form_is_explained(officer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("account_login"), {"login": "thatsanee"})
    assert answer.status_code == 403
    Page(answer.content.decode()).check()
    assert "csrf" not in answer.content.decode().lower()


# ── What no template may hold ─────────────────────────────────────────────────────────────────

ON_SCREEN = [path for path in TEMPLATES.rglob("*.*") if "paper" not in path.relative_to(TEMPLATES).parts]
FORBIDDEN = re.compile(
    r"""\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|\son(?!e\b)[a-z]+\s*=|javascript:""", re.IGNORECASE
)


@pytest.mark.parametrize("path", ON_SCREEN, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_holds_code_or_style_of_its_own(path: Path) -> None:
    assert FORBIDDEN.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", ON_SCREEN, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_comment_runs_over_a_line_for_django_would_print_it(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.count("{#") != line.count("#}")] == []


def test_every_icon_named_in_a_template_exists() -> None:
    sprite = (Path(settings.BASE_DIR) / "static/icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    named = {
        name
        for path in ON_SCREEN
        for name in re.findall(r'\{% icon "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert named <= drawn


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
            "Chrome, Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Linux"),
        ("curl/8.0", ""),
    ],
)
def test_a_browser_is_called_by_its_name(user_agent: str, name: str) -> None:
    assert browser_and_system(user_agent) == name


# ── What a page asks besides its own ────────────────────────────────────────────────────────


def test_a_page_with_bell_and_marks_asks_for_both_at_once(
    officer: User, client_for: ClientFor, petition: Petition
) -> None:
    client = client_for(officer)
    client.get(petition.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(petition.get_absolute_url())
    about = [one["sql"] for one in asked if "office_calendaredition" in one["sql"]]
    assert len(about) == 1
    assert "office_notice" in about[0]


@pytest.mark.parametrize(("method", "knows_the_newest"), [("get", False), ("head", False), ("post", True)])
def test_what_only_reads_keeps_one_calendar_and_what_writes_asks_for_the_newest(
    officer: User, method: str, knows_the_newest: bool
) -> None:
    versions = []

    def view(request: HttpRequest) -> HttpResponse:
        versions.append(current_calendar().version)
        record_edition(note="วันหยุดเพิ่ม", made_by=officer, now=timezone.now())
        versions.append(current_calendar().version)
        return HttpResponse()

    request = getattr(RequestFactory(), method)("/")
    request.user = officer
    FrameMiddleware(view)(request)
    assert (versions[0] != versions[1]) is knows_the_newest
    assert current_calendar().version == CalendarEdition.objects.latest("pk").pk


def test_an_office_that_never_changed_its_calendar_has_a_bell(officer: User) -> None:
    CalendarEdition.objects.all().delete()
    tell(
        [officer],
        Notice.Kind.YOUR_TURN,
        once="x",
        now=timezone.now(),
        calendar=current_calendar(),
        matter=None,
    )
    request = RequestFactory().get("/")
    request.user = officer
    assert (frame_of(request).unread, frame_of(request).edition) == (1, (0, None))
