"""System checks: what must be so before the office can rely on this installation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections


@register()
def lease_of_letters(*, app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """A letter that is still being handed over must not be given to another worker: it would go twice."""
    if settings.NOTICE_LEASE_SECONDS > settings.EMAIL_TIMEOUT:
        return []
    return [
        Error(
            "NOTICE_LEASE_SECONDS is not longer than EMAIL_TIMEOUT: letters would be sent twice.",
            hint="Make it at least twice as long.",
            id="office.E002",
        )
    ]


@register(Tags.database)
def thai_trigrams(
    *, app_configs: Any = None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """PostgreSQL makes no Thai trigrams when its LC_CTYPE is C: search would silently find nothing."""
    errors: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
            (ctype,) = cursor.fetchone()
        if "utf" not in ctype.lower():
            errors.append(
                Error(
                    f"The database's LC_CTYPE is {ctype}: Thai search would find nothing.",
                    hint="Create the database with LC_CTYPE 'C.UTF-8' or 'th_TH.UTF-8' (TEMPLATE template0).",
                    id="office.E001",
                )
            )
    return errors
