"""Registering a meeting: which one, when and where, and its agenda as it was sent, pasted into the same form."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.figures import figures
from office.form_fields import Box, ClockField, Line
from office.intake_form import WITH_EMPTY, IntakeForm
from office.select import FastSelect
from office.thai import to_arabic_digits
from parliament import agenda_lines
from parliament.models import Committee, Meeting, Session
from parliament.models.agenda_steps import AgendaLine

Kind = Meeting.MeetingKind
OF_A_COMMITTEE: Final = (Kind.COMMITTEE, Kind.WHIPS)
SESSIONS_OFFERED: Final = 12
MOST_LETTERS: Final = 60_000


def committees_now() -> Any:
    """Committees that are not dissolved, by name."""
    return Committee.objects.filter(until_on__isnull=True).order_by("name")


def sessions_lately() -> list[tuple[Any, Any]]:
    """The last sessions, the newest first; empty stands for the one the day lies in."""
    sessions = Session.objects.order_by("-begins_on")[:SESSIONS_OFFERED]
    return [("", _("By the day of the meeting")), *((session.pk, session) for session in sessions)]


def sitting_number(typed: str) -> str:
    """`๑๒/๒๕๕๓` and `12 / 2553` are one number."""
    return "".join(to_arabic_digits(typed).split())


class NextDayField(forms.BooleanField):
    """A sitting that goes on past midnight ends on the day after it began."""

    def __init__(self) -> None:
        tick = forms.CheckboxInput({"class": "form-check-input"})
        super().__init__(label=_("After midnight, on the next day"), required=False, widget=tick)


def end_of(day: date | None, ends: time | None, *, next_day: bool) -> datetime | None:
    """The moment at which a meeting of a day ends; None where its hour is not known."""
    if day is None or ends is None:
        return None
    return datetime.combine(day + timedelta(days=next_day), ends, OFFICE_TZ)


def refuse_end_before_beginning(form: forms.Form, name: str, begins: Any, ends: Any) -> None:
    """Beside the hour of its end, with the way out for a night's sitting; moments or hours, whichever is known."""
    if begins and ends and ends <= begins:
        form.add_error(
            name,
            gettext("The meeting ends before it begins. If it goes on past midnight, tick that it does."),
        )


def title_of(kind: str, committee: Committee | None, number: str) -> str:
    """`การประชุมสภาผู้แทนราษฎร ครั้งที่ ๑๒/๒๕๕๓`, as the office calls it in its own language."""
    with override(settings.LANGUAGE_CODE):
        name = str(Kind(kind).label)
        if committee:
            name = gettext("Meeting of %(committee)s") % {"committee": committee.name}
        words = gettext("%(name)s no. %(number)s") if number else "%(name)s"
        return (words % {"name": name, "number": figures(number)})[:200]


def refuse_wrong_committee(form: forms.Form, given: dict[str, Any]) -> None:
    """A committee's meeting names it; a chamber's has none."""
    kind, committee = given.get("meeting_kind"), given.get("committee")
    if kind == Kind.COMMITTEE and not committee and "committee" not in form.errors:
        form.add_error("committee", gettext("Choose the committee that meets."))
    if kind and kind not in OF_A_COMMITTEE and committee:
        form.add_error("committee", gettext("Only a meeting of a committee or of the whips has one."))


def same_sitting(given: dict[str, Any], *, but: int = 0) -> Meeting | None:
    """The meeting that is registered of this very sitting: of a chamber by its session, of a committee by itself."""
    number = given.get("sitting_number")
    if not number or not given.get("meeting_kind"):
        return None
    committee, session = given.get("committee"), given.get("session")
    same = Q(committee=committee) if committee else Q(committee=None, session=session)
    if not committee:
        same &= Q(meeting_kind=given["meeting_kind"])
    return Meeting.objects.exclude(pk=but).filter(same, sitting_number=number).first()


def refuse_double_sitting(form: Any, given: dict[str, Any], *, but: int = 0) -> None:
    """A sitting is registered once: the first is a link away, if this person may see it."""
    first = same_sitting(given, but=but)
    if first is None:
        return
    if Meeting.objects.visible_to(form.user).filter(pk=first.pk).exists():
        words = gettext("This meeting is registered already:")
        link = format_html('{} <a href="{}">{}</a>', words, first.get_absolute_url(), first.label)
        form.add_error("sitting_number", link)
    else:
        form.add_error("sitting_number", gettext("This meeting is registered already."))


