"""People: accounts, roles, where they sit. An account is switched off, never deleted."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from office.admin_site import OfficeModelAdmin
from office.lists import capped_count, count_label
from office.models import Matter, Position, Role, Subgroup, User

NEEDS_SUBGROUP = {Role.OFFICER.value, Role.HEAD.value}


class PersonForm(forms.ModelForm):
    """A person with the roles they come to the office for."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = User
        fields = [
            "username", "display_name", "email", "subgroup", "position", "seconded_from", "email_delivery", "is_active",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["roles"] = [name for name in Role.values if name in self.instance.roles]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if email and User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(gettext("Somebody has this address already; it is also a way to sign in."))
        return email

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        roles = set(given.get("roles", []))
        if roles & NEEDS_SUBGROUP and not given.get("subgroup"):
            self.add_error("subgroup", gettext("Officers and heads belong to a subgroup."))
        stays = Role.ADMINISTRATOR.value in roles and given.get("is_active", True)
        if not stays and self.instance.pk and self._is_last_administrator():
            raise ValidationError(
                gettext("This is the only administrator. Give the role to somebody else first.")
            )
        return given

    def _is_last_administrator(self) -> bool:
        administrators = User.objects.with_role(Role.ADMINISTRATOR)
        mine = administrators.filter(pk=self.instance.pk).exists()
        return mine and not administrators.exclude(pk=self.instance.pk).exists()


class RoleFilter(admin.SimpleListFilter):
    """The people of one role, by the role's name in the language of the page."""

    title = _("Roles")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Role.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class PersonAdmin(OfficeModelAdmin):
    form = PersonForm
    list_display = ["display_name", "username", "subgroup", "role_names", "is_active"]
    list_display_links = ["display_name", "username"]
    list_filter = ["is_active", RoleFilter, "subgroup"]
    list_select_related = ["subgroup"]
    search_fields = ["display_name", "username", "email"]
    ordering = ["-is_active", "display_name"]
    actions = ["take_second_step_away"]
    fieldsets = [
        (None, {"fields": ["display_name", "username", "email", "is_active"], "description": _(
            "No password is set here. The person presses “Forgot your password?” at the sign-in page "
            "and gets a link by e-mail."
        )}),
        (_("In the office"), {"fields": ["subgroup", "position", "seconded_from", "roles"]}),
        (_("Notices"), {"fields": ["email_delivery"]}),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("Roles"))
    def role_names(self, person: User) -> str:
        held = {group.name for group in person.groups.all()}
        return ", ".join(str(role.label) for role in Role if role.value in held)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        obj.is_staff = Role.ADMINISTRATOR.value in form.cleaned_data["roles"]
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            # An address that was changed here must not open the account any more.
            EmailAddress.objects.filter(user=obj).exclude(email__iexact=obj.email).delete()
        if not obj.is_active:
            self._say_what_is_left(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        roles = [Group.objects.get_or_create(name=name)[0] for name in form.cleaned_data["roles"]]
        form.instance.groups.set(roles)

    def _say_what_is_left(self, request: HttpRequest, person: User) -> None:
        left = capped_count(Matter.objects.unclosed().filter(owner=person))
        if left:
            said = gettext("%(person)s still carries %(number)s open matters: the head assigns them anew.")
            messages.warning(request, said % {"person": person, "number": count_label(left)})

    @admin.action(description=_("Take the second step away (telephone lost)"))
    def take_second_step_away(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """The next sign-in asks for the password only, and where the role needs it for a new second step at once."""
        for person in queryset:
            Authenticator.objects.filter(user=person).delete()
            self.log_change(request, person, gettext("Second step taken away"))
        count = len(queryset)
        said = ngettext(
            "The second step of %(number)s person is gone.",
            "The second step of %(number)s people is gone.",
            count,
        )
        messages.success(request, said % {"number": count_label(count)})


@admin.register(Subgroup)
class SubgroupAdmin(OfficeModelAdmin):
    """The three are the plan's own; only their names can change."""

    may_add = False
    list_display = ["name", "name_en"]
    readonly_fields = ["code"]


@admin.register(Position)
class PositionAdmin(OfficeModelAdmin):
    """A position that somebody holds cannot be deleted (the database says so too)."""

    may_delete = True
    list_display = ["name"]
    search_fields = ["name"]
