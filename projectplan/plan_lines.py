"""Fields that hold several lines: each line in an input of its own, moved, taken out and added by buttons that need no
script, for they send the form and the page answers with the lines as they are then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from office.figures import figures
from office.thai import to_arabic_digits

ACT: Final = "lines"
"""The name of the buttons; their value says which lines, what to do, and with which of them: `missions:up:2`."""
MOST: Final = 60
LONGEST: Final = 2000
Line = dict[str, str]


@dataclass(frozen=True)
class Column:
    """One input of a line: its name, what it is called, whether it is a long text or a number."""

    name: str
    label: Any
    is_long: bool = False
    is_number: bool = False


class LinesInput(forms.Widget):
    """Lines, each of one input for every column."""

    template_name = "projectplan/widgets/lines.html"
    use_fieldset = True

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = columns
        self.focus = -1

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Line]:
        """The lines as typed, empty ones among them."""
        if not isinstance(data, QueryDict):
            return data.get(name, [])
        typed = [data.getlist(self.input_name(name, column)) for column in self.columns]
        return [
            {column.name: values[place] for column, values in zip(self.columns, typed, strict=True)}
            for place in range(min(MOST, *map(len, typed)) if typed else 0)
        ]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def input_name(self, name: str, column: Column) -> str:
        return f"{name}-{column.name}"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        lines = value or []
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "lines": [self._line(name, place, line, len(lines)) for place, line in enumerate(lines)],
            "act": ACT,
            "add": f"{name}:add:{len(lines)}",
            "is_full": len(lines) >= MOST,
            "has_columns": len(self.columns) > 1,
        }
        return context

    def _line(self, name: str, place: int, line: Line, count: int) -> dict[str, Any]:
        return {
            "number": figures(place + 1),
            "inputs": [
                {
                    "name": self.input_name(name, column),
                    "label": column.label,
                    "value": line.get(column.name, ""),
                    "is_long": column.is_long,
                    "is_number": column.is_number,
                    "is_first": number == 0,
                }
                for number, column in enumerate(self.columns)
            ],
            "has_focus": place == self.focus,
            "up": f"{name}:up:{place}" if place else "",
            "down": f"{name}:down:{place}" if place + 1 < count else "",
            "remove": f"{name}:remove:{place}",
        }


class LinesField(forms.Field):
    """Lines of one text each; cleans to a list of texts without the empty ones."""

    def __init__(self, *, label: Any, required: bool = False, columns: Sequence[Column] = ()) -> None:
        self.columns = columns or [Column("text", label, is_long=True)]
        widget = LinesInput(self.columns)
        super().__init__(label=label, required=required, widget=widget)

    def prepare_value(self, value: Any) -> list[Line]:
        return [one if isinstance(one, dict) else {"text": str(one)} for one in value or []]

    def clean(self, value: Any) -> Any:
        """The texts, spaces within them made single; a ValidationError for one that is too long."""
        texts = [" ".join(line["text"].split()) for line in self.prepare_value(value)]
        kept = [text for text in texts if text]
        if self.required and not kept:
            raise ValidationError(_("Write at least one line."), code="required")
        for number, text in enumerate(texts, 1):
            if len(text) > LONGEST:
                raise ValidationError(
                    _("Line %(number)s is longer than %(most)s characters."),
                    params={"number": figures(number), "most": figures(LONGEST)},
                )
        return kept


class ResultsField(LinesField):
    """What was counted the year before: label, count, unit; cleans to the rows of a plan file."""

    def __init__(self, *, label: Any) -> None:
        columns = [
            Column("label", _("What was counted"), is_long=True),
            Column("count", _("Count"), is_number=True),
            Column("unit", _("Unit")),
        ]
        super().__init__(label=label, columns=columns)

    def clean(self, value: Any) -> Any:
        """The rows; a ValidationError that names the line for one that is not whole or counts nothing."""
        rows = []
        for number, line in enumerate(self.prepare_value(value), 1):
            cells = {name: " ".join(str(cell).split()) for name, cell in line.items()}
            if not any(cells.values()):
                continue
            count = to_arabic_digits(cells["count"]).replace(",", "")
            if not (cells["label"] and cells["unit"] and count.isdecimal() and len(count) < 10):
                words = _("Line %(number)s: write what was counted, a whole number and its unit.")
                raise ValidationError(words, params={"number": figures(number)})
            rows.append({"label": cells["label"], "count": int(count), "unit": cells["unit"]})
        return rows


def act_on(form: forms.Form, data: QueryDict) -> dict[str, Any]:
    """First values of a form in which a button of its lines was pressed: everything as typed, the lines as asked for.

    The line that was acted on has the focus then.
    """
    typed = {
        name: field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        for name, field in form.fields.items()
    }
    name, _colon, rest = data.get(ACT, "").partition(":")
    act, _colon, place = rest.partition(":")
    field = form.fields.get(name)
    if isinstance(field, LinesField) and place.isdecimal() and len(place) < 4:
        typed[name], focus = _acted(typed[name], act, int(place), field.columns)
        field.widget.focus = focus
    return typed


def _acted(lines: list[Line], act: str, place: int, columns: Sequence[Column]) -> tuple[list[Line], int]:
    """The lines after a button, and the place of the one that is looked at then."""
    lines = list(lines)
    other = {"up": place - 1, "down": place + 1}.get(act, -1)
    if act == "add" and len(lines) < MOST:
        return [*lines, {column.name: "" for column in columns}], len(lines)
    if act == "remove" and place < len(lines):
        lines.pop(place)
        return lines, min(place, len(lines) - 1)
    if 0 <= other < len(lines) and 0 <= place < len(lines):
        lines[place], lines[other] = lines[other], lines[place]
        return lines, other
    return lines, -1


def texts(said: Mapping[str, Any], name: str) -> list[str]:
    """The lines of a row, none where it has none."""
    return list(said.get(name, []))
