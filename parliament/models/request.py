"""AgencyRequest (ขอข้อมูล): what an agency is asked for an answer in parliament, and the link it answers by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.models import Agency, Deadline, Matter
from office.models.secret_link import SecretLink


class AgencyRequestQuerySet(models.QuerySet["AgencyRequest"]):
    """Requests in the words of the office."""

    def open(self) -> AgencyRequestQuerySet:
        """Neither answered, nor declined, nor gone to another, nor taken back."""
        return self.filter(answered_at=None, declined_at=None, passed_over_at=None, deadline__dropped_at=None)

    def with_whom(self) -> AgencyRequestQuerySet:
        """Each with its agency and its date, as every list of them shows."""
        return self.select_related("agency", "deadline")


class AgencyRequest(models.Model):
    """One agency asked about one matter. An offer goes to several at once, and whoever accepts first has it.

    Its standing is told by its moments, not stored beside them.
    """

    class Standing(models.TextChoices):
        SENT = "sent", _("Sent")
        ACCEPTED = "accepted", _("Accepted")
        ANSWERED = "answered", _("Answered")
        DECLINED = "declined", _("Not ours")
        PASSED_OVER = "passed_over", _("Accepted by another agency")
        TAKEN_BACK = "taken_back", _("Taken back")

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="agency_requests")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    round = models.PositiveSmallIntegerField(
        default=1, help_text=_("Which time the matter's agencies were asked; offers of one round compete.")
    )
    is_offer = models.BooleanField(
        _("whoever accepts first answers"), default=False, help_text=_("Else each one asked is to answer.")
    )
    asked = models.TextField(_("what is asked"), max_length=4000)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    deadline = models.OneToOneField(Deadline, models.PROTECT, related_name="agency_request")
    accepted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(_("facts given"), max_length=20000, blank=True)
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.TextField(_("why it is not theirs"), max_length=2000, blank=True)
    passed_over_at = models.DateTimeField(null=True)
    chased_count = models.PositiveSmallIntegerField(default=0)
    last_chased_at = models.DateTimeField(null=True)

    objects = AgencyRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to an agency")
        verbose_name_plural = _("requests to agencies")
        ordering = ["pk"]
        constraints = [
            # Two that accept in the same instant: the database lets one.
            models.UniqueConstraint(
                fields=["matter", "round"],
                condition=Q(is_offer=True, accepted_at__isnull=False),
                name="request_accepted_by_one",
            ),
            models.UniqueConstraint(fields=["matter", "round", "agency"], name="request_once_a_round"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(declined_at__isnull=True),
                name="request_answered_or_declined",
            ),
            models.CheckConstraint(
                condition=Q(passed_over_at__isnull=True) | Q(accepted_at__isnull=True),
                name="request_passed_over_or_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} → {self.agency_id}"

    @property
    def taken_back_at(self) -> datetime | None:
        """When the office went on without the answer: its date was taken back."""
        unsaid = self.answered_at is None and self.declined_at is None and self.passed_over_at is None
        return self.deadline.dropped_at if unsaid else None

    @property
    def is_open(self) -> bool:
        return self.standing in (self.Standing.SENT, self.Standing.ACCEPTED)

    @property
    def standing(self) -> AgencyRequest.Standing:
        if self.answered_at:
            return self.Standing.ANSWERED
        if self.declined_at:
            return self.Standing.DECLINED
        if self.passed_over_at:
            return self.Standing.PASSED_OVER
        if self.taken_back_at:
            return self.Standing.TAKEN_BACK
        return self.Standing.ACCEPTED if self.accepted_at else self.Standing.SENT

    @property
    def is_to_be_accepted(self) -> bool:
        """An offer that nobody has accepted yet."""
        return self.is_offer and self.standing == self.Standing.SENT

    @classmethod
    def end_all(cls, requests: Iterable[AgencyRequest], *, now: datetime) -> None:
        """No answer is awaited of these any more: their dates are taken back, and every link to them says so."""
        for request in requests:
            deadlines.drop_one(request.deadline, now=now)
            RequestLink.use_up(request, now)

    @classmethod
    def take_back_all(cls, matter_id: int, *, now: datetime) -> None:
        """The matter goes on or ends without the answers that are still awaited."""
        cls.end_all(cls.objects.open().filter(matter_id=matter_id).with_whom(), now=now)


class RequestLink(SecretLink):
    """A key to one request's page, on which its agency accepts, answers or declines without an account."""

    PURPOSE = "parliament-request-link"
    SUBJECT = "request"
    FETCHED = ("request__matter", "request__agency", "request__deadline")

    request = models.ForeignKey(AgencyRequest, models.CASCADE, related_name="links")

    class Meta:
        verbose_name = _("link of an agency")
        verbose_name_plural = _("links of agencies")

    @classmethod
    def expires(cls, subject: AgencyRequest, now: datetime) -> datetime:
        return now + timedelta(days=settings.AGENCY_LINK_DAYS)

    def is_usable(self, now: datetime) -> bool:
        """An answer, another agency's acceptance, and the office that goes on without it close every link."""
        return super().is_usable(now) and self.request.is_open
