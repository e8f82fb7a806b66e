"""A stale page: what one side alone changed is brought together by itself, what both changed is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from complaints.models import Petition
from office.models import User
from tests.cast import fresh, make_petition, take_step

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
OLD, MINE, THEIRS = "ชื่อเรื่องเดิมที่รับไว้", "ชื่อเรื่องที่เจ้าหน้าที่แก้", "ชื่อเรื่องที่หัวหน้าแก้"


@pytest.fixture
def petition(officer: User) -> Petition:
    return make_petition(owner=officer, title=OLD, place="โรงเรียนเดิม")


def page_of(petition: Petition) -> str:
    return reverse("complaints:step", args=[petition.pk, "correct"])


def typed_on(client: Client, petition: Petition, **changed: str) -> dict[str, Any]:
    """What a browser sends of the page as it stands now, with some fields typed anew."""
    form = client.get(page_of(petition)).context["form"]
    data: dict[str, Any] = {"seen": form["seen"].value(), "begun": form.begun}
    for bound in form.visible_fields():
        value = bound.field.widget.format_value(bound.value())
        data[bound.name] = "" if value in (None, []) else value
    return data | changed


def versions(answer: Any) -> dict[str, str]:
    return {one.name: one.fate.value for one in answer.context["versions"]}


def test_fields_that_one_side_changed_are_brought_together(
    client_for: ClientFor, officer: User, head: User, petition: Petition
) -> None:
    client = client_for(officer)
    data = typed_on(client, petition, place="โรงเรียนใหม่")
    take_step(petition, "correct", head, title=THEIRS)
    answer = client.post(page_of(petition), data)
    assert answer.status_code == 409
    assert versions(answer) == {"title": "theirs", "place": "mine"}
    form = answer.context["form"]
    assert (form["title"].value(), form["place"].value()) == (THEIRS, "โรงเรียนใหม่")
    again = {name: form[name].value() or "" for name in data if name != "begun"} | {"begun": form.begun}
    assert client.post(page_of(petition), again).status_code == 302
    found = fresh(petition)
    assert (found.title, found.place) == (THEIRS, "โรงเรียนใหม่")


def test_what_both_changed_is_shown_word_by_word_and_chosen(
    client_for: ClientFor, officer: User, head: User, petition: Petition
) -> None:
    client = client_for(officer)
    data = typed_on(client, petition, title=MINE)
    take_step(petition, "correct", head, title=THEIRS)
    answer = client.post(page_of(petition), data)
    text = answer.content.decode()
    assert versions(answer) == {"title": "both"}
    assert answer.context["form"]["title"].value() == MINE
    assert "<del>" in text
    assert 'name="take_title"' in text
    form = answer.context["form"]
    again = data | {"seen": form["seen"].value(), "begun": form.begun, "take_title": "theirs"}
    assert client.post(page_of(petition), again).status_code == 302
    assert fresh(petition).title == THEIRS


def test_ones_own_words_are_kept_unless_one_chooses_otherwise(
    client_for: ClientFor, officer: User, head: User, petition: Petition
) -> None:
    client = client_for(officer)
    data = typed_on(client, petition, title=MINE)
    take_step(petition, "correct", head, title=THEIRS)
    form = client.post(page_of(petition), data).context["form"]
    again = data | {"seen": form["seen"].value(), "begun": form.begun, "take_title": "mine"}
    assert client.post(page_of(petition), again).status_code == 302
    assert fresh(petition).title == MINE


def test_without_marks_nothing_is_overwritten_by_itself(
    client_for: ClientFor, officer: User, head: User, petition: Petition
) -> None:
    client = client_for(officer)
    data = typed_on(client, petition, title=MINE) | {"begun": ""}
    take_step(petition, "correct", head, title=THEIRS)
    answer = client.post(page_of(petition), data)
    assert versions(answer)["title"] == "both"
    assert answer.context["form"]["title"].value() == MINE


def test_made_up_marks_break_nothing(
    client_for: ClientFor, officer: User, head: User, petition: Petition
) -> None:
    client = client_for(officer)
    data = typed_on(client, petition, title=MINE) | {"begun": ":: x title:y take", "take_nothing": "theirs"}
    take_step(petition, "correct", head, title=THEIRS)
    assert client.post(page_of(petition), data).status_code == 409


def test_a_page_that_is_stale_twice_asks_twice(
    client_for: ClientFor, officer: User, head: User, petition: Petition
) -> None:
    client = client_for(officer)
    data = typed_on(client, petition, title=MINE)
    take_step(petition, "correct", head, title=THEIRS)
    form = client.post(page_of(petition), data).context["form"]
    again = data | {"seen": form["seen"].value(), "begun": form.begun, "take_title": "mine"}
    take_step(petition, "correct", head, place="โรงเรียนที่หัวหน้าแก้")
    answer = client.post(page_of(petition), again)
    assert answer.status_code == 409
    assert versions(answer) == {"title": "mine", "place": "theirs"}
    assert fresh(petition).title == THEIRS
