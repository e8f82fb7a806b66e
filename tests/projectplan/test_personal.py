"""Every text and file of every model is declared personal or not: whoever adds one has to say what becomes of it."""

from __future__ import annotations

from collections import Counter

import pytest
from django.apps import apps
from django.db import models

from office.models import RetentionRule, Shelf
from office.models.retention import KEPT_FOR_EVER, SUBJECTS
from projectplan.personal import DECLARED, SHELVES, declared_for

TEXTS = (
    models.CharField,
    models.TextField,
    models.FileField,
    models.JSONField,
    models.BinaryField,
    models.GenericIPAddressField,
    models.GeneratedField,
)
FREE_GENERATED = (models.CharField, models.TextField)


def texts_of(model: type[models.Model]) -> set[str]:
    """The fields in which anything may stand; a value of a list says nothing of a person."""
    return {
        field.name for field in model._meta.local_fields if isinstance(field, TEXTS) and not _is_bound(field)
    }


def _is_bound(field: models.Field) -> bool:
    if isinstance(field, models.GeneratedField):
        return not isinstance(field.output_field, FREE_GENERATED)
    return bool(field.choices)


BY_MODEL = {one.model: one for one in DECLARED}


def test_no_model_is_declared_twice() -> None:
    assert [name for name, times in Counter(one.model for one in DECLARED).items() if times > 1] == []


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_text_and_file_is_declared_once(model: type[models.Model]) -> None:
    declared = BY_MODEL.get(model._meta.label)
    said = declared.fields if declared else []
    assert sorted(said) == sorted(texts_of(model)), (
        "Say in the room's personal.py what becomes of each of these when its time is over."
    )


@pytest.mark.parametrize("one", [one for one in DECLARED if one.apart], ids=lambda one: one.model)
def test_what_ends_otherwise_says_how(one: object) -> None:
    assert one.why  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize("one", DECLARED, ids=lambda one: one.model)
def test_what_is_emptied_is_found_from_its_record(one: object) -> None:
    if one.emptied or one.replaced or one.special:  # type: ignore[attr-defined]
        assert one.of  # type: ignore[attr-defined]
        one.rows_of._default_manager.filter(**{one.of: 1}).exists()  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_every_kind_has_a_rule_and_public_business_is_kept() -> None:
    rules = {rule.subject: rule for rule in RetentionRule.objects.all()}
    assert set(rules) == {subject for subject, _label in SUBJECTS}
    assert all(rules[kind].treatment == RetentionRule.Treatment.KEEP for kind in KEPT_FOR_EVER)


def test_every_shelf_is_known_and_what_may_be_removed_has_something_to_remove() -> None:
    assert set(SHELVES) == set(Shelf.values)
    for subject, _label in SUBJECTS:
        own = [one for one in declared_for(subject) if one.emptied or one.replaced]
        assert own, subject
