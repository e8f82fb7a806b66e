"""Foreign document (งานวิเทศสัมพันธ์): a paper from abroad, translated, summarised and put to the minister in time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.calendar import OFFICE_TZ, fiscal_year_of
from office.models import Deadline, Matter, RegisterQuerySet, Subgroup
from office.permissions import carries_it
from office.search_words import normalise
from office.steps import Act, Actor, open_matter, staff, step
from publicrelations.countries import country_both_ways, country_name
from publicrelations.languages import direction_of, language_name
from publicrelations.models.foreign_opinion import ForeignOpinionSteps
from publicrelations.models.foreign_state import (
    UNCLOSED,
    ForeignKind,
    ForeignOutcome,
    ForeignScreening,
    ForeignState,
)
from publicrelations.models.translation import LONGEST_TEXT


class ForeignDocumentQuerySet(RegisterQuerySet):
    """Foreign documents in the words of the office."""

    subgroup = Subgroup.Code.PUBLIC_RELATIONS
    kinds = (Matter.Kind.FOREIGN_DOCUMENT,)


class ForeignDocument(ForeignOpinionSteps):
    """A paper from abroad, from its screening to its answer or its place in the files.

    From its receipt it owes that it is put to the minister in time; each state owes what is next beside that.
    """

    State = ForeignState
    Screening = ForeignScreening
    Outcome = ForeignOutcome

    CORRECTABLE = (
        "title",
        "document_kind",
        "language",
        "sender_organisation",
        "sender_name",
        "sender_country",
        "reference",
        "dated_on",
        "original_text",
        "secrecy",
    )

    is_unclosed = models.GeneratedField(
        expression=Case(When(state="closed", then=Value(False)), default=Value(True)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    document_kind = models.CharField(
        _("kind of document"), max_length=20, choices=ForeignKind, default=ForeignKind.LETTER
    )
    language = models.CharField(_("language"), max_length=8)
    sender_organisation = models.CharField(_("organisation of the sender"), max_length=200, blank=True)
    sender_name = models.CharField(_("name of the sender"), max_length=200, blank=True)
    sender_country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Empty: an international organisation.")
    )
    reference = models.CharField(_("number of their letter"), max_length=100, blank=True)
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    original_text = models.TextField(_("text of the original"), max_length=LONGEST_TEXT, blank=True)

    objects = ForeignDocumentQuerySet.as_manager()  # type: ignore[misc]  # the stubs take Matter's for a class variable

    class Meta:
        verbose_name = _("foreign document")
        verbose_name_plural = _("foreign documents")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ForeignState.values), name="foreign_state_known"),
            models.CheckConstraint(
                condition=~Q(sender_organisation="") | ~Q(sender_name=""), name="foreign_sent_by_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(outcome=""), name="foreign_closed_with_outcome"
            ),
            models.CheckConstraint(
                condition=~Q(screening="passed_on") | Q(passed_to__isnull=False),
                name="foreign_passed_on_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="answered") | Q(answered_on__isnull=False),
                name="foreign_answered_some_day",
            ),
        ]
        indexes = [
            # A register's filters, in the order of registration.
            models.Index(fields=["is_unclosed", "matter"], name="foreign_unclosed"),
            models.Index(fields=["state", "matter"], name="foreign_state"),
            models.Index(fields=["document_kind", "matter"], name="foreign_kind"),
            models.Index(fields=["sender_country", "matter"], name="foreign_country"),
            models.Index(fields=["language", "matter"], name="foreign_language"),
            models.Index(fields=["outcome", "matter"], name="foreign_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    # ── What pages and letters call it by ───────────────────────────────────────────────────

    @property
    def sender(self) -> str:
        """Who sent it, as lists name them: the organisation, else the person."""
        return self.sender_organisation or self.sender_name

    @property
    def country(self) -> str:
        """The sender's country in the language of the page; of an international organisation, that word."""
        return country_name(self.sender_country)

    @property
    def language_words(self) -> str:
        return language_name(self.language)

    @property
    def direction(self) -> str:
        """`rtl` for what is written from the right to the left, else `ltr`."""
        return direction_of(self.language)

    # ── Registration ────────────────────────────────────────────────────────────────────────

    @transaction.atomic(savepoint=False)
    def receive(self, *, actor: Actor, now: datetime) -> ForeignDocument:
        """Register this new document: its number, its screening owed, and that it will be put to the minister; with a
        day by which the sender wants an answer, the answer too."""
        received = self.received_at.astimezone(OFFICE_TZ).date()
        self.kind = Matter.Kind.FOREIGN_DOCUMENT
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.PUBLIC_RELATIONS)
        act = open_matter(
            self,
            prefix=settings.SERIES_PREFIXES["foreign_document"],
            year=fiscal_year_of(received),
            actor=actor,
            now=now,
        )
        for kind in (Deadline.Kind.SCREEN, Deadline.Kind.TO_MINISTER):
            deadlines.promise(
                self, kind, start=self.received_at, calendar=act.calendar, responsible=self.owner
            )
        self._promise_answer(act)
        return self

    def _promise_answer(self, act: Act) -> None:
        """By the closing of the day the sender names; one that has passed already is late from the start."""
        if self.answer_by is None:
            return
        due = act.calendar.closing_of(self.answer_by)
        deadlines.promise(
            self,
            Deadline.Kind.REPLY,
            start=min(self.received_at, due),
            calendar=act.calendar,
            responsible=self.owner,
            due=due,
        )

    # ── Facts ───────────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=UNCLOSED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Correct the facts"),
        done=_("Facts corrected"),
        rank=92,
        held_by_lock=True,
    )
    def correct(self, act: Act, **facts: Any) -> None:
        """Whoever carries it corrects what was registered; before and after stand in the history."""
        unknown = set(facts) - set(self.CORRECTABLE)
        if unknown:
            raise TypeError(f"Not to be corrected: {', '.join(sorted(unknown))}")
        for name, value in facts.items():
            setattr(self, name, value)

    # ── What `perform` asks of every matter ─────────────────────────────────────────────────

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after."""
        return super().tracked() | {
            "document_kind": str(ForeignKind(self.document_kind).label),
            "language": self.language,
            "sender_organisation": self.sender_organisation,
            "sender_name": self.sender_name,
            "sender_country": self.sender_country,
            "reference": self.reference,
            "dated_on": self.dated_on.isoformat() if self.dated_on else "",
            "original_text": self.original_text,
            "screening": str(self.get_screening_display()),
            "screening_note": self.screening_note,
            "passed_to": str(self.passed_to or ""),
            "summary": self.summary,
            "opinion": self.opinion,
            "order_text": self.order_text,
            "is_to_be_answered": gettext("yes") if self.is_to_be_answered else "",
            "answered_on": self.answered_on.isoformat() if self.answered_on else "",
            "answer_reference": self.answer_reference,
            "filed_where": self.filed_where,
            "outcome": str(self.get_outcome_display()),
        }

    def searchable(self) -> str:
        """The words it is found by: sender and country, their number, the original, its translation, the summary."""
        return normalise(
            self.label,
            self.title,
            self.sender_organisation,
            self.sender_name,
            country_both_ways(self.sender_country),
            self.reference,
            self.original_text,
            self.translation_text if self.pk else "",
            self.summary,
            self.opinion,
            self.answer_reference,
        )
