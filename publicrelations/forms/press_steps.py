"""What the other steps of a press conference ask: its date, that it was held, who came, what was reported, the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.figures import figures
from office.file_field import FilesField
from office.form_fields import Box, ClockField, Line
from office.models import Secrecy
from office.picking import OneOfField, TicksField, moment_of, start_with
from office.select import FastSelect
from office.step_form import CARRYING_FORMS, ReasonForm, StepForm
from publicrelations import coordination
from publicrelations.forms.press import Occasion, refuse_public_secret
from publicrelations.forms.press_inviting import INVITING_FORMS, PressStepForm
from publicrelations.forms.press_papers import HandOutForm
from publicrelations.models import Coverage, MediaOutlet, PressConference
from publicrelations.models.press_covering import Report
from publicrelations.models.press_holding import WalkIn
from publicrelations.outlet_names import outlet_called

ROWS: Final = 4
"""Reports that are written down at a time."""
LONGEST_NAME: Final = 160
"""Of an outlet or a person who came, as the sheet keeps it."""
WEEK: Final = timedelta(days=7)


class MomentsForm(PressStepForm):
    """A day, from when and until when; the step speaks of moments."""

    begins_on = ThaiDateField(label=_("New day"))
    begins_time = ClockField(label=_("Begins"))
    ends_time = ClockField(label=_("Ends"))

    def prepare(self) -> None:
        self.fields["begins_time"].required = True
        self.fields["begins_time"].error_messages["required"] = gettext("Write when it begins, e.g. 9.30.")
        start_with(self, "begins", self.first)
        if self.conference.ends_at and self.conference.began_at is None:
            clock = self.conference.ends_at.astimezone(OFFICE_TZ).strftime("%H.%M")
            self.fields["ends_time"].initial = figures(clock)

    @property
    def first(self) -> datetime:
        """With which moment the form begins."""
        return self.conference.starts_at

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        day, begins, ends = (given.get(name) for name in ("begins_on", "begins_time", "ends_time"))
        if day and begins and ends and ends <= begins:
            self.add_error("ends_time", gettext("It ends before it begins."))
        return given

    def moments(self) -> dict[str, Any]:
        """What the step takes of these three."""
        typed = self.cleaned_data
        day, ends = typed["begins_on"], typed["ends_time"]
        return {
            "starts_at": datetime.combine(day, typed["begins_time"], OFFICE_TZ),
            "ends_at": moment_of(day, ends, time.max) if ends else None,
        }

    def add_refusal(self, refused: ValidationError) -> None:
        add_beside(self, refused, {"starts_at": "begins_on", "ends_at": "ends_time"})


class RescheduleForm(MomentsForm, ReasonForm):
    """Its new day and hours; the place only if that changes too."""

    body = "publicrelations/bodies/reschedule.html"

    place = forms.CharField(label=_("Place"), required=False, max_length=200, widget=Line())
    field_order = ["seen", "begins_on", "begins_time", "ends_time", "place", "reason"]

    def prepare(self) -> None:
        super().prepare()
        self.fields["place"].initial = self.conference.place

    def given(self) -> dict[str, Any]:
        return self.moments() | {"place": self.cleaned_data["place"]}


class PlanNextForm(MomentsForm):
    """The next of the series: a week later, at the same hour, with the same list, unless something is changed."""

    body = "publicrelations/bodies/plan_next.html"

    title = forms.CharField(label=_("Topic"), min_length=5, max_length=200, widget=Line())
    field_order = ["seen", "title", "begins_on", "begins_time", "ends_time"]

    def prepare(self) -> None:
        super().prepare()
        self.fields["title"].initial = self.conference.title
        self.fields["begins_on"].label = gettext("Day")

    @property
    def first(self) -> datetime:
        """A week after this one, or after today where that has passed: on the same day of the week."""
        at = self.conference.starts_at + WEEK
        while at <= self.moment:
            at += WEEK
        return at

    def given(self) -> dict[str, Any]:
        return self.moments() | {"title": self.cleaned_data["title"]}


def add_beside(form: StepForm, refused: ValidationError, beside: dict[str, str]) -> None:
    """The step speaks of moments, the form asks a day and an hour: what was refused stands beside those."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, faults in refused.error_dict.items():
        field = beside.get(name, name)
        form.add_error(field if field in form.fields else None, faults)


class HoldForm(PressStepForm):
    """From when to when it was held; of one before which not all were invited, why."""

    body = "publicrelations/bodies/hold.html"

    began_on = ThaiDateField(label=_("Day"))
    began_time = ClockField(label=_("Began"))
    ended_time = ClockField(label=_("Ended"))
    late_reason = forms.CharField(
        label=_("Why not all were invited before it began"),
        required=False,
        max_length=500,
        widget=Box(2),
        help_text=_("Stands beside the matter in the monthly report."),
    )

    def prepare(self) -> None:
        start_with(self, "began", self.conference.starts_at)
        cast(ThaiDateField, self.fields["began_on"]).max_date = self.day
        if not coordination.is_late(self.conference, self.moment):
            del self.fields["late_reason"]

    def add_refusal(self, refused: ValidationError) -> None:
        add_beside(self, refused, {"began_at": "began_time", "ended_at": "ended_time"})

    def given(self) -> dict[str, Any]:
        typed = self.cleaned_data
        usual = self.conference.starts_at.astimezone(OFFICE_TZ).time()
        ended = typed["ended_time"]
        return {
            "began_at": moment_of(typed["began_on"], typed["began_time"], usual),
            "ended_at": moment_of(typed["began_on"], ended, time.max) if ended else None,
            "late_reason": typed.get("late_reason", ""),
        }


