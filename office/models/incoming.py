"""Documents in (หนังสือรับ): what reached the office, numbered as it came, and what was done with each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.models.kept_file import KeptFile
from office.models.letter import OutgoingLetter
from office.models.matter import Matter, Secrecy
from office.models.number import number_label
from office.models.people import Role, Subgroup, User


class IncomingDocumentQuerySet(models.QuerySet):
    """Documents in, in the words of the office."""

    def visible_to(self, user: User) -> IncomingDocumentQuerySet:
        """As matters are: executives all, a head the subgroup's, an officer the subgroup's ordinary ones. Besides, who
        received one or to whom it was passed."""
        if user.has_role(Role.EXECUTIVE):
            return self
        is_head, is_officer = user.has_role(Role.HEAD), user.has_role(Role.OFFICER)
        if not (is_head or is_officer):
            return self.none()
        own = Q(received_by=user) | Q(passed_to=user)
        if user.subgroup_id is None:
            return self.filter(own)
        of_subgroup = Q(subgroup=user.subgroup_id)
        return self.filter(own | (of_subgroup if is_head else of_subgroup & Q(secrecy=Secrecy.ORDINARY)))


class IncomingDocument(models.Model):
    """One document as the register of documents in has it. Its number runs through the calendar year without a gap, so
    one that was entered by mistake is struck out and keeps its line."""

    series = models.CharField(max_length=20, editable=False)
    year = models.PositiveSmallIntegerField(_("year (B.E.)"), editable=False)
    number = models.PositiveIntegerField(_("receipt number"), editable=False)
    received_at = models.DateTimeField(_("received at"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("received by")
    )
    their_number = models.CharField(_("its own number"), max_length=80, blank=True)
    dated_on = models.DateField(_("its date"), null=True, blank=True)
    sender = models.CharField(pgettext_lazy("of a document", "from"), max_length=200)
    addressee = models.CharField(pgettext_lazy("of a document", "to"), max_length=200)
    subject = models.CharField(pgettext_lazy("of a document", "subject"), max_length=300)
    speed = models.CharField(_("urgency"), max_length=20, choices=OutgoingLetter.Speed, blank=True)
    secrecy = models.PositiveSmallIntegerField(_("secrecy"), choices=Secrecy, default=Secrecy.ORDINARY)
    subgroup = models.ForeignKey(
        Subgroup, models.PROTECT, db_index=False, related_name="+", verbose_name=_("passed to the subgroup")
    )
    passed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("passed to"),
    )
    practice = models.CharField(_("what was done"), max_length=300, blank=True)
    note = models.CharField(pgettext_lazy("of a document", "remark"), max_length=300, blank=True)
    matter = models.ForeignKey(
        Matter, models.SET_NULL, null=True, blank=True, related_name="documents_in", verbose_name=_("matter")
    )
    voided_at = models.DateTimeField(null=True, editable=False)
    ticket = models.UUIDField(unique=True, editable=False, help_text=_("One form, one line of the register."))
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = IncomingDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document in")
        verbose_name_plural = _("documents in")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "number"], name="incoming_document_number_once"
            ),
        ]
        indexes = [
            # One subgroup's register, newest first: numbers are given in the order of the keys.
            models.Index(fields=["subgroup", "id"], name="incoming_document_subgroup"),
            # The register of a day or of a month.
            models.Index(fields=["received_at"], name="incoming_document_received"),
            # Looked for by the number its sender gave it.
            models.Index(fields=["their_number"], name="incoming_document_theirs"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The receipt number as the stamp has it: `รับ ๑๒๓/๒๕๕๓`."""
        return number_label(self.series, self.number, self.year)

    def get_absolute_url(self) -> str:
        return reverse("office:document_in", args=[self.pk])


class IncomingFile(KeptFile):
    """The document itself, as it was scanned."""

    incoming = models.ForeignKey(IncomingDocument, models.CASCADE, related_name="files")

    class Meta(KeptFile.Meta):
        verbose_name = _("file of a document in")
        verbose_name_plural = _("files of documents in")


class IncomingEntry(models.Model):
    """One line of what was done with a document in (การปฏิบัติ). Only ever added to."""

    class Kind(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("of a document", "Received")
        PASSED = "passed", _("Passed on")
        DONE = "done", pgettext_lazy("of a document", "Done")
        LINKED = "linked", _("Goes on as a matter")
        CORRECTED = "corrected", _("Put right")
        VOIDED = "voided", _("Struck out")

    incoming = models.ForeignKey(IncomingDocument, models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("line of practice")
        verbose_name_plural = _("lines of practice")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.incoming_id} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise TypeError("A line of practice is never changed (the database refuses it too).")
        super().save(*args, **kwargs)
