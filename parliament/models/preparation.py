"""What must have happened before an agenda item is reached: people told of it, papers and persons ready."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from office.models import Agency, Document, Notice
from office.models.secret_link import SecretLink
from parliament.models.agenda import AgendaItem

LINK_LASTS_AFTER = timedelta(days=1)
"""How long after its beginning a meeting's notice may still be acknowledged."""


class TellingQuerySet(models.QuerySet["Telling"]):
    """Tellings in the words of the office."""

    def with_letters(self) -> TellingQuerySet:
        """With the letter by which each was told: when it left (`left_at`); of one that still waits, how often it
        could not be sent (`tries`)."""
        own = Notice.objects.filter(
            kind=Notice.Kind.MEETING_TOLD,
            matter_id=OuterRef("item__meeting_id"),
            subject_id=OuterRef("pk"),
            made_at=OuterRef("told_at"),
        )
        tries = own.filter(sent_at=None).values_list(Coalesce("digest__failures", "failures"))
        return self.annotate(left_at=Subquery(own.values("sent_at")[:1]), tries=Subquery(tries[:1]))

    def told_by_late_letter(self) -> list[Any]:
        """Those marked as told by a letter that had not left when the meeting was to begin."""
        late = Q(tries__isnull=False) | Q(left_at__gte=F("item__meeting__begins_at"))
        rows = self.with_letters().filter(late, way=Telling.Way.EMAIL)
        return list(rows.select_related("item", "agency", "person"))


class Telling(models.Model):
    """Somebody to be told of an agenda item: an agency, a colleague, or a person by name."""

    class Way(models.TextChoices):
        EMAIL = "email", _("E-mail from the system")
        LETTER = "letter", _("Letter")
        TELEPHONE = "telephone", _("Telephone")
        IN_PERSON = "in_person", _("In person")

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="tellings")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("colleague"),
    )
    name = models.CharField(_("name, if neither"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    message = models.TextField(_("what they are told"), max_length=4000, blank=True)
    due_at = models.DateTimeField(_("to be told by"))
    told_at = models.DateTimeField(_("told at"), null=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    way = models.CharField(_("how"), max_length=20, choices=Way, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True)

    objects = TellingQuerySet.as_manager()

    class Meta:
        verbose_name = _("telling")
        verbose_name_plural = _("tellings")
        ordering = ["item", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, person__isnull=True, name="")
                | Q(agency__isnull=True, person__isnull=False, name="")
                | (Q(agency__isnull=True, person__isnull=True) & ~Q(name="")),
                name="telling_of_one",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | ~Q(way=""), name="telling_told_somehow"
            ),
            models.UniqueConstraint(fields=["item", "agency"], name="telling_agency_once"),
            models.UniqueConstraint(fields=["item", "person"], name="telling_person_once"),
        ]

    def __str__(self) -> str:
        return self.whom

    @property
    def whom(self) -> str:
        """Who is told, as a list shows it."""
        return self.name or str(self.agency or self.person)

    @property
    def addressee(self) -> str:
        """Who is told, as a letter has it."""
        return self.agency.name if self.agency else self.whom

    @property
    def address(self) -> str:
        """Where an e-mail goes; empty when nobody knows one."""
        if self.agency:
            return self.email or self.agency.email
        return self.email or (self.person.email if self.person else "")

    def take_back(self) -> None:
        """They are still to be told, or told anew: nothing of how they were told stays."""
        self.told_at, self.told_by, self.way, self.acknowledged_at = None, None, "", None
        self.save(update_fields=["told_at", "told_by", "way", "acknowledged_at"])

    @property
    def is_told_by_mail(self) -> bool:
        """A letter of the system told them, and another can."""
        return self.way == self.Way.EMAIL and bool(self.address)

    def of_the_same_letter(self) -> list[Telling]:
        """What one e-mail tells to one address, this telling among it, in the order of the agenda."""
        if self.way != self.Way.EMAIL or self.told_at is None:
            return [self]
        rows = Telling.objects.filter(item__meeting=self.item.meeting_id, way=self.way, told_at=self.told_at)
        in_order = rows.select_related("item", "agency", "person").order_by("item__position", "pk")
        return [one for one in in_order if one.address.casefold() == self.address.casefold()]


class Need(models.Model):
    """A paper or a person to be ready for an agenda item: what, from whom, by when, ready at."""

    class Kind(models.TextChoices):
        PAPER = "paper", _("Paper")
        PERSON = "person", _("Person")

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="needs")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    what = models.CharField(_("what or who"), max_length=300)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from agency")
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seen to by"),
    )
    due_at = models.DateTimeField(_("to be ready by"))
    ready_at = models.DateTimeField(_("ready at"), null=True)
    ready_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["item", "pk"]

    def __str__(self) -> str:
        return self.what


class TellingLink(SecretLink):
    """A key to the page on which somebody who was told says that they know."""

    PURPOSE = "telling-link"
    SUBJECT = "telling"
    FETCHED = ("telling__item__meeting", "telling__agency", "telling__person")

    telling = models.ForeignKey(Telling, models.CASCADE, related_name="links")

    class Meta:
        verbose_name = _("link of a telling")
        verbose_name_plural = _("links of tellings")

    @classmethod
    def expires(cls, subject: Telling, now: datetime) -> datetime:
        """The day after the meeting begins, however often it was put off."""
        return max(subject.item.meeting.begins_at, now) + LINK_LASTS_AFTER
