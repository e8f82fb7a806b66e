"""A member of parliament, chosen by typing: names are offered while one types, and the name alone is enough."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat
from django.forms.utils import flatatt
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.form_fields import Line
from parliament.models import Member

OFFERED: Final = 12
NAMED_IN_FAULT: Final = 4


class MemberInput(Line):
    """A line that offers the members whose name has what is typed; without script it is a line."""

    def __init__(self, **attrs: Any) -> None:
        offers = {
            "hx-get": reverse_lazy("parliament:member_names"),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": "next datalist",
            "hx-swap": "innerHTML",
        }
        super().__init__(**(offers | attrs))

    def format_value(self, value: Any) -> Any:
        """The name of a member, whose key a form may begin with."""
        if isinstance(value, int):
            return str(Member.objects.get(pk=value))
        return str(value) if isinstance(value, Member) else super().format_value(value)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        listed = f"{name}-names"
        line = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        return format_html("{}<datalist{}></datalist>", line, flatatt({"id": listed}))


class MemberField(forms.CharField):
    """Cleans to a Member or None: by the whole name, with its title or without, or by a part that only one has."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("widget", MemberInput())
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Member | None:
        """The member; a ValidationError when nobody, or more than one, is called so."""
        typed = " ".join(super().clean(value).split())
        if not typed:
            return None
        whole = list(called(typed)[:1])
        if whole:
            return whole[0]
        alike = newest_of_each(named_like(typed))
        if len(alike) == 1:
            return alike[0]
        if not alike:
            raise ValidationError(
                gettext("No member is called “%(name)s”. Check the name, or add the member first.")
                % {"name": typed},
                code="unknown",
            )
        names = ", ".join(one.full_name for one in alike[:NAMED_IN_FAULT])
        raise ValidationError(
            gettext("Several members are called so: %(names)s. Write the whole name.") % {"names": names},
            code="several",
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """By the name that stands there."""
        return str(initial or "") != str(data or "")


def called(typed: str) -> QuerySet[Member]:
    """Those of exactly this name, with its title or without; who sat last stands first."""
    named = Member.objects.filter(name=typed) | Member.objects.filter(
        pk__in=Member.objects.annotate(whole=Concat("title", Value(""), "name"))
        .filter(whole=typed)
        .values("pk")
    )
    return named.select_related("party", "province").order_by("-since_on", "-pk")


def named_like(typed: str) -> QuerySet[Member]:
    """Those in whose title and name each word stands, who sat last first."""
    found = Member.objects.annotate(whole=Concat("title", Value(""), "name"))
    for word in typed.split():
        found = found.filter(whole__icontains=word)
    return found.select_related("party", "province").order_by("-since_on", "-pk")


def newest_of_each(rows: QuerySet[Member], most: int = OFFERED) -> list[Member]:
    """One row a person: somebody who sat in several parliaments stands there once, as in the last of them."""
    newest: dict[str, Member] = {}
    for member in rows[: most * 4]:
        newest.setdefault(member.name, member)
    return list(newest.values())[:most]


def sat_on(member: Member, day: date) -> bool:
    """Whether somebody had their seat on a day."""
    return member.since_on <= day and (member.until_on is None or day <= member.until_on)


NOT_SEATED: Final = _("This member had no seat on that day. Check the member and the day.")
