"""Telling the result to both, raiser and minister: each on a date of its own, by a way, with evidence, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.calendar import OFFICE_TZ
from office.documents import Upload, attach
from office.models import Deadline, Document, Notice, Secrecy
from office.notices import write_outside
from office.permissions import carries_it, is_executive
from office.steps import Act, clock_or, staff, step
from parliament.models.consultation_opinion import ConsultationOpinionSteps
from parliament.models.consultation_state import (
    ConsultationState,
    TellingWay,
)

State = ConsultationState


def is_written(consultation: BothToldSteps) -> bool:
    """What both are told stands there."""
    return bool(consultation.told_text)


def raiser_waits(consultation: BothToldSteps) -> bool:
    return consultation.raiser_told_at is None


def minister_waits(consultation: BothToldSteps) -> bool:
    return consultation.minister_told_at is None


def may_be_mailed(consultation: BothToldSteps) -> bool:
    """Not in reach of an open mailbox when it has a grade of secrecy, and not while a letter is on its way."""
    return consultation.secrecy == Secrecy.ORDINARY and consultation.raiser_mail_at is None


def is_on_its_way(consultation: BothToldSteps) -> bool:
    return consultation.raiser_mail_at is not None


class BothToldSteps(ConsultationOpinionSteps):
    """The end of a consultation's path: what both are told, once written; when each was told; its closing."""

    raiser_line = models.CharField(_("a line for the raiser only"), max_length=1000, blank=True)
    minister_line = models.CharField(_("a line for the minister only"), max_length=1000, blank=True)
    raiser_mail_at = models.DateTimeField(_("e-mail to the raiser written at"), null=True, editable=False)
    raiser_told_at = models.DateTimeField(_("raiser told at"), null=True, editable=False)
    raiser_told_way = models.CharField(_("raiser told by"), max_length=20, choices=TellingWay, blank=True)
    raiser_told_note = models.CharField(_("evidence in words"), max_length=300, blank=True)
    raiser_told_evidence = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evidence")
    )
    minister_told_at = models.DateTimeField(_("minister told at"), null=True, editable=False)
    minister_told_way = models.CharField(_("minister told by"), max_length=20, choices=TellingWay, blank=True)
    minister_told_note = models.CharField(_("evidence in words"), max_length=300, blank=True)
    minister_told_evidence = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evidence")
    )

    raiser_email: Any
    result: Any

    class Meta:
        abstract = True

    # ── What both are told ──────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.ORDERED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Write the result"),
        done=_("Result written"),
        rank=12,
    )
    def write_result(
        self, act: Act, *, told_text: str, raiser_line: str = "", minister_line: str = ""
    ) -> None:
        """The officer writes once what both are told; a line each may differ. Nothing changes for whom it was told."""
        told_one = self.raiser_told_at or self.minister_told_at or self.raiser_mail_at
        if told_one and told_text != self.told_text:
            raise ValidationError(
                {"told_text": gettext("One of the two has been told this already. Add a line for the other.")}
            )
        if (self.raiser_told_at or self.raiser_mail_at) and raiser_line != self.raiser_line:
            raise ValidationError({"raiser_line": gettext("The raiser has been told already.")})
        if self.minister_told_at and minister_line != self.minister_line:
            raise ValidationError({"minister_line": gettext("The minister has been told already.")})
        self.told_text, self.raiser_line, self.minister_line = told_text, raiser_line, minister_line
        act.tell([self.decided_by], Notice.Kind.STEP_TAKEN)

    def text_for(self, line: str) -> str:
        """What one of the two is told: the common text, then the own line."""
        return "\n\n".join(part for part in (self.told_text, line) if part)

    # ── The raiser ──────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.ORDERED,
        target=None,
        allowed=staff(carries_it),
        verb=_("E-mail the raiser"),
        done=_("E-mail to the raiser written"),
        conditions=[is_written, raiser_waits, may_be_mailed],
        rank=14,
    )
    def mail_raiser(self, act: Act, *, raiser_email: str, late_reason: str = "") -> None:
        """The result goes to the raiser by e-mail; it counts as told when the letter has left (`confirm_mail`)."""
        if not raiser_email:
            raise ValidationError({"raiser_email": gettext("There is no e-mail address.")})
        self._explain_lateness(late_reason, at=act.now)
        self.raiser_email, self.raiser_mail_at = raiser_email, act.now
        write_outside(
            Notice.Kind.CONSULTATION_RESULT,
            once=self.mail_key,
            now=act.now,
            matter=self,
            subject_id=self.pk,
        )
        act.changes["mailed_to"] = ["", raiser_email]

    @property
    def mail_key(self) -> str:
        """The occasion of the letter to the raiser: one per time it was asked for; "" without a letter."""
        if self.raiser_mail_at is None:
            return ""
        return f"consultation:{self.pk}:result:{self.raiser_mail_at.astimezone(OFFICE_TZ):%Y%m%d%H%M%S%f}"

    @step(
        field="state",
        source=State.ORDERED,
        target=RETURN_VALUE(State.ORDERED, State.TOLD),
        allowed=clock_or(carries_it),
        verb=_("Confirm the e-mail"),
        done=_("E-mail to the raiser has left"),
        conditions=[is_on_its_way, raiser_waits],
        rank=95,
    )
    def confirm_mail(self, act: Act) -> ConsultationState:
        """The outbox has sent the letter: the raiser was told at the moment when it left."""
        sent = Notice.objects.filter(once_key=self.mail_key, sent_at__isnull=False).first()
        if sent is None or sent.sent_at is None:
            raise ValidationError(gettext("The e-mail has not left yet."))
        self.raiser_told_at, self.raiser_told_way = sent.sent_at, TellingWay.EMAIL
        self.raiser_told_note = self.raiser_email
        return self._after_telling(act)

    @step(
        field="state",
        source=State.ORDERED,
        target=RETURN_VALUE(State.ORDERED, State.TOLD),
        allowed=staff(carries_it),
        verb=_("Record that the raiser was told"),
        done=_("Raiser told"),
        conditions=[is_written, raiser_waits],
        rank=16,
    )
    def tell_raiser(
        self,
        act: Act,
        *,
        way: str,
        told_on: date,
        note: str = "",
        files: Sequence[Upload] = (),
        late_reason: str = "",
    ) -> ConsultationState:
        """The raiser was told by letter, telephone or in person; the date, the way and the evidence are kept.

        An e-mail that is still on its way is taken back.
        """
        at = self._told_at(act, told_on)
        self._explain_lateness(late_reason, at=at)
        self.raiser_told_evidence = self._evidence(act, files, note)
        self.raiser_told_at, self.raiser_told_way, self.raiser_told_note = at, way, note
        if self.raiser_mail_at:
            Notice.objects.filter(once_key=self.mail_key, sent_at=None).delete()
        return self._after_telling(act)

    # ── The minister ────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.ORDERED,
        target=RETURN_VALUE(State.ORDERED, State.TOLD),
        allowed=staff(carries_it),
        verb=_("Record that the minister was told"),
        done=_("Minister told"),
        conditions=[is_written, minister_waits],
        rank=18,
    )
    def tell_minister(
        self,
        act: Act,
        *,
        way: str,
        told_on: date,
        note: str = "",
        files: Sequence[Upload] = (),
        late_reason: str = "",
    ) -> ConsultationState:
        """The minister was told by a memo, telephone or in person; the date, the way and the evidence are kept."""
        at = self._told_at(act, told_on)
        self._explain_lateness(late_reason, at=at)
        self.minister_told_evidence = self._evidence(act, files, note)
        self.minister_told_at, self.minister_told_way, self.minister_told_note = at, way, note
        return self._after_telling(act)

    @step(
        field="state",
        source=State.ORDERED,
        target=RETURN_VALUE(State.ORDERED, State.TOLD),
        allowed=staff(is_executive),
        verb=_("Take note of the result"),
        done=_("Result noted by the executive"),
        conditions=[is_written, minister_waits],
        rank=10,
    )
    def note_result(self, act: Act) -> ConsultationState:
        """One in authority reads the result here: the minister is told at that moment, and this is the evidence."""
        self.minister_told_at, self.minister_told_way = act.now, TellingWay.HERE
        self.minister_told_note = act.actor.user.display_name if act.actor.user else ""
        return self._after_telling(act)

    # ── When both know ──────────────────────────────────────────────────────────────────────

    def _told_at(self, act: Act, told_on: date) -> datetime:
        """The moment of a telling that is written down: now, or of an earlier day the office's closing."""
        today = act.now.astimezone(OFFICE_TZ).date()
        decided = self.decided_at or self.received_at
        if told_on > today:
            raise ValidationError({"told_on": gettext("This day is still to come.")})
        if told_on < decided.astimezone(OFFICE_TZ).date():
            raise ValidationError({"told_on": gettext("Nobody can be told before it was decided.")})
        return act.now if told_on == today else max(act.calendar.closing_of(told_on), decided)

    def _evidence(self, act: Act, files: Sequence[Upload], note: str) -> Document | None:
        if not files and not note.strip():
            raise ValidationError(
                {"note": gettext("Attach the evidence, or write it: the letter's number, who was spoken to.")}
            )
        kept = attach(self, files, source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now)
        return kept[0] if kept else None

    def _explain_lateness(self, late_reason: str, *, at: datetime) -> None:
        """What is told after the promised day needs a reason, which the report asks for."""
        late = Deadline.objects.late(at).filter(matter_id=self.pk, kind=Deadline.Kind.BOTH_TOLD)
        if not late.exists():
            return
        if not late_reason.strip():
            raise ValidationError({"late_reason": gettext("It is late: write why, the report asks for it.")})
        late.update(late_reason=late_reason)

    def _after_telling(self, act: Act) -> ConsultationState:
        """The second of the two keeps the promise, at the moment when that one was told."""
        if self.raiser_told_at is None or self.minister_told_at is None:
            return State.ORDERED
        both_at = max(self.raiser_told_at, self.minister_told_at)
        deadlines.keep(self, Deadline.Kind.BOTH_TOLD, now=both_at)
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)
        if act.actor.is_clock or act.actor.user != self.owner:
            act.tell([self.owner], Notice.Kind.YOUR_TURN)
        return State.TOLD

    def _told_words(self, at: datetime | None, way: str, note: str) -> str:
        """One telling as the history keeps it."""
        if at is None:
            return ""
        local = at.astimezone(OFFICE_TZ).isoformat(timespec="minutes")
        return " ".join(part for part in (local, str(TellingWay(way).label), note) if part)
