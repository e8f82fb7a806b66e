"""Register numbers: per series and fiscal year, without a gap and without a double."""

from __future__ import annotations

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from office.thai import to_thai_digits


class NumberSeries(models.Model):
    """The counter of one register in one fiscal year, such as รท ๒๕๕๓; its row is the lock."""

    prefix = models.CharField(_("prefix"), max_length=20)
    year = models.PositiveSmallIntegerField(_("fiscal year (B.E.)"))
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.prefix} {self.year}"

    @classmethod
    def hold(cls, prefix: str, year: int) -> None:
        """Lock the counter that is going to be taken from, so that a second click sees what the first one wrote."""
        counter = cls.objects.filter(prefix=prefix, year=year)
        if not counter.select_for_update().first():
            cls.objects.get_or_create(prefix=prefix, year=year)
            counter.select_for_update().get()

    @classmethod
    def take(cls, prefix: str, year: int, *, count: int = 1) -> int:
        """The next free number (the first of `count` in a row), within the caller's transaction.

        The row stays locked until that transaction ends, so a rolled-back registration gives its number back.
        """
        if not connection.in_atomic_block:
            raise RuntimeError("A number is taken in the transaction that uses it.")
        last = cls._raise(prefix, year, count)
        if last is None:
            cls.objects.get_or_create(prefix=prefix, year=year)
            last = cls._raise(prefix, year, count)
        if last is None:
            raise RuntimeError(f"There is no counter for {prefix} {year}.")
        return last - count + 1

    @classmethod
    def _raise(cls, prefix: str, year: int, count: int) -> int | None:
        """Raise the counter and return it in one statement; None when there is no such series yet."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE office_numberseries SET last = last + %s WHERE prefix = %s AND year = %s RETURNING last",
                [count, prefix, year],
            )
            rows = cursor.fetchall()
        return rows[0][0] if rows else None


def number_label(prefix: str, number: int, year: int) -> str:
    """`รท ๑๒๓/๒๕๕๓`, as it stands in the register."""
    return f"{prefix} {to_thai_digits(number)}/{to_thai_digits(year)}"
