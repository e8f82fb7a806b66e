"""What a log says, and in which shape: a JSON object a line in production, text for people elsewhere.

What must not stand in it, whichever part of the program writes the line: the secret of a link, and the words of a
fault, which may hold what somebody typed. Links with secrets are `/a/` and `/p/ask/` of agencies, `/c/` of personal
calendars, `/m/invited/` of those invited to the press, `/n/` of previews of news, `/s/` of surveys, `/w/` of contacts
of the network, and what opens a new password. The web server loads this module before Django is there, so it knows
nothing of it.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

LINK: Final = re.compile(r"(/[acnsw]/|/[mp]/(?:[a-z-]+/)?|/reset/key/)[^/\s\"'<>?#]+")
MASK: Final = r"\1…"
JSON: Final = "json"
TEXT: Final = "text"
ADDRESS_LOGGERS: Final = ("django.request", "django.security.csrf", "django.security.DisallowedHost")
"""Loggers that write addresses: the filter stands on them too, for whoever listens besides the console."""
OWN_LINES: Final = ("office.requests", "office.sign_in", "django_structlog")
"""One line for each request, each sign-in and each task."""
FRAMES: Final = 12
"""So many of the innermost places of a fault are named."""


class MaskLinks(logging.Filter):
    """Masks the secret of a link in a record before anybody formats it. It lets every record through."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace message and arguments where they hold a link, and drop the request that would hold it too."""
        if isinstance(record.msg, dict):  # a line of structlog: the processors below see to it
            return True
        said = record.getMessage()
        masked = LINK.sub(MASK, said)
        if masked != said:
            record.msg, record.args = masked, ()
            record.__dict__.pop("request", None)
        return True


def masked(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """The event without the secret of any link."""
    return {name: LINK.sub(MASK, value) if isinstance(value, str) else value for name, value in event.items()}


def without_words_of_faults(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """A fault becomes its kind and the places in the program it came through; its words are left out."""
    given = event.pop("exc_info", None)
    fault = given if isinstance(given, BaseException) else sys.exc_info()[1] if given is True else None
    if isinstance(given, tuple):
        fault = given[1]
    said = event.pop("exception", None)
    fault = fault or (said if isinstance(said, BaseException) else None)
    event.pop("error", None)
    if fault is not None:
        event["fault"] = type(fault).__name__
        event["places"] = _places(fault.__traceback__)
    return event


def _places(came: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(came)[-FRAMES:]
    return [f"{'/'.join(Path(one.filename).parts[-3:])}:{one.lineno} {one.name}" for one in frames]


def shared_steps() -> list[Processor]:
    """What every line goes through, whoever wrote it."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def formatter(shape: str = JSON) -> structlog.stdlib.ProcessorFormatter:
    """The formatter of a handler, for lines of structlog and of everybody else alike."""
    last: Sequence[Processor]
    if shape == JSON:
        last = [without_words_of_faults, masked, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        # Only where it came through: what stood in a variable there may be what somebody typed.
        plain = structlog.dev.plain_traceback
        last = [masked, structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        foreign_pre_chain=shared_steps(),
    )


def settings_for(shape: str, level: str) -> dict[str, Any]:
    """`LOGGING` for Django and for the worker. In production each request and each task has a line; the lines in which
    Django and Celery say the same with address and words are left out."""
    if shape not in (JSON, TEXT):
        raise ValueError(f"LOG_FORMAT is {JSON} or {TEXT}, not {shape}.")
    structlog.configure(
        processors=[*shared_steps(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    loggers: dict[str, dict[str, Any]] = {name: {"filters": ["links"]} for name in ADDRESS_LOGGERS}
    loggers["django.server"] = {"handlers": ["console"], "level": "INFO", "propagate": False}
    loggers["celery.app.trace"] = {"level": "CRITICAL"}
    loggers["django.request"]["level"] = "CRITICAL"
    if shape == JSON:
        loggers |= {name: {"level": "INFO"} for name in OWN_LINES}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"links": {"()": "office.logs.MaskLinks"}},
        "formatters": {"line": {"()": "office.logs.formatter", "shape": shape}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["links"]}
        },
        "loggers": loggers,
        "root": {"handlers": ["console"], "level": level},
    }
