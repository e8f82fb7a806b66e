"""What every register can be asked: open or closed, whose, late, received when. What is asked stands in the address."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Final

import django_filters as filters
from django.db import connection
from django.db.models import BooleanField, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.calendar import Period, fiscal_year, parse_month, quarter
from office.models import Deadline, Matter, Subgroup, User
from office.models.deadline import not_in_time
from office.select import FastSelect
from office.thai import to_arabic_digits

IN_TIME: Final = [("in_time", _("In time")), ("late", _("Late")), ("pending", _("Not due yet"))]
"""How a promise stands, as a filter offers it."""


class RegisterFilter(filters.FilterSet):
    """The questions that every register of matters answers; a child names its `subgroup` and adds its own."""

    subgroup: ClassVar[Subgroup.Code]
    kind_of_matter: ClassVar[str] = ""
    """Which kind the register holds (Matter.Kind): by it the indexes of all matters keep each register's apart."""
    last: ClassVar[tuple[str, ...]] = ("owner", "month", "fiscal_year")
    """The fields that stand at the form's end, in their order; the others stand as they are declared."""

    unclosed = filters.ChoiceFilter(
        label=_("Open or closed"),
        choices=[("1", _("Open")), ("0", _("Closed"))],
        method="by_unclosed",
        widget=FastSelect,
    )
    mine = filters.ChoiceFilter(
        label=_("Whose"),
        choices=[("1", _("Mine")), ("none", _("Nobody's yet"))],
        method="by_mine",
        widget=FastSelect,
    )
    late = filters.ChoiceFilter(
        label=_("Late"), choices=[("1", _("Something is late now"))], method="by_late", widget=FastSelect
    )
    owner = filters.ModelChoiceFilter(
        label=_("Officer in charge"), queryset=User.objects.none(), method="by_owner", widget=FastSelect
    )
    month = filters.CharFilter(label=_("Month of receipt (e.g. 2552-11)"), method="by_month")
    fiscal_year = filters.CharFilter(
        label=_("Fiscal year (2553), or one of its quarters (2553-1)"), method="by_fiscal_year"
    )

    def __init__(self, data: Any = None, *args: Any, user: User, drawn: bool = False, **kwargs: Any) -> None:
        """Only what is asked is made ready, unless the form is to be `drawn`: a list asks one or two of many."""
        self.user = user
        self.now = timezone.now()
        asked = data or {}
        declared: dict[str, Any] = self.base_filters  # type: ignore[has-type]
        names = [*(name for name in declared if name not in self.last), *self.last]
        self.base_filters = {name: declared[name] for name in names if drawn or asked.get(name)}
        super().__init__(data, *args, **kwargs)
        if "owner" in self.filters:
            self.filters["owner"].queryset = User.objects.filter(subgroup__code=self.subgroup, is_active=True)

    owned: Q | None = None
    """Whose matters are asked for, if somebody's or nobody's."""
    are_open: bool | None = None
    """Whether open or closed ones are asked for, if either."""

    def found(self, *, are_many: bool = False, by_due: bool = False) -> QuerySet[Any]:
        """The matters that pass every filter, to be listed by key; none while one of them cannot be read. `are_many`
        where a count has shown so, `by_due` where what many of them owe leads.

        Asked of one officer's, the parent table leads, in whose index the officer stands with the kind and the key;
        else a database may walk a million matters for the few of somebody new.
        """
        rows: QuerySet[Any] = self.qs if self.is_valid() else self.queryset.none()
        rows = self.narrowed(rows, are_many=are_many)
        if self.are_open is not None:
            rows = _still_open(rows) if self.are_open and by_due else self._open_or_closed(rows)
        if self.owned is None:
            return rows
        if not self.kind_of_matter:
            return rows.filter(self.owned)
        own = Matter.objects.filter(self.owned, kind=self.kind_of_matter)
        return own.filter(Exists(rows.filter(pk=OuterRef("pk"))))

    def narrowed(self, rows: QuerySet[Any], *, are_many: bool) -> QuerySet[Any]:
        """What a child asks in one way of few matters and in another of many."""
        return rows

    def by_unclosed(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        self.are_open = value == "1"
        return rows

    def _open_or_closed(self, rows: Any) -> QuerySet[Any]:
        return rows.unclosed() if self.are_open else rows.closed()

    def by_mine(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        self.owned = Q(owner=None) if value == "none" else Q(owner=self.user)
        return rows

    def by_late(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        return rows.overdue(self.now)

    def by_owner(self, rows: Any, name: str, value: User) -> QuerySet[Any]:
        self.owned = Q(owner=value)
        return rows

    def by_month(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        try:
            return self.received_in(rows, parse_month(value))
        except ValueError:
            return rows.none()

    def by_fiscal_year(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        year, _dash, number = to_arabic_digits(value).partition("-")
        try:
            period = quarter(int(year), int(number)) if number else fiscal_year(int(year))
        except ValueError:
            return rows.none()
        return self.received_in(rows, period)

    def received_in(self, rows: Any, period: Period) -> QuerySet[Any]:
        """Those received in a period; a child says it in the words of its index. Their kind said too, so that a month
        is not walked through all that the office received in it."""
        if self.kind_of_matter:
            rows = rows.filter(kind=self.kind_of_matter)
        return rows.filter(received_at__gte=period.starts_at, received_at__lt=period.ends_at)


def _still_open(rows: Any) -> QuerySet[Any]:
    """The open ones, in words that no index answers: what they owe is to lead.

    PostgreSQL does not know that what owes something is open. Told by a column it keeps count of, it takes the two
    together for rare, and rather sorts all that are open than walks along what falls due.
    """
    if hasattr(rows.model, "is_unclosed"):
        return rows.filter(Coalesce("is_unclosed", Value(False), output_field=BooleanField()))
    return rows.unclosed()


def by_standing(rows: Any, kind: str, which: str, now: datetime) -> QuerySet[Any]:
    """Those whose promise of a kind stands so (IN_TIME): the newest that was not taken back, as the reports count it.

    What was not kept in time may be rare: then its index leads, and the rest is not walked through. PostgreSQL goes
    along it, newest first, when it is joined; SQLite would sort what is joined, and looks keys up among the index's.
    """
    if which != "in_time" and connection.vendor == "postgresql":
        return _joined_by_standing(rows, kind, which, now)
    if which != "in_time":
        rows = rows.filter(pk__in=Deadline.objects.not_in_time(kind).values("matter"))
    found = rows.annotate(promise_standing=Deadline.objects.newest_standing(kind, now))
    return found.filter(promise_standing=which)


def _joined_by_standing(rows: Any, kind: str, which: str, now: datetime) -> QuerySet[Any]:
    late = Q(promised__met_at__isnull=False) | Q(promised__due_at__lt=now)
    stands_so = late if which == "late" else Q(promised__met_at=None, promised__due_at__gte=now)
    of_kind = Q(deadlines__kind=kind, deadlines__dropped_at=None)
    newer = Deadline.objects.newest_of(kind).filter(pk__gt=OuterRef("counted"))
    found = rows.annotate(
        promised=FilteredRelation("deadlines", condition=of_kind), counted=F("promised__pk")
    )
    return found.filter(not_in_time("promised__") & stands_so).filter(~Exists(newer))
