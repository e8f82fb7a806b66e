"""The page of an indicator: its figure and the rows behind it, entered values with evidence, frozen months."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from office.calendar import month
from office.models import User
from office.thai import to_arabic_digits
from projectplan.freezing import freeze_due
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import FrozenValue, Kpi, KpiEntry, KpiEvidence, Plan
from tests.cast import make_administrator, make_executive, make_head, make_officer
from tests.complaints.opinions import Desk, at

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
NOW = at(2009, 11, 23, 13, 20)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def plan(db: None) -> Plan:
    load_file(PLAN_2553)
    return Plan.objects.get(fiscal_year=2553)


@pytest.fixture
def desk(plan: Plan, executive: User) -> Desk:
    return Desk(make_officer(), make_head(), executive)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def page_of(code: str) -> str:
    return reverse("projectplan:kpi", args=[code])


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return to_arabic_digits(unescape(answer.content.decode())).replace("\xa0", " ")


def link(html: str, words: str) -> str:
    """Where the words of a number lead."""
    found = re.search(rf'<a href="([^"]+)">{re.escape(words)}</a>', html)
    assert found, words
    return found[1]


# ── Who may see ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("make", [make_officer, make_head, make_executive])
def test_officers_heads_and_executives_see_it(
    plan: Plan, client_for: SignIn, make: Callable[[], User]
) -> None:
    assert client_for(make()).get(page_of("1.3")).status_code == 200


def test_others_do_not(plan: Plan, client_for: SignIn, client: Client) -> None:
    assert client.get(page_of("1.3")).status_code == 302
    assert client_for(make_administrator()).get(page_of("1.3")).status_code == 403


def test_there_is_no_page_of_an_indicator_that_the_plan_has_not(plan: Plan, client_for: SignIn) -> None:
    assert client_for(make_officer()).get(page_of("9.9")).status_code == 404


# ── Its figure ──────────────────────────────────────────────────────────────────────────────


def test_value_score_light_and_what_is_still_reachable(plan: Plan, desk: Desk, client_for: SignIn) -> None:
    desk.put(desk.receive(at(2009, 10, 1)), at(2009, 10, 2))
    desk.put(desk.receive(at(2009, 10, 2)), at(2009, 10, 5))
    desk.put(desk.receive(at(2009, 10, 5)), at(2009, 10, 9), why="ลาป่วย")
    desk.receive(at(2009, 11, 23))
    html = shown(client_for(desk.head), page_of("1.3"))
    assert "66.7%" in html  # 2 of 3 decided
    assert "1.67" in html  # between 60 and 70 of the levels
    assert "75%" in html  # 3 of 4, if the open one is in time
    assert "ต่ำกว่าเป้าหมาย" in html


def test_every_number_leads_to_as_many_rows(plan: Plan, desk: Desk, client_for: SignIn) -> None:
    desk.put(desk.receive(at(2009, 10, 1)), at(2009, 10, 2))
    desk.put(desk.receive(at(2009, 10, 5)), at(2009, 10, 9), why="ลาป่วย")
    desk.receive(at(2009, 11, 23))
    client = client_for(desk.head)
    html = shown(client, page_of("1.3"))
    for words in ("ทัน 1", "เกิน 1", "ยังไม่ครบกำหนด 1"):
        rows = client.get(link(html, words))
        assert rows.status_code == 200
        assert rows.content.decode().count('class="t"') == 1


def test_several_kinds_stand_apart_each_with_its_rows(plan: Plan, client_for: SignIn) -> None:
    from tests.parliament.meetings_cast import make_meeting

    make_meeting(received_at=at(2009, 11, 16, 9), begins_at=at(2009, 11, 20, 9))
    head = make_head("duangrat", subgroup="politics")
    client = client_for(head)
    html = shown(client, page_of("1.1"))
    assert client.get(link(html, "เกิน 1")).status_code == 200
    assert html.count("kind=meeting") >= 1


def test_a_rolled_up_indicator_shows_its_parts(plan: Plan, desk: Desk, client_for: SignIn) -> None:
    desk.put(desk.receive(at(2009, 10, 1)), at(2009, 10, 2))
    html = shown(client_for(desk.head), page_of("1"))
    assert all(f"/kpis/{code}/" in html for code in ("1.1", "1.2", "1.3"))
    assert "5.00" in html


@pytest.mark.parametrize("code", ["1", "1.1", "1.3", "2.1"])
def test_the_page_asks_the_database_little(
    code: str, plan: Plan, desk: Desk, client_for: SignIn, django_assert_max_num_queries: Callable
) -> None:
    freeze_due(NOW)
    client = client_for(desk.head)
    client.get(page_of(code))
    with django_assert_max_num_queries(12):
        client.get(page_of(code))


# ── Entered with evidence ───────────────────────────────────────────────────────────────────


def form_of(**given: object) -> dict[str, object]:
    return {"month": "2552-10", "value": "๓.๕", "text": "ประชุมครบ ๓ ครั้ง", "reason": "", "seen": "0", **given}


def enter(client: Client, **given: object):  # type: ignore[no-untyped-def]
    return client.post(reverse("projectplan:kpi_enter", args=["2.1"]), form_of(**given))


def test_a_value_is_entered_with_its_evidence(plan: Plan, client_for: SignIn) -> None:
    officer = make_officer()
    client = client_for(officer)
    file = SimpleUploadedFile("รายงาน.pdf", PDF, "application/pdf")
    assert enter(client, evidence=file).status_code == 302
    entry = KpiEntry.objects.get()
    assert (entry.month, entry.value, entry.entered_by) == (date(2009, 10, 1), Decimal("3.5"), officer)
    html = shown(client, page_of("2.1"))
    assert "ประชุมครบ 3 ครั้ง" in html
    paper = client.get(reverse("projectplan:kpi_evidence", args=[KpiEvidence.objects.get().pk]))
    assert b"".join(paper.streaming_content) == PDF  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"value": "๖"}, "เขียนตัวเลขตั้งแต่ ๑ ถึง ๕"),
        ({"value": ""}, "เขียนค่า"),
        ({"value": "มาก"}, "value"),
        ({"text": ""}, "อธิบายว่าค่านี้มาจากอะไร"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_nothing_is_lost(
    given: dict[str, str], words: str, plan: Plan, client_for: SignIn
) -> None:
    answer = enter(client_for(make_officer()), **{"text": "ประชุมครบ", **given})
    assert answer.status_code == 422
    html = unescape(answer.content.decode())
    assert words in html
    assert given.get("text") == "" or "ประชุมครบ" in html
    assert not KpiEntry.objects.exists()


def test_a_correction_needs_a_reason_and_leaves_the_first_entry(plan: Plan, client_for: SignIn) -> None:
    client = client_for(make_officer())
    enter(client)
    assert enter(client, value="4", seen="1").status_code == 422
    assert enter(client, value="4", seen="1", reason="นับรวมครั้งที่ ๔").status_code == 302
    assert list(KpiEntry.objects.order_by("edition").values_list("edition", "value")) == [
        (1, Decimal("3.5")),
        (2, Decimal(4)),
    ]
    html = shown(client, page_of("2.1"))
    assert "นับรวมครั้งที่ 4" in html
    assert "4.00" in html


def test_two_who_enter_at_once_do_not_write_over_each_other(plan: Plan, client_for: SignIn) -> None:
    client = client_for(make_officer())
    enter(client)
    assert enter(client, month="2552-11").status_code == 422
    assert KpiEntry.objects.count() == 1


def test_the_database_refuses_to_change_an_entry(plan: Plan, client_for: SignIn) -> None:
    enter(client_for(make_officer()))
    with pytest.raises(DatabaseError), transaction.atomic():
        KpiEntry.objects.update(value=Decimal(5))


def test_executives_enter_nothing_and_what_is_counted_is_not_entered(plan: Plan, client_for: SignIn) -> None:
    address = reverse("projectplan:kpi_enter", args=["2.1"])
    assert client_for(make_executive()).get(address).status_code == 403
    counted = reverse("projectplan:kpi_enter", args=["1.3"])
    assert client_for(make_officer()).get(counted).status_code == 404


# ── Frozen months ───────────────────────────────────────────────────────────────────────────


def corrected_month(desk: Desk) -> None:
    """October frozen while a promise was open, which was then kept."""
    late = desk.receive(at(2009, 10, 30))
    freeze_due(at(2009, 11, 2, 8, 30))
    desk.put(late, at(2009, 11, 2, 16, 30))


def test_a_closed_month_says_what_was_frozen_and_what_it_is_now(
    plan: Plan, desk: Desk, client_for: SignIn
) -> None:
    corrected_month(desk)
    html = shown(client_for(desk.head), page_of("1.3"))
    assert "2 พ.ย. 52" in html
    assert "ขณะนี้ 100%" in html
    assert reverse("projectplan:kpi_anew", args=["1.3", "2552-10"]) in html


def test_a_head_makes_a_new_edition_with_a_reason(plan: Plan, desk: Desk, client_for: SignIn) -> None:
    corrected_month(desk)
    client = client_for(desk.head)
    address = reverse("projectplan:kpi_anew", args=["1.3", "2552-10"])
    assert client.get(address).status_code == 200
    assert client.post(address, {"seen": "1", "reason": ""}).status_code == 422
    assert client.post(address, {"seen": "1", "reason": "ครบกำหนดหลังสิ้นเดือน"}).status_code == 302
    assert client.post(address, {"seen": "1", "reason": "อีกครั้ง"}).status_code == 422
    kept = FrozenValue.objects.of(Kpi.objects.get(code="1.3")).filter(month=month(2009, 10).first)
    assert [one.edition for one in kept] == [2, 1]
    assert "ครบกำหนดหลังสิ้นเดือน" in shown(client, page_of("1.3"))


def test_officers_make_no_new_edition_and_an_open_month_has_none(
    plan: Plan, desk: Desk, client_for: SignIn
) -> None:
    corrected_month(desk)
    closed = reverse("projectplan:kpi_anew", args=["1.3", "2552-10"])
    still_open = reverse("projectplan:kpi_anew", args=["1.3", "2552-11"])
    assert client_for(desk.officer).get(closed).status_code == 403
    assert client_for(desk.head).get(still_open).status_code == 404
