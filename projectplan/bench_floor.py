"""The floors of the benchmark: the plainest pages behind the same middleware, in addresses of their own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from office.models import Matter

ROWS = 25


def page(request: HttpRequest) -> HttpResponse:
    """A signed-in page that says nothing."""
    return render(request, "projectplan/bench_page.html")


def table(request: HttpRequest) -> HttpResponse:
    """A plain table of 25 rows from one indexed query."""
    rows = Matter.objects.order_by("-pk").only("series", "number", "year", "title", "received_at", "version")[
        :ROWS
    ]
    return render(request, "projectplan/bench_table.html", {"rows": rows})


urlpatterns = [
    path("bench/page/", page, name="bench_page"),
    path("bench/table/", table, name="bench_table"),
    path("", include("config.urls")),
]
