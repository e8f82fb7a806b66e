"""What is typed to change an indicator of the plan: its place, what counts it, its target and its five levels."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.figures import figures
from office.form_fields import Box, Line
from office.thai import to_arabic_digits
from projectplan import measure_words
from projectplan.models import Kpi
from projectplan.plan_part_form import PartForm, with_row
from projectplan.planshape import KPI_CODE, Row
from projectplan.snapshot import amount


class FigureField(forms.DecimalField):
    """A figure with at most two decimals, typed in Thai or Arabic digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=7, decimal_places=2, min_value=0, widget=Line(inputmode="decimal"), **kwargs
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(to_arabic_digits(value.strip()) if isinstance(value, str) else value)


class KpiForm(PartForm):
    heading = _("Indicator")
    may_be_removed = True
    code = forms.CharField(
        label=_("Number"), max_length=5, widget=Line(), help_text=_("Like 2, or 2.4 for a part of it.")
    )
    strategy = forms.TypedChoiceField(label=_("Strategy"), coerce=int)
    name = forms.CharField(label=_("Name"), max_length=500, widget=Box(2))
    unit = forms.ChoiceField(label=_("Unit"), choices=Kpi.Unit.choices)
    measure = forms.ChoiceField(label=_("Counted by"), choices=measure_words.choices)
    target = FigureField(label=_("Target"))
    weight = FigureField(label=_("Weight"))
    direction = forms.ChoiceField(label=_("Direction"), choices=Kpi.Direction.choices)
    level_1 = FigureField(label=_("Level 1 from"))
    level_2 = FigureField(label=_("Level 2 from"))
    level_3 = FigureField(label=_("Level 3 from"))
    level_4 = FigureField(label=_("Level 4 from"))
    level_5 = FigureField(label=_("Level 5 from"))

    def prepare(self) -> None:
        field = self.fields["strategy"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (one["number"], f"{figures(one['number'])}. {one['name']}") for one in self.said["strategy"]
        ]
        if not self.is_new:
            del self.fields["code"]

    def read(self) -> dict[str, Any]:
        row = next((one for one in self.said["kpi"] if one["code"] == self.key), None)
        if row is None:
            return {"target": 100, "weight": 1} | _levels([60, 70, 80, 90, 100])
        names = ("strategy", "name", "unit", "measure", "target", "weight", "direction")
        return {name: row[name] for name in names} | _levels(row["levels"])

    def clean_code(self) -> str:
        code = to_arabic_digits(self.cleaned_data["code"].strip())
        codes = {one["code"] for one in self.said["kpi"]}
        if not KPI_CODE.fullmatch(code):
            raise forms.ValidationError(gettext("Write a number like 2 or 2.4."))
        if code in codes:
            raise forms.ValidationError(gettext("There is an indicator of this number already."))
        if "." in code and code.partition(".")[0] not in codes:
            raise forms.ValidationError(gettext("The indicator that it is a part of is missing."))
        return code

    def clean_weight(self) -> Decimal:
        weight = self.cleaned_data["weight"]
        if not 0 < weight < 1000:
            raise forms.ValidationError(gettext("A weight is more than 0 and less than 1,000."))
        return weight

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        code = given.get("code", self.key)
        if given.get("measure") == Kpi.ROLLUP and not any(
            one["code"].startswith(f"{code}.") for one in self.said["kpi"]
        ):
            self.add_error("measure", gettext("This indicator has no parts to be made of."))
        self._clean_levels(given)
        return given

    def _clean_levels(self, given: Mapping[str, Any]) -> None:
        """Rising, or falling where lower is better; within what the unit allows."""
        most = 5 if given.get("unit") == Kpi.Unit.LEVEL else 100
        for name in ("target", *LEVELS):
            if given.get(name) is not None and given[name] > most:
                self.add_error(name, gettext("At most %(most)s in this unit.") % {"most": figures(most)})
        is_lower = given.get("direction") == Kpi.Direction.LOWER
        for one, next_one in pairwise(LEVELS):
            if given.get(one) is None or given.get(next_one) is None:
                continue
            if not (given[one] > given[next_one] if is_lower else given[one] < given[next_one]):
                words = (
                    gettext("Must be below the level before.")
                    if is_lower
                    else gettext("Must be above the level before.")
                )
                self.add_error(next_one, words)

    def change(self, said: Row) -> Row:
        given = self.cleaned_data
        row = {"code": given.get("code", self.key)}
        row |= {name: given[name] for name in ("strategy", "name", "unit", "measure", "direction")}
        row |= {name: amount(given[name]) for name in ("target", "weight")}
        row["levels"] = [amount(given[name]) for name in LEVELS]
        return said | {"kpi": with_row(said["kpi"], row, ("code",))}


LEVELS: Final = ("level_1", "level_2", "level_3", "level_4", "level_5")


def _levels(values: list[Any]) -> dict[str, Any]:
    return dict(zip(LEVELS, values, strict=True))
