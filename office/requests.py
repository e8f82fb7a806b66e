"""What is written of each request: one line, with a number that goes on into the tasks it starts."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final

import structlog
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django_structlog.celery.signals import bind_extra_task_metadata, modify_context_before_task_publish
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

from office import metrics
from office.warming import with_room

logger = structlog.get_logger("office.requests")

HEADER: Final = "X-Request-ID"
WELL_FORMED: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
NO_ROUTE: Final = "(none)"


class RequestMiddleware:
    """Stands outermost: gives the request its number, counts its time and its questions to the database, and writes its
    line when the answer is there. Of the address only the route's pattern is written, for addresses hold secrets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    @with_room
    def __call__(self, request: HttpRequest) -> HttpResponse:
        clear_contextvars()
        request_id = number_of(request)
        bind_contextvars(request_id=request_id)
        began = time.perf_counter()
        counted = Questions()
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(counted))
            response = self.get_response(request)
        response.headers[HEADER] = request_id
        _say(request, response, time.perf_counter() - began, counted.number)
        clear_contextvars()
        return response


class Questions:
    """Counts what a request asks the database."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)


def number_of(request: HttpRequest) -> str:
    """The number that our own proxy gave the request, if it is one; else a new one."""
    given = request.headers.get(HEADER, "") if settings.TRUSTED_PROXY_COUNT else ""
    return given if WELL_FORMED.fullmatch(given) else uuid.uuid4().hex


def route_of(request: HttpRequest) -> str:
    """The pattern that the request's address fits, such as `a/<str:secret>/`."""
    match = request.resolver_match
    return match.route or "/" if match else NO_ROUTE


def say_fault(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """A fault that no view answered: a line of its own, before the answer's."""
    if request is not None:
        logger.error("request_failed", exc_info=True, method=request.method, route=route_of(request))


def _say(request: HttpRequest, response: HttpResponse, seconds: float, questions: int) -> None:
    route, method = route_of(request), request.method or ""
    # Asked only where a page asked already: a line costs no query.
    user = getattr(getattr(request, "_cached_user", None), "pk", None)
    write = logger.error if response.status_code >= 500 else logger.info
    write(
        "request_finished",
        method=method,
        route=route,
        status=response.status_code,
        duration_ms=round(seconds * 1000, 1),
        queries=questions,
        user_id=user,
    )
    metrics.count_request(route, method, response.status_code, seconds, questions)


def keep_for_the_task(sender: Any, context: dict[str, Any], **kwargs: Any) -> None:
    """What of a line's surroundings goes with a task into the queue: the number of the request, and nothing else."""
    context.clear()
    number = get_contextvars().get("request_id")
    if number:
        context["request_id"] = number


def listen() -> None:
    """Called once when the office is ready."""
    got_request_exception.connect(say_fault, dispatch_uid="office.requests.fault")
    modify_context_before_task_publish.connect(keep_for_the_task, dispatch_uid="office.requests.publish")
    bind_extra_task_metadata.connect(name_the_task, dispatch_uid="office.requests.task")


def name_the_task(sender: Any, task: Any, **kwargs: Any) -> None:
    """Every line of a task says which it is."""
    bind_contextvars(task=task.name)
