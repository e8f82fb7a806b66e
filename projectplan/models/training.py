"""Training (การเพิ่มพูนความรู้): what each person of the group attended; each at least twice a year, says the plan."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.calendar import fiscal_year
from office.models.kept_file import KeptFile
from projectplan.models.seminar import Seminar


class TrainingQuerySet(models.QuerySet["Training"]):
    """Attendances by the year they count for."""

    def of_year(self, year_be: int, today: date) -> TrainingQuerySet:
        """What ended within a fiscal year (B.E.), and by today."""
        year = fiscal_year(year_be)
        return self.filter(to_on__gte=year.first, to_on__lte=min(year.last, today))


class Training(models.Model):
    """One attendance of one person; it counts once, for the fiscal year in which it ended."""

    class Kind(models.TextChoices):
        COURSE = "course", _("Training course")
        SEMINAR = "seminar", _("Seminar or meeting")
        STUDY_VISIT = "study_visit", _("Study visit")
        ONLINE = "online", _("Learning online")
        OTHER = "other", _("Other")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="trainings", verbose_name=_("person")
    )
    topic = models.CharField(_("topic"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.COURSE)
    organiser = models.CharField(_("organiser"), max_length=200)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)
    seminar = models.ForeignKey(
        Seminar,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="trainings",
        verbose_name=_("seminar of the project"),
    )
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        ordering = ["-to_on", "-pk"]
        indexes = [models.Index(fields=["to_on", "person"], name="training_of_a_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")), name="training_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="training_takes_time"),
            # The same attendance written down twice would count twice.
            models.UniqueConstraint(fields=["person", "topic", "from_on"], name="training_once"),
        ]

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        return reverse("projectplan:training_edit", args=[self.pk])


class TrainingFile(KeptFile):
    """What proves an attendance: a certificate, an order, a picture."""

    training = models.ForeignKey(Training, models.CASCADE, related_name="files")

    class Meta(KeptFile.Meta):
        verbose_name = _("evidence of a training")
        verbose_name_plural = _("evidence of trainings")
