"""Related matter (เรื่องที่เกี่ยวข้อง): a report, a tort, an official in a criminal case, a court summons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Case, Q, Subquery, Value, When
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.court import Hearing
from complaints.models.court_steps import CourtSteps
from complaints.models.petition import Petition, opinion_promise, standing
from complaints.models.state import State
from complaints.models.tally import MonthTally
from office import deadlines
from office.calendar import OFFICE_TZ, Period, fiscal_year_of
from office.models import Agency, Deadline, Event, Matter, Notice, RegisterQuerySet, Subgroup
from office.permissions import carries_it
from office.search import normalise
from office.steps import Act, Actor, open_matter, staff, step
from office.thai import format_long, format_time

if TYPE_CHECKING:
    from complaints.models.category import Category


class RelatedMatterQuerySet(RegisterQuerySet):
    """Related matters in the words of the office."""

    subgroup = Subgroup.Code.COMPLAINTS
    kinds = (Matter.Kind.RELATED,)

    def received_in(self, period: Period) -> RelatedMatterQuerySet:
        """Their kind said too, by which the parent's index `matter_kind_received` keeps the registers' months apart."""
        return self.filter(
            kind=Matter.Kind.RELATED, received_at__gte=period.starts_at, received_at__lt=period.ends_at
        )

    def with_standing(self, now: datetime) -> RelatedMatterQuerySet:
        """Each with the `standing` of its opinion, as of petitions."""
        one = opinion_promise().annotate(which=standing(now)).values("which")[:1]
        return self.annotate(standing=Subquery(one))


def owes_carrying_out(matter: RelatedMatter) -> bool:
    """Whether what was ordered is still to be carried out."""
    return matter.deadlines.unmet().filter(kind=Deadline.Kind.CARRY_OUT).exists()


class RelatedMatter(CourtSteps):
    """A matter of discipline, money or court that the petitions subgroup puts to the one in authority in time."""

    class RelatedKind(models.TextChoices):
        REPORT = "report", _("Report")
        TORT = "tort", _("Tort liability")
        CRIMINAL = "criminal", _("Official in a criminal case")
        SUMMONS = "summons", _("Court summons")

    class Court(models.TextChoices):
        """Before which kind of court a case stands."""

        CIVIL = "civil", _("Civil court")
        CRIMINAL = "criminal", _("Criminal court")
        ADMINISTRATIVE = "administrative", _("Administrative court")
        LABOUR = "labour", _("Labour court")
        OTHER = "other", _("Another court")

    class Stage(models.TextChoices):
        """How far a criminal case is."""

        INQUIRY = "inquiry", _("Police inquiry")
        PROSECUTOR = "prosecutor", _("With the prosecutor")
        FIRST = "first", _("Court of first instance")
        APPEAL = "appeal", _("Court of appeal")
        SUPREME = "supreme", _("Supreme court")
        FINAL = "final", _("Final judgment")

    class Role(models.TextChoices):
        """As what the ministry or its official is summoned."""

        DEFENDANT = "defendant", _("Defendant")
        PLAINTIFF = "plaintiff", _("Plaintiff")
        WITNESS = "witness", _("Witness")
        DOCUMENTS = "documents", _("To hand over documents")

    class Result(models.TextChoices):
        NOTED = "noted", _("Noted")
        PAID = "paid", _("Damages paid")
        NOT_LIABLE = "not_liable", _("Found not liable")
        DISCIPLINED = "disciplined", _("Disciplinary measure taken")
        ACQUITTED = "acquitted", _("Acquitted or not prosecuted")
        CONVICTED = "convicted", _("Convicted")
        ATTENDED = "attended", _("Court attended, case ended")
        SETTLED = "settled", _("Settled")
        ELSEWHERE = "elsewhere", _("Passed to the body in charge")

    RESULTS = {
        RelatedKind.REPORT: (Result.NOTED, Result.DISCIPLINED, Result.ELSEWHERE),
        RelatedKind.TORT: (Result.PAID, Result.NOT_LIABLE, Result.SETTLED, Result.ELSEWHERE),
        RelatedKind.CRIMINAL: (Result.ACQUITTED, Result.CONVICTED, Result.DISCIPLINED, Result.ELSEWHERE),
        RelatedKind.SUMMONS: (
            Result.ATTENDED,
            Result.SETTLED,
            Result.PAID,
            Result.NOT_LIABLE,
            Result.ELSEWHERE,
        ),
    }
    """With what each kind can end."""
    FACTS = {
        RelatedKind.REPORT: (),
        RelatedKind.TORT: ("amount", "committee"),
        RelatedKind.CRIMINAL: ("official_position", "stage", "court", "court_name", "case_number"),
        RelatedKind.SUMMONS: ("court", "court_name", "case_number", "role"),
    }
    """The facts that only this kind has; the limitation date has a step of its own."""
    OWED_AFTER = {
        CourtSteps.Decision.ORDER: Deadline.Kind.CARRY_OUT,
        CourtSteps.Decision.NOTE: Deadline.Kind.CLOSE,
    }
    CORRECTABLE = (
        "title",
        "received_from",
        "agency",
        "secrecy",
        "official_position",
        "amount",
        "committee",
        "court",
        "court_name",
        "case_number",
        "stage",
        "role",
    )

    is_unclosed = models.GeneratedField(
        expression=Case(When(state="closed", then=Value(False)), default=Value(True)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    related_kind = models.CharField(_("kind"), max_length=20, choices=RelatedKind)
    story = models.TextField(_("what it is about"), max_length=20000)
    received_from = models.CharField(_("received from"), max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="related_matters",
        verbose_name=_("agency concerned"),
    )
    arises_from = models.ForeignKey(
        Petition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="related_matters",
        verbose_name=_("arising from petition"),
    )
    official_position = models.CharField(_("position of the official"), max_length=200, blank=True)
    amount = models.DecimalField(
        _("damage in baht"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    committee = models.TextField(_("committee of inquiry"), max_length=2000, blank=True)
    limitation_on = models.DateField(_("limitation date"), null=True, blank=True)
    court = models.CharField(_("kind of court"), max_length=20, choices=Court, blank=True)
    court_name = models.CharField(_("court"), max_length=200, blank=True)
    case_number = models.CharField(_("case number"), max_length=60, blank=True)
    stage = models.CharField(_("stage of the case"), max_length=20, choices=Stage, blank=True)
    role = models.CharField(_("summoned as"), max_length=20, choices=Role, blank=True)
    result = models.CharField(_("result"), max_length=20, choices=Result, blank=True)

    objects = RelatedMatterQuerySet.as_manager()  # type: ignore[misc]  # the stubs take Matter's for a class variable

    class Meta:
        verbose_name = _("related matter")
        verbose_name_plural = _("related matters")
        indexes = [
            models.Index(fields=["is_unclosed", "matter"], name="related_unclosed"),
            models.Index(fields=["state", "matter"], name="related_state"),
            models.Index(fields=["related_kind", "matter"], name="related_kind"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="related_state_known"),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(result=""), name="related_closed_with_result"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def month(self) -> date:
        """The month of receipt, by which it is counted; its first day."""
        return self.received_at.astimezone(OFFICE_TZ).date().replace(day=1)

    # ── Registration ────────────────────────────────────────────────────────────────────────

    @transaction.atomic(savepoint=False)
    def receive(self, *, actor: Actor, now: datetime, hearing: Hearing | None = None) -> RelatedMatter:
        """Register this new matter: number, the promise of an opinion in time, of its limitation date if it has one,
        and of the `hearing` (not saved yet) that a summons names."""
        received = self.received_at.astimezone(OFFICE_TZ).date()
        self.kind = Matter.Kind.RELATED
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.COMPLAINTS)
        act = open_matter(
            self,
            prefix=settings.SERIES_PREFIXES["related"],
            year=fiscal_year_of(received),
            actor=actor,
            now=now,
        )
        deadlines.promise(
            self, Deadline.Kind.OPINION, start=self.received_at, calendar=act.calendar, responsible=self.owner
        )
        self.promise_limitation(act, start=self.received_at)
        if hearing:
            self.set_hearing(act, hearing, start=self.received_at)
        return self

    # ── From the order to the end ───────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.ORDERED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Record what was carried out"),
        done=_("Order carried out"),
        conditions=[owes_carrying_out],
        rank=10,
        needs_reason=True,
    )
    def carry_out(self, act: Act) -> None:
        """What was ordered is done, the reason says how; a case goes on, anything else is to be closed."""
        deadlines.keep(self, Deadline.Kind.CARRY_OUT, now=act.now)
        self.owe_what_is_left(act)

    @step(
        field="state",
        source=State.ORDERED,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Close"),
        done=_("Matter closed"),
        rank=16,
        held_by_lock=True,
    )
    def close(self, act: Act, *, result: str) -> None:
        """The matter ends with a result of its kind; not while somebody still has to be in court."""
        if result not in self.RESULTS[self.RelatedKind(self.related_kind)]:
            raise ValidationError({"result": gettext("A matter of this kind does not end so.")})
        hearing = self.open_hearings().first()
        if hearing:
            raise ValidationError(
                gettext(
                    "It cannot be closed: the hearing of %(moment)s is still open. Record it, or cancel it first."
                )
                % {"moment": moment_words(hearing.at)}
            )
        self.result, self.closed_at = result, act.now
        for kind in (Deadline.Kind.CARRY_OUT, Deadline.Kind.CLOSE):
            deadlines.keep(self, kind, now=act.now)
        deadlines.drop(self, Deadline.Kind.LIMITATION, now=act.now)

    @step(
        field="state",
        source=State.CLOSED,
        target=State.RETURNED,
        allowed=staff(carries_it),
        verb=_("Reopen"),
        done=_("Reopened"),
        rank=40,
        held_by_lock=True,
        needs_reason=True,
    )
    def reopen(self, act: Act) -> None:
        """A closed matter goes on, for a reason; a limitation date still to come counts again."""
        self.closed_at = None
        self.promise_now(act, Deadline.Kind.REVISION, self.owner)
        if self.limitation_on and self.limitation_on >= act.now.astimezone(OFFICE_TZ).date():
            self.promise_limitation(act, start=act.now)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN, act.reason)

    def _write_opinion(self, act: Act, summary: str, opinion: str, category: Category | None) -> None:
        """As of a petition, without a category: the kind says what it is about."""
        if self.owner_id is None:
            self._give_to(act, act.actor.user)
        self.summary, self.opinion = summary, opinion

    # ── What `perform` asks of every matter ─────────────────────────────────────────────────

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after, nothing personal."""
        return super().tracked() | {
            "agency": str(self.agency) if self.agency_id else "",
            "official_position": self.official_position,
            "received_from": self.received_from,
            "amount": str(self.amount) if self.amount is not None else "",
            "committee": self.committee,
            "limitation_on": self.limitation_on.isoformat() if self.limitation_on else "",
            "court": self.court,
            "court_name": self.court_name,
            "case_number": self.case_number,
            "stage": self.stage,
            "role": self.role,
            "summary": self.summary,
            "opinion": self.opinion,
            "order_text": self.order_text,
            "result": self.result,
        }

    def searchable(self) -> str:
        """The words this matter is found by; the case number among them."""
        return normalise(
            self.label,
            self.title,
            self.story,
            self.summary,
            self.received_from,
            self.official_position,
            self.agency.name if self.agency else "",
            self.court_name,
            self.case_number,
        )

    def after_step(self, act: Act, event: Event) -> None:
        """What follows every step: as of petitions, the month is counted anew before anybody reads its figures."""
        self.after_many([self])

    @classmethod
    def after_many(cls, matters: Iterable[RelatedMatter]) -> None:
        """What follows one step on many: as after one, each month once."""
        MonthTally.mark_stale(Matter.Kind.RELATED, *sorted({matter.month for matter in matters}))


def moment_words(at: datetime) -> str:
    """A moment within a sentence, in the language of the page."""
    local, language = at.astimezone(OFFICE_TZ), get_language() or settings.LANGUAGE_CODE
    return f"{format_long(local.date(), language=language)} {format_time(local, language=language)}"
