"""Outgoing letters (หนังสือออก): what the office writes about a matter, from a template, numbered, kept as it left."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.models.agency import Agency
from office.models.document import Document
from office.models.matter import Matter
from office.models.number import NumberSeries
from office.models.people import User
from office.thai import be_year, to_thai_digits


class LetterKind(models.TextChoices):
    """What a letter is for; it decides whom it goes to."""

    MEMO = "memo", _("Memo to the one in authority")
    AGENCY = "agency", _("Letter to an agency")
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement to the petitioner")
    PROGRESS = "progress", _("Progress to the petitioner")
    RESULT = "result", _("Result to the petitioner")


TO_THE_PETITIONER: Final = frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.PROGRESS, LetterKind.RESULT})
WORDS: Final = ("to_whom", "subject", "refers_to", "enclosures", "body")
"""The fields of a letter that hold words of its writer, in which merge fields may stand."""


class LetterIssued(TypeError):
    """A letter that has its number is never changed; what is wrong in it is put right by another letter."""


class LetterTemplate(models.Model):
    """The office's words for one kind of letter. Fields stand in double braces and come from a fixed list."""

    matter_kind = models.CharField(_("kind of matter"), max_length=20, choices=Matter.Kind)
    kind = models.CharField(_("kind of letter"), max_length=20, choices=LetterKind)
    name = models.CharField(_("name"), max_length=120)
    to_whom = models.CharField(_("addressed to"), max_length=200)
    subject = models.CharField(_("subject"), max_length=300)
    is_active = models.BooleanField(_("in use"), default=True)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")
        ordering = ["matter_kind", "rank", "pk"]
        constraints = [models.UniqueConstraint(fields=["matter_kind", "name"], name="letter_template_once")]

    def __str__(self) -> str:
        return self.name


class LetterParagraph(models.Model):
    """One paragraph of a template; an optional one is chosen for each letter."""

    template = models.ForeignKey(LetterTemplate, models.CASCADE, related_name="paragraphs")
    rank = models.PositiveSmallIntegerField(_("order"), default=0)
    label = models.CharField(_("what it is for"), max_length=120, blank=True)
    text = models.TextField(_("text"), max_length=4000)
    is_optional = models.BooleanField(_("optional"), default=False)
    is_chosen = models.BooleanField(_("chosen at first"), default=True)

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        ordering = ["rank", "pk"]

    def __str__(self) -> str:
        return self.label or self.text[:40]


class OutgoingLetter(models.Model):
    """One letter about one matter: a draft until it is numbered, then never changed; its PDF lies with the matter.

    The addressee's name and address are filled in when it is printed, so no personal data stands in the draft.
    """

    Kind = LetterKind

    class Speed(models.TextChoices):
        """The grades of urgency (ชั้นความเร็ว) of the regulation on correspondence."""

        URGENT = "urgent", _("Urgent")
        VERY_URGENT = "very_urgent", _("Very urgent")
        MOST_URGENT = "most_urgent", _("Extremely urgent")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="letters")
    template = models.ForeignKey(LetterTemplate, models.PROTECT, null=True, related_name="letters")
    kind = models.CharField(_("kind of letter"), max_length=20, choices=LetterKind)
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("to the agency"),
    )
    to_whom = models.CharField(_("addressed to"), max_length=200)
    subject = models.CharField(_("subject"), max_length=300)
    refers_to = models.CharField(_("refers to"), max_length=300, blank=True)
    enclosures = models.TextField(_("enclosures"), max_length=1000, blank=True)
    speed = models.CharField(_("urgency"), max_length=20, choices=Speed, blank=True)
    body = models.TextField(_("text"), max_length=20000)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed by"),
    )
    batch = models.UUIDField(null=True, help_text=_("What was made in one go carries the same mark."))
    version = models.PositiveIntegerField(default=1)
    series = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="letter")
    sent_at = models.DateTimeField(null=True, help_text=_("When it first left the office."))

    class Meta:
        verbose_name = _("outgoing letter")
        verbose_name_plural = _("outgoing letters")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "number"],
                condition=Q(number__isnull=False),
                name="outgoing_letter_number_once",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, number__isnull=True)
                | Q(issued_at__isnull=False, number__isnull=False, year__isnull=False),
                name="outgoing_letter_issued_with_number",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(issued_at__isnull=False),
                name="outgoing_letter_sent_after_issue",
            ),
            # A second click on the same batch makes no second letter.
            models.UniqueConstraint(
                fields=["batch", "matter"],
                condition=Q(batch__isnull=False),
                name="outgoing_letter_batch_once",
            ),
        ]
        indexes = [
            # The mail day: what is numbered and has not left.
            models.Index(
                fields=["issued_at"],
                condition=Q(issued_at__isnull=False, sent_at=None),
                name="outgoing_letter_to_send",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and type(self).objects.filter(pk=self.pk, issued_at__isnull=False).exists():
            raise LetterIssued("An issued letter is never changed (the database refuses it too).")
        super().save(*args, **kwargs)

    @property
    def is_issued(self) -> bool:
        return self.issued_at is not None

    @property
    def is_to_the_petitioner(self) -> bool:
        return self.kind in TO_THE_PETITIONER

    @property
    def label(self) -> str:
        """The number it left under, as it stands on the paper: `ศธ ๐๑๐๐.๕/๑๒๓`; empty for a draft."""
        return f"{self.series}/{to_thai_digits(self.number)}" if self.number else ""

    def number_it(self, *, by: User, now: datetime) -> None:
        """Give it the next number of the outgoing series, within the caller's transaction; from then on it stands.

        The register of outgoing letters runs through the calendar year (the regulation on correspondence, on the
        register of letters sent), not through the fiscal year as the registers of matters do.
        """
        self.series = settings.SERIES_PREFIXES["letter"]
        self.year = be_year(now.astimezone(OFFICE_TZ).date())
        self.number = NumberSeries.take(self.series, self.year)
        self.issued_at, self.issued_by = now, by
        self.version += 1
        self.save()


class LetterDelivery(models.Model):
    """That a letter left: by which way, when, who saw to it, and what proves it."""

    class Way(models.TextChoices):
        EMAIL = "email", _("By e-mail")
        POST = "post", _("By post")
        HAND = "hand", _("By hand")

    letter = models.ForeignKey(OutgoingLetter, models.PROTECT, related_name="deliveries")
    way = models.CharField(_("way"), max_length=10, choices=Way)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proof = models.CharField(_("registered-post number or receiver"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("delivery of a letter")
        verbose_name_plural = _("deliveries of letters")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.way} {self.letter_id}"
