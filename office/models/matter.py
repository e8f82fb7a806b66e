"""Matter (เรื่อง): anything the office was told of and must carry to an end."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.models.number import number_label
from office.models.people import Role, Subgroup, User


class Secrecy(models.IntegerChoices):
    """The grades of official secrecy (ชั้นความลับ), in rising order."""

    ORDINARY = 0, _("Ordinary")
    CONFIDENTIAL = 1, _("Confidential")
    SECRET = 2, _("Secret")
    TOP_SECRET = 3, _("Top secret")


def matters_visible_to(user: User, path: str = "") -> Q:
    """The condition under which a matter may be seen, for a query in which matters stand at `path`.

    An executive sees what the office carries; a head the whole subgroup; an officer the subgroup's ordinary
    matters, and of the secret ones the own. An administrator looks after the system, not after matters.
    """
    if user.has_role(Role.EXECUTIVE):
        return Q()
    if user.subgroup_id is None:
        return Q(pk__in=[])
    same_subgroup = Q(**{f"{path}subgroup_id": user.subgroup_id})
    if user.has_role(Role.HEAD):
        return same_subgroup
    if user.has_role(Role.OFFICER):
        open_enough = Q(**{f"{path}secrecy": Secrecy.ORDINARY}) | Q(**{f"{path}owner_id": user.pk})
        return same_subgroup & open_enough
    return Q(pk__in=[])


class MatterQuerySet(models.QuerySet):
    """Matters, or their children, in the words of the office."""

    def visible_to(self, user: User) -> MatterQuerySet:
        return self.filter(matters_visible_to(user))

    def unclosed(self) -> MatterQuerySet:
        return self.filter(closed_at__isnull=True)

    def closed(self) -> MatterQuerySet:
        return self.filter(closed_at__isnull=False)

    def overdue(self, now: datetime) -> MatterQuerySet:
        """Matters with a promise that is due, not kept and not taken back.

        What is late is not closed, which each register knows of its own by an index: else a list in which few are
        late would be walked to its end.
        """
        from office.models.deadline import Deadline

        late = Deadline.objects.unmet().filter(matter=models.OuterRef("pk"), due_at__lt=now)
        return self.unclosed().filter(models.Exists(late))


class RegisterQuerySet(MatterQuerySet):
    """The matters of one register: all of these `kinds`, all of the `subgroup` that carries them. Whether one is open
    its own generated column says, whose index carries the list's order."""

    subgroup: ClassVar[str]
    kinds: ClassVar[tuple[str, ...]]

    def unclosed(self) -> Self:
        """As a list of one value, because SQLite finds no index for a bare boolean."""
        return self.filter(is_unclosed__in=[True])

    def closed(self) -> Self:
        return self.filter(is_unclosed__in=[False])

    def visible_to(self, user: User) -> Self:
        """The rule of `matters_visible_to`, asked without joining the parent table, so that a list keeps its order.

        All are of one subgroup, so what is left is to pass over the few secret ones of others.
        """
        if user.has_role(Role.EXECUTIVE):
            return self
        if user.subgroup is None or user.subgroup.code != self.subgroup:
            return self.none()
        if user.has_role(Role.HEAD):
            return self
        if not user.has_role(Role.OFFICER):
            return self.none()
        secret = Matter.objects.filter(kind__in=self.kinds, secrecy__gt=Secrecy.ORDINARY)
        return self.exclude(pk__in=secret.exclude(owner=user).values("pk"))


