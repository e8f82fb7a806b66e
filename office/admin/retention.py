"""How long each kind is kept: the office's own rules, changed by administrators and acting never by themselves."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from office.admin_site import OfficeModelAdmin
from office.models import RetentionRule


@admin.register(RetentionRule)
class RetentionRuleAdmin(OfficeModelAdmin):
    """A rule for each kind is there from the beginning; how long, what happens and whose rule it is may be changed."""

    list_display = ["subject", "treatment", "years", "source", "is_confirmed"]
    list_filter = ["treatment", "is_confirmed"]
    fields = ["subject", "treatment", "years", "source", "is_confirmed"]
    readonly_fields = ["subject"]
    may_add = False

    def save_model(self, request: HttpRequest, obj: RetentionRule, form: object, change: bool) -> None:
        """By another rule the clock begins at the oldest again."""
        obj.looked_at = obj.looked_key = None
        super().save_model(request, obj, form, change)
