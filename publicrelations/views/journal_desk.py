"""What the pages of an issue show besides what those of every matter do: its pages, its articles, its copies."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, QuerySet, Sum
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.desk import Desk, StageOf
from office.models import MatterQuerySet, User
from office.models.deadline import Deadline
from office.permissions import carries_it
from publicrelations import journal_worklist
from publicrelations.forms.journal_board import state_words
from publicrelations.forms.journal_steps import JOURNAL_STEP_FORMS
from publicrelations.journal_balance import Balance
from publicrelations.journal_words import journal_lines
from publicrelations.models import Journal, Recipient
from publicrelations.models.journal_state import JournalState

State = JournalState


def _journals() -> MatterQuerySet:
    return Journal.objects.select_related("owner", "cover", "approved_edition", "approved_by")


def _kind_of_journal(journal: Journal) -> str:
    return f"{journal.issue_words} · {journal.month_words}"


def pages_card(journal: Journal, user: User, now: datetime) -> dict[str, Any]:
    """The edition in hand, what is being made, and whether the content has changed since."""
    newest = None if journal.approved_edition else journal.newest_when_read
    in_force = journal.approved_edition or next(
        (one for one in journal.editions_when_read if one.is_issued), None
    )
    return {
        "journal": journal,
        "edition": in_force,
        "making": newest if newest and not newest.is_issued else None,
        "is_outdated": bool(
            in_force and not journal.approved_edition and in_force.fingerprint != journal.content_key()
        ),
        "may_carry": carries_it.test(user, journal),
    }


def articles_card(journal: Journal, user: User, now: datetime) -> dict[str, Any]:
    """The articles in their order, and of which one the site shows no more."""
    entries = journal.entries_when_read
    return {
        "entries": entries,
        "gone": [entry for entry in entries if state_words(entry.article)],
        "may_arrange": journal.state == State.PLANNED and carries_it.test(user, journal),
    }


class Copies:
    """Every copy of an issue and its place, asked for when a page draws it."""

    def __init__(self, journal: Journal, day: date) -> None:
        self.journal, self.day = journal, day

    @cached_property
    def groups(self) -> list[tuple[str, int, int]]:
        """Group by group: its name, how many recipients, how many copies."""
        rows: QuerySet[Any, Any]
        if self.journal.list_closed_at:
            name = "group_name"
            rows = self.journal.consignments.values(name).alias(place=Min("line")).order_by("place")
        else:
            name = "group__name"
            rows = Recipient.objects.on(self.day).values(name).order_by("group__order")
        sums = rows.annotate(recipients=Count("pk"), sent=Sum("copies"))
        return list(sums.values_list(name, "recipients", "sent"))

    @property
    def balance(self) -> Balance:
        sent = sum(copies for _name, _recipients, copies in self.groups)
        return Balance(self.journal.copies_to_share_out, sent, self.journal.stock)


def copies_card(journal: Journal, user: User, now: datetime) -> dict[str, Any]:
    """Every copy and its place: group by group, the stock, the balance."""
    return {"copies": Copies(journal, now.astimezone(OFFICE_TZ).date())}


def schedule_card(journal: Journal, user: User, now: datetime) -> dict[str, Any]:
    """By when it is to be where, while it is on its way."""
    days = {} if journal.mailed_at else journal.due_days
    return {"schedule": [(SCHEDULE_WORDS[kind], day) for kind, day in days.items()]}


SCHEDULE_WORDS: dict[str, Any] = {
    Deadline.Kind.CONTENT: _("Content"),
    Deadline.Kind.PROOF: _("Proof"),
    Deadline.Kind.ORDER: _("Head's approval"),
    Deadline.Kind.PRINT: _("Printing"),
    Deadline.Kind.MAIL: _("Mailing"),
}

STAGES: list[StageOf] = [
    (_("Content"), {State.PLANNED}, {"close_content"}),
    (_("Proof"), {State.CONTENT_CLOSED}, {"submit_proof"}),
    (_("Head's approval"), {State.PROOF}, {"approve"}),
    (_("Printing"), {State.APPROVED}, {"record_printing"}),
    (_("Mailing"), {State.PRINTED}, {"mail"}),
    (_("Archive"), {State.MAILED}, {"archive"}),
]

JOURNALS = Desk(
    model=Journal,
    rows=_journals,
    forms=JOURNAL_STEP_FORMS,
    stages=STAGES,
    next_step=journal_worklist.next_step,
    name=_("Journal"),
    section="journals",
    list_page="publicrelations:journals",
    page="publicrelations:journal",
    step_page="publicrelations:journal_step",
    kind_line=_kind_of_journal,
    template="publicrelations/journal.html",
    cards=[pages_card, articles_card, copies_card, schedule_card],
    step_aside="publicrelations/journal/aside.html",
    event_lines=journal_lines,
    scripts=["js/journal-board.js"],
)
