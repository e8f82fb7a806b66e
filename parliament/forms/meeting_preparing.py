"""The forms of preparing a meeting: whom to tell and what is needed, telling, and what has happened of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import calendar
from office.at_form import AtForm
from office.fields import ThaiDateField
from office.file_field import FilesField
from office.form_fields import ClockField
from office.models import Agency, Deadline, DeadlineRule, Matter, Role, User
from office.models.calendar import current_calendar
from office.picking import (
    OneOfField,
    TicksField,
    lines_of,
    moment_of,
    names_and_addresses,
    start_with,
)
from office.select import FastSelect
from office.step_form import StepForm
from parliament.audience import concerned
from parliament.forms.agenda import MeetingStepForm
from parliament.models import AgendaItem, Meeting, Need, Telling
from parliament.models.meeting_preparing import Needed, ToTell

LONGEST_WHAT: Final = Need._meta.get_field("what").max_length or 0


def due_before(meeting: Meeting, now: datetime) -> datetime:
    """By when everyone is to be told and everything ready, unless somebody says otherwise: the office's rule, counted
    back from when it begins."""
    rule = DeadlineRule.in_force(Matter.Kind.MEETING, Deadline.Kind.READY, now)
    usual = calendar.due_before(meeting.begins_at, rule.amount, calendar.Unit(rule.unit), current_calendar())
    return usual if usual > now else meeting.begins_at


class RowsForm(MeetingStepForm):
    """A step's form about people told and things needed, which were fetched with the agenda."""

    @property
    def all_tellings(self) -> list[Telling]:
        return [one for item in self.items for one in item.tellings.all()]

    @property
    def all_needs(self) -> list[Need]:
        return [one for item in self.items for one in item.needs.all()]

    def offer(self, name: str, rows: Iterable[Telling | Need]) -> None:
        """Let these be ticked, each with its item's number."""
        by_key = {item.pk: item for item in self.items}

        def words(row: Any) -> str:
            item = by_key[row.item_id]
            return f"{row} ({item.number or item.title})"

        cast(TicksField, self.fields[name]).offer(rows, words)


