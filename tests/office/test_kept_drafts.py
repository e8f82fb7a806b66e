"""Drafts of long forms: kept sealed, for their writer alone, gone once the form is saved, thrown away or old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.models import Petition
from office import kept_drafts
from office.kept_drafts import LONGEST, MOST, drop_old, find, keep
from office.models import KeptDraft, User
from office.views import kept_drafts as views
from tests.cast import make_category, make_petition

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
PAGE = "/petitions/new/"
STORY = "นางสมศรี ใจดี เล่าว่าโรงเรียนเก็บเงินบำรุง"


def address() -> str:
    return reverse("office:kept_draft")


def typed(client: Client, page: str = PAGE) -> list[list[str]] | None:
    answer = client.get(address(), {"draft_page": page})
    return answer.json()["typed"] if answer.status_code == 200 else None


def test_what_is_typed_comes_back_to_its_writer_in_another_browser(
    client_for: ClientFor, officer: User
) -> None:
    given = {"draft_page": PAGE, "story": STORY, "kinds": ["ก", "ข"], "csrfmiddlewaretoken": "x"}
    answer = client_for(officer).post(address(), given)
    assert "น." in answer.json()["at"]
    assert typed(client_for(officer)) == [["story", STORY], ["kinds", "ก"], ["kinds", "ข"]]


def test_nobody_else_gets_it_and_the_database_does_not_show_it(
    client_for: ClientFor, officer: User, head: User, administrator: User
) -> None:
    client_for(officer).post(address(), {"draft_page": PAGE, "story": STORY})
    assert typed(client_for(head)) is None
    assert typed(client_for(administrator)) is None
    assert "สมศรี" not in KeptDraft.objects.get().sealed
    assert Client().get(address(), {"draft_page": PAGE}).status_code == 302


def test_it_is_thrown_away_on_request(client_for: ClientFor, officer: User) -> None:
    client = client_for(officer)
    client.post(address(), {"draft_page": PAGE, "story": STORY})
    assert client.post(address(), {"draft_page": PAGE, "throw": "1"}).status_code == 204
    assert not KeptDraft.objects.exists()


def test_it_is_gone_once_the_form_is_saved(client_for: ClientFor, officer: User) -> None:
    petition = make_petition(owner=officer)
    client = client_for(officer)
    page = reverse("complaints:step", args=[petition.pk, "summarise"])
    client.post(address(), {"draft_page": page, "summary": "สรุป"})
    given = {"seen": petition.version, "summary": "สรุป", "opinion": "เห็นควร", "kept_draft": page}
    assert client.post(page, given | {"seen": petition.version + 7}).status_code in (409, 422)
    assert KeptDraft.objects.count() == 1
    given["category"] = str(make_category().pk)
    assert client.post(page, given).status_code == 302
    assert not KeptDraft.objects.exists()


def test_a_form_sent_after_the_session_ended_leaves_its_draft(client_for: ClientFor, officer: User) -> None:
    petition = make_petition(owner=officer)
    page = reverse("complaints:step", args=[petition.pk, "summarise"])
    keep(officer, page, [("summary", "สรุป")], now=timezone.now())
    assert Client().post(page, {"summary": "สรุป", "kept_draft": page}).status_code == 302
    assert find(officer, page, now=timezone.now()) is not None
    assert Petition.objects.get().state == "received"


def test_another_persons_draft_is_not_dropped_by_the_hidden_field(
    client_for: ClientFor, officer: User, head: User
) -> None:
    petition = make_petition()
    keep(officer, PAGE, [("story", STORY)], now=timezone.now())
    step = reverse("complaints:step", args=[petition.pk, "assign"])
    given = {"seen": petition.version, "to": officer.pk, "kept_draft": PAGE}
    assert client_for(head).post(step, given).status_code == 302
    assert KeptDraft.objects.count() == 1


@pytest.mark.parametrize("page", ["", "https://elsewhere.example/", "/nowhere/at/all/", "/" + "a" * 300])
def test_only_our_own_addresses_have_drafts(client_for: ClientFor, officer: User, page: str) -> None:
    assert client_for(officer).post(address(), {"draft_page": page, "story": STORY}).status_code == 400


def test_too_much_is_not_kept(client_for: ClientFor, officer: User) -> None:
    given = {"draft_page": PAGE, "story": "ก" * (LONGEST + 1)}
    assert client_for(officer).post(address(), given).status_code == 413
    assert not KeptDraft.objects.exists()


def test_a_machine_that_saves_all_the_time_is_held_up(
    client_for: ClientFor, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "EACH_PERSON", "1/hour")
    client = client_for(officer)
    assert client.post(address(), {"draft_page": PAGE, "story": "ก"}).status_code == 200
    assert client.post(address(), {"draft_page": PAGE, "story": "ข"}).status_code == 429


def test_of_many_drafts_the_oldest_goes(officer: User) -> None:
    now = timezone.now()
    for number in range(MOST + 2):
        keep(officer, f"/{number}/", [("story", "ก")], now=now + timedelta(seconds=number))
    assert KeptDraft.objects.count() == MOST
    assert not KeptDraft.objects.filter(page="/0/").exists()


def test_old_drafts_are_dropped_by_the_round(officer: User) -> None:
    now = timezone.now()
    keep(officer, PAGE, [("story", "ก")], now=now - timedelta(days=15))
    assert find(officer, PAGE, now=now) is None
    assert drop_old(now) == 1
    assert drop_old(now) == 0


def test_one_sealed_with_a_lost_key_is_none(officer: User) -> None:
    now = timezone.now()
    KeptDraft.objects.create(user=officer, page=PAGE, sealed="x", kept_at=now)
    assert kept_drafts.find(officer, PAGE, now=now) is None
