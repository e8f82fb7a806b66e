"""New migrations are judged by the rules of docs/upgrade.md, and the rules bite."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from office.migrating import AddIndexQuietly


def _script() -> ModuleType:
    path = str(Path(settings.BASE_DIR) / "script" / "check-migrations")
    spec = spec_from_loader("check_migrations", SourceFileLoader("check_migrations", path))
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RULES = _script()
WORD = models.CharField(max_length=9)
FINE = [
    migrations.AddField("matter", "colour", models.CharField(max_length=9, null=True)),
    migrations.AddField("matter", "colour", models.CharField(max_length=9, db_default="")),
    AddIndexQuietly("matter", models.Index(fields=["title"], name="by_title")),
    migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("matter", "title")]),
    migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
]
WRONG = [
    migrations.RemoveField("matter", "title"),
    migrations.RenameField("matter", "title", "name"),
    migrations.RenameModel("matter", "case"),
    migrations.DeleteModel("matter"),
    migrations.AlterField("matter", "title", WORD),
    migrations.AddField("matter", "colour", WORD),
    migrations.AddField("matter", "colour", models.CharField(max_length=9, default="")),
    migrations.AddIndex("matter", models.Index(fields=["title"], name="by_title")),
    migrations.AddConstraint("matter", models.UniqueConstraint(fields=["title"], name="one_title")),
    migrations.RunPython(migrations.RunPython.noop),
]


def judge(*operations: Any) -> list[str]:
    return list(RULES.troubles(SimpleNamespace(operations=operations)))


@pytest.mark.parametrize("operation", FINE, ids=lambda one: one.describe()[:40])
def test_what_the_release_before_can_live_with_is_passed(operation: Any) -> None:
    assert judge(operation) == []


@pytest.mark.parametrize("operation", WRONG, ids=lambda one: one.describe()[:40])
def test_what_the_release_before_or_a_writer_would_meet_is_refused(operation: Any) -> None:
    assert len(judge(operation)) == 1


def test_a_new_table_may_be_made_as_it_comes() -> None:
    make = migrations.CreateModel("Case", [("id", models.BigAutoField(primary_key=True)), ("title", WORD)])
    index = migrations.AddIndex("case", models.Index(fields=["title"], name="by_title"))
    assert judge(make, index) == []


def test_rows_and_tables_are_not_changed_in_one_transaction() -> None:
    add = migrations.AddField("matter", "colour", models.CharField(max_length=9, null=True))
    assert len(judge(add, migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop))) == 1


def test_the_baseline_is_passed_by_and_what_is_new_is_judged() -> None:
    class Removes(migrations.Migration):
        operations = [migrations.RemoveField("matter", "title")]

    class Reviewed(Removes):
        reviewed = "The office stands still for it."

    disk = {
        ("office", "0001_initial"): Removes("0001_initial", "office"),
        ("office", "9998_away"): Removes("9998_away", "office"),
        ("office", "9999_away"): Reviewed("9999_away", "office"),
        ("auth", "9999_away"): Removes("9999_away", "auth"),
    }
    found = RULES.judged(SimpleNamespace(disk_migrations=disk))
    assert list(found) == ["office.9998_away"]
    assert len(found["office.9998_away"]) == 1


def test_every_application_of_ours_has_a_baseline_that_exists() -> None:
    root = Path(settings.BASE_DIR)
    there = {(one.parent.parent.name, one.name[:4]) for one in root.glob("*/migrations/0*.py")}
    assert {app for app, _number in there} == set(RULES.BASELINE)
    assert set(RULES.BASELINE.items()) <= there


@pytest.mark.django_db(transaction=True)
def test_an_index_made_quietly_is_there_on_every_database() -> None:
    state = ProjectState.from_apps(apps)
    operation = AddIndexQuietly("agency", models.Index(fields=["name"], name="made_quietly"))
    after = state.clone()
    operation.state_forwards("office", after)
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("office", editor, state, after)
    assert "made_quietly" in indexes()
    with connection.schema_editor(atomic=False) as editor:
        operation.database_backwards("office", editor, after, state)
    assert "made_quietly" not in indexes()


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, "office_agency"))
