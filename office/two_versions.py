"""Two versions of a form, its own and what stands there meanwhile, brought together field by field.

A form carries a mark of what each field held when it was drawn. So it is known later who changed which: what one side
alone changed is taken by itself, and only what both changed is put to the person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from office.text_changes import Run, changes

BEGUN: Final = "begun"
"""The hidden field with the marks."""
TAKE: Final = "take_"
THEIRS: Final = "theirs"
"""`take_summary=theirs`: of this field what stands there is taken."""
_MARK_LENGTH: Final = 12


class Fate(StrEnum):
    """What becomes of one field."""

    MINE = "mine"  # only this person changed it: what they typed stays
    THEIRS = "theirs"  # only the others changed it: what stands there is taken
    BOTH = "both"  # both did: the person chooses


@dataclass(frozen=True)
class TwoVersions:
    """One field in two versions that are not the same, in words, and what becomes of it."""

    name: str
    label: Any
    there: str
    typed: str
    fate: Fate

    @property
    def is_conflict(self) -> bool:
        return self.fate is Fate.BOTH

    @property
    def is_taken(self) -> bool:
        """Whether what stands there was taken by itself."""
        return self.fate is Fate.THEIRS

    @property
    def runs(self) -> list[Run]:
        """From what stands there to what was typed, word by word."""
        return changes(self.there, self.typed)


def marks_of(form: forms.Form) -> str:
    """A mark of what each field holds that is drawn, for the hidden field; of a form sent back, those it came with."""
    if form.is_bound:
        return str(form.data.get(BEGUN, ""))
    return " ".join(f"{name}:{_mark(value)}" for name, value in _held(form))


def meet(typed: forms.Form, there: forms.Form, data: QueryDict) -> Iterator[TwoVersions]:
    """Each field in which they differ. What only the others changed is put into `data`, from which the form is drawn
    again; whatever was typed otherwise stays in it."""
    begun = dict(part.split(":", 1) for part in str(typed.data.get(BEGUN, "")).split() if ":" in part)
    for name, now in _held(there):
        field = typed.fields.get(name)
        if field is None:
            continue
        given = _as_sent(field, typed[name].data)
        if given == now:
            continue
        was = begun.get(name)
        fate = Fate.BOTH
        if was == _mark(now):
            fate = Fate.MINE
        elif was == _mark(given) and put(there, name, data):
            fate = Fate.THEIRS
        if fate is Fate.MINE and not given:
            continue
        yield TwoVersions(name, field.label, _words(typed, name, now), _words(typed, name, given), fate)


def put(there: forms.Form, name: str, data: QueryDict) -> bool:
    """Put what stands in a field into what a form is drawn from; False where it cannot be said as it would be sent."""
    field, before = there.fields[name], data.getlist(there.add_prefix(name))
    value = there[name].value()
    sent = field.widget.format_value(value) if not isinstance(field.widget, forms.CheckboxInput) else None
    if isinstance(field.widget, forms.CheckboxInput):
        data.setlist(there.add_prefix(name), ["on"] if value else [])
    elif isinstance(sent, list | tuple):
        data.setlist(there.add_prefix(name), [str(one) for one in sent])
    else:
        data[there.add_prefix(name)] = "" if sent is None else str(sent)
    read_back = field.widget.value_from_datadict(data, there.files, there.add_prefix(name))
    if _as_sent(field, read_back) == _as_sent(field, value):
        return True
    data.setlist(there.add_prefix(name), before)
    return False


def chosen(data: QueryDict) -> list[str]:
    """The fields of which a person took what stands there."""
    return [name.removeprefix(TAKE) for name in data if name.startswith(TAKE) and data[name] == THEIRS]


def _held(form: forms.Form) -> Iterator[tuple[str, str]]:
    """What each visible field of an unbound form holds, as it would be sent untouched."""
    for bound in form.visible_fields():
        if not isinstance(bound.field, forms.FileField):
            yield bound.name, _as_sent(bound.field, bound.value())


def _as_sent(field: forms.Field, value: Any) -> str:
    """A value as a browser sends it, whichever way it is held."""
    if isinstance(field.widget, forms.CheckboxInput):
        return "on" if value else ""
    try:
        sent: Any = field.widget.format_value(value)
    except (AttributeError, TypeError, ValueError):
        sent = value
    if isinstance(sent, list | tuple):
        return "\x1f".join(sorted(str(one) for one in sent if one not in (None, "")))
    return "" if sent is None else str(sent).replace("\r\n", "\n").strip()


def _mark(text: str) -> str:
    """Enough to tell two texts apart, too little to read one."""
    return hashlib.sha256(text.encode()).hexdigest()[:_MARK_LENGTH]


def _words(form: forms.Form, name: str, sent: str) -> str:
    """What a person calls a value: of a choice its words; of a text what its form makes of it."""
    field = form.fields[name]
    if hasattr(field, "choices"):
        choices = {str(value): str(label) for value, label in _flat(field.choices)}
        return ", ".join(choices.get(part, part) for part in sent.split("\x1f") if part)
    if isinstance(field.widget, forms.CheckboxInput):
        return gettext("yes") if sent else gettext("no")
    as_words: Callable[[str, Any], str] | None = getattr(form, "as_words", None)
    return as_words(name, sent) if as_words else sent


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label
