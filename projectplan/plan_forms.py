"""What is typed to change the heading, the frame, the SWOT analysis or a strategy of the plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.form_fields import Box, Line
from projectplan.models import FrameItem, Swot
from projectplan.plan_lines import LinesField, texts
from projectplan.plan_part_form import PartForm, with_row
from projectplan.planshape import Row
from projectplan.snapshot import FRAME


class HeadingForm(PartForm):
    heading = _("Heading of the plan")
    title = forms.CharField(label=_("Title"), max_length=200, widget=Line())
    unit = forms.CharField(label=_("Unit"), max_length=200, widget=Line())
    parent_unit = forms.CharField(label=_("Parent unit"), max_length=200, widget=Line())
    prepared = ThaiDateField(
        label=_("Prepared"), required=False, help_text=_("Any day of the month; the month is kept.")
    )

    def read(self) -> dict[str, Any]:
        prepared = self.said.get("prepared")
        return {name: self.said[name] for name in ("title", "unit", "parent_unit")} | {
            "prepared": date.fromisoformat(f"{prepared}-01") if prepared else None
        }

    def change(self, said: Row) -> Row:
        given = self.cleaned_data
        own = {name: given[name] for name in ("title", "unit", "parent_unit")}
        rest = {name: value for name, value in said.items() if name != "prepared"}
        return rest | own | ({"prepared": f"{given['prepared']:%Y-%m}"} if given["prepared"] else {})


class FrameForm(PartForm):
    heading = _("Frame of the office above")
    vision = forms.CharField(label=_("Vision"), max_length=2000, widget=Box(2))
    missions = LinesField(label=FrameItem.Kind.MISSION.label, required=True)
    issues = LinesField(label=FrameItem.Kind.ISSUE.label, required=True)
    goal = forms.CharField(label=_("Goal"), max_length=2000, widget=Box(2))
    objectives = LinesField(label=FrameItem.Kind.OBJECTIVE.label, required=True)
    indicators = LinesField(label=FrameItem.Kind.INDICATOR.label, required=True)
    projects = LinesField(label=FrameItem.Kind.PROJECT.label, required=True)

    def read(self) -> dict[str, Any]:
        return dict(self.said["office"])

    def change(self, said: Row) -> Row:
        names = ("vision", "goal", *FRAME.values())
        return said | {"office": {name: self.cleaned_data[name] for name in names}}


class SwotForm(PartForm):
    heading = _("SWOT analysis")
    strength = LinesField(label=Swot.Quadrant.STRENGTH.label)
    weakness = LinesField(label=Swot.Quadrant.WEAKNESS.label)
    opportunity = LinesField(label=Swot.Quadrant.OPPORTUNITY.label)
    threat = LinesField(label=Swot.Quadrant.THREAT.label)

    def read(self) -> dict[str, Any]:
        return {
            quadrant.value: [line["text"] for line in self.said["swot"] if line["quadrant"] == quadrant]
            for quadrant in Swot.Quadrant
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(given[quadrant.value] for quadrant in Swot.Quadrant):
            self.add_error(None, gettext("Write at least one line."))
        return given

    def change(self, said: Row) -> Row:
        lines = [
            {"quadrant": quadrant.value, "text": text}
            for quadrant in Swot.Quadrant
            for text in self.cleaned_data[quadrant.value]
        ]
        return said | {"swot": lines}


class StrategyForm(PartForm):
    heading = _("Strategy")
    may_be_removed = True
    name = forms.CharField(label=_("Name"), max_length=500, widget=Box(2))
    programmes = LinesField(label=_("Programmes and projects"))

    @property
    def number(self) -> int:
        if self.is_new:
            return max((one["number"] for one in self.said["strategy"]), default=0) + 1
        return int(self.key)

    def read(self) -> dict[str, Any]:
        row: Row = next((one for one in self.said["strategy"] if str(one["number"]) == self.key), {})
        return {"name": row.get("name", ""), "programmes": texts(row, "programmes")}

    def clean_programmes(self) -> list[str]:
        programmes = self.cleaned_data["programmes"]
        if any(len(one) > 500 for one in programmes):
            raise forms.ValidationError(gettext("A line is longer than 500 characters."))
        return programmes

    def change(self, said: Row) -> Row:
        row: Row = {"number": self.number, "name": self.cleaned_data["name"]}
        if self.cleaned_data["programmes"]:
            row["programmes"] = self.cleaned_data["programmes"]
        return said | {"strategy": with_row(said["strategy"], row, ("number",))}
