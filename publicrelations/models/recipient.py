"""Recipients of the journal: the groups of the plan, and in each whom it is sent to, with how many copies."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.models import Agency, EducationArea
from office.thai import name_key
from publicrelations.models.journal_state import ReturnReason


class RecipientGroup(models.Model):
    """One of the plan's groups (องค์กรหลัก, หน่วยงานในกำกับ, สพท., สบย. …), in the order in which labels are printed."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    default_copies = models.PositiveSmallIntegerField(
        _("copies for each, unless said otherwise"),
        default=1,
        help_text=_("For new recipients of the group."),
    )

    class Meta:
        verbose_name = _("group of recipients")
        verbose_name_plural = _("groups of recipients")
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=Q(default_copies__gte=1), name="recipient_group_copies_positive")
        ]

    def __str__(self) -> str:
        return self.name


class RecipientQuerySet(models.QuerySet["Recipient"]):
    """Recipients in the words of the office."""

    def on(self, day: date) -> RecipientQuerySet:
        """Those who are sent the journal on a day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), since_on__lte=day)

    def copies(self) -> int:
        """How many copies they are sent together."""
        return self.aggregate(sum=Sum("copies"))["sum"] or 0

    def for_labels(self) -> RecipientQuerySet:
        """As labels and lists have them: group by group, within each by name."""
        return self.select_related("group").order_by("group__order", "sort_name", "pk")


class Recipient(models.Model):
    """Whom the journal is sent to: a body of the network, an education area, or somebody beside them."""

    group = models.ForeignKey(
        RecipientGroup, models.PROTECT, related_name="recipients", verbose_name=_("group")
    )
    name = models.CharField(_("name"), max_length=200)
    sort_name = models.CharField(max_length=400, editable=False)
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="journal_recipients",
        verbose_name=_("agency of the network"),
    )
    area = models.ForeignKey(
        EducationArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="journal_recipients",
        verbose_name=_("education area"),
    )
    copies = models.PositiveSmallIntegerField(_("copies"))
    attention = models.CharField(
        _("addressed to"),
        max_length=200,
        blank=True,
        help_text=_("The first line of the label: the director."),
    )
    address = models.TextField(_("postal address"), max_length=500)
    postcode = models.CharField(_("postcode"), max_length=5)
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    since_on = models.DateField(_("is sent it since"))
    until_on = models.DateField(_("is sent it until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    returned_on = models.DateField(_("mail came back on"), null=True, blank=True, editable=False)
    return_reason = models.CharField(
        _("why it came back"), max_length=20, choices=ReturnReason, blank=True, editable=False
    )

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient of the journal")
        verbose_name_plural = _("recipients of the journal")
        constraints = [
            models.CheckConstraint(condition=Q(copies__gte=1), name="recipient_copies_positive"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="recipient_until_after_since",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | ~Q(return_reason=""), name="recipient_returned_why"
            ),
            # One name once, among those who are sent it; whoever left may come back later.
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(until_on__isnull=True),
                name="recipient_once",
                violation_error_message=_("This recipient is on the list already."),
            ),
        ]
        indexes = [
            # The list of a group, in the order of its labels.
            models.Index(fields=["group", "sort_name", "id"], name="recipient_of_group"),
            # The few whose mail came back and whose address is to be found.
            models.Index(
                fields=["returned_on"], condition=Q(returned_on__isnull=False), name="recipient_returned"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = name_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("publicrelations:recipient", args=[self.pk])
