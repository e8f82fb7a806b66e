"""What narrows a search: facets counted among what was found, and matters similar to one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from complaints.models import Petition, State
from office import search, search_keys
from office.models import Matter, Secrecy, User
from office.recent import MOST, opened, recent
from office.search import find
from office.search_facets import Facet, chosen_in, condition, counted_among, facets
from office.search_words import snippet
from office.similar import similar_matters
from office.views.search import results_address
from projectplan.searched import FACETS
from tests import cast
from tests.cast import MORNING
from tests.parliament import bills_cast as house

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
WORD = "งบประมาณ"


def petition(title: str = f"ขอ{WORD}ซ่อมอาคาร", **kwargs: object) -> Petition:
    return cast.make_petition(title=title, **kwargs)


def found(user: User, **chosen: str) -> list[int]:
    now = MORNING + timedelta(minutes=1)
    subgroup = int(chosen["subgroup"]) if "subgroup" in chosen else None
    return [
        row.pk for row in find(user, WORD, narrowed=condition(chosen, FACETS, now), subgroup=subgroup).rows
    ]


def drawn(user: User, **chosen: str) -> dict[str, Facet]:
    keys = find(user, WORD, narrowed=condition(chosen, FACETS, MORNING)).keys
    return {
        facet.title: facet
        for facet in facets(counted_among(keys, FACETS, MORNING + timedelta(minutes=1)), chosen, FACETS)
    }


def with_facets(**chosen: str) -> str:
    """The page with the facets on it, as browsers without scripts ask for it."""
    return f"{results_address(WORD, chosen=chosen)}&facets=1"


def counts(facet: Facet) -> dict[str, int]:
    return {option.name: option.number for option in facet.options}


@pytest.fixture
def two_rooms(officer: User, colleague: User, head: User, executive: User) -> dict[str, Matter]:
    """Petitions of two officers, one with an agency, one closed, and a question of a member."""
    referred = petition(owner=officer)
    cast.bring_to(referred, State.REFERRED, officer=officer, head=head, executive=executive)
    closed = petition(owner=officer)
    cast.bring_to(closed, State.CLOSED, officer=officer, head=head, executive=executive)
    question = house.make_consultation(title=f"ขอหารือเรื่อง{WORD}รายหัว")
    return {
        "referred": referred,
        "closed": closed,
        "colleagues": petition(owner=colleague),
        "question": question,
    }


def test_each_facet_counts_the_matters_that_were_found(executive: User, two_rooms: dict[str, Matter]) -> None:
    by_title = drawn(executive)
    numbers = {title: sorted(counts(facet).values()) for title, facet in by_title.items()}
    assert numbers[gettext("Kind")] == [1, 3]
    assert numbers[gettext("Subgroup")] == [1, 3]
    assert numbers[gettext("State")] == [1, 3]
    assert numbers[gettext("Officer in charge")] == [1, 2]
    assert gettext("Agency") not in numbers  # one agency alone narrows nothing


def test_a_facet_narrows_to_those_that_have_it(
    executive: User, two_rooms: dict[str, Matter], officer: User
) -> None:
    question, referred, closed = two_rooms["question"], two_rooms["referred"], two_rooms["closed"]
    assert found(executive, kind="consultation") == [question.pk]
    assert found(executive, subgroup=str(question.subgroup_id)) == [question.pk]
    assert set(found(executive, owner=str(officer.pk))) == {referred.pk, closed.pk}
    assert found(executive, state="closed") == [closed.pk]
    assert closed.pk not in found(executive, state="open")
    assert found(executive, year="2400") == []
    assert found(executive, kind="petition", owner=str(officer.pk), state="closed") == [closed.pk]
    asker = question.member_id  # type: ignore[attr-defined]
    assert found(executive, asker=str(asker)) == [question.pk]


def test_agencies_are_known_by_the_rooms(executive: User, two_rooms: dict[str, Matter]) -> None:
    agency = cast.make_agency()
    hits = found(executive, agency=str(agency.pk))
    assert set(hits) == {two_rooms["referred"].pk, two_rooms["closed"].pk}


def test_late_ones_are_those_whose_promise_is_late_now(head: User) -> None:
    late = petition()
    now = MORNING + timedelta(days=30)
    rows = find(head, WORD, narrowed=condition({"state": "late"}, FACETS, now)).rows
    assert [row.pk for row in rows] == [late.pk]
    assert found(head, state="late") == []


@pytest.mark.parametrize("chosen", [{"kind": "petition"}, {"state": "open"}, {"year": "2553"}])
def test_the_index_narrows_as_the_rows_do(
    head: User, monkeypatch: pytest.MonkeyPatch, chosen: dict[str, str]
) -> None:
    made = petition()
    monkeypatch.setattr(search_keys, "FEW_ROWS", 0)
    monkeypatch.setattr(search_keys, "NEWEST_ROWS", (0, 0))
    assert found(head, **chosen) == [made.pk]


def test_narrowing_shows_nobody_more(stranger: User, colleague: User, officer: User) -> None:
    hidden = petition(owner=officer, secrecy=Secrecy.SECRET)
    for user in (stranger, colleague):
        for chosen in (
            {"kind": "petition"},
            {"owner": str(officer.pk)},
            {"subgroup": str(hidden.subgroup_id)},
        ):
            assert found(user, **chosen) == []


def test_what_no_address_of_ours_has_is_left_out() -> None:
    given = {"kind": "x", "state": "late'", "year": "๒๕๕๓", "owner": "1e3", "agency": "9" * 30, "before": "3"}
    assert chosen_in(given, FACETS) == {}
    assert chosen_in({"kind": "bill", "agency": "12"}, FACETS) == {"kind": "bill", "agency": "12"}


def test_figures_of_many_are_of_the_newest_hundred_and_say_so(
    client_for: ClientFor, head: User, monkeypatch: pytest.MonkeyPatch, officer: User
) -> None:
    from office.views import search as page

    monkeypatch.setattr(search, "TOTAL_CAP", 3)
    monkeypatch.setattr(page, "TOTAL_CAP", 3)
    for owner in (officer, head, officer, head, officer):
        petition(owner=owner)
    response = client_for(head).get(with_facets())
    assert response.context["counted_of"] == "๓"
    assert all(count <= 3 for _title, options in response.context["facets"] for _name, count, _to in options)


def test_rows_wait_for_no_count_and_the_number_comes_with_the_facets(
    client_for: ClientFor, head: User
) -> None:
    for _number in range(27):
        petition()
    client = client_for(head)
    page = client.get(results_address(WORD))
    assert "มากกว่า ๒๕ เรื่อง" in page.content.decode()
    counted = client.get(page.context["facets_address"], headers={"HX-Request": "true"}).content.decode()
    assert 'id="found-total" hx-swap-oob="true"' in counted
    assert "พบ ๒๗ เรื่อง" in counted


# ── The page ────────────────────────────────────────────────────────────────────────────────


def test_the_page_narrows_by_links_that_say_no_word(
    client_for: ClientFor, executive: User, two_rooms: dict[str, Matter]
) -> None:
    client = client_for(executive)
    page = client.get(with_facets())
    links = [to for _title, options in page.context["facets"] for _name, _count, to in options]
    assert links
    for link in links:
        assert WORD not in link
        narrowed = client.get(link)
        assert narrowed.status_code == 200
        assert narrowed.context["rows"]
        (title, name, back) = narrowed.context["narrowed"][0]
        assert title
        assert name
        assert len(client.get(back).context["rows"]) == 4
    for _title, options in page.context["facets"]:
        for _name, count, to in options:
            assert len(client.get(to).context["rows"]) == count


def test_a_narrowed_search_without_hits_leads_back(client_for: ClientFor, head: User) -> None:
    petition()
    page = client_for(head).get(results_address(WORD, chosen={"kind": "bill"}))
    assert page.context["rows"] == []
    assert page.context["all_address"] in page.content.decode().replace("&amp;", "&")


def test_paging_keeps_what_was_chosen(client_for: ClientFor, head: User, officer: User) -> None:
    for number in range(52):
        petition(owner=officer if number % 2 else head)
    client = client_for(head)
    first = client.get(results_address(WORD, chosen={"owner": str(officer.pk)}))
    second = client.get(first.context["next_address"])
    assert (len(first.context["rows"]), len(second.context["rows"])) == (25, 1)
    assert not second.context["may_narrow"]
    assert len(second.context["narrowed"]) == 1


def test_a_page_with_facets_costs_few_queries(
    client_for: ClientFor,
    executive: User,
    two_rooms: dict[str, Matter],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_for(executive)
    for chosen in ({}, {"kind": "petition", "state": "open"}, {"agency": str(cast.make_agency().pk)}):
        for address in (results_address(WORD, chosen=chosen), with_facets(**chosen)):
            client.get(address)
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200


def test_the_facets_come_to_a_page_that_stands(
    client_for: ClientFor, executive: User, two_rooms: dict[str, Matter]
) -> None:
    client = client_for(executive)
    page = client.get(results_address(WORD))
    assert "facets" not in page.context
    address = page.context["facets_address"]
    assert address.replace("&", "&amp;") in page.content.decode()
    alone = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert 'id="narrow"' in alone
    assert "<html" not in alone


def test_the_piece_shown_has_as_many_of_the_words_as_it_can() -> None:
    text = "รท 1/2553 ขอทุน งบประมาณ " + "ก" * 400 + " ซ่อมอาคาร ด้วยงบประมาณ ของเขต"
    piece = snippet(text, "รท 1/2553 ขอทุน", ["งบประมาณ", "ซ่อมอาคาร"]) or ""
    assert "ซ่อมอาคาร" in piece
    assert "งบประมาณ" in piece


# ── Opened last ─────────────────────────────────────────────────────────────────────────────


def test_what_was_opened_last_stands_first(client_for: ClientFor, officer: User) -> None:
    made = [petition(owner=officer) for _number in range(MOST + 2)]
    client = client_for(officer)
    for one in [*made, made[3]]:
        client.get(one.get_absolute_url())
    rows = recent(officer)
    assert [row.pk for row in rows[:2]] == [made[3].pk, made[-1].pk]
    assert len(rows) == MOST
    page = client.get(reverse("office:search"))
    assert [row["matter"].pk for row in page.context["recent"]] == [row.pk for row in rows]


def test_the_box_with_what_was_kept_and_opened_costs_few_queries(
    client_for: ClientFor, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_for(officer)
    for _number in range(3):
        client.get(petition(owner=officer).get_absolute_url())
    client.get(reverse("office:search"))
    with django_assert_max_num_queries(12):
        assert client.get(reverse("office:search")).status_code == 200


def test_what_may_be_seen_no_more_is_not_among_the_recent(officer: User, colleague: User) -> None:
    made = petition(owner=officer)
    opened(colleague, made.pk)
    assert [row.pk for row in recent(colleague)] == [made.pk]
    Matter.objects.filter(pk=made.pk).update(secrecy=Secrecy.SECRET)
    assert recent(colleague) == []


# ── Similar matters ─────────────────────────────────────────────────────────────────────────


def test_similar_matters_of_other_kinds_are_found(executive: User, head: User) -> None:
    made = petition("ขอให้ตรวจสอบโครงการอาหารกลางวันโรงเรียนประถมศึกษา")
    question = house.make_consultation(title="ขอให้ตรวจสอบโครงการอาหารกลางวันโรงเรียน")
    petition("ขอย้ายกลับภูมิลำเนา")
    assert [row.pk for row in similar_matters(Matter.objects.get(pk=made.pk), executive)] == [question.pk]
    assert similar_matters(Matter.objects.get(pk=made.pk), head) == []


def test_the_card_of_similar_matters_is_for_who_sees_the_matter(
    client_for: ClientFor, officer: User, colleague: User, stranger: User
) -> None:
    made = petition("ขอให้ตรวจสอบโครงการอาหารกลางวันโรงเรียน", owner=officer)
    other = petition("ขอให้ตรวจสอบโครงการอาหารกลางวันโรงเรียนวัด", owner=officer)
    address = reverse("search:alike", args=[made.pk])
    client = client_for(officer)
    assert address in client.get(made.get_absolute_url()).content.decode()
    assert other.title in client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in client.get(address).content.decode()
    assert client_for(stranger).get(address).status_code == 404
    Matter.objects.filter(pk=made.pk).update(secrecy=Secrecy.SECRET)
    assert client_for(colleague).get(address).status_code == 404
