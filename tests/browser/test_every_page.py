"""Every page, at a desk and on a phone, by day and by night: accessible, as wide as its screen, in Thai, calm.

With SHOTS naming a folder, a picture of each is left there to look at.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from complaints.models import Petition
from complaints.reports import MONTHLY
from office import incoming
from office.calendar import OFFICE_TZ, month_code, month_of, months_back
from office.help import CHAPTERS
from office.linking import link, put_into
from office.models import Topic, User
from office.views.search import results_address
from projectplan import issuing
from projectplan.loading import PLAN_2553, load_file
from tests.browser.conftest import Visit
from tests.browser.judge import axe, english_left
from tests.browser.visitor import DESK, HEIGHTS, PHONE, Visitor, thai
from tests.browser.world import agency_address, furnish
from tests.cast import make_stranger


def look_over(visitor: Visitor, name: str, *, kept: Iterable[str] = ()) -> None:
    """Judge the page as it stands at both widths; by night colours are all that differs."""
    page = visitor.page
    visitor.rests()
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.emulate_media(color_scheme="light")
        visitor.sees(f"{name}-{width}-light", kept=kept)
        page.emulate_media(color_scheme="dark")
        visitor.pictures(f"{name}-{width}-dark")
        faults = axe(page, rules=["color-contrast"])
        visitor.faults += [f"{name}-{width}-dark: {fault}" for fault in faults]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESK, "height": HEIGHTS[DESK]})


def open_and_look(visitor: Visitor, name: str, address: str, *args: Any, query: str = "") -> None:
    visitor.opens(address, *args, query=query)
    look_over(visitor, name)


@pytest.fixture
def petitions(officer: User, head: User, executive: User) -> dict[str, Petition]:
    return furnish(officer, head, executive, now=timezone.now())


# ── The public ──────────────────────────────────────────────────────────────────────────────


def test_public_pages(visit: Visit) -> None:
    visitor = visit()
    visitor.expects(404, 410)
    names = (
        "site:home",
        "open_data:datasets",
        "petition:new",
        "petition:follow",
        "petition:receipt",
        "account_login",
        "office:help_citizen",
    )
    for name in names:
        open_and_look(visitor, f"public-{name}", name)
    open_and_look(visitor, "public-open-dataset", "open_data:dataset", "petitions-by-province")
    visitor.goes("/nowhere/")
    look_over(visitor, "public-404")
    visitor.opens("petition:follow")
    visitor.presses("Show")
    look_over(visitor, "public-follow-empty")
    visitor.fills("Number of the matter", "รท ๑/๒๕๕๓")
    visitor.fills("Code", "7KM4P-X2RTQ")
    visitor.presses("Show")
    look_over(visitor, "public-follow-wrong")


def test_the_pages_behind_an_agencys_link(visit: Visit, petitions: dict[str, Petition]) -> None:
    visitor = visit()
    visitor.expects(404, 410)
    now = timezone.now()
    visitor.goes(agency_address(petitions["referred"], now))
    look_over(visitor, "agency-asked")
    visitor.presses("Send the answer")
    look_over(visitor, "agency-nothing-written")
    visitor.goes(agency_address(petitions["answered"], now))
    look_over(visitor, "agency-used")
    visitor.goes("/a/broken/")
    look_over(visitor, "agency-broken")


@pytest.mark.parametrize("name", ["400", "403_csrf", "500"])
def test_the_pages_of_trouble_that_are_drawn_without_context(visit: Visit, name: str) -> None:
    visitor = visit()
    with translation.override("th"):
        html = render_to_string(f"{name}.html")
    visitor.page.route("**/trouble/", lambda route: route.fulfill(body=html, content_type="text/html"))
    visitor.goes("/trouble/")
    look_over(visitor, f"trouble-{name}")


# ── Officers ────────────────────────────────────────────────────────────────────────────────


def test_the_officers_lists(visit: Visit, officer: User, petitions: dict[str, Petition]) -> None:
    visitor = visit()
    visitor.signs_in(officer)
    look_over(visitor, "officer-today")
    open_and_look(visitor, "officer-act", "projectplan:act", petitions["informed"].pk)
    open_and_look(visitor, "officer-petitions", "complaints:petitions")
    visitor.follows("Filter")
    visitor.page.locator("#filter-panel form").wait_for()
    look_over(visitor, "officer-petitions-filtering")
    open_and_look(visitor, "officer-petitions-urgent", "complaints:petitions", query="?order=due&unclosed=1")
    open_and_look(visitor, "officer-petitions-none", "complaints:petitions", query="?state=closed&late=1")
    open_and_look(visitor, "officer-filter", "complaints:petition_filter")
    open_and_look(visitor, "officer-notices", "office:notices", query="?show=all")
    open_and_look(visitor, "officer-personal", "office:personal")
    open_and_look(visitor, "help", "office:help")
    open_and_look(visitor, "help-round", "office:help_tour")
    for chapter in CHAPTERS:
        open_and_look(visitor, f"help-{chapter.code}", "office:help_chapter", chapter.code)
    open_and_look(visitor, "officer-calendar", "office:calendar")
    open_and_look(visitor, "officer-intake", "complaints:intake")
    visitor.presses("Register")
    look_over(visitor, "officer-intake-empty")


def test_the_officers_search(visit: Visit, officer: User, petitions: dict[str, Petition]) -> None:
    visitor = visit()
    visitor.expects(400, 422)
    visitor.signs_in(officer)
    open_and_look(visitor, "search", "office:search")
    for name, words in {
        "found": "เงินบำรุง",
        "nothing": "ไม่มีคำนี้แน่นอน",
        "short": "กข",
        "id": "1101700230708",
    }.items():
        search = visitor.page.locator("#find")
        search.fill(words)
        search.press("Enter")
        visitor.page.wait_for_load_state()
        look_over(visitor, f"search-{name}")
    open_and_look(visitor, "search-old", "search:results", query="?s=old")
    found = results_address("เงินบำรุง")
    visitor.goes(f"{found}&facets=1")
    look_over(visitor, "search-facets")
    visitor.goes(f"{found}&kind=petition&state=late")
    look_over(visitor, "search-narrowed")
    visitor.goes(f"{found}&kind=bill")
    look_over(visitor, "search-narrowed-to-nothing")
    open_and_look(visitor, "search-similar", "search:alike", petitions["late"].pk)
    visitor.page.locator("#find").fill(petitions["late"].label)
    visitor.page.locator("#find").press("Enter")
    visitor.page.wait_for_url(re.compile(rf"/petitions/{petitions['late'].pk}/"))


def test_links_topics_and_documents(visit: Visit, officer: User, petitions: dict[str, Petition]) -> None:
    visitor = visit()
    visitor.expects(422)
    visitor.signs_in(officer)
    now = timezone.now()
    one, other = petitions["received"], petitions["referred"]
    made = link(one, other, kind="related", note="โรงเรียนเดียวกัน", by=officer, now=now)
    topic = Topic.objects.create(name="ค่าบำรุงการศึกษา", note="หลายเรื่อง", made_at=now, made_by=officer)
    put_into(topic, one, by=officer, now=now)
    facts = {
        "received_at": now, "their_number": "ศธ ๐๔๐๐๑/๑", "sender": "สพฐ.", "addressee": "เลขานุการรัฐมนตรี",
        "subject": "ขอส่งรายงาน", "speed": "most_urgent", "secrecy": 1, "subgroup": officer.subgroup,
    }  # fmt: skip
    line = incoming.receive(facts, [], ticket=uuid.uuid4(), by=officer, now=now)
    open_and_look(visitor, "linked", "complaints:petition", one.pk)
    open_and_look(visitor, "link-new", "office:link_new", one.pk)
    open_and_look(visitor, "link-remove", "office:link_remove", one.pk, made.pk)
    open_and_look(visitor, "topics", "projectplan:topics")
    open_and_look(visitor, "topic-new", "projectplan:topic_new")
    open_and_look(visitor, "topic", "projectplan:topic", topic.pk)
    open_and_look(visitor, "topic-edit", "projectplan:topic_edit", topic.pk)
    open_and_look(visitor, "topic-out", "projectplan:topic_remove", topic.pk, one.pk)
    open_and_look(visitor, "topic-choose", "projectplan:topic_choose", other.pk)
    open_and_look(visitor, "documents-in", "office:documents_in")
    open_and_look(visitor, "documents-in-none", "office:documents_in", query="?month=2500-01")
    open_and_look(visitor, "documents-in-wrong", "office:documents_in", query="?month=x&year=1")
    open_and_look(visitor, "document-in-new", "office:document_in_new")
    for page in ("document_in", "document_in_edit", "document_in_strike"):
        open_and_look(visitor, page, f"office:{page}", line.pk)
    open_and_look(visitor, "documents-out", "office:documents_out")


STATES_SEEN = [
    "received", "late", "unclaimed", "anonymous", "secret", "returned", "summarised", "submitted", "ordered",
    "referred", "answered", "informed", "closed",
]  # fmt: skip


def test_one_petition_in_every_state(visit: Visit, officer: User, petitions: dict[str, Petition]) -> None:
    visitor = visit()
    visitor.signs_in(officer)
    for name in STATES_SEEN:
        open_and_look(visitor, f"petition-{name}", "complaints:petition", petitions[name].pk)


STEPS_SEEN = {
    "received": ["correct", "attach_files", "summarise"],
    "unclaimed": ["take"],
    "ordered": ["refer"],
    "referred": ["chase", "acknowledge", "answer", "decline"],
    "informed": ["close"],
    "closed": ["reopen"],
}


def test_the_officers_steps(visit: Visit, officer: User, petitions: dict[str, Petition]) -> None:
    visitor = visit()
    visitor.expects(422)
    visitor.signs_in(officer)
    for state, steps in STEPS_SEEN.items():
        for step in steps:
            open_and_look(visitor, f"step-{step}", "complaints:step", petitions[state].pk, step)
    visitor.opens("complaints:step", petitions["ordered"].pk, "refer")
    visitor.page.locator("[name=due_2]").fill("31 ก.พ. 2553")
    visitor.page.locator("form[data-keep]").evaluate("(form) => { form.noValidate = true; }")
    visitor.presses("Refer to agencies")
    visitor.page.locator(".alert-danger").wait_for()
    look_over(visitor, "step-refer-wrong")


# ── The head, the executive, the administrator, a stranger ──────────────────────────────────


def test_the_heads_pages(visit: Visit, head: User, petitions: dict[str, Petition]) -> None:
    visitor = visit()
    visitor.signs_in(head)
    look_over(visitor, "head-today")
    open_and_look(visitor, "head-today-of-one", "projectplan:today", query=f"?of={head.pk}")
    open_and_look(visitor, "head-check", "complaints:petition", petitions["summarised"].pk)
    for step in ("assign", "send_back", "submit"):
        open_and_look(visitor, f"head-{step}", "complaints:step", petitions["summarised"].pk, step)
    open_and_look(visitor, "head-calendar", "office:calendar")
    open_and_look(visitor, "head-moves", "office:calendar_moves")
    open_and_look(visitor, "head-retention", "retention:index")
    open_and_look(visitor, "head-requests", "retention:requests")
    open_and_look(visitor, "head-hold", "retention:hold", petitions["closed"].pk)


def test_reports_and_indicators(visit: Visit, head: User, petitions: dict[str, Petition]) -> None:
    now = timezone.now()
    month = month_of(now.astimezone(OFFICE_TZ).date())
    before = months_back(month, 2)[0]
    issuing.write_down(MONTHLY, before, by=head, now=now)
    visitor = visit()
    visitor.signs_in(head)
    open_and_look(visitor, "reports", "reports:list")
    open_and_look(visitor, "report-month", "reports:period", "complaints-monthly", month_code(month))
    open_and_look(visitor, "report-waiting", "reports:period", "complaints-monthly", month_code(before))
    open_and_look(visitor, "report-issue", "reports:issue", "complaints-monthly", month_code(month))
    this_month = f"?month={month_code(month)}"
    open_and_look(visitor, "trends", "reports:trends", query=this_month)
    open_and_look(visitor, "trends-two-years", "reports:trends", query=f"{this_month}&by=province&months=24")
    open_and_look(visitor, "provinces", "reports:places", query=this_month)
    open_and_look(visitor, "recurring", "reports:recurring", query=f"{this_month}&by=petition_kind")
    open_and_look(visitor, "kpis-no-plan", "projectplan:dashboard")
    load_file(PLAN_2553)
    open_and_look(visitor, "kpis-last-plan", "projectplan:dashboard")
    open_and_look(visitor, "kpis", "projectplan:dashboard", query="?span=quarter&at=2552-11")
    for name, page, query in (
        ("diary", "diary", "?day=2009-11-19"),
        ("diary-week", "diary", "?view=week&day=2009-11-19"),
        ("diary-day", "diary_day", "?day=2009-11-19"),
        ("diary-ahead", "diary_ahead", "?day=2009-11-16&only=promises"),
        ("diary-of-one", "diary", f"?day=2009-11-19&who={head.pk}"),
        ("diary-empty", "diary_day", "?day=2008-05-01"),
    ):
        open_and_look(visitor, name, f"projectplan:{page}", query=query)


def test_the_executives_pages(visit: Visit, executive: User, petitions: dict[str, Petition]) -> None:
    visitor = visit()
    visitor.signs_in(executive)
    look_over(visitor, "executive-today")
    open_and_look(visitor, "executive-decide", "projectplan:decide", petitions["submitted"].pk)
    open_and_look(visitor, "executive-diary", "projectplan:diary", query="?view=week&of=complaints")
    open_and_look(visitor, "executive-petitions", "complaints:petitions")
    open_and_look(visitor, "executive-petition", "complaints:petition", petitions["submitted"].pk)
    for step in ("order", "note", "return_for_revision"):
        open_and_look(visitor, f"executive-{step}", "complaints:step", petitions["submitted"].pk, step)
    visitor.presses("Return for revision")  # nothing written: the browser itself says so beside the field


def test_the_administrators_pages(visit: Visit, administrator: User, petitions: dict[str, Petition]) -> None:
    visitor = visit()
    visitor.expects(403, 404)
    visitor.signs_in(administrator)
    open_and_look(visitor, "administrator-calendar", "office:calendar")
    open_and_look(visitor, "administrator-intake-403", "complaints:intake")
    open_and_look(visitor, "administrator-petition-404", "complaints:petition", petitions["late"].pk)
    # How the system stands, what failed and who leaves: test_administration_journey.
    open_and_look(visitor, "administrator-clock", "administration:clock")
    open_and_look(visitor, "administrator-leavings", "administration:leavings")


def test_the_pages_of_the_system(visit: Visit, administrator: User, petitions: dict[str, Petition]) -> None:
    """Django's own pages in our dress: accessible and in Thai, at the width of a desk."""
    load_file(PLAN_2553)
    visitor = visit()
    visitor.signs_in(administrator)
    visitor.opens("admin:index")
    look_at_the_system(visitor, "index")
    for model in admin.site._registry:
        name = model._meta.model_name
        root = f"admin:{model._meta.app_label}_{name}"
        visitor.opens(f"{root}_changelist")
        look_at_the_system(visitor, f"{name}-list")
        ways = {"add": "#content-main a.addlink", "change": "#result_list tbody tr:first-child th a"}
        found = {way: visitor.page.locator(selector) for way, selector in ways.items()}
        addresses = {way: link.first.get_attribute("href") for way, link in found.items() if link.count()}
        for way, address in addresses.items():
            visitor.goes(reverse(f"{root}_add") if way == "add" else str(address))
            look_at_the_system(visitor, f"{name}-{way}")
    for name in ("split", "join"):
        visitor.opens(f"admin:complaints_category_{name}")
        look_at_the_system(visitor, f"category-{name}")


