"""What the office's routing rules propose for a form's fields: shown beside them, and taken by one press only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property

from complaints.routing import Suggestion, suggest

USE: str = "use"
"""The name of the button that takes a proposal; its value is the field. A script fills the field without sending."""


@dataclass(frozen=True)
class Proposal:
    """One field, and what the rule would put there: in words, and as the form sends it."""

    field: str
    id: str
    label: str
    words: str
    value: str


class SuggestingForm(forms.Form):
    """A form for some of whose fields the routing rules may propose something.

    Sent by the button of a proposal it comes back with that field filled in, everything else as typed, and is not
    valid yet: nothing has been decided.
    """

    proposes: ClassVar[Mapping[str, str]] = {}
    """Field → which part of a suggestion."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        self.used = str(data.get(USE, "")) if data is not None else ""
        super().__init__(data, *args, **kwargs)

    @property
    def is_filling(self) -> bool:
        """Sent by the button of a proposal."""
        return bool(self.used)

    def take_up(self) -> None:
        """Put in what the button was pressed for; to be called when the form has all its fields."""
        chosen = next((one for one in self.proposals if one.field == self.used), None) if self.used else None
        if chosen:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data[chosen.field] = chosen.value  # type: ignore[index]
            del self.proposals

    def routed_by(self) -> tuple[str, Any, Any] | None:
        """Kind, agency and province that the rules are asked about; None: nothing is proposed here."""
        return None

    def parts(self) -> Mapping[str, str]:
        """The fields of this person's form for which something may be proposed, as `proposes`."""
        return self.proposes

    @property
    def told_besides(self) -> str:
        """What the rule says that no field of this person's form can take; empty for nothing."""
        return ""

    @cached_property
    def suggestion(self) -> Suggestion:
        """What the rules say; one query."""
        asked = self.routed_by()
        return suggest(*asked) if asked else Suggestion()

    @cached_property
    def proposals(self) -> list[Proposal]:
        """What is proposed and does not stand in its field yet."""
        found = []
        for name, part in self.parts().items():
            if name not in self.fields or (row := getattr(self.suggestion, part)) is None:
                continue
            ticks = isinstance(self.fields[name], forms.BooleanField)
            value, there = ("on" if ticks else str(row.pk)), self[name].value()
            stands = bool(there) if ticks else str(getattr(there, "pk", there)) == value
            if not stands:
                label = str(self.fields[name].label)
                found.append(Proposal(name, self[name].auto_id, label, str(row), value))
        return found

    def full_clean(self) -> None:
        """As ever; while a proposal is put in, nothing is wrong yet."""
        super().full_clean()
        if self.is_filling:
            self._errors = ErrorDict(renderer=self.renderer)

    def is_valid(self) -> bool:
        """Not while a proposal is put in."""
        return not self.is_filling and super().is_valid()
