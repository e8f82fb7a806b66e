"""The keys that a form brings along: which rows its sender may not see, and what a form is sent with otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from django import forms
from django.db import connection
from django.db.models import Model, QuerySet

import office.models as office
import parliament.models as parliament
import projectplan.models as projectplan
from complaints.models import Question, Visit
from office.models import Matter, User
from office.picking import TicksField
from office.steps import Actor, open_steps
from tests.security.rows import KEY, address_of, model_of, named

# Names that views ask a POST for by themselves → whose key it is.
RAW: Final[dict[str, type[Model]]] = {
    "row": Matter,
    "matter": Matter,
    "visit": Visit,
    "question": Question,
    "letter": office.OutgoingLetter,
    "tellings": parliament.Telling,
    "came": projectplan.Participant,
    "more": Matter,
    "to": User,
    "upto": office.Notice,
    "add": Matter,
}
WRITES: Final = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(?P<table>\w+)"')
BESIDE: Final = frozenset({"django_session", "usersessions_usersession", "office_lastlook"})
"""Written by any page."""


def way_to_matter(model: type[Model]) -> str | None:
    """The way of foreign keys from a row to the matter it belongs to: "" for a matter itself."""
    if issubclass(model, Matter):
        return "pk"
    links = [
        one for one in model._meta.get_fields() if one.many_to_one and one.related_model and one.concrete
    ]
    for link in links:
        if issubclass(link.related_model, Matter) and not link.null:
            return f"{link.name}__pk"
    for link in links:
        inner = (
            way_to_matter(link.related_model) if link.related_model is not model and not link.null else None
        )
        if inner:
            return f"{link.name}__{inner}"
    return None


def unseen(model: type[Model], user: User) -> QuerySet[Any] | None:
    """The rows of a model that belong to matters this person may not see; None where rows belong to no matter."""
    way = way_to_matter(model)
    if way is None:
        return None
    return model._default_manager.exclude(**{f"{way}__in": Matter.objects.visible_to(user).values("pk")})


def steps(people: dict[str, User]) -> Iterator[tuple[str, str, str]]:
    """Every step of every kind of matter, where it is open: who of these takes it first, its view and its address."""
    for view, parts in sorted(named(), key=str):
        model: Any = model_of(view)
        if not view.endswith("step") or parts != {KEY, "name"}:
            continue
        taken: set[str] = set()
        for role, user in people.items():
            rows = model.objects.visible_to(user)
            for state in rows.order_by().values_list("state", flat=True).distinct():
                for row in rows.filter(state=state).order_by("-pk")[:2]:
                    for one in open_steps(row, Actor(user=user)):
                        if one.name not in taken:
                            taken.add(one.name)
                            yield role, view, address_of(view, {KEY: row.pk, "name": one.name})


@dataclass
class Recorded:
    """The forms that a page made, and what was written of a request."""

    forms: list[forms.BaseForm] = field(default_factory=list)
    written: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)

    def clear(self) -> None:
        self.forms.clear()
        self.written.clear()
        self.given.clear()

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Forms note themselves as they are made."""
        make = forms.BaseForm.__init__

        def made(form: forms.BaseForm, *args: Any, **kwargs: Any) -> None:
            make(form, *args, **kwargs)
            self.forms.append(form)

        monkeypatch.setattr(forms.BaseForm, "__init__", made)

    def statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITES.match(sql)
        if found and found["table"] not in BESIDE:
            self.written.add(found["table"])
            self.given |= {str(one) for one in (params or ())}
        return execute(sql, params, many, context)

    def statements(self) -> Any:
        return connection.execute_wrapper(self.statement)

    def choices(self) -> Iterator[tuple[forms.BaseForm, str, Any, type[Model], list[Any]]]:
        """Each field that takes the key of a row: the form, the name it is sent by, its model and the rows offered."""
        for form in self.forms:
            for name, one in form.fields.items():
                if isinstance(one, forms.ModelChoiceField) and one.queryset is not None:
                    yield form, form.add_prefix(name), one, one.queryset.model, one.queryset
                elif isinstance(one, TicksField) and one.rows:
                    rows = list(one.rows.values())
                    if isinstance(rows[0], Model):
                        yield form, form.add_prefix(name), one, type(rows[0]), rows


class Sent(HTMLParser):
    """What the forms of a page would send as they stand, and the page's words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.words: list[str] = []
        self._name = self._text = ""
        self._is_quiet = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        self._is_quiet = tag in ("script", "style")
        if tag == "input" and name and given.get("type") not in ("submit", "file", "image", "button"):
            is_ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
            if is_ticked or name not in self.fields:
                self.fields[name] = given.get("value", "on")
        elif tag in ("select", "textarea"):
            self._name = name
            self.fields.setdefault(name, "")
        elif tag == "option" and self._name and given.get("value") and not self.fields[self._name]:
            self.fields[self._name] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        self._is_quiet = False
        if tag in ("select", "textarea"):
            self._name = ""

    def handle_data(self, data: str) -> None:
        if self._name and self._name in self.fields and not self.fields[self._name]:
            self.fields[self._name] = data.strip()
        if not self._is_quiet:
            self.words.append(re.sub(r"\d+", "", data).strip())
