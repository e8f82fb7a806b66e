"""What matters have in common whose months are kept as tallies: a step has the figures of its months counted anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, ClassVar, Self

from office.calendar import OFFICE_TZ
from office.carrying import CarriedMatter
from office.models import Event, Matter
from office.models.tally import AbstractMonthTally
from office.steps import Act


def months_of_moments(moments: Iterable[datetime]) -> set[date]:
    """The first days of the months that some moments are in, as Bangkok counts them."""
    return {at.astimezone(OFFICE_TZ).date().replace(day=1) for at in moments}


class TalliedMatter(CarriedMatter):
    """A matter whose every step has the figures of its months counted anew before anybody reads them.

    The rooms say in which table of theirs the months stand.
    """

    TALLIES: ClassVar[type[AbstractMonthTally]]

    _was_counted_at: datetime | None = None

    class Meta:
        abstract = True

    @property
    def counted_at(self) -> datetime:
        """The moment by whose month it is counted: that of its receipt, unless a kind says otherwise."""
        return self.received_at

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any
    ) -> Self:
        """As read, it knows by which moment it was counted: a meeting put off leaves one month for another."""
        matter = super().from_db(db, field_names, values, **kwargs)
        if not matter.get_deferred_fields():
            matter._was_counted_at = matter.counted_at
        return matter

    def counted_months(self) -> set[date]:
        """The first days of the months whose figures a step on it changes."""
        return months_of_moments({self.counted_at, self._was_counted_at or self.counted_at})

    def after_step(self, act: Act, event: Event) -> None:
        """What follows every step: its months are counted anew before anybody reads their figures."""
        self.after_many([self])

    @classmethod
    def after_many(cls, matters: Iterable[TalliedMatter]) -> None:
        """What follows one step on many: as after one, each month once."""
        gathered = list(matters)
        if gathered:
            months = sorted(set().union(*(matter.counted_months() for matter in gathered)))
            cls.TALLIES.mark_stale(Matter.Kind(gathered[0].kind), *months)
