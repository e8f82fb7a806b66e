"""Every named address × every role × an own, a foreign and a secret row: who is let in is what `rules` says.

Whoever has no right gets nothing: by GET and by a POST with a valid token and nothing in it. Of those who have it, the
one whose name comes first opens the page; that the others find it whole is shown by tests/browser/test_crawler.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from config import urls
from office import presence
from office.models import User
from publicrelations.public import kept
from tests.browser.demo_office import furnish
from tests.security.keys import RAW, Recorded, Sent, steps, unseen
from tests.security.rows import NO_KEY, Case, address_of, cases, named
from tests.security.rules import ADMIN, NOBODY, ROLES, RULES, Rule, has_steps, rule_of

pytestmark = [pytest.mark.once, pytest.mark.django_db]
TOKEN: Final = "a" * 32
REFUSED: Final = frozenset({403, 404})
NOT_TAKEN: Final = 405
UNPROCESSABLE: Final = (
    422  # a step that is not open to a reader of the matter is refused in words on its page
)
POST, GET = "POST", "GET"
NOT_A_PAGE: Final[dict[str, str]] = {}
LEAST: Final = ("officer", "politics", "news", "head", "politics-head", "news-head", "admin", "executive")
"""Who sends a form, of those who may: whoever sees least."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def addresses(
    django_db_setup: None, django_db_blocker: Any, queue: None, files: Path
) -> Iterator[list[Case]]:
    """What stands behind the addresses of a furnished office, which is taken back after the last test."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), transaction.atomic():
        presence.SPACE = kept.SPACE = str(files)
        furnish()
        yield list(cases())
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper() -> None:
    """Instead of pytest-django's, which would empty the database after each test: `addresses` does it once."""


@pytest.fixture(autouse=True)
def its_places(files: Path, private_places: None, settings: Any) -> None:
    settings.MEDIA_ROOT = files
    presence.SPACE = kept.SPACE = str(files)


@pytest.fixture(autouse=True)
def short_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal is told by its status; drawing its page thousands of times would take most of the time."""
    for status in REFUSED:
        monkeypatch.setattr(urls, f"handler{status}", partial(refusal, status), raising=False)


def refusal(status: int, request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=status)


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    views = {view for view, _parts in named()}
    assert len(views) > 300
    assert {view for view in views if rule_of(view) is None} == set()
    used = {id(rule_of(view)) for view in views}
    assert [rule.views for rule in RULES if id(rule) not in used] == []


@pytest.mark.parametrize("role", ROLES)
def test_nobody_comes_where_they_have_no_right(role: str, addresses: list[Case]) -> None:
    client = client_of(role)
    faults = [fault for case in addresses for fault in faults_of(client, role, case)]
    assert not faults, f"{len(faults)} findings\n" + "\n".join(faults)


def test_only_administrators_come_to_their_site(addresses: list[Case]) -> None:
    clients = {role: client_of(role) for role in ROLES if role not in ADMIN}
    pages = [
        (view, address_of(view, dict.fromkeys(parts, NO_KEY)))
        for view, parts in named(is_administration=True)
        if view != "admin:logout"  # whoever is signed in may end that
    ]
    assert len(pages) > 100
    open_to = [
        f"{role} {view}"
        for view, address in pages
        for role, client in clients.items()
        if not is_sent_away(*ask(client, GET, address))
    ]
    assert open_to == []


def test_a_key_that_is_sent_along_is_refused_like_one_of_nothing(
    addresses: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has the least right to send a form sends it with keys of rows they may not see, and of no row."""
    recorded = Recorded()
    recorded.watch(monkeypatch)
    clients = {role: client_of(role) for role in ROLES if role != NOBODY}
    people = {role: User.objects.get(username=role) for role in LEAST}
    forms_of = [(role, Case(view, address, "a step")) for role, view, address in steps(people)]
    assert len(forms_of) > 100
    for case in addresses:
        rule = rule_of(case.view)
        assert rule is not None
        role = next((one for one in LEAST if one in rule.let_in(case.row, acting=True)), None)
        if role and not rule.public:
            forms_of.append((role, case))
    faults, tried = [], 0
    for role, case in forms_of:
        for name, fault in wrong_keys(clients[role], people[role], case, recorded):
            tried += 1
            faults += [f"{role} {case.view} [{case.row}] {case.address} {name}: {fault}"] if fault else []
    assert not faults, f"{len(faults)} findings\n" + "\n".join(faults)
    assert tried > 300


