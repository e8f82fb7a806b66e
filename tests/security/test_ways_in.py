"""What signing in rests on: how passwords and second factors are kept, cookies, the log, the end of idle sign-ins."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.conf import global_settings
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office import ended_sessions, kept_drafts
from office.idle import BEGAN, SEEN
from office.models import User
from office.sessions import SessionStore
from office.tasks import count_tables_anew
from tests.cast import MORNING, PASSWORD, make_petition
from tests.ground.test_settings import Read, read  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_tried_before")]
ClientFor = Callable[[User], Client]
LOGIN: Final = "/accounts/login/"
HOURS: Final = 3600
WORD: Final = "told-to-nobody-4711"


# ── Passwords and second factors ────────────────────────────────────────────────────────────


def test_passwords_are_kept_by_a_slow_way_each_with_a_salt_of_its_own(settings: Any) -> None:
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    first, second = make_password(WORD), make_password(WORD)
    hasher = identify_hasher(first)
    said = hasher.decode(first)
    assert (hasher.algorithm, said["algorithm"]) == ("pbkdf2_sha256", "pbkdf2_sha256")
    assert said["iterations"] >= 600_000
    assert hasher.salt_entropy >= 128
    assert first != second
    assert check_password(WORD, first)


def test_no_installation_chooses_another_way(read: Read) -> None:  # noqa: F811
    assert "PASSWORD_HASHERS" not in read(PRODUCTION="1", SECRET_KEY="k" * 60)


@pytest.mark.parametrize("weak", ["short-one-1", "password1234", "123456789012", "thatsanee-12"])
def test_a_password_that_is_short_common_or_ones_own_name_is_refused(weak: str, officer: User) -> None:
    validators = get_default_password_validators()
    with pytest.raises(ValidationError):
        validate_password(weak, officer, validators)
    validate_password("สวัสดี สิบสอง ก ข", officer, validators)
    validate_password("x" * 120 + " no rules of kinds", officer, validators)


def test_recovery_codes_are_random_sealed_and_used_once(officer: User, colleague: User) -> None:
    codes = RecoveryCodes.activate(officer)
    given = codes.generate_codes()
    assert len(set(given)) == len(given) == 10
    assert not set(given) & set(RecoveryCodes.activate(colleague).generate_codes())
    kept = str(Authenticator.objects.filter(user=officer).values("data").get())
    assert not [code for code in given if code in kept]
    assert "'seed': 'sealed:" in kept
    assert codes.validate_code(given[3])
    assert not codes.validate_code(given[3])
    assert len(codes.get_unused_codes()) == 9


def code_now(secret: str) -> str:
    return str(
        totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    )


def test_an_authenticators_key_is_sealed_and_one_kept_before_still_works(
    officer: User, colleague: User, settings: Any
) -> None:
    settings.MFA_TOTP_TOLERANCE = 1  # the half minute may end between making a code and looking at it
    secret = totp.generate_totp_secret()
    sealed = totp.TOTP.activate(officer, secret)
    assert secret not in str(Authenticator.objects.values("data").get())
    code = code_now(secret)
    assert sealed.validate_code(code)
    assert not sealed.validate_code(code)
    before = Authenticator.objects.create(
        user=colleague, type=Authenticator.Type.TOTP, data={"secret": secret}
    )
    assert totp.TOTP(before).validate_code(code_now(secret))


# ── Cookies ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def in_production(settings: Any, read: Read) -> None:  # noqa: F811
    """Cookies as an office at work sets them."""
    said = read(
        PRODUCTION="1", SECRET_KEY="k" * 60, ALLOWED_HOSTS="testserver", SITE_URL="https://testserver"
    )
    for name, value in said.items():
        if "_COOKIE_" in name:
            setattr(settings, name, value)


def test_cookies_are_of_this_host_alone_and_no_script_reads_the_sign_in(
    in_production: None, executive: User
) -> None:
    client = Client()
    client.get(LOGIN, secure=True)
    client.post(LOGIN, {"login": executive.username, "password": PASSWORD}, secure=True)
    client.post("/i18n/setlang/", {"language": "en"}, secure=True)
    cookies = {name: morsel for name, morsel in client.cookies.items() if morsel.value}
    assert {"__Host-sessionid", "__Host-csrftoken", "__Host-language"} <= set(cookies)
    for name, morsel in cookies.items():
        assert (morsel["secure"], morsel["path"], morsel["domain"]) == (True, "/", ""), name
        assert morsel["samesite"] == "Lax"
    assert cookies["__Host-sessionid"]["httponly"] is True
    assert client.get(reverse("projectplan:today"), secure=True).status_code == 200


# ── The log ─────────────────────────────────────────────────────────────────────────────────


def lines_of(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [
        record.msg
        for record in caplog.records
        if record.name == "office.sign_in" and isinstance(record.msg, dict)
    ]


def test_a_failed_sign_in_is_a_line_of_its_own_without_what_was_typed(
    executive: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="office.sign_in"):
        Client().post(LOGIN, {"login": executive.username.upper(), "password": WORD})
        Client().post(LOGIN, {"login": WORD, "password": "something-else-47"})
        Client().post(LOGIN, {"login": "a\x00b", "password": WORD})
        Client().post(LOGIN, {"login": executive.username, "password": PASSWORD})
    lines = lines_of(caplog)
    failed = [line for line in lines if line["event"] == "sign_in_failed"]
    assert failed[0]["user_id"] == executive.pk
    assert "login" not in failed[0]
    assert "user_id" not in failed[1]
    assert len(failed[1]["login"]) == 16
    assert {line["level"] for line in failed} == {"warning"}
    assert [line["user_id"] for line in lines if line["event"] == "signed_in"] == [executive.pk]
    assert WORD not in caplog.text
    assert "127.0.0.1" not in str(lines)
    assert executive.username not in str(lines)


# ── The end of a sign-in in which nothing is done ───────────────────────────────────────────


def seen_before(client: Client, seconds: float) -> None:
    session = client.session
    session[SEEN] = time.time() - seconds
    session.save()


def test_after_twelve_idle_hours_one_signs_in_anew_and_comes_back_to_what_was_typed(
    client_for: ClientFor, officer: User
) -> None:
    client = client_for(officer)
    page = reverse("complaints:step", args=[make_petition(owner=officer).pk, "summarise"])
    seen_before(client, 11.9 * HOURS)
    assert client.get(page).status_code == 200
    kept_drafts.keep(officer, page, [["summary", "พิมพ์ไว้"]], now=MORNING)
    seen_before(client, 12.1 * HOURS)
    key = client.session.session_key
    answer = client.post(page, {"summary": "พิมพ์ไว้"})
    assert (answer.status_code, answer.url) == (302, f"{LOGIN}?next={page}")
    assert not client.session.exists(key)
    assert "ไม่มีการใช้งานเป็นเวลานาน" in client.get(answer.url).content.decode()
    assert kept_drafts.find(officer, page, now=MORNING)


def test_an_office_may_say_otherwise(client_for: ClientFor, officer: User, settings: Any, read: Read) -> None:  # noqa: F811
    client, page = client_for(officer), reverse("projectplan:today")
    settings.SESSION_IDLE_MINUTES = read(SESSION_IDLE_MINUTES="30")["SESSION_IDLE_MINUTES"]
    seen_before(client, 31 * 60)
    assert client.get(page).status_code == 302
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    settings.SESSION_IDLE_MINUTES = 0
    seen_before(client, 1000 * HOURS)
    assert client.get(page).status_code == 200


def test_a_fortnight_after_it_began_a_sign_in_ends_however_much_was_done(
    client_for: ClientFor, officer: User, settings: Any
) -> None:
    client, page = client_for(officer), reverse("projectplan:today")
    for idle_minutes in (720, 0):
        settings.SESSION_IDLE_MINUTES = idle_minutes
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        for days, status in ((13.9, 200), (14.1, 302)):
            session = client.session
            session[BEGAN] = time.time() - days * 24 * HOURS
            session.save()
            key = session.session_key
            answer = client.get(page)
            assert answer.status_code == status
        assert not client.session.exists(key)
        assert "เข้าสู่ระบบมาครบ ๑๔ วัน" in client.get(answer.url).content.decode()


def test_a_sign_in_of_before_counts_from_now(client_for: ClientFor, officer: User) -> None:
    client, page = client_for(officer), reverse("projectplan:today")
    session = client.session
    del session[BEGAN]
    session.save()
    assert client.get(page).status_code == 200
    began = client.session[BEGAN]
    assert client.get(page).status_code == 200
    assert client.session[BEGAN] == began


def test_what_ended_sign_ins_left_goes_once_a_night(
    client_for: ClientFor, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ended_sessions, "BATCH", 1)
    living, ended, signed_out = (client_for(officer) for _ in range(3))
    visit = SessionStore()
    visit.create()
    for client in (living, ended, signed_out):
        UserSession.objects.create(user=officer, ip="127.0.0.1", session_key=client.session.session_key)
    left = [ended.session.session_key, visit.session_key]
    Session.objects.filter(pk__in=left).update(expire_date=timezone.now() - timedelta(minutes=1))
    signed_out.session.delete()
    count_tables_anew()
    assert [one.pk for one in Session.objects.all()] == [living.session.session_key]
    assert [one.session_key for one in UserSession.objects.all()] == [living.session.session_key]


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(client_for: ClientFor, officer: User) -> None:
    client = client_for(officer)
    matter = make_petition(owner=officer)
    seen_before(client, 2 * HOURS)
    before = client.session[SEEN]
    assert client.post(reverse("office:presence", args=[matter.pk])).status_code in (200, 204)
    assert client.session[SEEN] == before
    client.get(reverse("projectplan:today"))
    assert client.session[SEEN] > before


def test_the_end_of_a_sign_in_is_kept_in_the_database(client_for: ClientFor, officer: User) -> None:
    client = client_for(officer)
    key = client.session.session_key
    client.post(reverse("account_logout"))
    assert not client.session.exists(key)
