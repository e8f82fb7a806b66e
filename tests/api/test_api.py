"""The API: who may read which resource, how a register is turned, how often, and what its document says."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as how
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator
from pytest_django import DjangoAssertNumQueries

from complaints.models import Petitioner
from office.models import ApiScope, ApiToken, Secrecy, Subgroup, User
from tests import cast
from tests.api.cast import RESOURCES, ask, make_one_of_each, make_token, make_value
from tests.publicrelations.engagements_cast import make_engagement
from tests.publicrelations.news_cast import make_article

pytestmark = pytest.mark.django_db
PETITIONS = RESOURCES[ApiScope.PETITIONS]


@pytest.fixture
def every(administrator: User) -> str:
    """A token that reads everything."""
    return make_token(*ApiScope, made_by=administrator)[1]


@pytest.fixture
def writer() -> User:
    """An officer of public relations, who writes the news."""
    return cast.make_officer("writer", subgroup=Subgroup.Code.PUBLIC_RELATIONS)


@pytest.fixture
def news_head() -> User:
    """The head of public relations, who releases the news."""
    return cast.make_head("newshead", subgroup=Subgroup.Code.PUBLIC_RELATIONS)


# ── Who may read ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("scope", ApiScope)
def test_a_token_reads_what_it_was_made_for_and_nothing_else(
    client: Client, administrator: User, scope: ApiScope, resource: ApiScope
) -> None:
    _token, secret = make_token(scope, made_by=administrator)
    assert ask(client, RESOURCES[resource], secret).status_code == (200 if scope == resource else 403)


@pytest.mark.parametrize("path", RESOURCES.values())
def test_without_a_token_in_force_nothing_is_read(client: Client, administrator: User, path: str) -> None:
    expired = make_token(*ApiScope, made_by=administrator, lasts=timedelta(0))[1]
    withdrawn, withdrawn_secret = make_token(*ApiScope, made_by=administrator)
    withdrawn.withdraw(timezone.now())
    for secret in ("", "prasan_unknown", expired, withdrawn_secret):
        refused = ask(client, path, secret)
        assert (refused.status_code, refused["WWW-Authenticate"]) == (401, "Bearer")


def test_signing_in_is_no_token(client_for: Any, administrator: User) -> None:
    assert client_for(administrator).get(PETITIONS).status_code == 401


@pytest.mark.parametrize("path", RESOURCES.values())
def test_nothing_can_be_written(client: Client, every: str, path: str) -> None:
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(path, headers={"authorization": f"Bearer {every}"}).status_code == 405


def test_the_database_knows_only_a_hash_of_a_token(administrator: User) -> None:
    token, secret = make_token(ApiScope.PETITIONS, made_by=administrator)
    kept = ApiToken.objects.values().get(pk=token.pk)
    assert secret not in str(kept)
    assert kept["digest"] == ApiToken.digest_of(secret)


def test_when_a_token_was_last_used_is_noted_once_a_minute(client: Client, administrator: User) -> None:
    token, secret = make_token(ApiScope.PETITIONS, made_by=administrator)
    ask(client, PETITIONS, secret)
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    ask(client, PETITIONS, secret)
    token.refresh_from_db()
    assert token.last_used_at == first


# ── What is told ────────────────────────────────────────────────────────────────────────────


def test_a_petition_is_told_of_by_the_facts_of_its_register(client: Client, every: str) -> None:
    petition = cast.make_petition()
    (row,) = ask(client, PETITIONS, every).json()["items"]
    assert row["number"] == petition.label
    assert set(row) == {
        *("id", "number", "fiscal_year", "received_at", "closed_at", "state", "kind", "channel", "category"),
        *("province_code", "province", "agency", "standing"),
    }


def test_each_register_tells_of_what_may_be_told(
    client: Client, every: str, writer: User, news_head: User
) -> None:
    made = make_one_of_each(writer, news_head)
    made[ApiScope.INDICATORS] = make_value()
    for scope, path in RESOURCES.items():
        answer = ask(client, path, every)
        assert [row["id"] for row in answer.json()["items"]] == [made[scope].pk], path


@pytest.mark.parametrize("grade", [grade for grade in Secrecy if grade != Secrecy.ORDINARY])
def test_what_is_secret_never_leaves(
    client: Client, every: str, writer: User, news_head: User, grade: Secrecy
) -> None:
    for scope in make_one_of_each(writer, news_head, grade=grade):
        assert ask(client, RESOURCES[scope], every).json() == {"items": [], "next": None}, scope


def test_what_is_not_public_yet_never_leaves(client: Client, every: str, writer: User) -> None:
    make_article(writer)
    make_engagement(owner=writer, is_public=False)
    for scope in (ApiScope.ARTICLES, ApiScope.ENGAGEMENTS):
        assert ask(client, RESOURCES[scope], every).json()["items"] == []


def test_nothing_of_a_petitioner_leaves(client: Client, every: str, writer: User, news_head: User) -> None:
    """Every petitioner's name, telephone, e-mail, address and words are looked for in everything that is told."""
    make_one_of_each(writer, news_head)
    words: set[str] = set()
    for number in range(3):
        petition = cast.make_petition(title=f"ขอความเป็นธรรมให้นางมะลิ {number}", political_source="นายการเมือง")
        words |= {petition.title, petition.story, petition.political_source}
    for person in Petitioner.objects.all():
        words |= {person.name, person.telephone, person.email}
    told = "".join(ask(client, path, every).content.decode() for path in RESOURCES.values())
    assert told.count('"number"') == 4 + 7  # the petitions, and one row of each other register
    assert not [word for word in words if word in told]