class MeetingForm(IntakeForm):
    """What the office is told when a meeting is called."""

    needed = frozenset({"received_on", "meeting_kind", "begins_on", "begins_time"})

    meeting_kind = forms.ChoiceField(
        label=_("Which meeting"),
        choices=[*WITH_EMPTY, *Kind.choices],
        widget=FastSelect,
        error_messages={"required": _("Choose which meeting it is.")},
    )
    committee = forms.ModelChoiceField(
        label=_("Committee"),
        queryset=Committee.objects.none(),
        widget=FastSelect,
        help_text=_("Of a committee's or the whips' meeting."),
    )
    sitting_number = forms.CharField(
        label=_("Number of the meeting"),
        max_length=20,
        widget=Line(placeholder=_("e.g. 12/2553")),
    )
    session = forms.ModelChoiceField(label=_("Session"), queryset=Session.objects.all(), widget=FastSelect)
    begins_on = ThaiDateField(
        label=_("Day of the meeting"), error_messages={"required": _("Write the day of the meeting.")}
    )
    begins_time = ClockField(label=_("Begins"))
    ends_time = ClockField(label=_("Ends"))
    ends_next_day = NextDayField()
    place = forms.CharField(label=_("Place"), max_length=200, widget=Line())
    agenda = forms.CharField(
        label=_("Agenda"),
        max_length=MOST_LETTERS,
        widget=Box(6),
        help_text=_("One item a line, as it was sent: 5.1 Question about… Put * before what concerns us."),
    )

    def begin(self) -> None:
        super().begin()
        self.fields["title"].label = _("Name of the meeting")
        self.fields["title"].help_text = _("Left empty, it is made of the kind and the number.")
        self.fields["meeting_kind"].widget.attrs["autofocus"] = True
        self.fields["committee"].queryset = committees_now()  # type: ignore[attr-defined]
        self.fields["session"].choices = sessions_lately()  # type: ignore[attr-defined]
        self.fields["begins_time"].error_messages["required"] = gettext("Write when it begins, e.g. 9.30.")
        self.lines: list[AgendaLine] = []

    def clean_sitting_number(self) -> str:
        return sitting_number(self.cleaned_data["sitting_number"])

    def clean_agenda(self) -> str:
        """Its lines, read."""
        self.lines = agenda_lines.parse(self.cleaned_data["agenda"])
        return self.cleaned_data["agenda"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self._clean_moments(given)
        refuse_wrong_committee(self, given)
        day = given.get("begins_on")
        if day and not given.get("session") and "session" not in self.errors:
            given["session"] = Session.on(day)
        if not self._is_second_click(given):
            refuse_double_sitting(self, given)
        return given

    def _clean_moments(self, given: dict[str, Any]) -> None:
        day, begins = given.get("begins_on"), given.get("begins_time")
        if not day or not begins:
            return
        given["begins_at"] = datetime.combine(day, begins, OFFICE_TZ)
        given["ends_at"] = end_of(day, given.get("ends_time"), next_day=given["ends_next_day"])
        refuse_end_before_beginning(self, "ends_time", given["begins_at"], given["ends_at"])

    def _is_second_click(self, given: dict[str, Any]) -> bool:
        """The sitting that is there already was registered from this very opening of the form, by this person."""
        first = same_sitting(given)
        if first is None or self.opened is None or first.pk <= self.opened.after:
            return False
        by_them = first.events.filter(step="receive", actor=self.user)
        return first.begins_at == given.get("begins_at") and by_them.exists()

    def matter(self) -> Meeting:
        """As told, not yet registered."""
        given = self.cleaned_data
        names = ("meeting_kind", "committee", "session", "sitting_number", "begins_at", "ends_at", "place")
        facts = {name: given[name] for name in names}
        title = given["title"] or title_of(given["meeting_kind"], given["committee"], given["sitting_number"])
        return Meeting(**self.common | {"title": title}, **facts)
