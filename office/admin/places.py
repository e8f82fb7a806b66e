"""The bodies the office works with, and the places matters come from."""

from __future__ import annotations

from django.contrib import admin
from django.db import models

from office.admin_site import OfficeModelAdmin
from office.models import Agency, Contact, EducationArea, Province


@admin.register(Agency)
class AgencyAdmin(OfficeModelAdmin):
    """An agency that is no more is switched off: what was referred to it stays readable."""

    list_display = ["name", "short_name", "kind", "email", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name", "short_name", "other_names", "contact_name"]
    raw_id_fields = ["parent", "area"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Contact)
class ContactAdmin(OfficeModelAdmin):
    """Who has left gets a last day and stays."""

    list_display = ["name", "agency", "role", "until_on"]
    list_filter = ["role"]
    list_select_related = ["agency"]
    search_fields = ["name", "agency__name", "email"]
    raw_id_fields = ["agency"]


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
