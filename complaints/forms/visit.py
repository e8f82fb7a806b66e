"""What an officer types about a visit, and what narrows the counter's book."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from complaints.forms.fields import TelephoneField, category_rows
from complaints.models import Category, Visit
from complaints.models.visit import fiscal_year_at
from office.calendar import OFFICE_TZ, Period, month_code, month_of, months_back, parse_month
from office.fields import ThaiDateField
from office.figures import figures
from office.form_fields import Box, ClockField, Line, OfficeForm, province_rows
from office.models import Province, Subgroup, User
from office.select import FastSelect, RowField
from office.thai import format_month

MONTHS_LISTED = 24


class VisitForm(OfficeForm):
    """One entry of the counter's book: two fields are enough, the keyboard too. The time is now unless said."""

    optional = frozenset({"name", "telephone", "province", "category"})

    subject = forms.CharField(
        label=_("What they came for"),
        min_length=5,
        max_length=200,
        widget=Line(autofocus=True),
        error_messages={
            "required": _("Write in one line what they came for."),
            "min_length": _("Write a few words more."),
        },
    )
    advice = forms.CharField(
        label=_("What they were told"),
        max_length=4000,
        widget=Box(4),
        error_messages={"required": _("Write what they were told; it is printed for them.")},
    )
    name = forms.CharField(label=_("Name"), max_length=200, required=False, widget=Line())
    telephone = TelephoneField(label=_("Telephone"), required=False)
    province = RowField(
        Province.objects.all(),
        province_rows,
        label=_("Province"),
        required=False,
        empty=_("Choose a province"),
    )
    category = RowField(
        Category.objects.filter(is_active=True),
        category_rows,
        label=_("Category"),
        required=False,
        empty=_("Choose later"),
    )
    way = forms.ChoiceField(
        label=_("How they came"), choices=Visit.Way.choices, initial=Visit.Way.COUNTER, widget=FastSelect
    )
    came_on = ThaiDateField(label=_("Date"), error_messages={"required": _("Write the date they came.")})
    came_time = ClockField(label=_("Time"))

    def __init__(self, *args: Any, now: datetime, visit: Visit | None = None, **kwargs: Any) -> None:
        self.moment, self.visit = now, visit
        came = (visit.came_at if visit else now).astimezone(OFFICE_TZ)
        initial = {"came_on": came.date(), "came_time": figures(came.strftime("%H.%M"))}
        if visit:
            initial |= {
                name: getattr(visit, name) for name in ("subject", "advice", "name", "telephone", "way")
            }
            initial |= {"province": visit.province_id, "category": visit.category_id}
        super().__init__(*args, **kwargs | {"initial": initial})
        day = self.fields["came_on"]
        day.widget.attrs["class"] = "form-control"
        day.max_date = now.astimezone(OFFICE_TZ).date()  # type: ignore[attr-defined]
        if visit and visit.category and not visit.category.is_active:
            self.fields["category"].queryset = Category.objects.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """They came before now, and a corrected entry stays in its year's book."""
        given = super().clean() or self.cleaned_data
        if given.get("came_on") and "came_time" not in self.errors:
            given["came_at"] = self._came_at(given["came_on"], given.get("came_time"))
            if given["came_at"] > self.moment:
                self.add_error("came_time", gettext("This time is still to come."))
            elif self.visit and fiscal_year_at(given["came_at"]) != self.visit.year:
                self.add_error(
                    "came_on",
                    gettext("The number belongs to another fiscal year. Record a new visit instead."),
                )
        return given

    def _came_at(self, day: date, clock: time | None) -> datetime:
        """The moment to the minute, as it is typed; without an hour, now."""
        local = self.moment.astimezone(OFFICE_TZ)
        return datetime.combine(day, clock or time(local.hour, local.minute), OFFICE_TZ)

    def written(self, by: User) -> Visit:
        """The entry as typed, not yet saved: the one that is corrected, or a new one of this officer's."""
        visit = self.visit or Visit(received_by=by)
        for name in ("subject", "advice", "name", "telephone", "province", "category", "way", "came_at"):
            setattr(visit, name, self.cleaned_data[name])
        return visit


class VisitFilterForm(OfficeForm):
    """What narrows the book: a day or a month, an officer, a category, words or a number."""

    text = forms.CharField(label=_("Words or number"), max_length=100, required=False, widget=Line())
    day = ThaiDateField(label=_("Day"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False, widget=FastSelect)
    officer = forms.ModelChoiceField(
        User.objects.filter(subgroup__code=Subgroup.Code.COMPLAINTS).order_by("display_name"),
        label=_("Officer"),
        required=False,
        empty_label=_("All of them"),
        widget=FastSelect,
    )
    category = RowField(
        Category.objects.all(),
        category_rows,
        label=_("Category"),
        required=False,
        empty=_("All of them"),
    )
    way = forms.ChoiceField(
        label=_("How they came"),
        choices=[("", _("All of them")), *Visit.Way.choices],
        required=False,
        widget=FastSelect,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.attrs["class"] = "form-control"
        months = months_back(month_of(today), MONTHS_LISTED)
        language = get_language() or "th"
        named = [(month_code(one), format_month(one.first, language=language)) for one in reversed(months)]
        self.fields["month"].choices = [("", _("All of them")), *named]  # type: ignore[attr-defined]

    def period(self) -> tuple[datetime, datetime] | None:
        """The moments of the day or month chosen, from and until before; None for all."""
        given = self.cleaned_data
        if given.get("day"):
            start = datetime.combine(given["day"], time(), OFFICE_TZ)
            return start, start + timedelta(days=1)
        if given.get("month"):
            month: Period = parse_month(given["month"])
            return month.starts_at, month.ends_at
        return None
