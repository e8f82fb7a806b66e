"""What heads and executives open: the indicators of each span, the load of each person, the executive's screen."""

from __future__ import annotations

from typing import Final

from django.test import Client
from django.urls import reverse

from projectplan.bench import Case
from projectplan.bench_registers import visit
from projectplan.dashboard import Span
from projectplan.workload import promises_address

PAGE: Final = 3.0
"""How many times the floor a dashboard may take (the brief: dashboards at a million petitions)."""
DIARY: Final = 6.0
"""The diary asks six registers for each day of a month."""


def dashboard_cases(head: Client, executive: Client) -> list[Case]:
    """Each page with whoever opens it, and each part that comes into it later."""
    works = reverse("projectplan:dashboard")
    pages: list[tuple[str, Client, str]] = [
        *((f"dashboard, {span}", head, f"{works}?span={span}") for span in Span),
        ("dashboard, executive", executive, f"{works}?span={Span.YEAR}"),
        ("dashboard, indicators", head, f"{reverse('projectplan:strategies')}?span={Span.YEAR}"),
        ("load of a subgroup", head, reverse("projectplan:workload")),
        ("load of everybody", executive, reverse("projectplan:workload")),
        ("promises that are late", executive, promises_address(show="late")),
        ("at a glance", executive, reverse("projectplan:glance")),
        ("at a glance, works", executive, reverse("projectplan:glance_works")),
    ]
    diary = reverse("projectplan:diary")
    days = {"month": diary, "week": f"{diary}?view=week", "ahead": reverse("projectplan:diary_ahead")}
    return [
        *(Case(name, visit(client, path), PAGE) for name, client, path in pages),
        *(Case(f"diary, {name}", visit(executive, path), DIARY) for name, path in days.items()),
    ]