# ── How it is turned ────────────────────────────────────────────────────────────────────────


def test_every_row_comes_once_while_others_come_in(client: Client, every: str) -> None:
    there = {cast.make_petition().pk for _each in range(5)}
    seen: list[int] = []
    after: int | None = 0
    while after is not None:
        page = ask(client, PETITIONS, every, after=after, limit=2).json()
        seen += [row["id"] for row in page["items"]]
        after = page["next"]
        if len(seen) == 2:
            there.add(cast.make_petition().pk)
    assert seen == sorted(there)


def test_a_page_has_a_hundred_rows_at_most(client: Client, every: str) -> None:
    assert ask(client, PETITIONS, every, limit=101).status_code == 422
    assert ask(client, PETITIONS, every, limit=100).status_code == 200


def test_a_register_is_asked_by_year_month_and_state(client: Client, every: str) -> None:
    petition = cast.make_petition()
    state, month = petition.state, f"{petition.month:%Y-%m}"
    asked: list[tuple[dict[str, Any], int]] = [
        ({"fiscal_year": petition.year}, 1),
        ({"fiscal_year": petition.year + 1}, 0),
        ({"month": month}, 1),
        ({"month": "2001-01"}, 0),
        ({"state": state}, 1),
        ({"state": "closed"}, 0),
    ]
    for query, rows in asked:
        assert len(ask(client, PETITIONS, every, **query).json()["items"]) == rows, query


def test_what_changed_since_a_moment_is_told_apart(client: Client, every: str) -> None:
    petition = cast.make_petition()
    changed = petition.events.order_by("-at").values_list("at", flat=True)[0]
    assert len(ask(client, PETITIONS, every, changed_since=changed).json()["items"]) == 1
    later = changed + timedelta(seconds=1)
    assert ask(client, PETITIONS, every, changed_since=later).json()["items"] == []


@pytest.mark.parametrize("path", RESOURCES.values())
@pytest.mark.parametrize(
    "nonsense",
    [
        {"after": -1},
        {"after": 2**63},
        {"limit": 0},
        {"month": "2552-13"},
        {"fiscal_year": 12},
        {"changed_since": "0001-01-01T00:00:00+14:00"},
        {"changed_since": "2009-11-17T09:00:00"},
    ],
)
def test_nonsense_is_refused(client: Client, every: str, path: str, nonsense: dict[str, Any]) -> None:
    assert ask(client, path, every, **nonsense).status_code == 422


@pytest.mark.parametrize("path", RESOURCES.values())
def test_a_page_asks_few_questions(
    client: Client,
    every: str,
    path: str,
    writer: User,
    news_head: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _each in range(3):
        cast.make_petition()
    make_one_of_each(writer, news_head)
    make_value()
    make_value("1.2")
    with django_assert_max_num_queries(6):
        ask(client, path, every)


def test_whoever_has_a_page_already_is_told_only_that(client: Client, every: str) -> None:
    first = ask(client, PETITIONS, every)
    headers = {"authorization": f"Bearer {every}", "if-none-match": first["ETag"]}
    assert client.get(PETITIONS, headers=headers).status_code == 304
    cast.make_petition()
    assert client.get(PETITIONS, headers=headers).status_code == 200


# ── How often ───────────────────────────────────────────────────────────────────────────────


def test_a_token_that_asks_too_often_is_told_when_to_come_again(
    client: Client, administrator: User, every: str, settings: Any
) -> None:
    settings.API_LIMIT = "2/minute"
    for _time in range(2):
        assert ask(client, PETITIONS, every).status_code == 200
    refused = ask(client, PETITIONS, every)
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 120
    other = make_token(ApiScope.PETITIONS, made_by=administrator)[1]
    assert ask(client, PETITIONS, other).status_code == 200


# ── The document ────────────────────────────────────────────────────────────────────────────


def test_the_document_is_valid_and_open(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()
    assert set(document["paths"]) == set(RESOURCES.values())


def test_the_page_for_people_names_every_resource_and_needs_no_other_site(client: Client) -> None:
    page = client.get("/api/v1/").content.decode()
    assert [path for path in RESOURCES.values() if f"<code>{path}</code>" not in page] == []
    assert "API สำหรับระบบอื่น" in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


@pytest.mark.parametrize("path", RESOURCES.values())
def test_no_question_that_the_document_allows_or_forbids_breaks_it(
    client: Client, path: str, every: str, writer: User, news_head: User, settings: Any
) -> None:
    settings.API_LIMIT = "100000/minute"
    make_one_of_each(writer, news_head)
    make_value()
    schema = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())

    @given(data=st.data())
    @how(
        max_examples=15,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def asked(data: Any) -> None:
        case = data.draw(schema[path]["GET"].as_strategy())
        headers = {str(name): str(value) for name, value in (case.headers or {}).items()}
        given_headers = headers | {"authorization": f"Bearer {every}"}
        query = urlencode(case.query or {}, doseq=True)
        # The test client: one process, one connection, the transaction of this test.
        response = client.generic("GET", case.formatted_path, query_string=query, headers=given_headers)
        assert response.status_code < 500

    asked()
