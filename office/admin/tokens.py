"""The tokens of the API: made here, shown once, withdrawn here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from office.admin_site import FarReachingAdmin
from office.lists import count_label
from office.models import ApiScope, ApiToken
from office.templatetags.prasan import moment

LONGEST: Final = timedelta(days=366)


class TokenForm(forms.ModelForm):
    """A token lasts a year at most: who still needs it then asks for another."""

    scopes = forms.MultipleChoiceField(
        label=_("may read"), choices=ApiScope, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ApiToken
        fields = ["name", "scopes", "expires_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django asks for a moment in two inputs and names neither.
        halves = getattr(self.fields.get("expires_at"), "widget", None)
        for half, name in zip(getattr(halves, "widgets", ()), (_("Date"), _("Time")), strict=False):
            half.attrs["aria-label"] = name

    def clean_expires_at(self) -> Any:
        until, now = self.cleaned_data["expires_at"], timezone.now()
        if "expires_at" in self.changed_data and not now < until <= now + LONGEST:
            raise forms.ValidationError(gettext("Choose a moment from now on, within a year."))
        return until


@admin.register(ApiToken)
class ApiTokenAdmin(FarReachingAdmin):
    """The secret is nowhere to be read again: whoever lost it gets another token."""

    form = TokenForm
    list_display = ["name", "start", "scope_names", "standing", "until", "last_used", "made_by"]
    list_select_related = ["made_by"]
    search_fields = ["name"]
    readonly_fields = ["start", "standing", "last_used", "made_by", "made"]
    actions = ["withdraw"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        asked = ["name", "scopes", "expires_at"]
        return [*asked, *self.readonly_fields] if obj else asked

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.readonly_fields) if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One that is withdrawn stays so, as it was."""
        return super().has_change_permission(request, obj) and not (obj and obj.withdrawn_at)

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        token = obj.give_secret()
        obj.made_by, obj.made_at = request.user, timezone.now()  # type: ignore[assignment]  # an administrator
        super().save_model(request, obj, form, change)
        said = gettext("This is the token. It is shown this once only; copy it now:")
        messages.warning(request, format_html("{} <code>{}</code>", said, token))

    @admin.display(description=_("may read"))
    def scope_names(self, token: ApiToken) -> str:
        return ", ".join(str(scope.label) for scope in ApiScope if token.may_read(scope))

    @admin.display(description=_("Standing"))
    def standing(self, token: ApiToken) -> str:
        if token.withdrawn_at:
            return gettext("Withdrawn %(when)s") % {"when": moment(token.withdrawn_at)}
        return gettext("In use") if token.is_usable(timezone.now()) else gettext("Expired")

    @admin.display(description=_("valid until"), ordering="expires_at")
    def until(self, token: ApiToken) -> str:
        return moment(token.expires_at)

    @admin.display(description=_("last used"), ordering="last_used_at")
    def last_used(self, token: ApiToken) -> str:
        return moment(token.last_used_at) if token.last_used_at else gettext("Never")

    @admin.display(description=_("made at"))
    def made(self, token: ApiToken) -> str:
        return moment(token.made_at)

    @admin.action(description=_("Withdraw: it opens nothing any more"))
    def withdraw(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        """At once, for the next request already."""
        count = 0
        for token in queryset.filter(withdrawn_at=None):
            token.withdraw(timezone.now())
            count += 1
        said = ngettext("%(number)s token is withdrawn.", "%(number)s tokens are withdrawn.", count)
        messages.success(request, said % {"number": count_label(count)})
