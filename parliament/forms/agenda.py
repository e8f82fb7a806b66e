"""The agenda as a form: its items in their order, new ones pasted below, and what of it concerns us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.figures import figures
from office.form_fields import Box, Line
from office.picking import TicksField
from office.step_form import StepForm
from office.thai import to_arabic_digits
from parliament import agenda_lines
from parliament.forms.matter_field import ABOUT, MatterField, MatterInput
from parliament.models import AgendaItem, Meeting
from parliament.models.agenda_steps import AgendaLine


class PlaceField(forms.IntegerField):
    """A place in an order, in either digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=999, widget=Line(inputmode="numeric"), **kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(to_arabic_digits(value) if isinstance(value, str) else value)


@dataclass(frozen=True)
class EditedItem:
    """One item with the fields that change it."""

    item: AgendaItem
    place: forms.BoundField
    number: forms.BoundField
    title: forms.BoundField
    concerns: forms.BoundField
    about: forms.BoundField
    gone: forms.BoundField

    @property
    def errors(self) -> list[Any]:
        """What is wrong in this row, with the field it stands beside."""
        return [
            field for field in (self.place, self.number, self.title, self.about, self.gone) if field.errors
        ]


class MeetingStepForm(StepForm):
    """A step's form that knows its meeting, whose agenda was fetched with it."""

    @property
    def meeting(self) -> Meeting:
        return cast(Meeting, self.matter)

    @property
    def items(self) -> Sequence[AgendaItem]:
        return list(self.meeting.items.all())

    @property
    def today(self) -> Any:
        return self.moment.astimezone(OFFICE_TZ).date()


class WriteAgendaForm(MeetingStepForm):
    """Each item in a row: its place, number, words, what it is about; further ones as pasted lines."""

    body = "parliament/bodies/agenda.html"

    lines = forms.CharField(
        label=_("New items"),
        required=False,
        max_length=60_000,
        widget=Box(5),
        help_text=_("One item a line, as it was sent: 5.1 Question about… Put * before what concerns us."),
    )

    def prepare(self) -> None:
        for position, item in enumerate(self.items, 1):
            self.fields |= self._fields_of(item, position)
        if not self.items:
            self.fields["lines"].label = _("Agenda")
            self.fields["lines"].widget.attrs["rows"] = 12

    def _fields_of(self, item: AgendaItem, position: int) -> dict[str, forms.Field]:
        about = MatterField(label=ABOUT, initial=item.about, widget=MatterInput())
        about.user, about.today, about.there = self.user, self.today, item.about
        tick = {"class": "form-check-input"}
        return {
            f"place_{item.pk}": PlaceField(label=_("Position"), initial=figures(position)),
            f"number_{item.pk}": forms.CharField(
                label=_("No."),
                initial=item.number,
                required=False,
                max_length=agenda_lines.NUMBER_LENGTH,
                widget=Line(),
            ),
            f"title_{item.pk}": forms.CharField(
                label=_("Item"), initial=item.title, max_length=agenda_lines.TITLE_LENGTH, widget=Box(1)
            ),
            f"concerns_{item.pk}": forms.BooleanField(
                label=_("Concerns us"),
                initial=item.concerns_us,
                required=False,
                widget=forms.CheckboxInput(tick),
            ),
            f"about_{item.pk}": about,
            f"gone_{item.pk}": forms.BooleanField(
                label=_("Remove"), required=False, widget=forms.CheckboxInput(tick)
            ),
        }

    @property
    def edited(self) -> list[EditedItem]:
        """The rows as the page draws them."""
        names = ("place", "number", "title", "concerns", "about", "gone")
        return [EditedItem(item, *(self[f"{name}_{item.pk}"] for name in names)) for item in self.items]

    def clean_lines(self) -> list[AgendaLine]:
        """What was pasted, read."""
        return agenda_lines.parse(self.cleaned_data["lines"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if len(self.items) + len(given.get("lines") or []) > agenda_lines.MOST_ITEMS:
            self.add_error(
                "lines", gettext("At most %(most)s items.") % {"most": figures(agenda_lines.MOST_ITEMS)}
            )
        return given

    def add_refusal(self, refused: ValidationError) -> None:
        """An item that may not go says so beside itself, where it is the only one that was to go."""
        gone = [item for item in self.items if self.cleaned_data.get(f"gone_{item.pk}")]
        if len(gone) == 1 and "lines" in getattr(refused, "error_dict", {}):
            self.add_error(f"gone_{gone[0].pk}", refused.error_dict["lines"])
        else:
            super().add_refusal(refused)

    def given(self) -> dict[str, Any]:
        """The items that stay, in their new order, then the new ones."""
        typed = self.cleaned_data
        stay = [
            (self._order(item, position), item)
            for position, item in enumerate(self.items, 1)
            if not typed[f"gone_{item.pk}"]
        ]
        kept = [self._line(item) for _order, item in sorted(stay, key=lambda one: one[0])]
        return {"lines": [*kept, *typed["lines"]]}

    def _order(self, item: AgendaItem, position: int) -> tuple[int, int, int]:
        """By the place written: what moves up stands before the one that has the place, what moves down after it."""
        place = self.cleaned_data[f"place_{item.pk}"]
        return place, (place > position) - (place < position), position

    def _line(self, item: AgendaItem) -> AgendaLine:
        typed = self.cleaned_data
        return AgendaLine(
            typed[f"title_{item.pk}"].replace("\r", "").replace("\n", " "),
            typed[f"number_{item.pk}"],
            concerns_us=typed[f"concerns_{item.pk}"],
            about=typed[f"about_{item.pk}"],
            pk=item.pk,
        )


class GoThroughForm(MeetingStepForm):
    """The whole agenda with a tick before each item; what concerns us is ticked."""

    concerning = TicksField(
        label=_("What concerns us"),
        required=False,
        help_text=_("With nothing ticked all is ready: nobody has to be told of anything."),
    )

    def prepare(self) -> None:
        field = cast(TicksField, self.fields["concerning"])
        field.offer(self.items)
        field.initial = [str(item.pk) for item in self.items if item.concerns_us]
