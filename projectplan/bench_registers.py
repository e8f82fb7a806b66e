"""What the benchmark visits of every register and of the pages of its matters, whichever subgroup it is of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from office.models import Matter
from projectplan.bench import Case

PAGE: Final = 3.0
"""How many times the floor a page may take (the brief: what must be shown)."""
ASKED_OF_EVERY_REGISTER: Final = {
    "list, open": "",
    "list, all": "?unclosed=",
    "most urgent first": "?unclosed=1&order=due",
    "mine": "?mine=1",
    "late": "?late=1",
}


def visit(client: Client, path: str, headers: dict[str, str] | None = None) -> Callable[[], HttpResponseBase]:
    return lambda: client.get(path, headers=headers or {})


def newest_of(model: Any, **facts: Any) -> Any:
    return model.objects.filter(**facts).order_by("-pk").first()


def middle_of(model: Any, newest: Matter) -> Any:
    """The register's row in its middle, by the count of its own."""
    return model.objects.order_by("pk")[model.objects.count() // 2 :].first() or newest


def lists(client: Client, page: str, *, deep: Matter, **asked: Any) -> list[Case]:
    """What is asked of every register, a page in its middle, and what is asked of this one, by its own filters."""
    path, name = reverse(page), page.partition(":")[2].replace("_", "-")
    queries = ASKED_OF_EVERY_REGISTER | {"a deep page": f"?unclosed=&after={deep.pk}"}
    queries |= {
        f"by {field}": "?" + urlencode({"unclosed": "", field: given}) for field, given in asked.items()
    }
    return [Case(f"{name}: {what}", visit(client, path + query), PAGE) for what, query in queries.items()]


def page_of(name: str, client: Client, view: str, matter: Matter | None) -> list[Case]:
    return [Case(name, visit(client, reverse(view, args=[matter.pk])), PAGE)] if matter else []
