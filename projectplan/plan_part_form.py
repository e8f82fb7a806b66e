"""The form of a part of the plan: it reads its part as data, asks why, and says what the plan is to say."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.form_fields import Line, OfficeForm
from projectplan.planshape import Row

NEW: Final = "new"
"""The key of a part that is to be added."""


class PartForm(OfficeForm):
    """A part of a plan; why it is changed is always asked, and which edition was read is sent along."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=_("Why this is changed"),
        max_length=300,
        widget=Line(),
        help_text=_("It stands in the list of the plan's editions."),
        error_messages={"required": _("Write the reason: it stands in the list of editions.")},
    )
    heading: ClassVar[Any] = ""
    may_be_removed: ClassVar[bool] = False

    def __init__(
        self, data: Any = None, *, said: Row, key: str = "", initial: dict[str, Any] | None = None
    ) -> None:
        self.said, self.key = said, key
        super().__init__(data, initial=self.read() | (initial or {}))
        self.order_fields([name for name in self.fields if name != "reason"])
        self.prepare()

    @property
    def is_new(self) -> bool:
        return self.key == NEW

    @property
    def has_dates(self) -> bool:
        return any(isinstance(field, ThaiDateField) for field in self.fields.values())

    def prepare(self) -> None:
        """Fill choices from the plan."""

    def read(self) -> dict[str, Any]:
        """First values from the plan."""
        return {}

    def change(self, said: Row) -> Row:
        """What the plan says with this part as typed."""
        raise NotImplementedError


class RemovalForm(PartForm):
    """Taking a strategy or an indicator out: only why."""

    heading = _("Take out of the plan")


def with_row(rows: list[Row], row: Row, keys: tuple[str, ...]) -> list[Row]:
    """The rows with this one in the place of the one of its keys, or at the end."""
    if any(all(one[key] == row[key] for key in keys) for one in rows):
        return [row if all(one[key] == row[key] for key in keys) else one for one in rows]
    return [*rows, row]
