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
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from office.admin_site import FarReachingAdmin, OfficeModelAdmin
from office.lists import count_label
from office.models import Position, Role, Subgroup, User
from office.open_work import hangs_anything_on
from office.templatetags.prasan import moment

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
        if self._takes_the_desk_away(given, roles) and hangs_anything_on(self.instance):
            raise ValidationError(_hand_over_first(self.instance))
        return given

    def _takes_the_desk_away(self, given: dict[str, Any], roles: set[str]) -> bool:
        """Whether the person could not go on with what they carry: no account, another subgroup, no such role."""
        if not self.instance.pk or not self.initial.get("is_active"):
            return False
        had = set(self.initial["roles"])
        carries = {*NEEDS_SUBGROUP, Role.EXECUTIVE.value}
        subgroup = given.get("subgroup")
        return (
            not given.get("is_active")
            or (subgroup.pk if subgroup else None) != self.initial.get("subgroup")
            or bool((had & carries) - roles)
        )

    def _is_last_administrator(self) -> bool:
        administrators = User.objects.with_role(Role.ADMINISTRATOR)
        mine = administrators.filter(pk=self.instance.pk).exists()
        return mine and not administrators.exclude(pk=self.instance.pk).exists()


def _hand_over_first(person: User) -> SafeString:
    return format_html(
        '{} <a href="{}">{}</a>',
        gettext(
            "%(person)s still has open matters. Hand them over first; then the account is closed or moved."
        )
        % {"person": person},
        reverse("administration:leave", args=[person.pk]),
        gettext("Hand over"),
    )


class RoleFilter(admin.SimpleListFilter):
    """The people of one role, by the role's name in the language of the page."""

    title = _("Roles")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Role.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class PersonAdmin(FarReachingAdmin):
    form = PersonForm
    list_display = ["display_name", "username", "subgroup", "role_names", "email", "signed_in", "is_active"]
    readonly_fields = ["leaves", "signed_in"]
    list_display_links = ["display_name", "username"]
    list_filter = ["is_active", RoleFilter, "subgroup"]
    list_select_related = ["subgroup"]
    search_fields = ["display_name", "username", "email"]
    ordering = ["-is_active", "display_name"]
    actions = ["take_second_step_away"]
    fieldsets = [
        (None, {"fields": ["display_name", "username", "email", "is_active", "leaves", "signed_in"], "description": _(
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

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        roles = [Group.objects.get_or_create(name=name)[0] for name in form.cleaned_data["roles"]]
        form.instance.groups.set(roles)

    @admin.display(description=_("Last sign-in"), ordering="last_login")
    def signed_in(self, person: User) -> str:
        return moment(person.last_login) if person.last_login else gettext("Never")

    @admin.display(description=_("Leaves or moves"))
    def leaves(self, person: User) -> SafeString | str:
        """The way out of the office: by its own page, which hands everything over."""
        if person.pk is None or not person.is_active:
            return "–"
        address = reverse("administration:leave", args=[person.pk])
        return format_html(
            '<a href="{}">{}</a>', address, gettext("See what hangs on this person and hand it over")
        )

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