def wrong_keys(client: Client, user: User, case: Case, recorded: Recorded) -> Iterator[tuple[str, str]]:
    """Each key that the forms of an address take, and what is wrong with how it is taken ("" when nothing is)."""
    recorded.clear()
    page = NOT_A_PAGE
    with transaction.atomic():
        answer: Any = client.get(case.address)
        if not answer.streaming and answer.get("Content-Type", "").startswith("text/html"):
            page = Sent(answer.content.decode()).fields
        keys: dict[str, Any] = {}
        for form, name, one, model, offered in recorded.choices():
            hidden = unseen(model, user)
            shown = {row.pk for row in offered}
            if hidden is not None and (seen := hidden.filter(pk__in=shown).first()):
                yield name, f"offers {seen!r}"
            foreign = (hidden or model._default_manager.all()).exclude(pk__in=shown).order_by("-pk").first()
            if foreign is not None:
                keys[name] = foreign.pk
                yield (
                    name,
                    "" if refusal_of(one, foreign.pk) == refusal_of(one, NO_KEY) else f"takes {foreign!r}",
                )
            del form
        transaction.set_rollback(True)
    asked_for = RAW if page is NOT_A_PAGE else RAW.keys() & page.keys()
    if not keys and not asked_for:
        return
    for name, model in RAW.items():
        hidden = unseen(model, user)
        foreign = hidden.order_by("-pk").first() if hidden is not None else None
        if foreign is not None:
            keys.setdefault(name, foreign.pk)
    answers = [sent_with(client, case, page | dict.fromkeys(keys, NO_KEY), recorded)]
    answers.append(sent_with(client, case, page | keys, recorded))
    written = {str(key) for name, key in keys.items() if name in RAW} & answers[1].given
    yield "all", "" if answers[0].same_as(answers[1]) else f"differs: {answers[0].told_apart(answers[1])}"
    yield "written", f"writes {written}" if written - answers[0].given else ""


def refusal_of(one: Any, key: int) -> str:
    """What a field says to a key, without the key; "" when it takes it."""
    value = (
        [str(key)]
        if isinstance(one, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
        else str(key)
    )
    try:
        one.clean(value)
    except forms.ValidationError as refused:
        return " ".join(refused.messages).replace(str(key), "…")
    return ""


@dataclass(frozen=True)
class Answered:
    """What came of a form that was sent: status, where to, the words of the page, what was written."""

    status: int
    leads_to: str
    words: tuple[str, ...]
    written: frozenset[str]
    given: frozenset[str]

    def same_as(self, other: Answered) -> bool:
        return replace(self, given=frozenset()) == replace(other, given=frozenset())

    def told_apart(self, other: Answered) -> str:
        words = set(self.words) ^ set(other.words)
        return f"{self.status} {other.status} {self.leads_to} {other.leads_to} {words} {self.written ^ other.written}"


def sent_with(client: Client, case: Case, data: dict[str, Any], recorded: Recorded) -> Answered:
    recorded.clear()
    cookies = client.cookies.copy()
    with transaction.atomic(), recorded.statements():
        answer: Any = client.post(case.address, data | {"csrfmiddlewaretoken": TOKEN})
        content = b"" if answer.streaming else answer.content
        transaction.set_rollback(True)
    client.cookies = cookies
    is_page = answer.get("Content-Type", "").startswith("text/html")
    return Answered(
        answer.status_code,
        re.sub(r"\d+|=[^&]{40,}", "", answer.get("Location", "")),
        tuple(Sent(content.decode()).words) if is_page else (),
        frozenset(recorded.written),
        frozenset(recorded.given),
    )


def is_sent_away(status: int, leads_to: str) -> bool:
    return status in REFUSED or leads_to_a_door(status, leads_to)


def client_of(role: str) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.raise_request_exception = False
    if role != NOBODY:
        person = User.objects.get(username=role)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["csrftoken"] = TOKEN
    return client


def faults_of(client: Client, role: str, case: Case) -> Iterator[str]:
    rule = rule_of(case.view)
    assert rule is not None, f"{case.view} is in no rule"
    if is_seen_by_another(rule, role, case):
        return
    for method in (GET, POST):
        status, leads_to = ask(client, method, case.address)
        wrong = judge(rule, role, case, method, status, leads_to)
        if wrong:
            yield f"{role} {method} {case.view} [{case.row}] {case.address}: {status} {leads_to} {wrong}"


def is_seen_by_another(rule: Rule, role: str, case: Case) -> bool:
    """Whether somebody else of those who are let in, to read and to act, opens the page for all of them."""
    people = rule.let_in(case.row, acting=False) & rule.let_in(case.row, acting=True)
    return role in sorted(people)[1:]


def ask(client: Client, method: str, address: str) -> tuple[int, str]:
    """The answer's status and where it leads; what it wrote is taken back."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        if method == GET:
            answer: Any = client.get(address)
        else:
            answer = client.post(address, {"csrfmiddlewaretoken": TOKEN})
        if answer.streaming:
            answer.getvalue()  # closes it; `close()` would close the connection too
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer.status_code, answer.get("Location", "")


def leads_to_a_door(status: int, leads_to: str) -> bool:
    return status == 302 and leads_to.startswith((reverse("account_login"), reverse("admin:login")))


def judge(rule: Rule, role: str, case: Case, method: str, status: int, leads_to: str) -> str:
    """What is wrong with an answer; empty when nothing is."""
    if status >= 500:
        # `ready` says 503 by right: no clock ticks here.
        return "" if case.view == "ready" else "is an error"
    if rule.public:
        return ""
    if role == NOBODY:
        return "" if leads_to_a_door(status, leads_to) else "is no way to the door"
    if rule.posted and method == GET:
        return "" if status in {NOT_TAKEN, *REFUSED} else "reads what is only sent"
    if role not in rule.let_in(case.row, acting=method == POST):
        told = {UNPROCESSABLE} if role in rule.let_in(case.row, acting=False) else set()
        return "" if status in {NOT_TAKEN, *REFUSED, *told} else "lets in"
    may_be_closed = method == POST or has_steps(case.row)  # by its state, its owner or the step's own right
    return "is refused to those it is for" if status == 403 and not may_be_closed else ""
