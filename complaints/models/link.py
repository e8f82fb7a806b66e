"""PetitionLink (เรื่องที่ควรดูประกอบ): that two petitions belong together though each goes its own way."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from complaints.models.petition import Petition
from office.models import User


class PetitionLink(models.Model):
    """“See also” between two petitions, once however it was made; `one` is the one registered first."""

    one = models.ForeignKey(Petition, models.CASCADE, related_name="+")
    other = models.ForeignKey(Petition, models.CASCADE, related_name="+")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("link between petitions")
        verbose_name_plural = _("links between petitions")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="petition_link_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="petition_link_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} – {self.other_id}"

    @classmethod
    def between(cls, one: Petition, other: Petition) -> models.QuerySet[PetitionLink]:
        """The link of these two, or none."""
        first, second = sorted([one.pk, other.pk])
        return cls.objects.filter(one_id=first, other_id=second)

    @classmethod
    def seen_by(cls, user: User, petition: Petition) -> list[Petition]:
        """The petitions linked with one, those this person may see, newest first."""
        links = cls.objects.filter(Q(one=petition) | Q(other=petition)).values_list("one_id", "other_id")
        keys = {key for pair in links for key in pair} - {petition.pk}
        return list(Petition.objects.visible_to(user).filter(pk__in=keys).order_by("-pk")) if keys else []
