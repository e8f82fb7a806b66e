"""The days of the working calendar; every change here is an edition of it, as on the calendar's own page."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from office.admin_site import OfficeModelAdmin, ReadOnlyAdmin
from office.calendar_changes import add_day, may_have_pending, remove_day
from office.fields import ThaiDateField
from office.models import CalendarEdition, OfficeDay, User
from office.templatetags.prasan import moment
from office.thai import format_weekday


class OfficeDayForm(forms.ModelForm):
    date = ThaiDateField(label=_("Date"))

    class Meta:
        model = OfficeDay
        fields = ["date", "kind", "name"]


@admin.register(OfficeDay)
class OfficeDayAdmin(OfficeModelAdmin):
    form = OfficeDayForm
    may_delete = True
    list_display = ["day", "kind", "name"]
    list_filter = ["kind"]
    search_fields = ["name"]
    ordering = ["-date"]

    @admin.display(description=_("Date"), ordering="date")
    def day(self, office_day: OfficeDay) -> str:
        return format_weekday(office_day.date, language=get_language() or "th")

    def get_fields(self, request: HttpRequest, obj: OfficeDay | None = None) -> Any:
        return ["day", "kind", "name"] if obj else ["date", "kind", "name"]

    def get_readonly_fields(self, request: HttpRequest, obj: OfficeDay | None = None) -> list[str]:
        """A day that is there keeps its date and kind: deadlines were computed with them."""
        return ["day", "kind"] if obj else []

    def get_form(
        self, request: HttpRequest, obj: OfficeDay | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj:
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: OfficeDay, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        add_day(obj, user=cast(User, request.user), now=timezone.now())
        self._say_what_would_move(request)

    def delete_model(self, request: HttpRequest, obj: OfficeDay) -> None:
        remove_day(
            obj, reason=gettext("by the administrator"), user=cast(User, request.user), now=timezone.now()
        )
        self._say_what_would_move(request)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[OfficeDay]) -> None:
        for office_day in queryset:
            self.delete_model(request, office_day)

    def _say_what_would_move(self, request: HttpRequest) -> None:
        if may_have_pending(timezone.now()):
            said = format_html(
                '<a href="{}">{}</a>', reverse("office:calendar_moves"), gettext("Show what would move")
            )
            messages.warning(request, said)


@admin.register(CalendarEdition)
class CalendarEditionAdmin(ReadOnlyAdmin):
    list_display = ["made", "note", "made_by"]
    list_select_related = ["made_by"]

    @admin.display(description=_("Made at"), ordering="made_at")
    def made(self, edition: CalendarEdition) -> str:
        return moment(edition.made_at)