class Matter(models.Model):
    """One entry in the office's registers; a petition, a meeting, a bill … is its child."""

    class Kind(models.TextChoices):
        PETITION = "petition", _("Petition")
        RELATED = "related", _("Related matter")
        MEETING = "meeting", _("Meeting")
        INTERPELLATION = "interpellation", _("Interpellation")
        MOTION = "motion", _("Motion")
        BILL = "bill", _("Bill")
        CONSULTATION = "consultation", _("Consultation")
        FOLLOW_UP = "follow_up", _("Follow-up of a meeting")
        ENGAGEMENT = "engagement", _("Engagement of the minister")
        ARTICLE = "article", _("News article")
        JOURNAL = "journal", _("Journal")
        PRESS_CONFERENCE = "press_conference", _("Press conference")
        FOREIGN_DOCUMENT = "foreign_document", _("Foreign document")
        BRIEF = "brief", _("Situation brief")

    kind = models.CharField(_("kind of matter"), max_length=20, choices=Kind, editable=False)
    series = models.CharField(_("series"), max_length=20, editable=False)
    year = models.PositiveSmallIntegerField(_("fiscal year (B.E.)"), editable=False)
    number = models.PositiveIntegerField(_("number"), editable=False)
    title = models.CharField(_("subject"), max_length=200, validators=[MinLengthValidator(5)])
    subgroup = models.ForeignKey(
        Subgroup, models.PROTECT, db_index=False, related_name="matters", verbose_name=_("subgroup")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="matters",
        verbose_name=_("officer in charge"),
    )
    secrecy = models.PositiveSmallIntegerField(_("secrecy"), choices=Secrecy, default=Secrecy.ORDINARY)
    received_at = models.DateTimeField(_("received at"))
    registered_at = models.DateTimeField(_("registered at"), editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    search_text = models.TextField(editable=False, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "number"], name="matter_number_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("received_at")),
                name="matter_closed_after_received",
            ),
        ]
        indexes = [
            # A person's own matters of one register, newest first, without walking those of the others.
            models.Index(fields=["owner", "kind", "id"], name="matter_owner"),
            # The closed ones of years are left out of the daily question.
            models.Index(
                fields=["owner", "id"], condition=Q(closed_at__isnull=True), name="matter_owner_unclosed"
            ),
            # Whatever waits for an officer, newest first. Of its own: PostgreSQL keeps no order behind a NULL.
            models.Index(
                fields=["id"],
                condition=Q(owner__isnull=True, closed_at__isnull=True),
                name="matter_unclaimed",
            ),
            models.Index(fields=["received_at"], name="matter_received"),
            # The few secret ones of one register, which an officer's list passes over; from the index alone.
            models.Index(fields=["kind", "secrecy", "owner", "id"], name="matter_secrecy"),
            # What one register received in a month, without walking the many matters of the others.
            models.Index(fields=["kind", "received_at"], name="matter_kind_received"),
            # The newest of a subgroup, which search reads first: those of others may all be newer.
            models.Index(fields=["subgroup", "id"], name="matter_subgroup"),
            # Those of a kind that ended long ago, the oldest first: whose time of retention is over.
            models.Index(
                fields=["kind", "closed_at", "id"],
                condition=Q(closed_at__isnull=False),
                name="matter_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        """The number as the register writes it: `รท ๑๒๓/๒๕๕๓`."""
        return number_label(self.series, self.number, self.year)

    def get_absolute_url(self) -> str:
        """The page of the child; every kind's page takes the key alone."""
        return reverse(PAGES[Matter.Kind(self.kind)], args=[self.pk])


# URL names, so that the shared ground need not know the rooms above it.
PAGES = {
    Matter.Kind.PETITION: "complaints:petition",
    Matter.Kind.RELATED: "complaints:related",
    Matter.Kind.MEETING: "parliament:meeting",
    Matter.Kind.INTERPELLATION: "parliament:interpellation",
    Matter.Kind.MOTION: "parliament:motion",
    Matter.Kind.BILL: "parliament:bill",
    Matter.Kind.CONSULTATION: "parliament:consultation",
    Matter.Kind.FOLLOW_UP: "parliament:follow_up",
    Matter.Kind.ENGAGEMENT: "publicrelations:engagement",
    Matter.Kind.ARTICLE: "publicrelations:article",
    Matter.Kind.JOURNAL: "publicrelations:journal",
    Matter.Kind.PRESS_CONFERENCE: "publicrelations:press_conference",
    Matter.Kind.FOREIGN_DOCUMENT: "publicrelations:foreign_document",
    Matter.Kind.BRIEF: "publicrelations:brief",
}
