"""Question (ขอข้อมูลเพิ่มเติม): what the office asked the petitioner because something was missing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.models.petition import Petition
from office.models import Deadline


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions in the words of the office."""

    def open(self) -> QuestionQuerySet:
        """Neither answered nor taken back: the one a petitioner may answer now."""
        return self.filter(answered_at=None, taken_back_at=None)


class Question(models.Model):
    """One thing asked of a petitioner on the follow-up page, and the answer given there with number and code."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="questions")
    asked = models.TextField(_("what is missing"), max_length=4000)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    deadline = models.OneToOneField(Deadline, models.PROTECT, related_name="question")
    answer = models.TextField(_("answer"), max_length=10000, blank=True)
    answered_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True, help_text=_("When the office went on without an answer."))

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to the petitioner")
        verbose_name_plural = _("questions to the petitioner")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True) | models.Q(taken_back_at__isnull=True),
                name="question_answered_or_taken_back",
            ),
            models.UniqueConstraint(
                fields=["petition"],
                condition=models.Q(answered_at=None, taken_back_at=None),
                name="question_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk} on {self.petition_id}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.taken_back_at is None
