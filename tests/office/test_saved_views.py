"""Saved views: kept with their owner, only what a list can have written, one's own to delete."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from office.models import SavedView, User
from office.views.saved_views import MOST_PER_LIST, clean_query

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
PAGE = "complaints:petitions"


def save(client: Client, **changes: str) -> object:
    data = {"page": PAGE, "name": "รอฉัน", "query": "unclosed=1&mine=1"} | changes
    return client.post(reverse("office:save_view"), data)


def test_a_filter_is_kept_under_its_name(client_for: ClientFor, officer: User) -> None:
    response = save(client_for(officer))
    assert response.url == f"{reverse(PAGE)}?unclosed=1&mine=1"
    view = SavedView.objects.get()
    assert (view.user, view.page, view.name, view.query) == (officer, PAGE, "รอฉัน", "unclosed=1&mine=1")


def test_the_same_name_means_the_newer_filter(client_for: ClientFor, officer: User) -> None:
    client = client_for(officer)
    save(client)
    save(client, query="late=1")
    assert SavedView.objects.get().query == "late=1"


def test_the_same_name_of_two_people_are_two_views(
    client_for: ClientFor, officer: User, colleague: User
) -> None:
    for user in (officer, colleague):
        save(client_for(user))
    assert SavedView.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("unclosed=1&mine=1", "unclosed=1&mine=1"),
        ("state=received&after=12&upto=3&before=9&page=2", "state=received"),
        ("s=sealed", ""),
        ("category=3&category=4", "category=3&category=4"),
        ("%E0%B8%81=1", ""),
        ("next=//evil.example", "next=%2F%2Fevil.example"),
        ("month=2552-11&bad%0Aname=1", "month=2552-11"),
        ("month=a%0Ab", ""),
        ("month=" + "9" * 200, ""),
        ("month=", ""),
        ('"><script>', ""),
        ("", ""),
        ("&".join(f"a{'b' * number}={'c' * 90}" for number in range(30)), ""),
    ],
)
def test_only_what_a_list_can_have_written_is_kept(given: str, kept: str) -> None:
    assert clean_query(given) == kept


@pytest.mark.parametrize(
    "page", ["", "x", "https://evil.example", "complaints:petition", "office:no_such", "admin:login/"]
)
def test_a_view_of_nothing_is_not_found(client_for: ClientFor, officer: User, page: str) -> None:
    assert save(client_for(officer), page=page).status_code == 404
    assert not SavedView.objects.exists()


def test_a_nameless_view_is_asked_for_its_name(client_for: ClientFor, officer: User) -> None:
    assert save(client_for(officer), name="  ").status_code == 302
    assert not SavedView.objects.exists()


def test_a_long_name_is_cut_and_there_is_an_end_to_them(client_for: ClientFor, officer: User) -> None:
    client = client_for(officer)
    save(client, name="ก" * 500)
    assert SavedView.objects.get().name == "ก" * 60
    for number in range(MOST_PER_LIST + 5):
        save(client, name=f"ชื่อ {number}")
    assert SavedView.objects.count() == MOST_PER_LIST
    save(client, name="ชื่อ 1", query="late=1")
    assert SavedView.objects.get(name="ชื่อ 1").query == "late=1"


def test_one_deletes_ones_own_only(client_for: ClientFor, officer: User, colleague: User) -> None:
    save(client_for(officer))
    address = reverse("office:delete_view", args=[SavedView.objects.get().pk])
    assert client_for(colleague).post(address).status_code == 404
    assert client_for(officer).get(address).status_code == 405
    assert client_for(officer).post(address).url == reverse(PAGE)
    assert not SavedView.objects.exists()


def test_strangers_save_nothing(client: Client) -> None:
    assert "login" in save(client).url
    assert not SavedView.objects.exists()


def test_the_part_of_the_list_links_saves_and_deletes(officer: User) -> None:
    view = SavedView.objects.create(user=officer, page=PAGE, name="<รอฉัน>", query="unclosed=1&mine=1")
    context = {"saved_views": [view], "page_name": PAGE, "query": "unclosed=1&mine=1"}
    part = render_to_string("parts/saved_views.html", context, RequestFactory().get("/"))
    assert f'href="{reverse(PAGE)}?unclosed=1&amp;mine=1" aria-current="true"' in part
    assert "&lt;รอฉัน&gt;" in part
    assert reverse("office:delete_view", args=[view.pk]) in part
    assert part.count("csrfmiddlewaretoken") == 2
