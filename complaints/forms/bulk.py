"""What is asked once for many petitions, and which ones were chosen, with the versions the person saw of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.steps import CloseForm, ReferForm
from complaints.models import Petition
from complaints.models.agency_steps import Ask
from complaints.permissions import carries_petitions
from office import seals
from office.bulk import RowResult, perform_each, perform_many
from office.fields import ThaiDateField
from office.models import Agency, Role, User
from office.select import FastSelect
from office.step_form import closing_on, first_day_to_answer
from office.steps import find_step
from office.templatetags.prasan import date_long

PURPOSE: Final = "bulk-selection"
TOGETHER_ROWS: Final = 500
ONE_BY_ONE_ROWS: Final = 100
"""A step that writes letters and promises takes a few dozen queries a row, so a page takes fewer of them."""


@dataclass(frozen=True)
class Selection:
    """Which petitions one person chose for which step, and the version of each that stood on the page."""

    user_id: int
    step: str
    seen: Mapping[int, int]

    def seal(self) -> str:
        """The text for the hidden field; nobody outside can read or make one."""
        return seals.encrypt(json.dumps([self.user_id, self.step, list(self.seen.items())]), purpose=PURPOSE)

    @classmethod
    def unseal(cls, text: str, user: User) -> Selection | None:
        """The selection of a hidden field, or None when it was not made here for this person."""
        try:
            user_id, step, seen = json.loads(seals.decrypt(text, purpose=PURPOSE))
        except ValueError:
            return None
        return cls(user_id, step, dict(seen)) if user_id == user.pk and step in BULK_ACTS else None


class BulkForm(forms.Form):
    """What the step needs, the same for every row; why, kept in the history of each."""

    error_css_class = "is-invalid"
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text=_("Stands in the history of each of them."),
        error_messages={"required": _("Write why; it stands in the history of each of them.")},
    )

    def __init__(self, *args: Any, user: User, now: datetime, **kwargs: Any) -> None:
        self.user, self.moment = user, now
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill choices; nothing for a step that has none."""

    def given(self) -> dict[str, Any]:
        """What the step's method takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}

    @property
    def why(self) -> str:
        return self.cleaned_data.get("reason", "")

    def said(self) -> list[tuple[str, str]]:
        """What was asked and answered, in words, for the page of results."""
        pairs = []
        for name, value in self.cleaned_data.items():
            field = self.fields[name]
            if isinstance(value, date):
                value = date_long(value)
            elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
                value = dict(field.choices).get(value, value)  # type: ignore[arg-type]
            if value:
                pairs.append((str(field.label), str(value)))
        return pairs

    @property
    def has_dates(self) -> bool:
        """Whether the page needs the script that reads dates aloud."""
        return any(isinstance(one, ThaiDateField) for one in self.fields.values())


class BulkTakeForm(BulkForm):
    """Whoever takes matters need not say why."""

    reason = None  # type: ignore[assignment]


class BulkAssignForm(BulkForm):
    to = forms.ModelChoiceField(label=_("Officer"), queryset=User.objects.none(), widget=FastSelect)
    field_order = ["to", "reason"]

    def prepare(self) -> None:
        officers = User.objects.with_role(Role.OFFICER).filter(subgroup=self.user.subgroup_id)
        self.fields["to"].queryset = officers  # type: ignore[attr-defined]


class BulkReferForm(BulkForm):
    """One agency for all of them: the same question, the same date."""

    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.filter(is_active=True), widget=FastSelect
    )
    due = ThaiDateField(
        label=_("Answer by"), required=False, help_text=_("Empty: as the office's rule says.")
    )
    asked = deepcopy(ReferForm.base_fields["asked"])
    field_order = ["agency", "due", "asked", "reason"]

    def prepare(self) -> None:
        self.fields["due"].min_date = first_day_to_answer(self.moment)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"asks": [Ask(given["agency"], given["asked"], closing_on(given["due"]))]}


class BulkCloseForm(BulkForm):
    result = deepcopy(CloseForm.base_fields["result"])
    field_order = ["result", "reason"]


@dataclass(frozen=True)
class BulkAct:
    """A step that may be taken on many petitions: what it asks, how it is carried out, on how many at most."""

    form: type[BulkForm]
    carry_out: Callable[..., list[RowResult]]
    most: int


BULK_ACTS: Final[dict[str, BulkAct]] = {
    "take": BulkAct(BulkTakeForm, perform_many, TOGETHER_ROWS),
    "assign": BulkAct(BulkAssignForm, perform_many, TOGETHER_ROWS),
    "refer": BulkAct(BulkReferForm, perform_each, ONE_BY_ONE_ROWS),
    "close": BulkAct(BulkCloseForm, perform_each, ONE_BY_ONE_ROWS),
}


def bulk_steps(user: User) -> list[Any]:
    """The steps that this person's list offers for many; every row is asked again when they are taken."""
    if not carries_petitions.test(user):
        return []
    names = ["assign" if user.has_role(Role.HEAD) else "take", "refer", "close"]
    return [find_step(Petition, name) for name in names]
