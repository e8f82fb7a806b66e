"""Registering an engagement: what and where, from when to when, who goes, who may be told of it, whether news is called
for; and which others are on at the same time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.form_fields import Box, ClockField, Line
from office.intake_form import WITH_EMPTY, IntakeForm
from office.models import Agency, Secrecy, User
from office.picking import TicksField
from office.select import FastSelect
from publicrelations.conflicts import Conflict, conflicts_of
from publicrelations.models import Engagement
from publicrelations.models.engagement import LONGEST
from publicrelations.models.engagement_state import EngagementKind
from publicrelations.permissions import heads_public_relations

USUAL_LENGTH: Final = timedelta(hours=1)
"""Of an engagement whose end nobody knows."""


def people_of_the_office() -> QuerySet[User]:
    """Who may be said to go along: whoever works here now."""
    return User.objects.filter(is_active=True, subgroup__isnull=False).order_by("subgroup", "display_name")


def agencies_in_use() -> QuerySet[Agency]:
    return Agency.objects.filter(is_active=True).order_by("name")


def moments_of(
    form: forms.Form, given: dict[str, Any], *, beside: str = "ends_time"
) -> tuple[datetime, datetime] | None:
    """From when to when by the four fields of a form; None, with the fault beside its field, where they say nothing
    that can be. Without an end an engagement lasts an hour; what ends on another day says which."""
    day, clock = given.get("starts_on"), given.get("starts_time")
    if not day or not clock or {"ends_on", "ends_time"} & set(form.errors):
        return None
    starts_at = datetime.combine(day, clock, OFFICE_TZ)
    ends_at = _end(starts_at, given.get("ends_on"), given.get("ends_time"))
    if ends_at is None:
        form.add_error(beside, gettext("Write at what time it ends on that day."))
    elif ends_at <= starts_at:
        words = gettext("It ends before it begins. If it ends on the next day, write that day.")
        form.add_error(beside, words)
    elif ends_at - starts_at > LONGEST:
        form.add_error("ends_on", gettext("An engagement lasts 31 days at most."))
    else:
        return starts_at, ends_at
    return None


def _end(starts_at: datetime, day: date | None, clock: time | None) -> datetime | None:
    if clock is None:
        return None if day and day != starts_at.date() else starts_at + USUAL_LENGTH
    return datetime.combine(day or starts_at.date(), clock, OFFICE_TZ)


class EngagementForm(IntakeForm):
    """What the office is told of an engagement of the minister."""

    needed = frozenset({"received_on", "title", "engagement_kind", "starts_on", "starts_time"})

    engagement_kind = forms.ChoiceField(
        label=_("Kind of engagement"),
        choices=[*WITH_EMPTY, *EngagementKind.choices],
        widget=FastSelect,
        error_messages={"required": _("Choose what kind of engagement it is.")},
    )
    starts_on = ThaiDateField(label=_("Day"), error_messages={"required": _("Write the day it begins.")})
    starts_time = ClockField(label=_("Begins"))
    ends_time = ClockField(label=_("Ends"))
    ends_on = ThaiDateField(
        label=_("Last day"),
        help_text=_("Only if it ends on another day. Without an hour of its end it lasts one hour."),
    )
    place = forms.CharField(label=_("Place"), max_length=200, widget=Line())
    organiser = forms.CharField(label=_("Organised by"), max_length=200, widget=Line())
    agency = forms.ModelChoiceField(
        label=_("Agency, if it is in the network"),
        queryset=Agency.objects.none(),
        widget=FastSelect,
        empty_label=_("None"),
    )
    represented_by = forms.CharField(
        label=_("Who goes in the minister's place"),
        max_length=200,
        widget=Line(),
        help_text=_("Left empty: the minister goes in person."),
    )
    people = TicksField(label=_("People of the office who go along"))
    also_going = forms.CharField(label=_("Who else goes along"), max_length=500, widget=Line())
    note = forms.CharField(label=_("Note"), max_length=4000, widget=Box(3))
    is_public = forms.BooleanField(
        label=_("May be told to the public"),
        initial=True,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
        help_text=_("What has a grade of secrecy is never public."),
    )
    no_news_reason = forms.CharField(
        label=_("Why no news is called for"),
        max_length=500,
        widget=Line(),
        help_text=_("Left empty: news of it is owed by the end of its working day."),
    )

    def begin(self) -> None:
        super().begin()
        self.fields["title"].widget.attrs["autofocus"] = True
        self.fields["starts_time"].error_messages["required"] = gettext("Write when it begins, e.g. 9.30.")
        self.fields["agency"].queryset = agencies_in_use()  # type: ignore[attr-defined]
        cast(TicksField, self.fields["people"]).offer(people_of_the_office(), lambda one: one.display_name)
        if not heads_public_relations.test(self.user):
            del self.fields["no_news_reason"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        moments = moments_of(self, given)
        if moments:
            given["starts_at"], given["ends_at"] = moments
        if given.get("secrecy") and given.get("is_public"):
            given["is_public"] = False
        return given

    def conflicts(self) -> list[Conflict]:
        """Which others are on at the time that is typed so far, whatever else is still missing."""
        if not self.is_bound:
            return []
        self.is_valid()
        given = self.cleaned_data
        if "starts_at" not in given:
            return []
        return conflicts_of(
            given["starts_at"],
            given["ends_at"],
            self.user,
            is_represented=bool(given.get("represented_by")),
            people=[one.pk for one in given.get("people") or []],
        )

    def matter(self) -> Engagement:
        """As told, not yet registered."""
        given = self.cleaned_data
        names = (
            "engagement_kind",
            "starts_at",
            "ends_at",
            "place",
            "organiser",
            "agency",
            "represented_by",
            "also_going",
            "note",
            "is_public",
        )
        reason = given.get("no_news_reason", "")
        facts = {name: given[name] for name in names}
        return Engagement(**self.common, **facts, no_news_reason=reason, calls_for_news=not reason)


class FactsMixin(forms.Form):
    """The fields of an engagement's facts, for the form that corrects them."""

    title = forms.CharField(label=_("Subject"), min_length=5, max_length=200)
    engagement_kind = forms.ChoiceField(
        label=_("Kind of engagement"), choices=EngagementKind.choices, widget=FastSelect
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    organiser = forms.CharField(label=_("Organised by"), max_length=200, required=False)
    agency = forms.ModelChoiceField(
        label=_("Agency, if it is in the network"),
        queryset=Agency.objects.none(),
        required=False,
        widget=FastSelect,
        empty_label=_("None"),
    )
    represented_by = forms.CharField(
        label=_("Who goes in the minister's place"),
        max_length=200,
        required=False,
        help_text=_("Left empty: the minister goes in person."),
    )
    people = TicksField(label=_("People of the office who go along"), required=False)
    also_going = forms.CharField(label=_("Who else goes along"), max_length=500, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3})
    )
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, widget=FastSelect
    )
    is_public = forms.BooleanField(label=_("May be told to the public"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("secrecy") and given.get("is_public"):
            given["is_public"] = False
        return given
