"""Referral (ส่งเรื่อง): a petition handed to an agency with a date to answer by, and the link it answers with."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.models.petition import Petition
from office import deadlines
from office.models import Agency, Deadline, SecretLink


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals in the words of the office."""

    def open(self) -> ReferralQuerySet:
        """Neither answered, nor declined, nor taken back."""
        return self.filter(answered_at=None, declined_at=None, deadline__dropped_at=None)


class Referral(models.Model):
    """What one agency was asked about one petition. Its standing is told by its moments, not stored beside them."""

    class Standing(models.TextChoices):
        SENT = "sent", _("Sent")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        ANSWERED = "answered", _("Answered")
        DECLINED = "declined", _("Not ours")
        TAKEN_BACK = "taken_back", _("Taken back")

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="referrals")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="referrals", verbose_name=_("agency"))
    asked = models.TextField(_("what is asked"), max_length=4000)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    deadline = models.OneToOneField(Deadline, models.PROTECT, related_name="referral")
    acknowledged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(_("answer"), max_length=10000, blank=True)
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.TextField(_("why it is not theirs"), max_length=2000, blank=True)
    chased_count = models.PositiveSmallIntegerField(default=0)
    last_chased_at = models.DateTimeField(null=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True) | models.Q(declined_at__isnull=True),
                name="referral_answered_or_declined",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} → {self.agency_id}"

    @property
    def taken_back_at(self) -> datetime | None:
        """When the office went on, or ended the petition, without the answer: its date was taken back."""
        unsaid = self.answered_at is None and self.declined_at is None
        return self.deadline.dropped_at if unsaid else None

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.declined_at is None and self.taken_back_at is None

    @classmethod
    def take_back_all(cls, petition_id: int, *, now: datetime) -> None:
        """No agency need answer any more: their dates are taken back, and every link says so."""
        still_asked = list(cls.objects.open().filter(petition_id=petition_id).select_related("deadline"))
        for referral in still_asked:
            deadlines.drop_one(referral.deadline, now=now)
            AgencyLink.use_up(referral, now)

    @property
    def standing(self) -> Referral.Standing:
        if self.answered_at:
            return self.Standing.ANSWERED
        if self.declined_at:
            return self.Standing.DECLINED
        if self.taken_back_at:
            return self.Standing.TAKEN_BACK
        return self.Standing.ACKNOWLEDGED if self.acknowledged_at else self.Standing.SENT


class AgencyLink(SecretLink):
    """A key to one referral's answer page."""

    PURPOSE = "agency-link"
    SUBJECT = "referral"
    FETCHED = ("referral__petition", "referral__agency", "referral__deadline")

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="links")

    class Meta:
        verbose_name = _("agency link")
        verbose_name_plural = _("agency links")

    @classmethod
    def expires(cls, subject: Referral, now: datetime) -> datetime:
        return now + timedelta(days=settings.AGENCY_LINK_DAYS)

    def is_usable(self, now: datetime) -> bool:
        """An answer closes every link to the referral, and so does the office that goes on without it."""
        return super().is_usable(now) and self.referral.is_open