class NoteCameForm(PressStepForm):
    """Who came, ticked from the sign-in sheet; walk-ins below."""

    invitations = TicksField(label=_("Came"), required=False)
    others = forms.CharField(
        label=_("Came without having been invited"),
        required=False,
        max_length=4000,
        widget=Box(3),
        help_text=_("One a line: outlet, name of the reporter."),
    )

    def prepare(self) -> None:
        self.offer(one for one in self.listed if not hasattr(one, "attendance"))

    def clean_others(self) -> list[WalkIn]:
        """Each line as somebody who came."""
        return walk_ins_of(self.cleaned_data["others"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("invitations") and not given.get("others"):
            self.add_error(None, gettext("Tick at least one, or write who came besides."))
        return given

    def given(self) -> dict[str, Any]:
        return {
            "invitations": self.cleaned_data["invitations"],
            "walk_ins": self.cleaned_data["others"],
        }


def walk_ins_of(text: str) -> list[WalkIn]:
    """`ไทยรัฐ, สมศรี ข่าวดี`, one a line; an outlet of the list is recognised by its name."""
    found = []
    for line in text.splitlines():
        outlet, _comma, person = (part.strip() for part in line.strip().partition(","))
        if not outlet and not person:
            continue
        if not outlet:
            raise ValidationError(gettext("Write of which outlet %(name)s came.") % {"name": person})
        if max(len(outlet), len(person)) > LONGEST_NAME:
            words = gettext("A name has at most %(most)s letters.") % {"most": figures(LONGEST_NAME)}
            raise ValidationError(words)
        found.append(walk_in(outlet, person))
    return found


def walk_in(outlet: str, person: str) -> WalkIn:
    """Somebody who came of an outlet by its name."""
    known = outlet_called(outlet)
    return WalkIn(outlet=known, outlet_name="" if known else outlet, name=person)


@dataclass(frozen=True)
class ReportRow:
    """The fields of one report."""

    outlet: forms.BoundField
    reported_on: forms.BoundField
    tone: forms.BoundField
    link: forms.BoundField
    headline: forms.BoundField
    note: forms.BoundField


class RecordCoverageForm(PressStepForm):
    """Some reports in rows; rows that name no outlet are left out. A clipping goes with a single report."""

    body = "publicrelations/bodies/coverage.html"
    FIELDS: Final = ("outlet", "reported_on", "tone", "link", "headline", "note")

    clippings = FilesField(label=_("Clipping"))

    def prepare(self) -> None:
        names = [("", _("Choose")), *self._outlets()]
        for row in range(ROWS):
            self.fields |= self._row(row, names)
        self.order_fields([f"{name}_{row}" for row in range(ROWS) for name in self.FIELDS])
        self.fields["clippings"].help_text = gettext(
            "A picture or PDF of the page, where there is no link; with one report at a time."
        )

    def _outlets(self) -> list[tuple[Any, Any]]:
        """Those that came or were invited first, then all others under their kind."""
        near = {one.outlet_id for one in self.listed}
        near |= {one.outlet_id for one in self.conference.attendances.all() if one.outlet_id}
        rows = list(MediaOutlet.objects.in_use().order_by("kind", "sort_name", "pk"))
        here = [(one.pk, one.name) for one in rows if one.pk in near]
        groups: list[tuple[Any, Any]] = [(_("Invited or came"), here)] if here else []
        for value, label in MediaOutlet.Kind.choices:
            others = [(one.pk, one.name) for one in rows if one.kind == value and one.pk not in near]
            groups += [(label, others)] if others else []
        self.outlets = {str(one.pk): one for one in rows}
        return groups

    def _row(self, row: int, names: list[tuple[Any, Any]]) -> dict[str, forms.Field]:
        day = ThaiDateField(label=_("Reported on"), required=False, initial=self._first_day())
        day.min_date = self.conference.starts_at.astimezone(OFFICE_TZ).date()
        day.max_date = self.day
        fields = {
            "outlet": forms.ChoiceField(
                label=_("Outlet"), choices=names, required=row == 0, widget=FastSelect
            ),
            "reported_on": day,
            "tone": forms.ChoiceField(
                label=_("Tone"),
                choices=Coverage.Tone.choices,
                initial=Coverage.Tone.NEUTRAL,
                required=False,
                widget=FastSelect,
            ),
            "link": forms.URLField(
                label=_("Link"),
                required=False,
                max_length=500,
                assume_scheme="https",
                widget=Line(inputmode="url", placeholder="https://"),
            ),
            "headline": forms.CharField(label=_("Headline"), required=False, max_length=300, widget=Line()),
            "note": forms.CharField(
                label=_("Note"),
                required=False,
                max_length=500,
                widget=Line(placeholder=_("page, programme, hour")),
            ),
        }
        return {f"{name}_{row}": field for name, field in fields.items()}

    def _first_day(self) -> Any:
        began = self.conference.began_at or self.conference.starts_at
        return min(began.astimezone(OFFICE_TZ).date(), self.day)

    @property
    def rows(self) -> Sequence[ReportRow]:
        """The rows as the page draws them."""
        return [ReportRow(*(self[f"{name}_{row}"] for name in self.FIELDS)) for row in range(ROWS)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        used = [row for row in range(ROWS) if given.get(f"outlet_{row}")]
        has_clipping = bool(given.get("clippings"))
        for row in range(ROWS):
            self._clean_row(row, given, row in used, has_clipping=has_clipping)
        if has_clipping and len(used) > 1:
            self.add_error("clippings", gettext("Attach a clipping to one report at a time."))
        return given

    def _clean_row(self, row: int, given: dict[str, Any], is_used: bool, *, has_clipping: bool) -> None:
        shown = any(given.get(f"{name}_{row}") for name in ("link", "note"))
        if is_used and f"link_{row}" not in self.errors and not shown and not has_clipping:
            words = gettext("Give a link, a clipping, or a note of where it was reported.")
            self.add_error(f"link_{row}", words)
        if not is_used and f"outlet_{row}" not in self.errors and (shown or given.get(f"headline_{row}")):
            self.add_error(f"outlet_{row}", gettext("Choose the outlet."))
        given[f"tone_{row}"] = given.get(f"tone_{row}") or Coverage.Tone.NEUTRAL
        if is_used and f"reported_on_{row}" not in self.errors and not given.get(f"reported_on_{row}"):
            self.add_error(f"reported_on_{row}", gettext("Write the day it was reported."))
        link = given.get(f"link_{row}") or ""
        if link and not link.startswith(("https://", "http://")):
            self.add_error(f"link_{row}", gettext("Write the address of a page, beginning with https://."))

    def add_refusal(self, refused: ValidationError) -> None:
        add_beside(self, refused, {"link": "link_0", "files": "clippings"})

    def given(self) -> dict[str, Any]:
        typed = self.cleaned_data
        used = [row for row in range(ROWS) if typed[f"outlet_{row}"]]
        reports = [
            Report(
                outlet=self.outlets[typed[f"outlet_{row}"]],
                **{name: typed[f"{name}_{row}"] for name in self.FIELDS if name != "outlet"},
            )
            for row in used
        ]
        return {"reports": reports, "files": typed["clippings"]}


class StrikeCoverageForm(PressStepForm, ReasonForm):
    """Which report was recorded by mistake, and why it is struck."""

    from_address = ("coverage",)
    has_button = False

    coverage = OneOfField(label=_("Report"), widget=forms.RadioSelect)
    field_order = ["seen", "coverage", "reason"]

    def prepare(self) -> None:
        rows = self.conference.coverage.all()
        cast(OneOfField, self.fields["coverage"]).offer(rows, lambda one: f"{one.outlet} {one.headline}")


class UnmarkCameForm(PressStepForm):
    """Who was noted by mistake as having come."""

    from_address = ("attendance",)
    has_button = False

    attendance = OneOfField(label=_("Did not come"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        rows = self.conference.attendances.all()
        cast(OneOfField, self.fields["attendance"]).offer(rows, lambda one: one.whom)


class CorrectForm(PressStepForm):
    """The facts as registered; before and after go into the history."""

    title = forms.CharField(label=_("Topic"), min_length=5, max_length=200, widget=Line())
    occasion = forms.ChoiceField(label=_("Occasion"), choices=Occasion.choices, widget=FastSelect)
    place = forms.CharField(label=_("Place"), max_length=200, required=False, widget=Line())
    spokespersons = forms.CharField(
        label=_("Speaking"),
        max_length=1000,
        required=False,
        widget=Box(2),
        help_text=_("One a line: name and position."),
    )
    brief = forms.CharField(label=_("What it is about"), max_length=4000, required=False, widget=Box(4))
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, widget=FastSelect
    )
    is_public = forms.BooleanField(label=_("Show it on the public site"), required=False)

    def prepare(self) -> None:
        for name in PressConference.CORRECTABLE:
            self.fields[name].initial = getattr(self.conference, name)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        refuse_public_secret(self, given)
        return given


PRESS_STEP_FORMS: dict[str, type[StepForm]] = {
    **CARRYING_FORMS,
    **INVITING_FORMS,
    "hand_out": HandOutForm,
    "correct": CorrectForm,
    "reschedule": RescheduleForm,
    "postpone": ReasonForm,
    "cancel": ReasonForm,
    "hold": HoldForm,
    "note_came": NoteCameForm,
    "unmark_came": UnmarkCameForm,
    "record_coverage": RecordCoverageForm,
    "note_nobody_reported": StepForm,
    "strike_coverage": StrikeCoverageForm,
    "close": StepForm,
    "reopen": ReasonForm,
    "plan_next": PlanNextForm,
}
