"""What administrators fill in beside Django admin: the hour of a work of the clock, and who carries on for a leaver."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.calendar import OFFICE_TZ
from office.clock import LONGEST_PAUSE, Entry
from office.fields import ThaiDateField
from office.models import ClockWork, Leaving, Role, Subgroup, User
from office.thai import to_arabic_digits

TIME_FORMATS: Final = ("%H:%M", "%H.%M")


class HourField(forms.TimeField):
    """An hour of the day in either digits, with a colon or a point."""

    def to_python(self, value: Any) -> Any:
        """The time, or None for nothing typed."""
        return super().to_python(to_arabic_digits(value) if isinstance(value, str) else value)


class ClockForm(forms.Form):
    """Another hour for what runs once a day, or a pause that ends by itself."""

    error_css_class = "is-invalid"
    at = HourField(
        label=gettext_lazy("Hour"),
        input_formats=TIME_FORMATS,
        help_text=gettext_lazy("For example 08:15. It holds at once, without anything being started anew."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    paused_until = ThaiDateField(
        label=gettext_lazy("Paused until"),
        required=False,
        help_text=gettext_lazy("It runs again from the morning of that day. Empty: it runs."),
    )

    def __init__(self, *args: Any, entry: Entry, now: datetime, **kwargs: Any) -> None:
        hour, minute = entry.time
        until = entry.work.paused_until if entry.work and entry.rests(now) else None
        begun = {
            "at": f"{hour:02d}:{minute:02d}",
            "paused_until": until.astimezone(OFFICE_TZ).date() if until else None,
        }
        super().__init__(*args, **{"initial": begun, **kwargs})
        self.entry, self.now = entry, now

    def clean_paused_until(self) -> datetime | None:
        """The morning of the day; never longer than a month, so that nothing sleeps for ever."""
        day = self.cleaned_data["paused_until"]
        if day is None:
            return None
        until = datetime.combine(day, time(), OFFICE_TZ)
        if until <= self.now:
            raise forms.ValidationError(_("Choose a day to come."))
        if until > self.now + LONGEST_PAUSE:
            raise forms.ValidationError(_("A pause lasts a month at the most."))
        return until

    def save(self, by: User) -> None:
        """Keep what was chosen; the hour of the code itself is kept as none, so that a new default holds."""
        at = self.cleaned_data["at"]
        is_own = (at.hour, at.minute) == self.entry.own_time
        ClockWork.objects.filter(name=self.entry.name).update(
            hour=None if is_own else at.hour,
            minute=None if is_own else at.minute,
            paused_until=self.cleaned_data["paused_until"],
            changed_at=self.now,
            changed_by=by,
        )


class LeavingForm(forms.Form):
    """Why somebody leaves, and for each subgroup (and the executives' desk) who carries on."""

    error_css_class = "is-invalid"
    why = forms.ChoiceField(
        label=gettext_lazy("Why"), choices=Leaving.Why, widget=forms.RadioSelect, initial=Leaving.Why.RESIGNED
    )
    moves_to = forms.ModelChoiceField(
        Subgroup.objects.all(),
        label=gettext_lazy("New subgroup"),
        required=False,
        help_text=gettext_lazy("Only for a move inside the office: the account stays and sits there."),
    )

    def __init__(self, *args: Any, person: User, counts: Mapping[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.desks: list[str] = []
        others = User.objects.filter(is_active=True).exclude(pk=person.pk)
        if person.has_role(Role.EXECUTIVE):
            executives = others.filter(groups__name=Role.EXECUTIVE)
            self._ask("executives", _("Executives who decide instead"), executives, needed=bool(counts))
        keys = set(counts) | ({person.subgroup_id} if person.subgroup_id else set())
        if not self.desks or not person.has_role(Role.EXECUTIVE):
            for subgroup in Subgroup.objects.filter(pk__in=keys):
                carries = Q(groups__name__in=[Role.OFFICER, Role.HEAD])
                colleagues = others.filter(carries, subgroup=subgroup).distinct()
                label = _("Who carries on in %(subgroup)s") % {"subgroup": subgroup}
                needed = subgroup.pk in counts
                self._ask(f"desk_{subgroup.pk}", label, colleagues, needed=needed)

    def _ask(self, name: str, label: str, people: QuerySet[User], *, needed: bool) -> None:
        self.fields[name] = forms.ModelMultipleChoiceField(
            people.order_by("display_name"),
            label=label,
            required=needed,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Several share evenly: each gets as many matters as the others."),
            error_messages={"required": _("Choose at least one colleague who carries on.")},
        )
        self.desks.append(name)

    def clean(self) -> dict[str, Any]:
        """A move names where to, and nothing else does."""
        given = super().clean() or self.cleaned_data
        moves = given.get("why") == Leaving.Why.MOVED
        if moves and not given.get("moves_to"):
            self.add_error("moves_to", _("Choose the new subgroup."))
        elif moves and given["moves_to"].pk == self.person.subgroup_id:
            self.add_error("moves_to", _("The person sits there already."))
        elif not moves:
            given["moves_to"] = None
        return given

    def receivers(self) -> list[User]:
        """Everybody who was chosen."""
        return sorted({one for name in self.desks for one in self.cleaned_data[name]}, key=lambda one: one.pk)
