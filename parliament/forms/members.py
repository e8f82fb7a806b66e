"""A member of parliament, chosen by typing: names are offered while one types, and the name alone is enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, cast

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
BETWEEN: Final = " · "
"""Between a name and the chamber, where somebody of that name sits or sat in each of the two."""


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
    """Cleans to a Member or None: by the whole name, with its title or without, or by a part that only one has.

    Of somebody's terms that is the last; which of them a paper is of, its form says (`settle_term`).
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("widget", MemberInput())
        super().__init__(**kwargs)
        self.there: Member | None = None
        """The one that stands there, whose name left as it is changes nothing."""
        self.is_untouched = False
        self.terms: list[Member] = []
        """All terms of whoever is called as was typed, who sat last first."""

    def clean(self, value: Any) -> Member | None:
        """The member; a ValidationError when nobody, or more than one, is called so."""
        typed = " ".join(super().clean(value).split())
        if not typed:
            return None
        self.is_untouched = self.there is not None and typed == " ".join(str(self.there).split())
        name, _between, chamber = typed.partition(BETWEEN)
        rows = terms_of(called(name)) or self._of_one_name(name)
        self.terms = [one for one in rows if not chamber or one.get_chamber_display() == chamber]
        if not self.terms:
            raise ValidationError(
                gettext("No member is called “%(name)s”. Check the name, or add the member first.")
                % {"name": typed},
                code="unknown",
            )
        return self.terms[0]

    def _of_one_name(self, part: str) -> list[Member]:
        """All terms of those in whose name each of these words stands, who are called alike."""
        alike = {one.name: one for one in newest_of_each(named_like(part))}
        if len(alike) > 1:
            names = ", ".join(one.full_name for one in list(alike.values())[:NAMED_IN_FAULT])
            raise ValidationError(
                gettext("Several members are called so: %(names)s. Write the whole name.") % {"names": names},
                code="several",
            )
        return [term for name in alike for term in terms_of(called(name))]

    def term_of(self, *, chamber: str, parliament: int | None, day: date | None) -> Member:
        """Of the terms of whoever was named, the one in this chamber, of this parliament, with a seat on this day, as
        far as any is; a ValidationError when that leaves two people."""
        left = self.terms
        fits: list[Callable[[Member], bool]] = [
            lambda one: one.chamber == chamber,
            lambda one: one.parliament_number == parliament,
            lambda one: day is not None and sat_on(one, day),
        ]
        for fit in fits:
            left = [one for one in left if fit(one)] or left
        if self.there in left:
            return self.there
        known = {one.pk for one in left[0].terms()}
        others = [one for one in left if one.chamber != left[0].chamber and one.pk not in known]
        if others:
            names = ", ".join(with_chamber(one) for one in (left[0], others[0]))
            raise ValidationError(
                gettext(
                    "Two members are called so. Write the one that is meant as it stands here: %(names)s."
                )
                % {"names": names},
                code="several",
            )
        return left[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """By the name that stands there."""
        return str(initial or "") != str(data or "")


def settle_term(
    form: forms.Form,
    given: dict[str, Any],
    name: str,
    *,
    chamber: str = "",
    parliament: int | None = None,
    day: date | None = None,
    is_same_paper: bool = False,
) -> Member | None:
    """Put the term that a paper is of in the place of the member whom its form names, and return it; None if nobody is
    named, or two are, which is then said beside the field.

    `is_same_paper`: chamber and parliament are as they were, so that a name left as it is means who stood there.
    """
    if not given.get(name):
        return None
    field = form.fields[name]
    assert isinstance(field, MemberField)
    if is_same_paper and field.is_untouched:
        given[name] = field.there
        return field.there
    try:
        given[name] = field.term_of(chamber=chamber, parliament=parliament, day=day)
    except ValidationError as several:
        form.add_error(name, several)
        return None
    return cast(Member, given[name])


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


def terms_of(rows: QuerySet[Member]) -> list[Member]:
    """These rows and what they continue or are continued by, under whatever name; who sat last first."""
    found = {term.pk: term for one in rows for term in one.terms()}
    return sorted(found.values(), key=lambda one: (one.since_on, one.pk), reverse=True)


def newest_of_each(rows: QuerySet[Member], most: int = OFFERED) -> list[Member]:
    """One row a person and chamber: somebody who sat in several parliaments stands there once, as in the last of
    them."""
    newest: dict[tuple[str, str], Member] = {}
    for member in rows[: most * 4]:
        newest.setdefault((member.name, member.chamber), member)
    return list(newest.values())[:most]


def with_chamber(member: Member) -> str:
    """The name and the chamber, by which two of one name are told apart."""
    return f"{member.full_name}{BETWEEN}{member.get_chamber_display()}"


def as_offered(members: Iterable[Member]) -> list[tuple[str, Member]]:
    """What is typed for each of these: the name, with the chamber where another of them has the same."""
    listed = list(members)
    often = Counter(one.full_name for one in listed)
    return [(with_chamber(one) if often[one.full_name] > 1 else one.full_name, one) for one in listed]


def sat_on(member: Member, day: date) -> bool:
    """Whether somebody had their seat on a day."""
    return member.since_on <= day and (member.until_on is None or day <= member.until_on)


NOT_SEATED: Final = _("This member had no seat on that day. Check the member and the day.")
