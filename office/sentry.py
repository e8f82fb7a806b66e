"""Faults told to a Sentry, where the office runs one (`SENTRY_DSN`): what kind and where in the program, never words,
values, addresses or people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

KEPT: Final = frozenset(
    {
        "breadcrumbs",
        "contexts",
        "environment",
        "event_id",
        "exception",
        "level",
        "logger",
        "modules",
        "platform",
        "release",
        "sdk",
        "timestamp",
        "transaction",
        "transaction_info",
    }
)
"""Of an event everything else is left out: request, user, extra, tags, message."""
CONTEXTS: Final = frozenset({"runtime", "trace"})
FRAME: Final = frozenset(
    {
        "abs_path",
        "context_line",
        "filename",
        "function",
        "in_app",
        "lineno",
        "module",
        "post_context",
        "pre_context",
    }
)
CRUMB: Final = frozenset({"category", "level", "timestamp", "type"})

Event = dict[str, Any]


def start(dsn: str, release: str, *, environment: str, **options: Any) -> None:
    """Begin to tell faults; the package comes with the extra `sentry`."""
    import sentry_sdk
    from sentry_sdk.integrations.celery import CeleryIntegration
    from sentry_sdk.integrations.django import DjangoIntegration
    from sentry_sdk.integrations.logging import LoggingIntegration

    sentry_sdk.init(
        dsn=dsn,
        release=release,
        environment=environment,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=cast(Any, scrubbed),
        before_breadcrumb=crumb,
        auto_session_tracking=False,
        # Lines of the log are no events: a fault is told once, by itself.
        integrations=[
            DjangoIntegration(transaction_style="url", signals_spans=False, cache_spans=False),
            CeleryIntegration(),
            LoggingIntegration(event_level=None),
        ],
        **options,
    )


def scrubbed(event: Event, hint: Mapping[str, Any]) -> Event | None:
    """What of an event leaves the office: kinds of faults and places in the program. One without a fault does not."""
    if "exception" not in event:
        return None
    said = {name: value for name, value in event.items() if name in KEPT}
    said["contexts"] = {name: value for name, value in said.get("contexts", {}).items() if name in CONTEXTS}
    said["exception"] = {"values": [_kind_and_places(one) for one in event["exception"].get("values", [])]}
    crumbs = event.get("breadcrumbs", {}).get("values", [])
    said["breadcrumbs"] = {"values": [_only(CRUMB, one) for one in crumbs]}
    return said


def crumb(one: Event, hint: Mapping[str, Any]) -> Event:
    """Of what happened before a fault: that it happened, of which kind, and when."""
    return _only(CRUMB, one)


def _kind_and_places(fault: Event) -> Event:
    frames = (fault.get("stacktrace") or {}).get("frames", [])
    return {
        "type": fault.get("type"),
        "module": fault.get("module"),
        "mechanism": {"type": "generic", "handled": bool((fault.get("mechanism") or {}).get("handled"))},
        "stacktrace": {"frames": [_only(FRAME, frame) for frame in frames]},
    }


def _only(names: frozenset[str], given: Event) -> Event:
    return {name: value for name, value in given.items() if name in names}
