"""Satisfaction (ความพึงพอใจ): three answers of a petitioner who was told the result."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.models.petition import Petition
from complaints.models.state import State


class Satisfaction(models.Model):
    """What one petitioner thought of the service, 1 (least) to 5; given once, on the follow-up page."""

    class Score(models.IntegerChoices):
        VERY_POOR = 1, _("Very poor")
        POOR = 2, _("Poor")
        FAIR = 3, _("Fair")
        GOOD = 4, _("Good")
        VERY_GOOD = 5, _("Very good")

    petition = models.OneToOneField(
        Petition, models.CASCADE, primary_key=True, related_name="satisfaction", verbose_name=_("petition")
    )
    speed = models.PositiveSmallIntegerField(_("How quickly the matter was handled"), choices=Score)
    clarity = models.PositiveSmallIntegerField(_("How clearly you were told"), choices=Score)
    help = models.PositiveSmallIntegerField(_("How much it helped"), choices=Score)
    remark = models.TextField(_("anything else"), max_length=2000, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("satisfaction")
        verbose_name_plural = _("satisfaction")
        # What the reports average, from the index alone.
        indexes = [
            models.Index(fields=["given_at", "speed", "clarity", "help"], name="satisfaction_given"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(speed__range=(1, 5), clarity__range=(1, 5), help__range=(1, 5)),
                name="satisfaction_one_to_five",
            ),
        ]

    @staticmethod
    def may_be_given(petition: Petition) -> bool:
        """Whether the petitioner was told the result: only then can they say how it was.

        Of a joined petition that is told with the one under which it is handled.
        """
        carrier = petition.carried_by()
        return carrier.state in (State.INFORMED, State.CLOSED) and bool(carrier.told_text)

    def __str__(self) -> str:
        return f"satisfaction with {self.petition_id}"
