"""The bodies the office works with, and the places matters come from."""

from __future__ import annotations

from django.contrib import admin

from office.admin_site import OfficeModelAdmin
from office.models import Agency, EducationArea, Province


@admin.register(Agency)
class AgencyAdmin(OfficeModelAdmin):
    """An agency that is no more is switched off: what was referred to it stays readable."""

    list_display = ["name", "short_name", "email", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "short_name", "contact_name"]


@admin.register(Province)
class ProvinceAdmin(OfficeModelAdmin):
    list_display = ["code", "name", "name_en"]
    list_display_links = ["code", "name"]
    search_fields = ["name", "name_en"]
    list_per_page = 100

    def get_readonly_fields(self, request: object, obj: Province | None = None) -> list[str]:
        return ["code"] if obj else []


@admin.register(EducationArea)
class EducationAreaAdmin(OfficeModelAdmin):
    may_delete = True
    list_display = ["name", "province", "number"]
    list_filter = ["province"]
    list_select_related = ["province"]
    search_fields = ["name"]
