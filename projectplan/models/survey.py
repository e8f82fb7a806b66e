"""Surveys (แบบสำรวจความพึงพอใจ): five-level questions to those invited, each by an own link, one answer each.

What somebody answered is not kept with who answered: an invitation knows only that its link was used, a sheet knows
neither name, link nor moment, and its key is random, so that no order tells. Therefore an answer once sent is final.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.models.secret_link import SecretLink
from projectplan.models.seminar import Participant, Seminar

COMMENT_LETTERS = 2000


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Surveys by kind, year and standing at a moment."""

    def with_counts(self) -> SurveyQuerySet:
        """Each with how many are asked (`asked`) and how many sheets came (`answered`)."""
        asked = Invitee.objects.filter(survey=models.OuterRef("pk")).order_by().values("survey")
        sheets = AnswerSheet.objects.filter(survey=models.OuterRef("pk")).order_by().values("survey")
        return self.annotate(
            asked=Coalesce(models.Subquery(asked.annotate(n=models.Count("pk")).values("n")), 0),
            answered=Coalesce(models.Subquery(sheets.annotate(n=models.Count("pk")).values("n")), 0),
        )

    def closed(self, now: datetime) -> SurveyQuerySet:
        return self.filter(opened_at__isnull=False, closes_at__lte=now)

    def open(self, now: datetime) -> SurveyQuerySet:
        return self.filter(opened_at__lte=now, closes_at__gt=now)

    def with_standing(self, now: datetime) -> SurveyQuerySet:
        """Those that are closed or open, each with which of both as `standing`."""
        rows = self.filter(opened_at__lte=now)
        return rows.annotate(
            standing=Case(When(closes_at__lte=now, then=Value("closed")), default=Value("open"))
        )


class Survey(models.Model):
    """One survey; its questions stand fast once it is open, and it counts when it is closed."""

    class Kind(models.TextChoices):
        SEMINAR = "seminar", _("Satisfaction with a seminar")
        PUBLIC_RELATIONS = "public_relations", _("Executives' satisfaction with public relations")

    class Standing(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("Open for answers")
        CLOSED = "closed", _("No longer open")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    seminar = models.ForeignKey(
        Seminar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="surveys",
        verbose_name=_("seminar"),
    )
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year (B.E.)"))
    title = models.CharField(_("title"), max_length=300)
    introduction = models.TextField(_("introduction"), max_length=2000, blank=True)
    threshold = models.DecimalField(
        _("at least, of five"), max_digits=3, decimal_places=2, default=Decimal("3.00")
    )
    opened_at = models.DateTimeField(_("opened at"), null=True)
    closes_at = models.DateTimeField(_("closes at"))
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-closes_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="seminar", seminar__isnull=False)
                | Q(kind="public_relations", seminar__isnull=True),
                name="survey_of_a_seminar_has_one",
            ),
            models.CheckConstraint(condition=Q(threshold__range=(1, 5)), name="survey_threshold_of_five"),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(closes_at__gte=F("opened_at")),
                name="survey_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projectplan:survey", args=[self.pk])

    def standing(self, now: datetime) -> Standing:
        if self.opened_at is None or now < self.opened_at:
            return self.Standing.DRAFT
        return self.Standing.OPEN if now < self.closes_at else self.Standing.CLOSED

    def is_open(self, now: datetime) -> bool:
        return self.standing(now) == self.Standing.OPEN


class Question(models.Model):
    """One question, answered from 1 (least) to 5 (most)."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("question"), max_length=300)

    class Meta:
        verbose_name = _("question of a survey")
        verbose_name_plural = _("questions of surveys")
        ordering = ["survey", "number"]
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="question_number_once")]

    def __str__(self) -> str:
        return self.text


class Invitee(models.Model):
    """Somebody who is asked. `has_answered` is all that is known of the answer; `group` is what the results may be
    divided by."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitees")
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="invitees"
    )
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail"), blank=True)
    group = models.CharField(_("group"), max_length=120, blank=True)
    mail_at = models.DateTimeField(_("letter written at"), null=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True)
    has_answered = models.BooleanField(_("has answered"), default=False)

    class Meta:
        verbose_name = _("one who is asked")
        verbose_name_plural = _("those who are asked")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "email"], condition=~Q(email=""), name="invitee_address_once"
            ),
            models.UniqueConstraint(
                fields=["survey", "participant"],
                condition=Q(participant__isnull=False),
                name="invitee_participant_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SurveyLink(SecretLink):
    """A key to the page on which somebody who is asked answers."""

    PURPOSE = "survey-link"
    SUBJECT = "invitee"
    FETCHED = ("invitee__survey",)

    invitee = models.ForeignKey(Invitee, models.CASCADE, related_name="links")

    class Meta:
        verbose_name = _("link of a survey")
        verbose_name_plural = _("links of surveys")

    @classmethod
    def expires(cls, subject: Invitee, now: datetime) -> datetime:
        """When the survey closes, as it stands when the link is made; the survey itself decides."""
        return subject.survey.closes_at


class AnswerSheet(models.Model):
    """One filled-in form, of nobody in particular: by link, or on paper and typed in by an officer."""

    class Comment(models.TextChoices):
        WAITING = "waiting", _("Not read yet")
        SHOWN = "shown", _("Shown")
        HIDDEN = "hidden", _("Kept back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="sheets")
    group = models.CharField(_("group"), max_length=120, blank=True)
    comment = models.TextField(_("comment"), max_length=COMMENT_LETTERS, blank=True)
    comment_state = models.CharField(max_length=10, choices=Comment, default=Comment.WAITING)
    is_paper = models.BooleanField(_("on paper"), default=False)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_paper=False, typed_by__isnull=True) | Q(is_paper=True, typed_by__isnull=False),
                name="paper_answer_typed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"answer to {self.survey_id}"


class Score(models.Model):
    """What one sheet says to one question; a question left open on paper has none."""

    class Level(models.IntegerChoices):
        LEAST = 1, _("Least satisfied")
        LITTLE = 2, _("Little satisfied")
        MODERATE = 3, _("Moderately satisfied")
        MUCH = 4, _("Very satisfied")
        MOST = 5, _("Most satisfied")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(AnswerSheet, models.CASCADE, related_name="scores")
    question = models.ForeignKey(Question, models.PROTECT, related_name="scores")
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)

    class Meta:
        verbose_name = _("level given")
        verbose_name_plural = _("levels given")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "question"], name="score_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="score_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.level}"
