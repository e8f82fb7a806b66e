"""Who else has a matter open: seen by those who may see it, gone after a minute, written nowhere."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from complaints.models import Petition
from office import presence
from office.embedded import socket_path
from office.models import Secrecy, User
from office.presence import GONE_SECONDS, PING_SECONDS, come, mark, names
from tests.cast import MORNING, make_petition

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TOO = "เปิดเรื่องนี้อยู่ด้วย"


def ping(client: Client, petition: Petition, shown: str = "") -> tuple[int, str]:
    answer = client.post(reverse("office:presence", args=[petition.pk]), {"shown": shown})
    return answer.status_code, answer.content.decode()


def page(client: Client, petition: Petition) -> str:
    return client.get(petition.get_absolute_url()).content.decode()


def test_two_who_open_a_matter_read_of_each_other(
    client_for: SignIn, officer: User, colleague: User, petition: Petition
) -> None:
    first, second = client_for(officer), client_for(colleague)
    assert TOO not in page(first, petition)
    assert f"ทัศนีย์ น. {TOO}" in page(second, petition)
    status, text = ping(first, petition)
    assert status == 200
    assert f"นเรนทร ก. {TOO}" in text


def test_nobody_reads_of_themselves(client_for: SignIn, officer: User, petition: Petition) -> None:
    client = client_for(officer)
    for _time in range(2):
        assert TOO not in page(client, petition)
    assert ping(client, petition)[0] == 204


def test_a_ping_that_shows_the_same_brings_nothing(
    client_for: SignIn, officer: User, colleague: User, petition: Petition
) -> None:
    come(petition.pk, colleague, timezone.now())
    client = client_for(officer)
    assert ping(client, petition)[0] == 200
    assert ping(client, petition, shown=str(colleague.pk)) == (204, "")


def test_who_has_not_been_heard_of_has_left(officer: User, colleague: User, petition: Petition) -> None:
    come(petition.pk, colleague, MORNING)
    still = MORNING + timedelta(seconds=2 * PING_SECONDS)
    assert names(come(petition.pk, officer, still)) == "นเรนทร ก."
    gone = MORNING + timedelta(seconds=GONE_SECONDS)
    assert come(petition.pk, officer, gone) == []


def test_each_matter_has_its_own(officer: User, colleague: User) -> None:
    first, second = make_petition(), make_petition()
    come(first.pk, officer, MORNING)
    assert come(second.pk, colleague, MORNING) == []


def test_several_stand_in_the_order_of_their_names(
    officer: User, colleague: User, head: User, petition: Petition
) -> None:
    for user in (officer, head, colleague):
        here = come(petition.pk, user, MORNING)
    assert names(here) == "ทัศนีย์ น., ศิริรัตน์ ท."
    assert mark(here) == f"{officer.pk}-{head.pk}"


def test_of_many_who_come_in_the_same_instant_none_is_missed(officer: User) -> None:
    many = [User(pk=officer.pk + number, display_name=f"นายคนที่ {number}") for number in range(1, 21)]
    with ThreadPoolExecutor(max_workers=10) as together:
        list(together.map(lambda user: come(7, user, MORNING), many))
    assert {one.user_id for one in come(7, officer, MORNING)} == {user.pk for user in many}


def test_who_is_here_stands_in_the_queue_of_the_run_not_in_memory(officer: User) -> None:
    come(7, officer, MORNING)
    assert redis.Redis.from_url(settings.REDIS_URL).keys(f"*{presence.SPACE}:7")


def test_whoever_may_not_see_the_matter_neither_reads_nor_is_read(
    client_for: SignIn, officer: User, colleague: User, stranger: User, administrator: User
) -> None:
    secret = make_petition(owner=officer, secrecy=Secrecy.SECRET)
    come(secret.pk, officer, timezone.now())
    for user in (colleague, stranger, administrator):
        assert ping(client_for(user), secret)[0] == 404
    assert come(secret.pk, officer, timezone.now()) == []


def test_only_a_post_pings(client_for: SignIn, officer: User, petition: Petition) -> None:
    assert client_for(officer).get(reverse("office:presence", args=[petition.pk])).status_code == 405
    assert Client().post(reverse("office:presence", args=[petition.pk])).status_code == 302


def test_a_ping_writes_nothing_into_the_database(
    client_for: SignIn, officer: User, petition: Petition
) -> None:
    client = client_for(officer)
    with CaptureQueriesContext(connection) as queries:
        ping(client, petition)
    assert [one["sql"] for one in queries if not one["sql"].startswith("SELECT")] == []
    assert len(queries) <= 5


def test_the_page_opens_while_the_cache_is_down(
    client_for: SignIn, officer: User, petition: Petition, settings: object, tmp_path: object
) -> None:
    settings.CACHES = {  # type: ignore[attr-defined]
        "default": {
            "BACKEND": "office.cache.RedisOrMemoryCache",
            "LOCATION": f"unix://{socket_path(tmp_path)}",  # type: ignore[arg-type]
        }
    }
    assert petition.title in page(client_for(officer), petition)
