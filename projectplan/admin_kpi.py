"""Entered and frozen values as administrators look at them: only read, for a newer row corrects them."""

from __future__ import annotations

from django.contrib import admin

from office.admin_site import ReadOnlyAdmin
from projectplan.models import FrozenValue, KpiEntry


@admin.register(KpiEntry)
class KpiEntryAdmin(ReadOnlyAdmin):
    list_display = ["kpi", "month", "edition", "value", "entered_by", "entered_at"]
    list_select_related = ["kpi", "entered_by"]
    list_filter = ["kpi__plan"]


@admin.register(FrozenValue)
class FrozenValueAdmin(ReadOnlyAdmin):
    list_display = ["month", "edition", "kpi", "work", "value", "score", "frozen_at", "frozen_by"]
    list_select_related = ["kpi", "work", "frozen_by"]
    list_filter = ["month"]
