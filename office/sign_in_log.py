"""Each sign-in, each failed one and each end of one is a line of the log. No password stands in it, and a login that is
nobody's only as a keyed digest: people type their password there by mistake."""

from __future__ import annotations

from typing import Any, Final

import structlog
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Q
from django.http import HttpRequest

from office import limits, seals

logger = structlog.get_logger("office.sign_in")
DIGEST_LETTERS: Final = 16
"""Enough to see that tries belong together."""


def _digest(text: str) -> str:
    return seals.fingerprint(text, purpose="sign-in-log")[:DIGEST_LETTERS]


def _came_from(request: HttpRequest | None) -> str:
    return _digest(limits.client_address(request)) if request is not None else ""


def say_failed(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    login = str(credentials.get("username") or credentials.get("email") or credentials.get("login") or "")
    people = get_user_model().objects.filter(Q(username__iexact=login) | Q(email__iexact=login))
    # The letter zero is nobody's, and no database can be asked for it.
    known = people.values_list("pk", flat=True).first() if login and "\x00" not in login else None
    said = {"user_id": known} if known else {"login": _digest(login.lower())}
    logger.warning("sign_in_failed", address=_came_from(request), **said)


def say_signed_in(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    logger.info("signed_in", address=_came_from(request), user_id=user.pk)


def say_signed_out(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    logger.info("signed_out", user_id=user.pk if user else None)


def listen() -> None:
    """Called once when the office is ready."""
    user_login_failed.connect(say_failed, dispatch_uid="office.sign_in.failed")
    user_logged_in.connect(say_signed_in, dispatch_uid="office.sign_in.in")
    user_logged_out.connect(say_signed_out, dispatch_uid="office.sign_in.out")
