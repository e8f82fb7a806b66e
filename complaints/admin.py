"""The category tree of petitions. Petitions themselves change by steps only and are not here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import F, ForeignKey
from django.db.models.functions import Coalesce
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from complaints.category_admin import CategoryChanges
from complaints.letter_admin import LetterTemplateAdmin
from complaints.models import Category
from complaints.routing_admin import RoutingRuleAdmin
from office.admin_site import OfficeModelAdmin

__all__ = ["CategoryAdmin", "LetterTemplateAdmin", "RoutingRuleAdmin"]


@admin.register(Category)
class CategoryAdmin(CategoryChanges, OfficeModelAdmin):
    """Two levels; a heading that reports have cited is switched off, not deleted."""

    list_display = ["in_tree", "name_en", "rank", "is_active"]
    list_editable = ["rank", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["parent"]
    list_per_page = 200
    search_fields = ["name", "name_en"]
    fields = ["parent", "name", "name_en", "rank", "is_active"]

    # Each main category, then its own.
    ordering = [
        Coalesce("parent__rank", "rank"),
        Coalesce("parent_id", "pk"),
        F("parent_id").asc(nulls_first=True),
        "rank",
        "pk",
    ]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """In the list no label stands beside the field; a reader of the screen is told the column's name."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in self.list_editable:
            field.widget.attrs["aria-label"] = str(db_field.verbose_name)
        return field

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name == "parent":
            kwargs["queryset"] = Category.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("Category"))
    def in_tree(self, category: Category) -> str:
        return f"— {category.name}" if category.parent_id else category.name
