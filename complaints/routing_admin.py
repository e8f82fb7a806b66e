"""The table of routing rules as an administrator edits it, with remarks where a row may not do what it seems to."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, ForeignKey, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.forms.fields import category_rows
from complaints.models import RoutingRule
from complaints.routing import gone_out_of_use, in_use, overlaps
from office.admin_site import OfficeModelAdmin
from office.form_fields import agency_rows, province_rows
from office.models import Role, Subgroup, User
from office.select import RowField


def officer_rows() -> list[tuple[object, str, str]]:
    """Those to whom petitions may be given."""
    people = User.objects.with_role(Role.OFFICER).filter(subgroup__code=Subgroup.Code.COMPLAINTS)
    return [(person.pk, str(person), "") for person in people.order_by("display_name")]


ROWS = {
    "agency": agency_rows,
    "refer_to": agency_rows,
    "province": province_rows,
    "category": category_rows,
    "officer": officer_rows,
}


class RuleList(ChangeList):
    """The rows of the list know the other rules in use, so that each can be remarked upon without asking again."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        others = list(RoutingRule.objects.filter(is_active=True).select_related("agency", "province"))
        for rule in self.result_list:
            rule.others = others


@admin.register(RoutingRule)
class RoutingRuleAdmin(OfficeModelAdmin):
    """Kind × agency × province → category, agency to be asked, officer. Suggested, never applied by itself."""

    may_delete = True
    list_display = ["condition", "category", "refer_to", "officer", "is_active", "remarks"]
    list_editable = ["category", "refer_to", "officer", "is_active"]
    list_per_page = 50
    # As they win: those that name an agency, then a province, then a kind.
    ordering = [F("agency").asc(nulls_last=True), F("province").asc(nulls_last=True), "-petition_kind", "pk"]
    fieldsets = [
        (_("Which petitions"), {"fields": ["petition_kind", "agency", "province"], "description": _(
            "What is left empty fits all. Where several rules fit, the one that names the agency goes first, "
            "then the one that names the province, then the one that names the kind."
        )}),
        (_("What is suggested"), {"fields": ["category", "refer_to", "officer", "is_active"]}),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoutingRule]:
        return in_use(super().get_queryset(request)).select_related(
            "agency", "province", "category__parent", "refer_to", "officer"
        )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RuleList

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """Every row of the list has the same choices: they are asked for once. What a rule names stays among them."""

        def rows() -> list[Any]:
            in_use, model = list(ROWS[db_field.name]()), db_field.remote_field.model
            named = RoutingRule.objects.exclude(**{db_field.name: None}).values(db_field.name)
            gone = model._default_manager.filter(pk__in=named).exclude(pk__in=[row[0] for row in in_use])
            return [*in_use, *((one.pk, str(one), gettext("In use no more")) for one in gone)]

        return RowField(
            db_field.remote_field.model._default_manager.all(),
            cache(rows),
            label=db_field.verbose_name,
            required=False,
            empty="—",
            attrs={"aria-label": str(db_field.verbose_name)},
        )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A plain select: what can be chosen is kept on pages of its own."""
        if isinstance(db_field, ForeignKey):
            return self.formfield_for_foreignkey(db_field, request)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "is_active":
            field.widget.attrs["aria-label"] = str(db_field.verbose_name)
        return field

    @admin.display(description=_("Which petitions"))
    def condition(self, rule: RoutingRule) -> str:
        return str(rule) or gettext("All petitions")

    @admin.display(description=_("Remarks"))
    def remarks(self, rule: RoutingRule) -> SafeString | str:
        """Why a row may not do what it seems to: something in it went out of use, or another goes before it."""
        said = [gettext("%(name)s is in use no more") % {"name": gone} for gone in gone_out_of_use(rule)]
        if rule.is_active:
            before = overlaps(rule, rule.others)  # type: ignore[attr-defined]  # RuleList brings them
            said += [gettext("where both fit, “%(other)s” goes before it") % {"other": one} for one in before]
        return format_html_join("", "<div>{}</div>", ((words,) for words in said)) or "–"
