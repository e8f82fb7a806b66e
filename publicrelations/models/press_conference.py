"""PressConference (การแถลงข่าว): weekly or as the minister's work needs; its facts and registration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ, fiscal_year_of
from office.models import Event, Matter, RegisterQuerySet, Secrecy, Subgroup
from office.search import normalise
from office.steps import Act, Actor, open_matter
from publicrelations.models.press_covering import CoverageSteps
from publicrelations.models.press_state import (
    TAKEN_PLACE,
    WITHOUT_A_DAY,
    Occasion,
    PressState,
    Reported,
)
from publicrelations.models.site_edition import SiteEdition


class PressConferenceQuerySet(RegisterQuerySet):
    """Press conferences in the words of the office."""

    subgroup = Subgroup.Code.PUBLIC_RELATIONS
    kinds = (Matter.Kind.PRESS_CONFERENCE,)

    def between(self, start: datetime, end: datetime) -> PressConferenceQuerySet:
        """Those that begin from `start` on and before `end`, in order."""
        return self.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "pk")

    def taking_place(self) -> PressConferenceQuerySet:
        """Neither postponed without a new date nor cancelled."""
        return self.exclude(state__in=WITHOUT_A_DAY)

    def public(self) -> PressConferenceQuerySet:
        """What anybody may read on the public site: marked so, of no grade, and not cancelled."""
        return self.filter(is_public=True, secrecy=Secrecy.ORDINARY).exclude(state=PressState.CANCELLED)


class PressConference(CoverageSteps):
    """The media are called together: who is invited before it begins, who came, and what was reported of it.

    Coordinated is one to which all who were chosen were invited before it began; one nobody was invited to is not.
    """

    State = PressState
    Occasion = Occasion
    Reported = Reported

    CORRECTABLE = ("title", "occasion", "place", "spokespersons", "brief", "is_public", "secrecy")

    is_unclosed = models.GeneratedField(
        expression=Case(When(state__in=["closed", "cancelled"], then=Value(False)), default=Value(True)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion)
    starts_at = models.DateTimeField(_("begins at"))
    began_at = models.DateTimeField(_("began in fact at"), null=True, blank=True, editable=False)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    spokespersons = models.TextField(
        _("spokespersons"), max_length=1000, blank=True, help_text=_("One a line: name and position.")
    )
    brief = models.TextField(
        _("what it is about"),
        max_length=4000,
        blank=True,
        help_text=_("Stands in the invitation and, if public, on the site."),
    )
    is_public = models.BooleanField(_("shown on the public site"), default=False)
    reported = models.CharField(_("reported"), max_length=10, choices=Reported, blank=True, editable=False)
    follows = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="followed_by",
        verbose_name=_("follows in the series"),
    )

    objects = PressConferenceQuerySet.as_manager()  # type: ignore[misc]  # the stubs take Matter's for a class variable

    class Meta:
        verbose_name = _("press conference")
        verbose_name_plural = _("press conferences")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PressState.values), name="press_state_known"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True)
                | Q(began_at__isnull=True, ends_at__gt=F("starts_at"))
                | Q(began_at__isnull=False, ends_at__gt=F("began_at")),
                name="press_ends_after_it_begins",
                violation_error_message=_("It ends before it begins."),
            ),
        ]
        indexes = [
            # The reports' month, and the next ones on the public site.
            models.Index(fields=["starts_at", "matter"], name="press_starts"),
            # The public site's list, the newest first.
            models.Index(
                fields=["starts_at", "matter"], condition=Q(is_public=True), name="press_public_starts"
            ),
            # A register's filters, in the order of registration.
            models.Index(fields=["is_unclosed", "matter"], name="press_unclosed"),
            models.Index(fields=["state", "matter"], name="press_state"),
            models.Index(fields=["occasion", "matter"], name="press_occasion"),
        ]

    @property
    def came_from(self) -> PressState:
        """Where it stood when it was postponed or cancelled, for the line of its path."""
        return PressState.PLANNED

    @property
    def counted_at(self) -> datetime:
        """Counted by the month it begins in, which is when the media must have been invited."""
        return self.starts_at

    # ── Registration ────────────────────────────────────────────────────────────────────────

    @transaction.atomic(savepoint=False)
    def receive(self, *, actor: Actor, now: datetime) -> PressConference:
        """Register this new press conference: number, and the promise that the media are invited before it begins."""
        received = self.received_at.astimezone(OFFICE_TZ).date()
        self.kind = Matter.Kind.PRESS_CONFERENCE
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.PUBLIC_RELATIONS)
        open_matter(
            self,
            prefix=settings.SERIES_PREFIXES["press_conference"],
            year=fiscal_year_of(received),
            actor=actor,
            now=now,
        )
        return self

    # ── What `perform` asks of every matter ─────────────────────────────────────────────────

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after."""
        return super().tracked() | {
            "occasion": str(self.get_occasion_display()),
            "starts_at": self.starts_at.astimezone(OFFICE_TZ).isoformat(),
            "ends_at": self.ends_at.astimezone(OFFICE_TZ).isoformat() if self.ends_at else "",
            "place": self.place,
            "spokespersons": self.spokespersons,
            "brief": self.brief,
            "is_public": str(self.is_public),
            "reported": str(self.get_reported_display()) if self.reported else "",
        }

    def searchable(self) -> str:
        """The words it is found by: its number, its topic, where and with whom."""
        return normalise(self.label, self.title, self.place, self.spokespersons, self.brief)

    def after_step(self, act: Act, event: Event) -> None:
        """What follows every step: what one to come owes follows when it begins and who is invited; a public one
        stands on the site as it is now."""
        from publicrelations import coordination

        super().after_step(act, event)
        if self.is_public or "is_public" in act.changes:
            SiteEdition.renew()
        if self.state not in TAKEN_PLACE:
            coordination.settle(self, act)
