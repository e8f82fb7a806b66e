"""The bodies the office works with, how they belong together, and the places its matters come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.thai import name_key


class Province(models.Model):
    """One of the 77 provinces (จังหวัด, Bangkok among them), by its two-digit official code."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=60)

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class EducationArea(models.Model):
    """An education service area (สพท.): 185 of them in fiscal year 2553, each within one province."""

    province = models.ForeignKey(Province, models.PROTECT, related_name="areas", verbose_name=_("province"))
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("education area")
        verbose_name_plural = _("education areas")
        ordering = ["province", "number"]
        constraints = [models.UniqueConstraint(fields=["province", "number"], name="education_area_once")]

    def __str__(self) -> str:
        return self.name


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Agencies in the words of the office."""

    def in_use(self) -> AgencyQuerySet:
        """Those that can be asked or told: neither dissolved nor a double."""
        return self.filter(is_active=True)

    def listed(self) -> AgencyQuerySet:
        """All that are a body of their own; a double is found through the one that stayed."""
        return self.filter(merged_into__isnull=True)


class Agency(models.Model):
    """A body (หน่วยงาน) that answers, is concerned or is told. Rows are never deleted: what is no more is switched off,
    a double is merged into the row that stays.

    Letters and referrals go to `email`, the address of its registry (สารบรรณ), whoever works there; its people are
    contacts (office.models.contact).
    """

    class Kind(models.TextChoices):
        """What it is to the ministry, in the order in which the directory prints them."""

        CORE = "core", _("Core organisation")
        SUPERVISED = "supervised", _("Supervised body")
        AREA = "area", _("Education area office")
        REGIONAL = "regional", _("Regional office")
        CONSTITUTIONAL = "constitutional", _("Constitutional organisation")
        OTHER = "other", _("Other agency")

    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    other_names = models.CharField(
        _("other names"),
        max_length=300,
        blank=True,
        help_text=_("What else it is called, one after the other with commas: searched for as well."),
    )
    sort_name = models.CharField(max_length=400, blank=True, editable=False)
    kind = models.CharField(_("kind of agency"), max_length=20, choices=Kind, default=Kind.OTHER)
    rank = models.PositiveSmallIntegerField(
        _("place in the directory"),
        default=100,
        help_text=_("Among those of its kind: the smaller number first, equal ones by name."),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("belongs to"),
    )
    area = models.OneToOneField(
        EducationArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agency",
        verbose_name=_("education area"),
    )
    email = models.EmailField(_("e-mail for referrals"), blank=True)
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    address = models.TextField(_("postal address"), max_length=500, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    website = models.URLField(_("website"), blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="doubles",
        verbose_name=_("merged into"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["name"]
        constraints = [
            # Longer circles are refused by `clean`, under a lock on the whole tree (office.network_saving).
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="agency_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(is_active=False), name="agency_double_is_off"
            ),
        ]
        indexes = [
            # The list of the network, in the order of a Thai dictionary, and by its filter.
            models.Index(fields=["sort_name", "id"], name="agency_by_name"),
            models.Index(fields=["kind", "sort_name", "id"], name="agency_kind_name"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = name_key(self.name)
        if not self._state.adding:
            self.version += 1
        fields: Iterable[str] | None = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "sort_name", "version"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("office:agency", args=[self.pk])

    def clean(self) -> None:
        """Nothing belongs to itself, nor to what belongs to it."""
        if self.pk and self.parent_id and self.pk in self.line_of(self.parent_id):
            raise ValidationError(
                {
                    "parent": gettext("It would belong to itself: “%(name)s” is part of it.")
                    % {"name": self.parent}
                }
            )

    @classmethod
    def line_of(cls, key: int | None) -> list[int]:
        """The keys of an agency and of all that it is a part of, upwards."""
        above = dict(cls.objects.values_list("pk", "parent_id"))
        line: list[int] = []
        while key is not None and key not in line:
            line.append(key)
            key = above.get(key)
        return line
