"""What is typed to change a standing work or the heading of the project."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import fiscal_year
from office.fields import ThaiDateField
from office.figures import figures
from office.form_fields import Box, Line
from office.models import User
from projectplan import measure_words
from projectplan.models import Kpi
from projectplan.plan_lines import LinesField, ResultsField, texts
from projectplan.plan_part_form import PartForm, with_row
from projectplan.planshape import Row


class WorkForm(PartForm):
    heading = _("Standing work")
    name = forms.CharField(label=_("Name"), max_length=300, widget=Box(2))
    target = forms.IntegerField(label=_("Target"), min_value=0, max_value=10**9)
    unit = forms.CharField(
        label=_("Unit of the target"),
        max_length=80,
        required=False,
        widget=Line(),
        help_text=_("Left empty: percent."),
    )
    indicator = forms.CharField(label=_("Indicator"), max_length=500, widget=Box(2))
    measure = forms.ChoiceField(label=_("Counted by"), choices=measure_words.choices)
    kinds = LinesField(label=_("Kinds"))
    quality = LinesField(label=_("Quality"))
    recipients = LinesField(label=_("Recipients"))
    responsible = forms.ModelMultipleChoiceField(
        label=_("In charge"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        to_field_name="display_name",
        error_messages={"required": _("Choose at least one person.")},
    )
    results = ResultsField(label=_("Result of the year before"))

    @property
    def subgroup(self) -> str:
        return self.key.rpartition("-")[0]

    @property
    def number(self) -> int:
        return int(self.key.rpartition("-")[2])

    def prepare(self) -> None:
        field = self.fields["responsible"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        people = User.objects.filter(is_active=True).exclude(subgroup=None)
        there = User.objects.filter(works__plan__fiscal_year=self.said["fiscal_year"])
        field.queryset = (people | there).exclude(display_name="").distinct().order_by("subgroup", "pk")

    def _row(self, said: Row) -> Row:
        return next(
            one for one in said["work"] if (one["subgroup"], one["number"]) == (self.subgroup, self.number)
        )

    def read(self) -> dict[str, Any]:
        row = self._row(self.said)
        own = {name: row[name] for name in ("name", "target", "indicator", "measure", "responsible")}
        own |= {name: texts(row, name) for name in ("kinds", "quality", "recipients")}
        return own | {"unit": row.get("unit", ""), "results": row.get(self._result, [])}

    @property
    def _result(self) -> str:
        return f"result_{self.said['fiscal_year'] - 1}"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("unit") and given.get("target", 0) > 100:
            self.add_error("target", gettext("At most %(most)s in this unit.") % {"most": figures(100)})
        if given.get("measure") == Kpi.ROLLUP:
            self.add_error("measure", gettext("Only an indicator can be made of its parts."))
        return given

    def change(self, said: Row) -> Row:
        given = self.cleaned_data
        row = {"subgroup": self.subgroup, "number": self.number}
        row |= {name: given[name] for name in ("name", "target", "indicator", "measure")}
        row |= {name: given[name] for name in ("kinds", "quality", "recipients", "unit") if given[name]}
        row["responsible"] = [str(person) for person in given["responsible"]]
        if given["results"]:
            row[self._result] = given["results"]
        return said | {"work": with_row(said["work"], row, ("subgroup", "number"))}


class ProjectForm(PartForm):
    heading = _("Heading of the project")
    name = forms.CharField(label=_("Name"), max_length=300, widget=Box(2))
    start = ThaiDateField(label=_("Begins"))
    end = ThaiDateField(label=_("Ends"))

    def read(self) -> dict[str, Any]:
        project = self.said["project"]
        days = {name: date.fromisoformat(project[name]) for name in ("start", "end")}
        return {"name": project["name"]} | days

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        year = fiscal_year(self.said["fiscal_year"])
        start, end = given.get("start"), given.get("end")
        if start and not year.contains(start):
            self.add_error("start", gettext("Must lie within the fiscal year."))
        if end and not year.contains(end):
            self.add_error("end", gettext("Must lie within the fiscal year."))
        if start and end and end < start:
            self.add_error("end", gettext("The project cannot end before it begins."))
        return given

    def change(self, said: Row) -> Row:
        given = self.cleaned_data
        own = {"name": given["name"], "start": given["start"].isoformat(), "end": given["end"].isoformat()}
        return said | {"project": said["project"] | own}
