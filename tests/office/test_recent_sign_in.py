"""Acts that reach far ask who one is unless that was said a short while ago; then they go on, with what was typed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.models import Agency, ApiToken, Role, User
from publicrelations.models import Article, ArticleState
from tests.api.cast import make_token
from tests.cast import PASSWORD, make_agency
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.news_cast import make_published

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
REASON = "ข้อเท็จจริงคลาดเคลื่อน ต้องถอนข่าวนี้ก่อน"


@pytest.fixture
def client_of(client_for: ClientFor) -> ClientFor:
    """A browser in which somebody signed in an hour ago."""

    def long_signed_in(user: User) -> Client:
        User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD))
        user.refresh_from_db()
        client = client_for(user)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 3600}]
        session.save()
        return client

    return long_signed_in


def confirm(client: Client, location: str) -> str:
    """Say once more who one is; where that leads."""
    assert location.startswith("/accounts/reauthenticate/")
    _path, _mark, following = location.partition("?next=")
    answer = client.post(location, {"password": PASSWORD, "next": following.replace("%2F", "/")}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def withdrawal(article: Article) -> tuple[str, dict[str, str]]:
    address = reverse("publicrelations:article_step", args=[article.pk, "withdraw"])
    return address, {"seen": str(article.version), "withdrawal_reason": REASON}


def test_withdrawing_news_asks_and_then_goes_on_with_what_was_typed(client_of: ClientFor) -> None:
    head = make_news_head()
    article = make_published(make_news_officer(), head)
    client = client_of(head)
    address, given = withdrawal(article)
    answer = client.post(address, given)
    assert answer.status_code == 302
    article.refresh_from_db()
    assert article.state == ArticleState.PUBLISHED
    confirm(client, answer["Location"])
    article = Article.objects.get(pk=article.pk)
    assert article.state == ArticleState.WITHDRAWN
    assert REASON in str(article.withdrawal_reason)


def test_a_wrong_password_lets_nothing_through(client_of: ClientFor) -> None:
    head = make_news_head()
    article = make_published(make_news_officer(), head)
    client = client_of(head)
    address, given = withdrawal(article)
    location = client.post(address, given)["Location"]
    answer = client.post(location, {"password": "ผิด", "next": address})
    assert answer.status_code == 200
    assert Article.objects.get(pk=article.pk).state == ArticleState.PUBLISHED


def test_whoever_signed_in_a_moment_ago_is_not_asked(client_for: ClientFor) -> None:
    head = make_news_head()
    article = make_published(make_news_officer(), head)
    address, given = withdrawal(article)
    assert client_for(head).post(address, given)["Location"] == article.get_absolute_url()


def test_looking_at_the_page_asks_nothing(client_of: ClientFor) -> None:
    head = make_news_head()
    article = make_published(make_news_officer(), head)
    assert client_of(head).get(withdrawal(article)[0]).status_code == 200


def test_merging_agencies_asks(client_of: ClientFor, head: User) -> None:
    into, double = make_agency("หน่วยงานหนึ่ง"), make_agency("หน่วยงานสอง")
    address = reverse("office:agency_merge", args=[double.pk, into.pk])
    client = client_of(head)
    assert client.get(address).status_code == 200
    answer = client.post(address, {})
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert not Agency.objects.filter(merged_into__isnull=False).exists()


def test_withdrawing_a_token_asks_and_then_goes_on(client_of: ClientFor, administrator: User) -> None:
    make_token(made_by=administrator)
    token = ApiToken.objects.get()
    client = client_of(administrator)
    address = reverse("admin:office_apitoken_changelist")
    answer = client.post(address, {"action": "withdraw", "_selected_action": str(token.pk)})
    token.refresh_from_db()
    assert token.withdrawn_at is None
    confirm(client, answer["Location"])
    token.refresh_from_db()
    assert token.withdrawn_at is not None


def test_roles_are_changed_only_after_saying_who_one_is(
    client_of: ClientFor, administrator: User, officer: User
) -> None:
    address = reverse("admin:office_user_change", args=[officer.pk])
    answer = client_of(administrator).post(address, {"roles": [Role.ADMINISTRATOR.value]})
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert not User.objects.get(pk=officer.pk).has_role(Role.ADMINISTRATOR)


@pytest.mark.parametrize("name", ["publicrelations:recipients_export", "publicrelations:media_export"])
def test_personal_data_is_taken_along_only_after_saying_who_one_is(client_of: ClientFor, name: str) -> None:
    client = client_of(make_news_officer())
    answer = client.get(reverse(name))
    assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_the_time_is_a_setting(client_of: ClientFor, settings: object) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = int(timedelta(hours=2).total_seconds())  # type: ignore[attr-defined]
    head = make_news_head()
    article = make_published(make_news_officer(), head)
    address, given = withdrawal(article)
    assert client_of(head).post(address, given)["Location"] == article.get_absolute_url()
    assert Article.objects.get(pk=article.pk).withdrawn_at <= timezone.now()