class PrepareForm(RowsForm):
    """For one item: agencies and colleagues ticked, others by name; papers and persons, one a line; by when."""

    body = "parliament/bodies/prepare.html"
    from_address = ("item",)

    item = OneOfField(label=_("Agenda item"), widget=FastSelect)
    agencies = TicksField(label=_("Agencies to tell"), required=False)
    colleagues = TicksField(label=_("Colleagues to tell"), required=False)
    persons = forms.CharField(
        label=_("Others to tell"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line: name and e-mail address."),
    )
    papers = forms.CharField(
        label=_("Papers to have ready"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line."),
    )
    answerers = forms.CharField(
        label=_("Persons to have there"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line."),
    )
    agency = forms.ModelChoiceField(
        label=_("From agency"), queryset=Agency.objects.none(), required=False, widget=FastSelect
    )
    officer = forms.ModelChoiceField(
        label=_("Seen to by"), queryset=User.objects.none(), required=False, widget=FastSelect
    )
    due_on = ThaiDateField(label=_("By (day)"))
    due_time = ClockField(label=_("Time"))

    def prepare(self) -> None:
        concerning = [item for item in self.items if item.concerns_us]
        others = [item for item in self.items if not item.concerns_us]
        item = cast(OneOfField, self.fields["item"])
        item.offer([*concerning, *others])
        item.initial = next((one.pk for one in concerning if _is_bare(one)), None)
        agencies = list(Agency.objects.filter(is_active=True).order_by("name"))
        cast(TicksField, self.fields["agencies"]).offer(agencies, lambda one: one.name)
        cast(TicksField, self.fields["colleagues"]).offer(concerned(), str)
        agency = cast(forms.ModelChoiceField, self.fields["agency"])
        agency.queryset = Agency.objects.filter(is_active=True).order_by("name")
        officer = cast(forms.ModelChoiceField, self.fields["officer"])
        officer.queryset = User.objects.with_role(Role.OFFICER).filter(subgroup=self.meeting.subgroup_id)
        officer.initial = self.user.pk
        start_with(self, "due", due_before(self.meeting, self.moment))

    def clean_persons(self) -> list[tuple[str, str]]:
        return names_and_addresses(self.cleaned_data["persons"])

    def clean_papers(self) -> list[str]:
        return lines_of(self.cleaned_data["papers"], longest=LONGEST_WHAT)

    def clean_answerers(self) -> list[str]:
        return lines_of(self.cleaned_data["answerers"], longest=LONGEST_WHAT)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        at = moment_of(given.get("due_on"), given.get("due_time"), time(16, 30))
        given["due_at"] = at
        if at and at > self.meeting.begins_at and "due_time" not in self.errors:
            self.add_error("due_on", gettext("Choose a time before the meeting begins."))
        return given

    def given(self) -> dict[str, Any]:
        typed = self.cleaned_data
        due: datetime = typed["due_at"]
        needed = [(Need.Kind.PAPER, what) for what in typed["papers"]]
        needed += [(Need.Kind.PERSON, what) for what in typed["answerers"]]
        return {
            "item": typed["item"],
            "tellings": [
                *(ToTell(due, agency=one) for one in typed["agencies"]),
                *(ToTell(due, person=one) for one in typed["colleagues"]),
                *(ToTell(due, name=name, email=email) for name, email in typed["persons"]),
            ],
            "needs": [
                Needed(kind, what, due, agency=typed["agency"], officer=typed["officer"])
                for kind, what in needed
            ],
        }


def _is_bare(item: AgendaItem) -> bool:
    return not item.tellings.all() and not item.needs.all()


class TellForm(RowsForm):
    """Who is written to, and what they are told besides what every such letter says."""

    body = "parliament/bodies/tell.html"
    from_address = ("tellings",)

    tellings = TicksField(label=_("Tell by e-mail"))
    message = forms.CharField(
        label=_("What they are told"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def prepare(self) -> None:
        waiting = [one for one in self.all_tellings if one.told_at is None]
        self.unreachable = [one for one in waiting if not one.address]
        reachable = [one for one in waiting if one.address]
        self.offer("tellings", reachable)
        self.fields["tellings"].initial = [str(one.pk) for one in reachable]

    @property
    def preview(self) -> str:
        """The letter as the first of them gets it."""
        from parliament.meeting_letters import sample

        first = next((one for one in self.all_tellings if one.told_at is None and one.address), None)
        return sample(self.meeting, first) if first else ""


class NoteToldForm(AtForm, RowsForm):
    """Who was told without the system's e-mail, how and when."""

    from_address = ("tellings",)

    tellings = TicksField(label=_("Who has been told"))
    way = forms.ChoiceField(
        label=_("How"),
        choices=[choice for choice in Telling.Way.choices if choice[0] != Telling.Way.EMAIL],
        widget=forms.RadioSelect,
        initial=Telling.Way.TELEPHONE,
    )
    field_order = ["seen", "tellings", "way", "at_on", "at_time"]

    def prepare(self) -> None:
        super().prepare()
        self.offer("tellings", [one for one in self.all_tellings if one.told_at is None])

    def given(self) -> dict[str, Any]:
        return self.given_at("told_at")


class MakeReadyForm(AtForm, RowsForm):
    """What is there now, and its file."""

    from_address = ("needs",)

    needs = TicksField(label=_("What is ready"))
    papers = FilesField(label=_("File"))
    field_order = ["seen", "needs", "papers", "at_on", "at_time"]

    def prepare(self) -> None:
        super().prepare()
        self.offer("needs", [one for one in self.all_needs if one.ready_at is None])

    def add_refusal(self, refused: Any) -> None:
        """The step knows the files by another name."""
        faults = getattr(refused, "error_dict", {})
        if "files" in faults:
            self.add_error("papers", faults["files"])
        else:
            super().add_refusal(refused)

    def given(self) -> dict[str, Any]:
        given = self.given_at("ready_at")
        return given | {"files": given.pop("papers")}


class AcknowledgeForm(RowsForm):
    """Who said that they know."""

    from_address = ("telling",)

    telling = OneOfField(label=_("Who knows"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        told = [one for one in self.all_tellings if one.told_at and one.acknowledged_at is None]
        cast(OneOfField, self.fields["telling"]).offer(told)


class BothForm(RowsForm):
    """Some of those told and of what is needed, and why."""

    from_address = ("tellings", "needs")

    tellings = TicksField(label=_("People"), required=False)
    needs = TicksField(label=_("Papers and persons"), required=False)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    marked: bool | None = None
    """Only what is marked as done; None: everything."""

    def prepare(self) -> None:
        tellings = [one for one in self.all_tellings if self.marked is None or one.told_at]
        needs = [one for one in self.all_needs if self.marked is None or one.ready_at]
        for name, rows in (("tellings", tellings), ("needs", needs)):
            if rows:
                self.offer(name, rows)
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("tellings") and not given.get("needs"):
            self.add_error(None, gettext("Tick at least one."))
        return given


class UnmarkForm(BothForm):
    marked = True


class StrikeForm(BothForm):
    pass


PREPARING_FORMS: dict[str, type[StepForm]] = {
    "prepare": PrepareForm,
    "tell": TellForm,
    "note_told": NoteToldForm,
    "make_ready": MakeReadyForm,
    "acknowledge": AcknowledgeForm,
    "unmark": UnmarkForm,
    "strike": StrikeForm,
}
