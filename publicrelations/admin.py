"""By what news is found and whom the press knows, for administrators. What has a path changes by steps only and is
not here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from office.admin_site import OfficeModelAdmin
from publicrelations.forms.media import OutletForm, ReporterForm
from publicrelations.models import Category, MediaOutlet, RecipientGroup, Reporter, Tag


class AddressStays(OfficeModelAdmin):
    """Readers keep the address of what they found: it is given once."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["slug"] if obj else []


@admin.register(Category)
class CategoryAdmin(AddressStays):
    """A heading that is used no more is switched off: it stays with its old articles."""

    list_display = ["name", "name_en", "slug", "position", "is_used"]
    list_filter = ["is_used"]
    search_fields = ["name", "name_en"]
    fields = ["name", "name_en", "slug", "position", "is_used"]


@admin.register(Tag)
class TagAdmin(AddressStays):
    """Whoever writes an article brings new ones; here a name is mended."""

    may_add = False
    list_display = ["name", "slug"]
    search_fields = ["name"]


class NetworkAdmin(OfficeModelAdmin):
    """Of two rows that were one the double is not shown: its facts went over to the one that stays."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(merged_into__isnull=True)


@admin.register(MediaOutlet)
class MediaOutletAdmin(NetworkAdmin):
    """One that closed is switched off: what it reported stays its own."""

    form = OutletForm
    list_display = ["name", "kind", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name"]


@admin.register(Reporter)
class ReporterAdmin(NetworkAdmin):
    """Whoever leaves gets a last day. How somebody is reached stands on the pages that note each look at it."""

    form = ReporterForm
    list_display = ["name", "outlet", "beat", "until_on"]
    list_select_related = ["outlet"]
    search_fields = ["name", "outlet__name"]
    fields = ["outlet", "name", "beat", "since_on", "until_on"]


@admin.register(RecipientGroup)
class RecipientGroupAdmin(OfficeModelAdmin):
    """The groups of the plan, in the order in which labels are printed."""

    list_display = ["name", "order", "default_copies"]
