"""Figures for a watcher, in the form of Prometheus: what requests and tasks took, in this process or, where
`PROMETHEUS_MULTIPROC_DIR` names a folder, in all processes that share it.

Routes and names of tasks are the only labels: never an address, a person or a matter.
"""

from __future__ import annotations

import hmac
import ipaddress
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Final, ParamSpec
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from celery.signals import task_failure, task_postrun, task_prerun, worker_process_shutdown, worker_ready
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

logger = logging.getLogger(__name__)

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
KNOWN_METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})

REQUEST_SECONDS: Final = Histogram(
    "prasan_request_seconds",
    "How long requests took, by the pattern of their route.",
    ["route", "method"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
REQUESTS: Final = Counter("prasan_requests", "Requests answered, by status.", ["status"])
REQUEST_QUERIES: Final = Histogram(
    "prasan_request_queries",
    "How many questions requests asked the database.",
    ["route"],
    buckets=(0, 2, 5, 10, 15, 20, 30, 50, 100),
)
TASK_SECONDS: Final = Histogram(
    "prasan_task_seconds",
    "How long tasks took.",
    ["task"],
    buckets=(0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900),
)
TASKS_FAILED: Final = Counter("prasan_tasks_failed", "Tasks that ended with a fault.", ["task"])

P = ParamSpec("P")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
StartResponse = Callable[[str, list[tuple[str, str]]], Any]


def beside_the_work(count: Callable[P, None]) -> Callable[P, None]:
    """What is only counted fails nothing: a folder that refuses the figures is told of in the log."""

    @wraps(count)
    def counted(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            count(*args, **kwargs)
        except OSError as refused:
            logger.warning("figures_refused: %s", type(refused).__name__)

    return counted


@beside_the_work
def count_request(route: str, method: str, status: int, seconds: float, questions: int) -> None:
    """One request more. A method nobody knows is not given a label of its own."""
    REQUEST_SECONDS.labels(route, method if method in KNOWN_METHODS else "other").observe(seconds)
    REQUESTS.labels(str(status)).inc()
    REQUEST_QUERIES.labels(route).observe(questions)


def exposition(*collectors: Any) -> bytes:
    """All figures as text: of all processes where they share a folder, and what `collectors` find out now."""
    registry = CollectorRegistry()
    for collector in collectors:
        registry.register(collector)
    counted = CollectorRegistry() if FOLDER in os.environ else REGISTRY
    if FOLDER in os.environ:
        MultiProcessCollector(counted)
    return generate_latest(counted) + generate_latest(registry)


def may_read(authorization: str, address: str) -> bool:
    """Whether a watcher bears the token, or asks from an address of `METRICS_ADDRESSES`."""
    token = settings.METRICS_TOKEN
    if token and hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode()):
        return True
    try:
        asked_from = ipaddress.ip_network(address, strict=False)
    except ValueError:
        return False
    return any(_holds(ipaddress.ip_network(one), asked_from) for one in settings.METRICS_ADDRESSES)


def _holds(network: Network, asked_from: Network) -> bool:
    return network.version == asked_from.version and network.supernet_of(asked_from)  # type: ignore[arg-type]


# ── The worker ──────────────────────────────────────────────────────────────────────────────


def listen() -> None:
    """Have the worker count its tasks, and answer a watcher where `METRICS_WORKER_ADDRESS` says so."""
    task_prerun.connect(_began, dispatch_uid="office.metrics.began")
    task_postrun.connect(_ended, dispatch_uid="office.metrics.ended")
    task_failure.connect(_failed, dispatch_uid="office.metrics.failed")
    worker_ready.connect(_serve_if_asked, dispatch_uid="office.metrics.serve")
    worker_process_shutdown.connect(_forget_process, dispatch_uid="office.metrics.shutdown")


def _began(task: Any, **kwargs: Any) -> None:
    task.request.prasan_began = time.perf_counter()


@beside_the_work
def _ended(task: Any, **kwargs: Any) -> None:
    began = getattr(task.request, "prasan_began", None)
    if began is not None:
        TASK_SECONDS.labels(task.name).observe(time.perf_counter() - began)


@beside_the_work
def _failed(sender: Any, **kwargs: Any) -> None:
    TASKS_FAILED.labels(sender.name).inc()


def _forget_process(pid: int, **kwargs: Any) -> None:
    if FOLDER in os.environ:
        mark_process_dead(pid)


def _serve_if_asked(**kwargs: Any) -> None:
    """The worker's parent answers for the processes that do the work."""
    if not settings.METRICS_WORKER_ADDRESS:
        return
    if FOLDER not in os.environ:
        raise ImproperlyConfigured(f"METRICS_WORKER_ADDRESS needs {FOLDER}: a worker has several processes.")
    serve(settings.METRICS_WORKER_ADDRESS)


def serve(address: str) -> WSGIServer:
    """Answer at `host:port` beside whatever else this process does."""
    host, _colon, port = address.rpartition(":")
    server = make_server(host.strip("[]"), int(port), worker_page, handler_class=_Silent)
    threading.Thread(target=server.serve_forever, name="figures", daemon=True).start()
    return server


class _Silent(WSGIRequestHandler):
    """Writes no line for each look of the watcher."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


def worker_page(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """The worker's figures at `/metrics`; for whoever may not read them there is nothing."""
    known = may_read(environ.get("HTTP_AUTHORIZATION", ""), environ.get("REMOTE_ADDR", ""))
    if environ["PATH_INFO"] != "/metrics" or not known:
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b""]
    start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
    return [exposition()]
