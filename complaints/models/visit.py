"""Visit (ผู้มาติดต่อ): somebody at the counter or on the telephone who was given advice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from complaints.likeness import name_key, telephone_key
from complaints.models.category import Category
from complaints.models.petition import Petition
from complaints.permissions import carries_petitions
from office.calendar import OFFICE_TZ, fiscal_year_of
from office.models import NumberSeries, Province, User
from office.models.number import number_label


def fiscal_year_at(moment: datetime) -> int:
    """The fiscal year in whose book a visit at this moment stands."""
    return fiscal_year_of(moment.astimezone(OFFICE_TZ).date())


class VisitQuerySet(models.QuerySet["Visit"]):
    """The counter's book in the words of the office."""

    def visible_to(self, user: User) -> VisitQuerySet:
        """The book is open to those who carry petitions, to nobody else."""
        return self if carries_petitions.test(user) else self.none()

    def under(self, category: Category) -> VisitQuerySet:
        """Those of a category; a main one means its subcategories too."""
        return self.filter(Q(category=category) | Q(category__parent=category))

    def between(self, first: datetime, before: datetime) -> VisitQuerySet:
        """Those who came from one moment until before another."""
        return self.filter(came_at__gte=first, came_at__lt=before)


class Visit(models.Model):
    """One entry of the counter's book: who came, about what, what they were told. Name and telephone are personal."""

    class Way(models.TextChoices):
        COUNTER = "counter", _("At the counter")
        TELEPHONE = "telephone", _("By telephone")

    series = models.CharField(max_length=20, editable=False)
    year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveIntegerField(editable=False)
    way = models.CharField(_("how they came"), max_length=20, choices=Way, default=Way.COUNTER)
    came_at = models.DateTimeField(_("came at"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("officer")
    )
    subject = models.CharField(_("about"), max_length=200, validators=[MinLengthValidator(5)])
    advice = models.TextField(_("what they were told"), max_length=4000)
    name = models.CharField(_("name"), max_length=200, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    name_key = models.CharField(max_length=200, blank=True, editable=False, db_default="")
    telephone_key = models.CharField(max_length=40, blank=True, editable=False, db_default="")
    province = models.ForeignKey(
        Province, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("province")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    petition = models.OneToOneField(
        Petition,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="visit",
        verbose_name=_("petition made of it"),
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "number"], name="visit_number_once"),
        ]
        # The book in its order; with what the reports count, from the index alone.
        indexes = [
            models.Index(fields=["came_at", "way", "category", "petition"], name="visit_came"),
            # What the office holds on a person: few give a name, found however it is written.
            models.Index(fields=["name_key"], condition=~Q(name_key=""), name="visit_name"),
            models.Index(fields=["telephone_key"], condition=~Q(telephone_key=""), name="visit_telephone"),
        ]

    def __str__(self) -> str:
        return self.label

    def set_keys(self) -> None:
        """What the person is found by, however name or number are written."""
        self.name_key, self.telephone_key = name_key(self.name), telephone_key(self.telephone)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """The number in the counter's book, such as `บป ๑๒/๒๕๕๓`."""
        return number_label(self.series, self.number, self.year)

    def get_absolute_url(self) -> str:
        return reverse("complaints:visit", args=[self.pk])

    @property
    def has_person(self) -> bool:
        """Whether they gave a name or a telephone number."""
        return bool(self.name or self.telephone)

    def register(self) -> Visit:
        """Write this new visit into the book of its fiscal year. The same entry sent twice is written once."""
        self.series, self.year = settings.SERIES_PREFIXES["visit"], fiscal_year_at(self.came_at)
        try:
            with transaction.atomic():
                # Taking the number locks its series, so that a second click sees what the first one wrote.
                self.number = NumberSeries.take(self.series, self.year)
                if twin := self._twin():
                    raise _WrittenAlready(twin)
                self.save()
        except _WrittenAlready as found:
            return found.twin
        return self

    def _twin(self) -> Visit | None:
        """The entry that says the same of the same minute."""
        same = ("came_at", "received_by", "subject", "advice", "name", "telephone")
        return Visit.objects.filter(**{name: getattr(self, name) for name in same}).first()


class _WrittenAlready(Exception):
    """Gives the number back: rolls back what it was taken in."""

    def __init__(self, twin: Visit) -> None:
        super().__init__(twin.label)
        self.twin = twin
