"""Interpellation (กระทู้ถาม): a question to the minister that a chamber wants answered in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.calendar import OFFICE_TZ, fiscal_year_of
from office.documents import Upload, attach
from office.models import Deadline, Document, Matter, Subgroup
from office.permissions import carries_it
from office.search import normalise
from office.steps import Act, Actor, open_matter, staff, step
from office.thai import to_thai_digits
from parliament.models.answer_state import NOT_APPROVED, AnswerState
from parliament.models.answering import AnsweringQuerySet, AnsweringSteps
from parliament.models.houses import SEATS, Member
from parliament.models.sitting import is_for_the_sitting

State = AnswerState


def is_for_the_gazette(question: Interpellation) -> bool:
    """Answered in writing, in the Royal Gazette."""
    return not is_for_the_sitting(question)


def is_printed(question: Interpellation) -> bool:
    """It is written down where it stands in the Royal Gazette."""
    return question.gazette_on is not None


class Interpellation(AnsweringSteps):
    """A question by a member, from its receipt to the answer in the chamber or in the Royal Gazette.

    Sent to the gazette, it owes the printing, which others see to.
    """

    class InterpellationKind(models.TextChoices):
        URGENT = "urgent", _("Urgent oral")
        SITTING = "sitting", _("Answered in the sitting")
        GAZETTE = "gazette", _("Answered in the Royal Gazette")

    class Result(models.TextChoices):
        ANSWERED = "answered", _("Answered in the chamber")
        PRINTED = "printed", _("Printed in the Royal Gazette")
        WITHDRAWN = "withdrawn", _("Withdrawn by the asker")
        TRANSFERRED = "transferred", _("Transferred to another ministry")
        LAPSED = "lapsed", _("Lapsed with the House")

    State = AnswerState

    CORRECTABLE = (
        *AnsweringSteps.CORRECTABLE,
        "interpellation_kind",
        "chamber",
        "parliament_number",
        "question_number",
        "asker",
    )

    interpellation_kind = models.CharField(_("kind"), max_length=20, choices=InterpellationKind)
    chamber = models.CharField(_("chamber"), max_length=10, choices=SEATS)
    question_number = models.PositiveIntegerField(
        _("number of the question"), help_text=_("The chamber's own; each kind is numbered for itself.")
    )
    asker = models.ForeignKey(
        Member, models.PROTECT, related_name="interpellations", verbose_name=_("asked by")
    )
    gazette_volume = models.CharField(_("volume"), max_length=20, blank=True)
    gazette_part = models.CharField(_("part"), max_length=40, blank=True)
    gazette_page = models.CharField(_("page"), max_length=20, blank=True)
    gazette_on = models.DateField(_("printed on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=20, choices=Result, blank=True)

    objects = AnsweringQuerySet.as_manager()  # type: ignore[misc]  # the stubs take Matter's for a class variable

    class Meta:
        verbose_name = _("interpellation")
        verbose_name_plural = _("interpellations")
        constraints = [
            models.UniqueConstraint(
                fields=["parliament_number", "chamber", "interpellation_kind", "question_number"],
                name="interpellation_number_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AnswerState.values), name="interpellation_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(result=""), name="interpellation_closed_with_result"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["given", "printing"]) | Q(answered_at__isnull=False),
                name="interpellation_given_at",
            ),
        ]
        indexes = [
            # A register's filters, in the order of registration.
            models.Index(fields=["is_unclosed", "matter"], name="interpellation_unclosed"),
            models.Index(fields=["state", "matter"], name="interpellation_state"),
            models.Index(fields=["interpellation_kind", "matter"], name="interpellation_kind"),
            models.Index(fields=["chamber", "matter"], name="interpellation_chamber"),
            models.Index(fields=["asker", "matter"], name="interpellation_asker"),
            # What was put under an item of an agenda: few were, and SQLite asks no index in which most are empty.
            models.Index(fields=["item"], condition=Q(item__isnull=False), name="interpellation_put_under"),
        ]

    @property
    def rule_scope(self) -> str:
        """`senate:gazette`: each chamber and kind may have rules of its own."""
        return f"{self.chamber}:{self.interpellation_kind}"

    @property
    def is_spoken(self) -> bool:
        """Answered by word of mouth, in a sitting; else in writing, in the Royal Gazette."""
        return self.interpellation_kind != self.InterpellationKind.GAZETTE

    # ── Registration ────────────────────────────────────────────────────────────────────────

    @transaction.atomic(savepoint=False)
    def receive(
        self, *, actor: Actor, now: datetime, sub_questions: Sequence[str] | None = None
    ) -> Interpellation:
        """Register this new question with its parts: its number, agencies to be asked, and the answer in time."""
        received = self.received_at.astimezone(OFFICE_TZ).date()
        self.kind = Matter.Kind.INTERPELLATION
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.POLITICS)
        if sub_questions is not None:
            self.question_texts = list(sub_questions)
        act = open_matter(
            self,
            prefix=settings.SERIES_PREFIXES["interpellation"],
            year=fiscal_year_of(received),
            actor=actor,
            now=now,
        )
        SubQuestion.write(self, self.question_texts)
        self.promise_answer(act, start=self.received_at)
        deadlines.promise(
            self,
            Deadline.Kind.REFERRAL,
            start=self.received_at,
            calendar=act.calendar,
            responsible=self.owner,
            scope=self.rule_scope,
        )
        return self

    # ── Facts ───────────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=NOT_APPROVED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Correct the sub-questions"),
        done=_("Sub-questions corrected"),
        rank=94,
        held_by_lock=True,
    )
    def correct_sub_questions(self, act: Act, *, sub_questions: Sequence[str]) -> None:
        """Whoever carries it divides the question anew; before and after stand in the history."""
        before = list(self.question_texts)
        self.question_texts = list(sub_questions)
        SubQuestion.objects.filter(interpellation=self).delete()
        SubQuestion.write(self, self.question_texts)
        act.changes["sub_questions"] = ["\n".join(before), "\n".join(self.question_texts)]

    # ── The answer ──────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.APPROVED,
        target=State.GIVEN,
        allowed=staff(carries_it),
        verb=_("Record the answer in the sitting"),
        done=_("Answered in the sitting"),
        conditions=[is_for_the_sitting],
        rank=10,
    )
    def answer_in_sitting(
        self, act: Act, *, answered_at: datetime, answered_by: str, late_reason: str = ""
    ) -> None:
        """The minister, or whoever stood in, has answered; the promise is kept at that moment, however late that is
        written down."""
        self._given(act, at=answered_at, by=answered_by, late_reason=late_reason)
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)

    @step(
        field="state",
        source=NOT_APPROVED,
        target=State.GIVEN,
        allowed=staff(carries_it),
        verb=_("Record an answer without an approved text"),
        done=_("Answered in the sitting without an approved text"),
        conditions=[is_for_the_sitting],
        rank=95,
        needs_reason=True,
    )
    def answer_without_text(
        self, act: Act, *, answered_at: datetime, answered_by: str, late_reason: str = ""
    ) -> None:
        """An urgent question was answered before a text could be approved; the reason says how."""
        self._given(act, at=answered_at, by=answered_by, late_reason=late_reason)
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)

    @step(
        field="state",
        source=State.APPROVED,
        target=State.PRINTING,
        allowed=staff(carries_it),
        verb=_("Record the sending to the gazette"),
        done=_("Sent to be printed in the Royal Gazette"),
        conditions=[is_for_the_gazette],
        rank=10,
    )
    def send_to_gazette(
        self, act: Act, *, answered_at: datetime, answered_by: str = "", late_reason: str = ""
    ) -> None:
        """The answer left for the Royal Gazette: the office has kept its promise, the printing is others'."""
        self._given(act, at=answered_at, by=answered_by, late_reason=late_reason)
        self.promise_of_path(act, Deadline.Kind.GAZETTE, None)

    @step(
        field="state",
        source=State.PRINTING,
        target=State.GIVEN,
        allowed=staff(carries_it),
        verb=_("Record the printing"),
        done=_("Printed in the Royal Gazette"),
        rank=10,
    )
    def record_printing(
        self, act: Act, *, volume: str, part: str, page: str, gazette_on: date, files: Sequence[Upload] = ()
    ) -> None:
        """Where it is printed: volume, part, page and date, with a copy of the page if there is one."""
        printed_at = self._print(volume, part, page, gazette_on)
        attach(self, files, source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now)
        deadlines.keep(self, Deadline.Kind.GAZETTE, now=printed_at)
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)

    @step(
        field="state",
        source=State.GIVEN,
        target=None,
        allowed=staff(carries_it),
        verb=_("Correct where it was printed"),
        done=_("Place in the Royal Gazette corrected"),
        conditions=[is_printed],
        rank=92,
        held_by_lock=True,
        needs_reason=True,
    )
    def correct_printing(self, act: Act, *, volume: str, part: str, page: str, gazette_on: date) -> None:
        """Volume, part, page or date had a slip of the pen; the printing counts by the date as it is now."""
        printed_at = self._print(volume, part, page, gazette_on)
        kept = Deadline.objects.filter(matter_id=self.pk, kind=Deadline.Kind.GAZETTE, met_at__isnull=False)
        if last := kept.order_by("-pk").first():
            deadlines.owe_as_before(last, calendar=act.calendar, now=act.now)
            deadlines.keep_one(last, now=printed_at)

    def _print(self, volume: str, part: str, page: str, on: date) -> datetime:
        """Write down where it is printed; the moment from which it counts as printed, not before it was sent."""
        assert self.answered_at is not None
        if on < self.answered_at.astimezone(OFFICE_TZ).date():
            raise ValidationError({"gazette_on": gettext("It cannot be printed before it was sent.")})
        self.gazette_volume, self.gazette_part, self.gazette_page, self.gazette_on = volume, part, page, on
        return max(datetime.combine(on, datetime.min.time(), OFFICE_TZ), self.answered_at)

    def _forget_answer(self) -> None:
        super()._forget_answer()
        self.gazette_volume = self.gazette_part = self.gazette_page = ""
        self.gazette_on = None

    @step(
        field="state",
        source=State.GIVEN,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Close"),
        done=_("Matter closed"),
        rank=10,
        held_by_lock=True,
    )
    def close(self, act: Act) -> None:
        """Answered, and printed where that was asked for: nothing is owed any more."""
        self.result = self.Result.PRINTED if is_for_the_gazette(self) else self.Result.ANSWERED
        self.closed_at = act.now
        deadlines.keep(self, Deadline.Kind.CLOSE, now=act.now)

    # ── What agencies and `perform` ask of it ───────────────────────────────────────────────

    @property
    def question_texts(self) -> list[str]:
        """The parts it is divided into, in their order."""
        if "_question_texts" not in self.__dict__:
            is_whole = not self.pk or not getattr(self, "has_parts", True)
            parts = SubQuestion.objects.none() if is_whole else self.sub_questions.order_by("position")
            self.__dict__["_question_texts"] = list(parts.values_list("text", flat=True))
        return list(self.__dict__["_question_texts"])

    @question_texts.setter
    def question_texts(self, texts: list[str]) -> None:
        self.__dict__["_question_texts"] = texts

    @property
    def words_for_agencies(self) -> str:
        """The question as it was put, and its parts by number."""
        texts = enumerate(self.question_texts, start=1)
        parts = [f"{to_thai_digits(place)}. {text}" for place, text in texts]
        return "\n\n".join([self.text, *parts])

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after."""
        return super().tracked() | {
            "interpellation_kind": str(self.get_interpellation_kind_display()),
            "chamber": str(self.get_chamber_display()),
            "parliament_number": self.parliament_number,
            "question_number": self.question_number,
            "asker": str(self.asker),
            "gazette": " ".join([self.gazette_volume, self.gazette_part, self.gazette_page]).strip(),
            "gazette_on": self.gazette_on.isoformat() if self.gazette_on else "",
        }

    def searchable(self) -> str:
        """The words it is found by: who asked, what, and what was answered."""
        party = self.asker.party
        return normalise(
            self.label,
            self.title,
            self.text,
            *self.question_texts,
            self.asker.full_name,
            party.name if party else "",
            self.approved_words() if self.pk else "",
        )


class SubQuestion(models.Model):
    """One of the questions that an interpellation is divided into."""

    interpellation = models.ForeignKey(Interpellation, models.CASCADE, related_name="sub_questions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("question"), max_length=4000)

    class Meta:
        verbose_name = _("sub-question")
        verbose_name_plural = _("sub-questions")
        ordering = ["interpellation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["interpellation", "position"], name="sub_question_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"

    @staticmethod
    def write(question: Interpellation, texts: Sequence[str]) -> None:
        """The parts of a question that has none yet, numbered from one."""
        SubQuestion.objects.bulk_create(
            SubQuestion(interpellation=question, position=place, text=text)
            for place, text in enumerate(texts, start=1)
        )
