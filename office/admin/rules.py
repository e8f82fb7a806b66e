"""How long the office gives itself for each promise, and the counters of its registers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from office.admin_site import OfficeModelAdmin, ReadOnlyAdmin
from office.fields import ThaiDateField
from office.models import Deadline, DeadlineRule, NumberSeries
from office.thai import format_long


class DeadlineRuleForm(forms.ModelForm):
    in_force_from = ThaiDateField(label=_("In force from"))

    class Meta:
        model = DeadlineRule
        fields = ["matter_kind", "kind", "scope", "amount", "unit", "in_force_from", "is_confirmed", "source"]
        help_texts = {
            "amount": _(
                "Counted on from when the promise is given; of “all told and ready”, back from the meeting."
            )
        }


class StandingRuleForm(forms.ModelForm):
    """A rule that deadlines were given by: only that the office confirms it may still be said."""

    class Meta:
        model = DeadlineRule
        fields = ["is_confirmed"]


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(OfficeModelAdmin):
    """A change is a new rule with its own day; the one deadlines were given by stays as it was."""

    list_display = ["matter_kind", "kind", "scope", "amount", "unit", "from_day", "is_confirmed"]
    list_display_links = ["kind"]
    list_filter = ["is_confirmed", "matter_kind", "kind"]
    may_delete = True

    @admin.display(description=_("In force from"), ordering="in_force_from")
    def from_day(self, rule: DeadlineRule) -> str:
        return format_long(rule.in_force_from, language=get_language() or "th")

    def get_form(
        self, request: HttpRequest, obj: DeadlineRule | None = None, change: bool = False, **kwargs: object
    ) -> type:
        kwargs["form"] = StandingRuleForm if obj and _is_in_use(obj) else DeadlineRuleForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: DeadlineRule | None = None) -> Any:
        day = "from_day" if obj and _is_in_use(obj) else "in_force_from"
        return ["matter_kind", "kind", "scope", "amount", "unit", day, "is_confirmed", "source"]

    def get_readonly_fields(self, request: HttpRequest, obj: DeadlineRule | None = None) -> list[str]:
        if obj and _is_in_use(obj):
            return ["matter_kind", "kind", "scope", "amount", "unit", "from_day", "source"]
        return []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a rule that no deadline was given by, and whose promise keeps another rule: none may be without."""
        if not super().has_delete_permission(request, obj) or obj is None:
            return False
        same = DeadlineRule.objects.filter(matter_kind=obj.matter_kind, kind=obj.kind, scope=obj.scope)
        older = same.filter(in_force_from__lt=obj.in_force_from)
        return older.exists() and not _is_in_use(obj)


def _is_in_use(rule: DeadlineRule) -> bool:
    return Deadline.objects.filter(rule=rule).exists()


@admin.register(NumberSeries)
class NumberSeriesAdmin(ReadOnlyAdmin):
    """To be looked at: a counter moved by hand would leave a gap or a double."""

    list_display = ["prefix", "year", "last"]
    ordering = ["-year", "prefix"]
