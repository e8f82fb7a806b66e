"""No regular expression of ours can be kept busy by what somebody types (ReDoS)."""

from __future__ import annotations

import ast
import importlib
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.test import Client
from django.urls import URLResolver, get_resolver

from office.middleware import LONGEST_PATH
from tests.security.asked import ROOT, sources
from tests.security.hostile import Asked, endless_among

pytestmark = pytest.mark.once

WHOLE: Final = frozenset({"match", "fullmatch"})
ANYWHERE: Final = frozenset({"search", "sub", "subn", "split", "findall", "finditer"})
NOT_READ: Final = frozenset({"demo", "management"})
"""Parts that read nothing anybody types: they make a demonstration, or are called by hand."""


def patterns_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """Every pattern of a value, in lists and classes too."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth < 3 and isinstance(value, list | tuple | set | frozenset | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from patterns_in(one, depth + 1)
    elif depth == 0 and isinstance(value, type):
        yield from patterns_in(list(vars(value).values()), 1)


def methods_by_name() -> dict[str, set[str]]:
    """`NUMBER.fullmatch(text)`: of each name the methods by which it is asked anywhere."""
    found: dict[str, set[str]] = defaultdict(set)
    for file, tree in sources():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.attr in WHOLE | ANYWHERE
            ):
                name = node.value.id
                found[f"{file}:{name}" if name.startswith("_") else name].add(node.attr)
    return found


def asked(pattern: str, flags: int, methods: set[str]) -> Asked:
    """As it is asked: of the whole text, from every letter of it, or both where nobody knows."""
    of_the_whole = ("fullmatch",) if methods & WHOLE or not methods else ()
    of_each_letter = ("search",) if methods & ANYWHERE or not methods else ()
    return pattern, flags, (*of_the_whole, *of_each_letter)


def of_modules() -> Iterator[Asked]:
    """What stands compiled in a module, and what is written where it is used."""
    methods = methods_by_name()
    for file, tree in sources():
        parts = file.relative_to(ROOT).with_suffix("").parts
        if NOT_READ & set(parts) or parts == ("config", "wsgi"):
            continue
        module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
        for name, value in vars(module).items():
            if not isinstance(value, type) or value.__module__ == module.__name__:
                used = methods[f"{file}:{name}" if name.startswith("_") else name]
                for one in patterns_in(value):
                    yield asked(one.pattern, one.flags, used if one is value else set())
        for pattern, method in written_in(tree):
            yield asked(pattern, re.compile(pattern).flags, {method})


def written_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """`re.fullmatch(r"…", text)`: the pattern and the method."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            is_ours = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            pattern = node.args[0]
            if is_ours and node.func.attr in WHOLE | ANYWHERE and isinstance(pattern, ast.Constant):
                yield str(pattern.value), node.func.attr


def of_addresses(patterns: list[Any]) -> Iterator[Asked]:
    for one in patterns:
        yield asked(one.pattern.regex.pattern, one.pattern.regex.flags, {"search"})
        if isinstance(one, URLResolver):
            yield from of_addresses(one.url_patterns)


def subclasses(parent: type) -> Iterator[type]:
    for child in parent.__subclasses__():
        yield child
        yield from subclasses(child)


def of_validators() -> Iterator[Asked]:
    """Those of the fields of our forms and models."""
    held: list[Any] = [form for form in subclasses(forms.BaseForm) if hasattr(form, "base_fields")]
    fields: list[Any] = [field for form in held for field in form.base_fields.values()]
    tables: list[Any] = [model for model in subclasses(models.Model) if hasattr(model, "_meta")]
    fields += [field for model in tables for field in model._meta.get_fields()]
    for field in fields:
        for check in getattr(field, "validators", ()):
            if isinstance(check, RegexValidator):
                yield asked(check.regex.pattern, check.regex.flags, {"search"})


def test_no_pattern_can_be_kept_busy() -> None:
    patterns = set(of_modules())
    assert len(patterns) > 60
    assert endless_among(sorted(patterns)) == []


def test_no_validator_of_a_field_can_be_kept_busy() -> None:
    patterns = set(of_validators())
    assert patterns
    assert endless_among(sorted(patterns)) == []


def test_no_address_can_keep_the_patterns_of_addresses_busy(client: Client, db: None) -> None:
    patterns = set(of_addresses(get_resolver().url_patterns))
    assert len(patterns) > 300
    assert endless_among(sorted(patterns), LONGEST_PATH) == []
    for path in ("/admin/r" + "/" * LONGEST_PATH, "/" + "x" * LONGEST_PATH):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "ไม่พบ" in answer.content.decode()


def test_what_can_be_kept_busy_is_found_out() -> None:
    bad = [
        ("(a+)+$", 0, ("search",)),
        (r"(\w+\s?)*,", 0, ("fullmatch",)),
        (r"\{\s*([^}]*?)\s*\}", 0, ("search",)),
    ]
    assert endless_among([*bad, ("[a-z]{1,9}", 0, ("search",))]) == [one[0] for one in bad]
