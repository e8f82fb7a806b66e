"""Petition (เรื่องราวร้องทุกข์): a grievance, complaint, request or opinion; its facts and its registration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from complaints.likeness import text_key
from complaints.models.category import Category
from complaints.models.splitting import SplittingSteps
from complaints.models.state import State
from office import deadlines, seals
from office.calendar import OFFICE_TZ, fiscal_year_of
from office.models import (
    Agency,
    Deadline,
    EducationArea,
    Event,
    Matter,
    Notice,
    Province,
    RegisterQuerySet,
    Subgroup,
)
from office.models.deadline import standing
from office.notices import write_outside
from office.search import normalise
from office.steps import Act, Actor, open_matter

if TYPE_CHECKING:
    from complaints.models.petitioner import Petitioner


class PetitionQuerySet(RegisterQuerySet):
    """Petitions in the words of the office."""

    subgroup = Subgroup.Code.COMPLAINTS
    kinds = (Matter.Kind.PETITION,)

    def received_in(self, month: date) -> PetitionQuerySet:
        return self.filter(month=month)

    def with_standing(self, now: datetime) -> PetitionQuerySet:
        """Each with the `standing` of its opinion: "in_time", "late", "pending"; None when the promise was taken back.

        As a scalar subquery it is answered row by row from the index `deadline_opinion` alone: no join with the
        parent table, and no plan that walks all deadlines (for a join PostgreSQL's took 100 times as long).
        """
        one = opinion_promise().annotate(which=standing(now)).values("which")[:1]
        return self.annotate(standing=Subquery(one))


def opinion_promise() -> QuerySet[Deadline]:
    """The promise that a petition's opinion is counted by, for a subquery of a query of petitions."""
    return Deadline.objects.filter(matter=OuterRef("pk"), kind=Deadline.Kind.OPINION, dropped_at=None)


class Petition(SplittingSteps):
    """What somebody asks of the minister, carried from receipt to a result."""

    class PetitionKind(models.TextChoices):
        GRIEVANCE = "grievance", _("Grievance")
        COMPLAINT = "complaint", _("Complaint")
        HELP = "help", _("Request for help")
        OPINION = "opinion", _("Opinion or suggestion")

    class Channel(models.TextChoices):
        WEB = "web", _("Website")
        LETTER = "letter", _("Letter")
        VISIT = "visit", _("Visit")
        TELEPHONE = "telephone", _("Telephone")
        POLITICIAN = "politician", _("Politician or political organisation")
        AGENCY = "agency", _("Another agency")

    class Result(models.TextChoices):
        GRANTED = "granted", _("Done as asked")
        PARTLY = "partly", _("Done in part")
        EXPLAINED = "explained", _("Explained")
        UNFOUNDED = "unfounded", _("Found to be without ground")
        NOT_POSSIBLE = "not_possible", _("Not possible under the rules")
        ELSEWHERE = "elsewhere", _("Passed to the body in charge")
        TRANSFERRED = "transferred", _("Transferred to another ministry")
        GIVEN_BACK = "given_back", _("Given back to its sender")
        WITHDRAWN = "withdrawn", _("Withdrawn by the petitioner")
        JOINED = "joined", _("Joined to another petition")
        NOT_RECORDED = "not_recorded", _("Not written in the old register")

    class Check(models.TextChoices):
        """Whether a petition can be worked on as it came; the plan counts those of the website that can."""

        COMPLETE = "complete", _("Complete, can be checked")
        INCOMPLETE = "incomplete", _("Incomplete")
        UNVERIFIABLE = "unverifiable", _("Cannot be checked")

    OWED_AFTER = {
        SplittingSteps.Decision.ORDER: Deadline.Kind.REFERRAL,
        SplittingSteps.Decision.NOTE: Deadline.Kind.INFORM,
    }
    CORRECTABLE = (
        "title",
        "petition_kind",
        "category",
        "province",
        "education_area",
        "place",
        "agency",
        "secrecy",
    )

    is_unclosed = models.GeneratedField(
        expression=Case(When(state="closed", then=Value(False)), default=Value(True)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    petition_kind = models.CharField(_("kind"), max_length=20, choices=PetitionKind)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, verbose_name=_("category"))
    story = models.TextField(_("story"), max_length=20000)
    province = models.ForeignKey(Province, models.PROTECT, null=True, blank=True, verbose_name=_("province"))
    education_area = models.ForeignKey(
        EducationArea, models.PROTECT, null=True, blank=True, verbose_name=_("education area")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="petitions",
        verbose_name=_("agency concerned"),
    )
    agency_text = models.CharField(
        _("agency concerned, in the petitioner's words"), max_length=200, blank=True
    )
    political_source = models.CharField(_("political person or organisation"), max_length=200, blank=True)
    month = models.DateField(_("month of receipt"), editable=False)
    code_fingerprint = models.CharField(max_length=64, editable=False)
    check_result = models.CharField(_("check on arrival"), max_length=20, choices=Check, blank=True)
    text_key = models.CharField(
        max_length=16, blank=True, editable=False, help_text=_("The same for the same words.")
    )
    joined_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="joined",
        verbose_name=_("joined to"),
    )
    split_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="parts",
        verbose_name=_("split from"),
    )
    transferred_to = models.CharField(_("transferred to"), max_length=200, blank=True)
    told_text = models.TextField(_("what the petitioner was told"), max_length=10000, blank=True)
    result = models.CharField(_("result"), max_length=20, choices=Result, blank=True)

    objects = PetitionQuerySet.as_manager()  # type: ignore[misc]  # the stubs take Matter's for a class variable

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        indexes = [
            # A list is in the order of registration (the key); each filter an officer uses has its index in that order.
            models.Index(fields=["is_unclosed", "matter"], name="petition_unclosed"),
            models.Index(fields=["state", "matter"], name="petition_state"),
            models.Index(fields=["category", "matter"], name="petition_category"),
            models.Index(fields=["channel", "matter"], name="petition_channel"),
            models.Index(fields=["petition_kind", "matter"], name="petition_kind"),
            models.Index(fields=["province", "matter"], name="petition_province"),
            models.Index(fields=["agency", "matter"], name="petition_agency"),
            # The rows behind a report's number in the list's order, and the month's tally from the index alone.
            models.Index(
                fields=[
                    "month",
                    "matter",
                    "channel",
                    "petition_kind",
                    "category",
                    "province",
                    "agency",
                    "is_unclosed",
                    "education_area",
                ],
                name="petition_month",
            ),
            # Few rows have these: the other numbers of a petition, its parts, and petitions in the same words.
            models.Index(fields=["joined_to"], condition=Q(joined_to__isnull=False), name="petition_joined"),
            models.Index(fields=["split_from"], condition=Q(split_from__isnull=False), name="petition_part"),
            models.Index(fields=["text_key", "matter"], condition=~Q(text_key=""), name="petition_text_key"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="petition_state_known"),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(result=""), name="petition_closed_with_result"
            ),
        ]

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("complaints:petition", args=[self.pk])

    # ── Registration ────────────────────────────────────────────────────────────────────────

    @transaction.atomic(savepoint=False)
    def receive(
        self, *, actor: Actor, now: datetime, code: str, petitioner: Petitioner | None = None
    ) -> Petition:
        """Register this new petition: number, secret code's fingerprint, the person behind it (None: anonymous),
        and the promise of an opinion in time."""
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.COMPLAINTS)
        self.code_fingerprint = seals.code_fingerprint(code)
        self.promise_opinion(self.enter(actor=actor, now=now, petitioner=petitioner))
        if petitioner and petitioner.email:
            write_outside(
                Notice.Kind.PETITION_RECEIVED,
                once=f"petition:{self.pk}:received",
                now=now,
                matter=self,
                subject_id=self.pk,
            )
        return self

    def enter(self, *, actor: Actor, now: datetime, petitioner: Petitioner | None, reason: str = "") -> Act:
        """Give it the next number of its register, and write it down with the person behind it. Within the caller's
        transaction, for what is received and for what is split from another."""
        received = self.received_at.astimezone(OFFICE_TZ).date()
        self.kind = Matter.Kind.PETITION
        self.month = received.replace(day=1)
        if petitioner:
            petitioner.petition = self
        act = open_matter(
            self,
            prefix=settings.SERIES_PREFIXES["petition"],
            year=fiscal_year_of(received),
            actor=actor,
            now=now,
            reason=reason,
        )
        if petitioner:
            petitioner.petition = self
            petitioner.set_keys()
            # Not `save`: the trail of changes begins with the first change, registration is in the history already.
            type(petitioner).objects.bulk_create([petitioner])
        return act

    def promise_opinion(self, act: Act) -> Deadline:
        """The first promise, counted from the moment of receipt."""
        return deadlines.promise(
            self, Deadline.Kind.OPINION, start=self.received_at, calendar=act.calendar, responsible=self.owner
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whatever corrected its words, its doubles are found by those it has now."""
        self.text_key = text_key(self.title, self.story)
        super().save(*args, **kwargs)

    # ── What `perform` asks of every matter ─────────────────────────────────────────────────

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after, nothing personal."""
        return super().tracked() | {
            "petition_kind": self.petition_kind,
            "category": str(self.category) if self.category_id else "",
            "agency": str(self.agency) if self.agency_id else "",
            "province": self.province_id or "",
            "summary": self.summary,
            "opinion": self.opinion,
            "order_text": self.order_text,
            "told_text": self.told_text,
            "result": self.result,
        }

    def searchable(self) -> str:
        """The words this petition is found by, its petitioner's name among them."""
        person = getattr(self, "petitioner", None)
        return normalise(
            self.label,
            self.title,
            self.story,
            self.summary,
            self.place,
            self.agency.name if self.agency else self.agency_text,
            self.political_source,
            private=[person.name] if person else [],
        )

    def after_step(self, act: Act, event: Event) -> None:
        """What follows every step: the month is counted anew before anybody reads its figures."""
        self.after_many([self])

    @classmethod
    def after_many(cls, petitions: Iterable[Petition]) -> None:
        """What follows one step on many: as after one, each month once."""
        from complaints.models.tally import MonthTally

        MonthTally.mark_stale(Matter.Kind.PETITION, *sorted({petition.month for petition in petitions}))
