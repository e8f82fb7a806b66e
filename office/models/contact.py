"""Contacts: the people of the network (ผู้ประสานงาน), the link by which they confirm their own entry once a year, and
what they ask to have corrected by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ, fiscal_year, fiscal_year_of
from office.models.agency import Agency
from office.models.people import without_title
from office.models.secret_link import SecretLink
from office.thai import sort_key

CONFIRMED_FOR: Final = timedelta(days=365)
"""How long an entry that was confirmed is taken for right."""


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts in the words of the office."""

    def on(self, day: date) -> ContactQuerySet:
        """Those who have their post on a day."""
        begun = Q(since_on__isnull=True) | Q(since_on__lte=day)
        return self.filter(begun, Q(until_on__isnull=True) | Q(until_on__gte=day), merged_into__isnull=True)

    def unconfirmed(self, now: datetime) -> ContactQuerySet:
        """Those whose entry nobody has confirmed for a year."""
        return self.filter(Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=now - CONFIRMED_FOR))

    def to_be_asked(self, now: datetime) -> ContactQuerySet:
        """Those in their post at agencies in use whose entry was not confirmed in this fiscal year."""
        today = now.astimezone(OFFICE_TZ).date()
        begins = fiscal_year(fiscal_year_of(today)).starts_at
        still_open = Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=begins)
        return self.on(today).filter(still_open, agency__is_active=True)


class Contact(models.Model):
    """Somebody at an agency whom the office turns to, for what, and how; whoever has left gets a last day and stays.

    Telephone and address are those of an office, given for the directory: reading them is not logged.
    """

    class Role(models.TextChoices):
        """What one is asked about; the first three are the concern of one subgroup each."""

        PARLIAMENT = "parliament", _("Coordination with parliament")
        PRESS = "press", _("Coordination of public relations")
        PETITIONS = "petitions", _("Coordination of petitions")
        LEADER = "leader", _("Head of the agency")
        GENERAL = "general", _("General coordination")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="contacts", verbose_name=_("agency"))
    name = models.CharField(_("name and surname"), max_length=160)
    sort_name = models.CharField(max_length=340, editable=False)
    position = models.CharField(_("position"), max_length=160, blank=True)
    role = models.CharField(_("asked about"), max_length=20, choices=Role, default=Role.GENERAL)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    mobile = models.CharField(_("mobile telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    since_on = models.DateField(_("in this post since"), null=True, blank=True)
    until_on = models.DateField(_("in this post until"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        help_text=_("Empty where they confirmed it themselves, by their link."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="doubles",
        verbose_name=_("merged into"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name", "role"],
                condition=Q(until_on__isnull=True, merged_into__isnull=True),
                name="contact_once_in_a_role",
                violation_error_message=_("This person stands here with this task already."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True)
                | Q(since_on__isnull=True)
                | Q(until_on__gte=F("since_on")),
                name="contact_since_until",
                violation_error_message=_("The last day is before the first."),
            ),
        ]
        indexes = [
            # The people of an agency in their order; and those of one task, for the filter of the list.
            models.Index(fields=["agency", "sort_name", "id"], name="contact_of_agency"),
            models.Index(fields=["role", "agency"], name="contact_by_role"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(without_title(self.name))[:340]
        if not self._state.adding:
            self.version += 1
        fields: Iterable[str] | None = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "sort_name", "version"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"{self.agency.get_absolute_url()}#contact-{self.pk}"

    def is_in_post(self, day: date) -> bool:
        """Whether this person has the post on a day."""
        return self.merged_into_id is None and (self.until_on is None or self.until_on >= day)

    def is_unconfirmed(self, now: datetime) -> bool:
        """Nobody has confirmed the entry for a year."""
        return self.confirmed_at is None or self.confirmed_at < now - CONFIRMED_FOR


class ContactLink(SecretLink):
    """A key to the page on which a contact confirms or corrects their own entry: one a fiscal year, used once."""

    PURPOSE = "contact-confirmation-link"
    SUBJECT = "contact"
    FETCHED = ("contact__agency",)

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="links")

    class Meta:
        verbose_name = _("link of a contact")
        verbose_name_plural = _("links of contacts")

    @classmethod
    def expires(cls, subject: Contact, now: datetime) -> datetime:
        """So many days after it is sent as the office has set."""
        return now + timedelta(days=settings.CONTACT_LINK_DAYS)


class ContactCorrection(models.Model):
    """What a contact wrote on their page: how the entry should read, or that they have left. Nothing of it is taken
    over before an officer has accepted it: a letter may have been passed on."""

    FIELDS: Final = ("name", "position", "telephone", "mobile", "email")
    """What can be corrected; what somebody is asked about is the office's to say."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="corrections")
    name = models.CharField(_("name and surname"), max_length=160)
    position = models.CharField(_("position"), max_length=160, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    mobile = models.CharField(_("mobile telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    has_left = models.BooleanField(_("has left the post"), default=False)
    note = models.CharField(_("what they add"), max_length=500, blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_accepted = models.BooleanField(_("accepted"), null=True)

    class Meta:
        verbose_name = _("correction by a contact")
        verbose_name_plural = _("corrections by contacts")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, is_accepted__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_accepted__isnull=False),
                name="contact_correction_decided",
            ),
        ]
        indexes = [
            # Those that wait for an officer.
            models.Index(
                fields=["id"], condition=Q(decided_at__isnull=True), name="contact_correction_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.sent_at:%Y-%m-%d}"

    def changes(self) -> list[tuple[str, str, str]]:
        """Field, what stands now, what is proposed; only what differs."""
        now = [(name, getattr(self.contact, name), getattr(self, name)) for name in self.FIELDS]
        return [(name, old, new) for name, old, new in now if old != new]
