"""The page of a standing work: its figure with its rows, its frozen months, counting one anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.calendar import month
from office.models import User
from projectplan.freezing import freeze_month
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import FrozenValue, Plan, Work
from tests.complaints.opinions import Desk, at

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

OCTOBER = month(2009, 10)
RECEIVED = at(2009, 10, 6, 9)
NOW = at(2009, 11, 23, 13, 20)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def desk(officer: User, head: User, executive: User) -> Desk:
    load_file(PLAN_2553)
    return Desk(officer, head, executive)


@pytest.fixture
def work(desk: Desk) -> Work:
    """Petitions: one opinion of October in time, one that came late after the month was frozen."""
    desk.put(desk.receive(RECEIVED), RECEIVED + timedelta(hours=2))
    late = desk.receive(at(2009, 10, 30, 9))
    freeze_month(Plan.objects.get(), OCTOBER, at(2009, 10, 31, 9))
    desk.put(late, at(2009, 11, 9, 9), why="รอเอกสารจากหน่วยงาน")
    return Work.objects.get(measure="complaints.opinions_on_time")


def page_of(client: Client, work: Work, **query: str) -> str:
    return unescape(client.get(reverse("projectplan:work", args=[work.pk]), query).content.decode())


def anew_of(work: Work, code: str = "2552-10") -> str:
    return reverse("projectplan:work_anew", args=[work.pk, code])


def test_the_page_shows_the_figure_its_rows_and_the_months(
    client_for: SignIn, work: Work, desk: Desk, clock: None
) -> None:
    text = page_of(client_for(desk.officer), work)
    assert "๕๐%" in text
    assert "opinion=late" in text
    assert "ตุลาคม ๒๕๕๒" in text
    assert "ขณะนี้ ๕๐%" in text  # frozen it was 100
    assert "ทำฉบับใหม่" not in text


def test_who_may_not_open_the_register_sees_the_figures_without_links(
    client_for: SignIn, work: Work, stranger: User, clock: None
) -> None:
    text = page_of(client_for(stranger), work)
    assert "๕๐%" in text
    assert "opinion=late" not in text


def test_a_head_counts_a_month_anew_with_a_reason(
    client_for: SignIn, work: Work, desk: Desk, clock: None
) -> None:
    client = client_for(desk.head)
    (newest,) = FrozenValue.objects.of(work)
    address = anew_of(work, _code(client, work))
    assert client.post(address, {"seen": 1, "reason": ""}).status_code == 422
    assert client.post(address, {"seen": 1, "reason": "ลงผลช้ากว่าสิ้นเดือน"}).status_code == 302
    again = client.post(address, {"seen": 1, "reason": "ลงผลช้ากว่าสิ้นเดือน"})
    assert again.status_code == 422
    editions = list(FrozenValue.objects.of(work).order_by("edition"))
    assert [(one.edition, one.value) for one in editions] == [(1, newest.value), (2, 50)]
    assert editions[1].frozen_by == desk.head


def _code(client: Client, work: Work) -> str:
    """The month as the page's own link writes it."""
    text = page_of(client, work)
    start = text.index(f"/works/{work.pk}/frozen/") + len(f"/works/{work.pk}/frozen/")
    return text[start : text.index("/", start)]


def test_others_do_not_count_a_month_anew(
    client_for: SignIn, work: Work, desk: Desk, clock: None, administrator: User
) -> None:
    code = _code(client_for(desk.head), work)
    assert client_for(desk.officer).get(anew_of(work, code)).status_code == 403
    assert client_for(administrator).get(anew_of(work, code)).status_code == 403
    assert client_for(administrator).get(reverse("projectplan:work", args=[work.pk])).status_code == 403
    assert "login" in Client().get(anew_of(work, code))["Location"]


@pytest.mark.parametrize("code", ["2552-11", "nonsense"])
def test_a_month_that_is_not_frozen_has_no_new_edition(
    client_for: SignIn, work: Work, desk: Desk, clock: None, code: str
) -> None:
    assert client_for(desk.head).get(anew_of(work, code)).status_code == 404


def test_the_page_asks_few_questions(
    client_for: SignIn,
    work: Work,
    desk: Desk,
    clock: None,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    client = client_for(desk.officer)
    page_of(client, work)
    with django_assert_max_num_queries(12):
        page_of(client, work)
