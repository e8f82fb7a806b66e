"""The first part of an issue's path: gathering its content, closing it, the proof, and the head's word on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypedDict

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.calendar import Unit, WorkCalendar, due_at, month_of
from office.carrying import StateField
from office.documents import Upload, attach
from office.models import Deadline, DeadlineRule, Document, Notice, User
from office.permissions import carries_it, is_head_of_it
from office.steps import Act, staff, step
from publicrelations import journal_schedule
from publicrelations.models.counted import CountedMatter
from publicrelations.models.journal_edition import JournalEdition
from publicrelations.models.journal_state import JournalState

State = JournalState


class Chosen(TypedDict):
    """An article of the board: its key, the section it stands in and its heading in the issue; "" is its own."""

    article: int
    section: str
    heading: str


def has_articles(journal: ContentSteps) -> bool:
    return bool(journal.entries_when_read)


def has_proof(journal: ContentSteps) -> bool:
    """The pages are made, and are those of the content as it is now."""
    newest = journal.newest_when_read
    return bool(newest and newest.is_issued and newest.fingerprint == journal.content_key())


def pages_are_old(journal: ContentSteps) -> bool:
    """None are made of the content as it is now, and none are being made."""
    newest = journal.newest_when_read
    return not (newest and newest.is_being_made) and not has_proof(journal)


class ContentSteps(CountedMatter):
    """What stands in an issue, and the steps until it is approved for printing."""

    state = StateField(_("state"), choices=JournalState, default=JournalState.PLANNED)
    month = models.DateField(_("month"), help_text=_("Its first day."), editable=False)
    content_due_on = models.DateField(_("content to be closed by"), editable=False)
    proof_due_on = models.DateField(_("proof to be with the head by"), editable=False)
    approval_due_on = models.DateField(_("to be approved by"), editable=False)
    printing_due_on = models.DateField(_("to be printed by"), editable=False)
    mailing_due_on = models.DateField(_("to be mailed by"), editable=False)
    cover_line = models.CharField(_("words on the cover"), max_length=200, blank=True)
    cover = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture of the cover"),
    )
    cover_alt = models.CharField(_("what the picture shows"), max_length=300, blank=True)
    cover_credit = models.CharField(_("by whom the picture is"), max_length=120, blank=True)
    editorial_title = models.CharField(_("heading of the editorial"), max_length=200, blank=True)
    editorial = models.TextField(_("editorial"), max_length=8000, blank=True)
    editorial_by = models.CharField(_("by whom the editorial is"), max_length=120, blank=True)
    content_version = models.PositiveIntegerField(default=1, editable=False)
    approved_edition = models.ForeignKey(
        JournalEdition,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("edition approved for printing"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    entries: Any
    editions: Any

    class Meta:
        abstract = True

    @cached_property
    def entries_when_read(self) -> list[Any]:
        """The articles as they stood when this issue was read: for a page, which asks once."""
        rows = self.entries.select_related("article__category")
        return list(rows.defer("article__body", "article__lead", "article__search_text"))

    @cached_property
    def editions_when_read(self) -> list[JournalEdition]:
        """The edition asked for last and the last one that is ready, likewise; often they are one."""
        newest = self.editions.order_by("-edition").values("pk")
        ready = newest.filter(state=JournalEdition.State.ISSUED)
        either = Q(pk__in=newest[:1]) | Q(pk__in=ready[:1])
        return list(self.editions.filter(either).order_by("-edition"))

    @property
    def newest_when_read(self) -> JournalEdition | None:
        """The edition asked for last."""
        return next(iter(self.editions_when_read), None)

    # ── Promises by the month ───────────────────────────────────────────────────────────────

    @property
    def due_days(self) -> dict[str, date]:
        """By when each promise is to be kept, as it was reckoned when the issue was opened."""
        return {
            Deadline.Kind.CONTENT: self.content_due_on,
            Deadline.Kind.PROOF: self.proof_due_on,
            Deadline.Kind.ORDER: self.approval_due_on,
            Deadline.Kind.PRINT: self.printing_due_on,
            Deadline.Kind.MAIL: self.mailing_due_on,
        }

    def set_due_days(self, at: datetime, calendar: WorkCalendar) -> None:
        """Reckoned back from the end of the month by the rules in force at a moment; a later rule changes nothing."""
        due = journal_schedule.schedule(month_of(self.month), journal_schedule.lengths_at(at), calendar)
        self.content_due_on = due[Deadline.Kind.CONTENT]
        self.proof_due_on = due[Deadline.Kind.PROOF]
        self.approval_due_on = due[Deadline.Kind.ORDER]
        self.printing_due_on = due[Deadline.Kind.PRINT]
        self.mailing_due_on = due[Deadline.Kind.MAIL]

    def promise_by_month(self, act: Act, kind: str, responsible: User | None) -> Deadline:
        """What is next is due as the month has it; where the office is behind, in the time its rule gives from now."""
        due = act.calendar.closing_of(self.due_days[kind])
        rule = DeadlineRule.in_force(self.kind, kind, act.now)
        if due_at(act.now, rule.amount, Unit(rule.unit), act.calendar) >= due:
            return self.promise_now(act, kind, responsible)
        return deadlines.promise(
            self, kind, start=act.now, calendar=act.calendar, responsible=responsible, due=due
        )

    # ── Content ─────────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.PLANNED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Choose and order articles"),
        done=_("Articles chosen"),
        rank=20,
    )
    def arrange(self, act: Act, *, chosen: Sequence[Chosen]) -> None:
        """The issue's articles, in the order in which they are printed; what is not among them leaves the issue."""
        before = self.arranged_words()
        self._write_entries(chosen)
        act.changes["articles"] = [before, self.arranged_words()]
        self.content_version += 1

    @step(
        field="state",
        source=State.PLANNED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Write the editorial"),
        done=_("Editorial written"),
        rank=22,
    )
    def write_editorial(
        self, act: Act, *, editorial: str, editorial_title: str = "", editorial_by: str = ""
    ) -> None:
        """What the editor says to the reader; it stands behind the contents."""
        self.editorial, self.editorial_title, self.editorial_by = editorial, editorial_title, editorial_by
        self.content_version += 1

    @step(
        field="state",
        source=State.PLANNED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Make the cover"),
        done=_("Cover made"),
        rank=24,
    )
    def make_cover(
        self,
        act: Act,
        *,
        picture: Upload | None = None,
        cover_line: str = "",
        cover_alt: str = "",
        cover_credit: str = "",
    ) -> None:
        """The words and the picture of the cover; without a picture of its own it has that of the first article."""
        if picture:
            (self.cover,) = attach(
                self, [picture], source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now
            )
        self.cover_line, self.cover_alt, self.cover_credit = cover_line, cover_alt, cover_credit
        self.content_version += 1

    @step(
        field="state",
        source=State.PLANNED,
        target=State.CONTENT_CLOSED,
        allowed=staff(carries_it),
        verb=_("Close the content"),
        done=_("Content closed"),
        conditions=[has_articles],
        rank=10,
    )
    def close_content(self, act: Act) -> None:
        """Nothing more comes in; the pages are made, and the proof is owed."""
        deadlines.keep(self, Deadline.Kind.CONTENT, now=act.now)
        self.promise_by_month(act, Deadline.Kind.PROOF, self.owner)
        self.ask_for_pages(act)

    @step(
        field="state",
        source=[State.PLANNED, State.CONTENT_CLOSED],
        target=None,
        allowed=staff(carries_it),
        verb=_("Make the pages"),
        done=_("Pages being made"),
        conditions=[has_articles, pages_are_old],
        rank=15,
    )
    def make_pages(self, act: Act) -> None:
        """Pages to look at before the content is closed, or once more after an article was corrected."""
        self.ask_for_pages(act)

    @step(
        field="state",
        source=State.CONTENT_CLOSED,
        target=State.PLANNED,
        allowed=staff(carries_it),
        verb=_("Open the content again"),
        done=_("Content opened again"),
        rank=30,
        needs_reason=True,
    )
    def reopen_content(self, act: Act) -> None:
        """Something is to be changed after all; the pages are made anew when it is closed."""
        deadlines.drop(self, Deadline.Kind.PROOF, now=act.now)
        self.promise_now(act, Deadline.Kind.CONTENT, self.owner)

    # ── Proof ───────────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.CONTENT_CLOSED,
        target=State.PROOF,
        allowed=staff(carries_it),
        verb=_("Put the proof to the head"),
        done=_("Proof put to the head"),
        conditions=[has_proof],
        rank=10,
    )
    def submit_proof(self, act: Act, *, note: str = "") -> None:
        """The officer has read the pages through; the head decides on them."""
        deadlines.keep(self, Deadline.Kind.PROOF, now=act.now)
        heads = self._heads()
        self.promise_by_month(act, Deadline.Kind.ORDER, heads[0] if len(heads) == 1 else None)
        act.tell(heads, Notice.Kind.YOUR_TURN, note)

    @step(
        field="state",
        source=State.PROOF,
        target=State.APPROVED,
        allowed=staff(is_head_of_it),
        verb=_("Approve for printing"),
        done=_("Approved for printing"),
        conditions=[has_proof],
        rank=10,
    )
    def approve(self, act: Act, *, note: str = "") -> None:
        """The head approves these pages: this edition, by its checksum, goes to the printer and on the web."""
        deadlines.keep(self, Deadline.Kind.ORDER, now=act.now)
        self.approved_edition = self.editions.order_by("-edition").first()
        self.approved_by = act.actor.user
        self.promise_by_month(act, Deadline.Kind.PRINT, self.owner)
        act.tell([self.owner], Notice.Kind.YOUR_TURN, note)

    @step(
        field="state",
        source=State.PROOF,
        target=State.PLANNED,
        allowed=staff(is_head_of_it),
        verb=_("Send back"),
        done=_("Proof sent back"),
        rank=20,
        needs_reason=True,
    )
    def return_proof(self, act: Act) -> None:
        """The head wants it otherwise and says what; the officer changes the content and closes it again."""
        deadlines.drop(self, Deadline.Kind.ORDER, now=act.now)
        self.promise_now(act, Deadline.Kind.CONTENT, self.owner)
        act.tell([self.owner], Notice.Kind.YOUR_TURN, act.reason)

    # ── What a child knows ──────────────────────────────────────────────────────────────────

    def _write_entries(self, chosen: Sequence[Chosen]) -> None:
        raise NotImplementedError

    def arranged_words(self) -> str:
        raise NotImplementedError

    def content_key(self) -> str:
        """What the pages are made from, in short: another key means that they are to be made anew."""
        raise NotImplementedError

    def ask_for_pages(self, act: Act) -> None:
        """The next edition is asked for in the same transaction; the worker makes it."""
        raise NotImplementedError
