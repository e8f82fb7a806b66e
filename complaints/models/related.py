"""Related matter (เรื่องที่เกี่ยวข้อง): a report, a tort, an official in a criminal case, a court summons."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from complaints.models.opinion import OpinionSteps
from complaints.models.petition import Petition
from complaints.models.state import State
from office.models import Agency, Deadline, MatterQuerySet


class RelatedMatterQuerySet(MatterQuerySet):
    """Related matters in the words of the office."""

    def unclosed(self) -> RelatedMatterQuerySet:
        """As of petitions: asked of the generated column, whose index carries the list's order."""
        return self.filter(is_unclosed__in=[True])


class RelatedMatter(OpinionSteps):
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

    OWED_AFTER = {
        OpinionSteps.Decision.ORDER: Deadline.Kind.CARRY_OUT,
        OpinionSteps.Decision.NOTE: Deadline.Kind.CLOSE,
    }
    CORRECTABLE = (
        "title",
        "agency",
        "secrecy",
        "amount",
        "committee",
        "limitation_on",
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


class Hearing(models.Model):
    """One date before the court (วันนัดพิจารณา): nobody may miss it."""

    related_matter = models.ForeignKey(RelatedMatter, models.CASCADE, related_name="hearings")
    at = models.DateTimeField(_("at"))
    purpose = models.CharField(_("what for"), max_length=200)
    room = models.CharField(_("court and room"), max_length=200, blank=True)
    attends = models.CharField(_("who attends"), max_length=200, blank=True)
    deadline = models.OneToOneField(Deadline, models.PROTECT, related_name="hearing")
    outcome = models.TextField(_("what happened"), max_length=4000, blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("court hearing")
        verbose_name_plural = _("court hearings")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"hearing {self.pk} of {self.related_matter_id} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.recorded_at is None and self.cancelled_at is None


class CourtStep(models.Model):
    """What the case came to on a day: a judgment, an appeal lodged, an order of the administrative court."""

    class Kind(models.TextChoices):
        FILED = "filed", _("Case filed")
        ANSWER = "answer", _("Answer to the case lodged")
        ORDER = "order", _("Order of the court")
        JUDGMENT = "judgment", _("Judgment")
        APPEAL = "appeal", _("Appeal lodged")
        FINAL = "final", _("Case final")

    related_matter = models.ForeignKey(RelatedMatter, models.CASCADE, related_name="court_steps")
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    court_name = models.CharField(_("court"), max_length=200, blank=True)
    on = models.DateField(_("on"))
    note = models.TextField(_("what it says"), max_length=4000, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("step before the court")
        verbose_name_plural = _("steps before the court")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.related_matter_id}"
