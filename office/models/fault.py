"""WorkFault: what went wrong the last time with a row that is sent or made in the background."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WorkFault(models.Model):
    """The last fault of one row, by the row's model and key: when, how often, of which sort. Never the fault's own
    words, which may hold an address or a name."""

    class Cause(models.TextChoices):
        """What an administrator can do something about."""

        ADDRESS = "address", _("The mail server knows no such address")
        REFUSED = "refused", _("The mail server refused the letter")
        SIGN_IN = "sign_in", _("The mail server refused our sign-in")
        NETWORK = "network", _("The network or another server did not answer")
        NO_SPACE = "no_space", _("There is no room left on the disk")
        FILE = "file", _("A file is missing or cannot be read")
        PAPER = "paper", _("The pages could not be laid out")
        DATABASE = "database", _("The database did not answer in time")
        CONTENT = "content", _("Something in the data was not as expected")
        OTHER = "other", _("A fault in the program")

    source = models.CharField(_("kind of work"), max_length=60)
    row_id = models.PositiveBigIntegerField(_("row"))
    at = models.DateTimeField(_("last tried at"))
    since = models.DateTimeField(_("failing since"))
    tries = models.PositiveIntegerField(_("tries"), default=1)
    cause = models.CharField(_("what went wrong"), max_length=20, choices=Cause)
    fault = models.CharField(
        max_length=100, help_text=_("The kind of the fault, for whoever mends the program.")
    )

    class Meta:
        verbose_name = _("fault of background work")
        verbose_name_plural = _("faults of background work")
        constraints = [
            models.UniqueConstraint(fields=["source", "row_id"], name="work_fault_once"),
            models.CheckConstraint(condition=Q(tries__gte=1), name="work_fault_tried"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.row_id} {self.fault}"
