"""Who sits in parliament, for administrators. What parliament brings changes by steps only and is not here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import admin
from django.db.models import DateField, Field
from django.http import HttpRequest

from office.admin_site import OfficeModelAdmin, ReadOnlyAdmin
from office.fields import ThaiDateField, ThaiDateInput
from parliament.models import (
    Committee,
    CommitteeSeat,
    ConstitutionalBody,
    Member,
    Party,
    Recess,
    Session,
)

THAI_DATES: Final[Mapping[type[Field[Any, Any]], Mapping[str, Any]]] = {
    DateField: {"form_class": ThaiDateField, "widget": ThaiDateInput}
}
"""Every date is typed as everywhere in the office, in either era and either digits."""


@admin.register(Session)
class SessionAdmin(OfficeModelAdmin):
    formfield_overrides = THAI_DATES
    list_display = ["__str__", "begins_on", "ends_on"]
    list_filter = ["parliament_number", "kind"]


@admin.register(Recess)
class RecessAdmin(ReadOnlyAdmin):
    """Declared and ended by the head, on the page of sessions: reminders move with it."""

    list_display = ["begins_on", "ends_on", "reason", "declared_by"]
    list_select_related = ["declared_by"]


@admin.register(Party)
class PartyAdmin(OfficeModelAdmin):
    """A party that was dissolved is switched off: its members stay in the books."""

    list_display = ["name", "short_name", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "short_name"]


@admin.register(Member)
class MemberAdmin(OfficeModelAdmin):
    """Whoever leaves a seat gets a last day; what they asked stays theirs."""

    formfield_overrides = THAI_DATES
    list_display = ["full_name", "chamber", "parliament_number", "party", "seat", "until_on"]
    list_filter = ["chamber", "parliament_number", "seat", "party"]
    list_select_related = ["party"]
    search_fields = ["name"]
    raw_id_fields = ["continues"]


class SeatInline(admin.StackedInline):
    """The places on a committee; one that was given up is taken out."""

    model = CommitteeSeat
    extra = 0
    raw_id_fields = ["member"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)


@admin.register(Committee)
class CommitteeAdmin(OfficeModelAdmin):
    formfield_overrides = THAI_DATES
    list_display = ["name", "chamber", "kind", "parliament_number", "until_on"]
    list_filter = ["chamber", "kind", "parliament_number"]
    search_fields = ["name"]
    inlines = [SeatInline]


@admin.register(ConstitutionalBody)
class ConstitutionalBodyAdmin(OfficeModelAdmin):
    """One that is no more is switched off: what it raised stays its own."""

    list_display = ["name", "short_name", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "short_name"]
