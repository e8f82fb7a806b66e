"""The guide: every page has its place in it, its texts in both languages name what is really there, its pictures exist,
and the first round is offered once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation.trans_real import translation as catalogue
from pytest_django import DjangoAssertNumQueries

from office import menu
from office.help import CHAPTERS, CITIZEN, PICTURES, PLACES, own_chapters, place_of
from office.models import Role, User
from office.templatetags.guide import address_of
from office.templatetags.prasan import FRAME_URLS
from office.tour import stops_for
from office.views.help import written

ROOT = Path(settings.BASE_DIR)
CODES = [chapter.code for chapter in [*CHAPTERS, CITIZEN]]
LANGUAGES = ["th", "en"]
ClientFor = Callable[[User], Client]


def text_of(code: str, language: str) -> str:
    return (ROOT / "templates" / "help" / language / f"{code}.html").read_text(encoding="utf-8")


def sections(code: str, language: str) -> list[str]:
    return re.findall(r'<section id="([\w-]+)">', text_of(code, language))


def pictures(code: str, language: str) -> list[str]:
    return re.findall(r'{% picture "([\w-]+)"', text_of(code, language))


# ── What is written ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", CODES)
def test_both_languages_tell_the_same(code: str) -> None:
    assert sections(code, "th") == sections(code, "en")
    assert pictures(code, "th") == pictures(code, "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_each_section_stands_in_the_contents(code: str, language: str) -> None:
    chapter = next(one for one in [*CHAPTERS, CITIZEN] if one.code == code)
    with translation.override(language):
        assert [anchor for anchor, _words in written(chapter).headings] == sections(code, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_the_words_in_bold_are_words_of_the_pages(code: str, language: str) -> None:
    known = catalogue("th")._catalog  # type: ignore[attr-defined]  # every msgid and msgstr of the pages
    there = {
        str(words if language == "th" else key).rpartition("\x04")[2]
        for key, words in ((key if isinstance(key, str) else key[0], value) for key, value in known.items())
    }
    bold = re.findall(r"<b>([^<]+)</b>", re.sub(r"{#.*?#}", "", text_of(code, language)))
    assert set(bold) - there == set()


def test_each_picture_is_named_once_and_shows_a_page_that_is_there() -> None:
    named = [picture for code in CODES for picture in pictures(code, "th")]
    assert sorted(named) == sorted(PICTURES)
    kept = {path.stem for path in (ROOT / "static" / "help").iterdir()}
    assert kept == set(PICTURES)
    assert all((ROOT / "static" / "help" / f"{name}.webp").stat().st_size <= 60_000 for name in PICTURES)
    pages = page_names()
    assert {page for page in PICTURES.values() if not page.startswith("admin:")} <= pages


# ── Where the "?" of a page leads ─────────────────────────────────────────────────────────────


def page_names() -> set[str]:
    from django.urls import URLPattern, URLResolver, get_resolver

    def names(resolver: URLResolver, spaces: list[str]) -> set[str]:
        found = set()
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                found |= names(one, [*spaces, *([one.namespace] if one.namespace else [])])
            elif isinstance(one, URLPattern) and one.name:
                found.add(":".join([*spaces, one.name]))
        return found

    return names(get_resolver(), [])


def test_every_place_that_a_page_leads_to_is_written() -> None:
    for place in {*PLACES.values(), *(place_of(page, [role]) for page in page_names() for role in Role)}:
        code, _hash, anchor = place.partition("#")
        assert code in CODES
        assert not anchor or anchor in sections(code, "th"), place


def test_every_page_of_the_menu_has_a_section_of_its_own() -> None:
    pages = {*menu.PAGES.values(), *FRAME_URLS.values()} - {"set_language", "account_logout", "admin:index"}
    guide = {"office:help", "office:help_citizen", "office:help_tour"}
    assert [page for page in sorted(pages - guide) if "#" not in place_of(page)] == []


def test_no_beginning_of_a_name_is_without_a_page() -> None:
    pages = page_names()
    assert [start for start in PLACES if start and not any(page.startswith(start) for page in pages)] == []


@pytest.mark.parametrize(
    ("page", "roles", "place"),
    [
        ("projectplan:today", [Role.OFFICER], "begin#today"),
        ("projectplan:today", [Role.OFFICER, Role.HEAD], "head#today"),
        ("projectplan:today", [Role.EXECUTIVE], "executive#today"),
        ("complaints:step", [Role.OFFICER], "petitions#opinion"),
        ("complaints:step", [Role.EXECUTIVE], "executive#order"),
        ("complaints:letter_new", [], "petitions#letters"),
        ("petition:follow", [], "citizen#follow"),
        ("unheard:of", [], "begin"),
    ],
)
def test_a_page_leads_to_its_place(page: str, roles: list[str], place: str) -> None:
    assert place_of(page, roles) == place


@pytest.mark.django_db
def test_the_question_mark_of_a_page_leads_to_its_section(officer: User, client_for: ClientFor) -> None:
    client = client_for(officer)
    for page, place in (("complaints:intake", "petitions#intake"), ("projectplan:plan", "group#plan")):
        text = client.get(reverse(page)).content.decode()
        assert f'href="{address_of(place)}"' in text


@pytest.mark.django_db
def test_a_public_page_leads_to_the_citizens_chapter() -> None:
    for page in ("site:home", "petition:new", "petition:follow"):
        assert reverse("office:help_citizen") in Client().get(reverse(page)).content.decode()


# ── Who reads it ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_each_chapter_opens_in_both_languages(
    officer: User, client_for: ClientFor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_for(officer)
    for language in LANGUAGES:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        for address in (
            reverse("office:help"),
            reverse("office:help_tour"),
            *(reverse("office:help_chapter", args=[chapter.code]) for chapter in CHAPTERS),
        ):
            with django_assert_max_num_queries(6):
                assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_a_chapter_that_is_not_written_is_not_found(officer: User, client_for: ClientFor) -> None:
    assert client_for(officer).get(reverse("office:help_chapter", args=["cooking"])).status_code == 404


@pytest.mark.django_db
def test_without_an_account_only_the_citizens_chapter_opens() -> None:
    client = Client()
    assert client.get(reverse("office:help")).url == reverse("office:help_citizen")
    answer = client.get(reverse("office:help_citizen"))
    assert answer.status_code == 200
    assert not answer.cookies
    assert "/accounts/login/" in client.get(reverse("office:help_chapter", args=["head"])).url
    assert "/accounts/login/" in client.get(reverse("office:help_tour")).url


def test_ones_own_chapters_come_from_role_and_subgroup() -> None:
    assert own_chapters([Role.OFFICER], "complaints") == {"petitions"}
    assert own_chapters([Role.OFFICER, Role.HEAD], "politics") == {"politics", "head"}
    assert own_chapters([Role.EXECUTIVE], "") == {"executive"}


# ── The round of one minute ───────────────────────────────────────────────────────────────────


def newcomer(person: User) -> User:
    User.objects.filter(pk=person.pk).update(toured_at=None)
    return person


@pytest.mark.parametrize("roles", [[Role.OFFICER], [Role.HEAD], [Role.EXECUTIVE], [Role.ADMINISTRATOR]])
def test_a_round_has_four_to_six_stops(roles: list[str]) -> None:
    assert 4 <= len(stops_for(roles)) <= 6


@pytest.mark.django_db
def test_the_round_is_offered_on_the_first_page_until_it_was_walked_or_declined(
    officer: User, client_for: ClientFor
) -> None:
    client = client_for(newcomer(officer))
    assert "data-tour-begin" in client.get(reverse("projectplan:today")).content.decode()
    assert "data-tour-begin" not in client.get(reverse("office:notices")).content.decode()
    assert client.post(reverse("office:tour_seen")).url == reverse("projectplan:today")
    assert "data-tour-begin" not in client.get(reverse("projectplan:today")).content.decode()


@pytest.mark.django_db
def test_the_round_can_be_begun_again_from_the_guide(officer: User, client_for: ClientFor) -> None:
    client = client_for(officer)
    begin = f"{reverse('projectplan:today')}?tour=1"
    assert f'href="{begin}"' in client.get(reverse("office:help_tour")).content.decode()
    assert "data-tour-begin" in client.get(begin).content.decode()


@pytest.mark.django_db
def test_an_administrator_meets_the_round_on_a_page_of_the_office(
    administrator: User, client_for: ClientFor
) -> None:
    client = client_for(newcomer(administrator))
    assert "data-tour-begin" in client.get(reverse("office:personal")).content.decode()


@pytest.mark.django_db
def test_that_the_round_was_seen_is_said_by_post_alone(officer: User, client_for: ClientFor) -> None:
    assert client_for(officer).get(reverse("office:tour_seen")).status_code == 405


@pytest.mark.django_db
def test_the_moment_of_the_first_round_is_kept(officer: User, client_for: ClientFor) -> None:
    before = User.objects.get(pk=officer.pk).toured_at
    client = client_for(officer)
    answer = client.post(reverse("office:tour_seen"), headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 204
    assert User.objects.get(pk=officer.pk).toured_at == before