def look_at_the_system(visitor: Visitor, name: str) -> None:
    visitor.pictures(f"system-{name}")
    # Django writes "Search" and "True" into its pages untranslated, and labels its search by a picture; what the
    # tables hold is data.
    kept = ["Search", "True", "False", "Control", "Command", "Mac"]
    besides = "#result_list td, #result_list th[scope=row], .readonly, option, .title, h2, .actions"
    accessible = [fault for fault in axe(visitor.page) if "label-title-only" not in fault]
    faults = [*accessible, *english_left(visitor.page, kept=kept, besides=besides)]
    visitor.faults += [f"system-{name}: {fault}" for fault in faults]


def test_a_stranger_sees_empty_pages(visit: Visit, petitions: dict[str, Petition]) -> None:
    visitor = visit()
    visitor.expects(403, 404)
    visitor.signs_in(make_stranger())
    look_over(visitor, "stranger-today")
    open_and_look(visitor, "stranger-petitions", "complaints:petitions", query="?all=1")
    open_and_look(visitor, "stranger-notices", "office:notices")
    open_and_look(visitor, "stranger-reports-403", "reports:list")
    open_and_look(visitor, "stranger-404", "complaints:petition", petitions["late"].pk)


# ── The other language ──────────────────────────────────────────────────────────────────────


def test_the_other_language_is_one_press_away(visit: Visit, officer: User) -> None:
    visitor = visit()
    visitor.signs_in(officer)
    visitor.page.get_by_role("button", name="English").click()
    visitor.page.wait_for_function("() => document.documentElement.lang === 'en'")
    assert visitor.heading() == "Today"
    visitor.page.get_by_role("button", name=thai("ภาษาไทย")).click()
    visitor.page.wait_for_function("() => document.documentElement.lang === 'th'")
    assert visitor.page.url.endswith(reverse("projectplan:today"))
