"""The office's own calendar as data: days off and extra working days, each change a new edition."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from office.calendar import WorkCalendar
from office.models.people import User


class CalendarEdition(models.Model):
    """A state of the calendar; every deadline remembers the edition it was computed with."""

    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("made by")
    )
    note = models.CharField(_("note"), max_length=300)

    class Meta:
        verbose_name = _("calendar edition")
        verbose_name_plural = _("calendar editions")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.note}"


class OfficeDay(models.Model):
    """A date that differs from its weekday: a holiday, or a day the office works although it would be off."""

    class Kind(models.TextChoices):
        OFF = "off", _("Day off")
        WORKING = "working", _("Working day")

    date = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OFF)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("office day")
        verbose_name_plural = _("office days")
        ordering = ["date"]

    def __str__(self) -> str:
        return self.name


Edition = tuple[int, datetime | None]
"""The key of an edition and when it was made; (0, None) for an office that never changed its calendar."""

edition_of_page: ContextVar[Callable[[], Edition] | None] = ContextVar("edition_of_page", default=None)
"""How a page that only reads knows the edition: once, and together with what else stands around it."""


def newest_edition() -> Edition:
    """The edition in force at this moment, asked of the database."""
    return CalendarEdition.objects.order_by("-pk").values_list("pk", "made_at").first() or (0, None)


def current_calendar() -> WorkCalendar:
    """The calendar in force, with its edition as `version`. One short query; the days are read once an edition."""
    asked = edition_of_page.get() or newest_edition
    return _calendar_of(*asked())


@lru_cache(maxsize=4)
def _calendar_of(edition: int, made_at: datetime | None) -> WorkCalendar:
    """The days as they stand; every change of a day makes an edition, so an edition's days never change."""
    days = list(OfficeDay.objects.values_list("date", "kind"))
    return WorkCalendar(
        days_off=frozenset(date for date, kind in days if kind == OfficeDay.Kind.OFF),
        days_on=frozenset(date for date, kind in days if kind == OfficeDay.Kind.WORKING),
        version=edition,
    )


def record_edition(*, note: str, made_by: User | None, now: datetime) -> CalendarEdition:
    """Write down that the calendar changed; call it in the transaction that changed a day."""
    with transaction.atomic():
        return CalendarEdition.objects.create(note=note[:300], made_by=made_by, made_at=now)
