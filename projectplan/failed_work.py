"""What was to be sent or made in the background and failed or hangs, from every room, and trying it once more.

Each kind of work is a `Source`: which rows failed, which hang, how one is named without its content, how it is begun
anew. Trying again is an update on condition: whatever was done meanwhile stays done, and twice is once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from celery import current_app
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.faults import source_of
from office.models import ClockWork, Leaving, Notice, OutgoingLetter, RegisterImport, Report, WorkFault
from office.models.calendar import current_calendar
from office.models.making import Made, MakingState
from office.notices import DELIVER_TASK
from office.queue import start_by_name_after_commit
from parliament.models import Binder
from projectplan.clock_words import words_of
from projectplan.subjects import document_of
from publicrelations.models import JournalEdition, LabelPrint, Picture

HANGS_AFTER: Final = timedelta(minutes=15)
"""So long the rounds have had several turns at what waits."""
MOST_SHOWN: Final = 50
CLOCK: Final = source_of(ClockWork)


@dataclass(frozen=True)
class Failed:
    """One piece of work: which, since when it waits, whether it failed or hangs, and what went wrong last."""

    key: int
    words: str
    since: datetime
    hangs: bool
    tries: int
    fault: WorkFault | None = None
    said: str = ""
    address: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of work. `rows` are those that failed or hang, the longest first; `again` begins them anew."""

    key: str
    words: Any
    rows: Callable[[datetime], QuerySet[Any]]
    shown: Callable[[Any], Failed]
    again: Callable[[QuerySet[Any], datetime], int]
    task: str


@dataclass(frozen=True)
class Group:
    """What of one source is to be shown; `more` says that there are others."""

    source: Source
    rows: list[Failed]
    more: bool


def groups(now: datetime) -> list[Group]:
    """Everything that failed or hangs, by its kind; kinds with nothing are left out. Two queries each at the most."""
    found = []
    for source in SOURCES:
        rows = [source.shown(row) for row in source.rows(now)[: MOST_SHOWN + 1]]
        if rows:
            found.append(Group(source, _with_faults(source, rows[:MOST_SHOWN]), len(rows) > MOST_SHOWN))
    return found


def _with_faults(source: Source, rows: list[Failed]) -> list[Failed]:
    keys = [row.key for row in rows]
    faults = {one.row_id: one for one in WorkFault.objects.filter(source=source.key, row_id__in=keys)}
    return [
        Failed(
            row.key,
            row.words,
            row.since,
            row.hangs,
            faults[row.key].tries if row.key in faults else row.tries,
            faults.get(row.key),
            row.said,
            row.address,
        )
        for row in rows
    ]


def count(now: datetime) -> int:
    """How much failed or hangs, no further than the page shows."""
    return sum(source.rows(now).order_by()[:MOST_SHOWN].count() for source in SOURCES)


def try_again(key: str, row_id: int | None, now: datetime) -> int:
    """Begin one row of a source anew, or all of them; how many that were. LookupError for an unknown source."""
    source = next((one for one in SOURCES if one.key == key), None)
    if source is None:
        raise LookupError(key)
    rows = source.rows(now).order_by()
    return source.again(rows if row_id is None else rows.filter(pk=row_id), now)


# ── What is sent ────────────────────────────────────────────────────────────────────────────


def _notices(now: datetime) -> QuerySet[Notice]:
    """Letters that were tried in vain; and those that could have left long ago, for people only when the office is
    open, as the outbox does."""
    unsent = Notice.objects.filter(way=Notice.Way.EMAIL, sent_at=None, digest=None)
    hangs = Q(deliver_from__lt=now - HANGS_AFTER, failures=0)
    calendar = current_calendar()
    if not (calendar.is_open(now) and calendar.is_open(now - HANGS_AFTER)):
        hangs &= Q(recipient=None)
    return unsent.filter(Q(failures__gt=0) | hangs).select_related("matter", "recipient").order_by("made_at")


def _notice(notice: Notice) -> Failed:
    about = notice.matter.label if notice.matter else str(notice.recipient or "")
    words = " · ".join(part for part in (str(notice.get_kind_display()), about) if part)
    return Failed(notice.pk, words, notice.made_at, notice.failures == 0, notice.failures)


def _send_again(rows: QuerySet[Notice], now: datetime) -> int:
    keys = list(rows.values_list("pk", flat=True))
    free = Q(held_until=None) | Q(held_until__lt=now)
    count = Notice.objects.filter(free, pk__in=keys, sent_at=None).update(deliver_from=now, held_until=None)
    start_by_name_after_commit(DELIVER_TASK)
    return count


def _bare_letters(now: datetime) -> QuerySet[OutgoingLetter]:
    numbered = OutgoingLetter.objects.filter(issued_at__lt=now - HANGS_AFTER, sent_at=None, document=None)
    return numbered.order_by("issued_at")


def _letter(letter: OutgoingLetter) -> Failed:
    assert letter.issued_at
    return Failed(letter.pk, letter.label, letter.issued_at, hangs=True, tries=0)


def _print_again(rows: QuerySet[OutgoingLetter], now: datetime) -> int:
    start_by_name_after_commit("complaints.tasks.make_missing_letter_papers")
    return rows.count()


# ── What is made ────────────────────────────────────────────────────────────────────────────


def _making(
    model: Any, words: Any, task: str, name: Callable[[Any], str], *, along: Iterable[str] = ()
) -> Source:
    """The source of one kind of what is made in the background (`office.models.making`)."""

    def rows(now: datetime) -> QuerySet[Any]:
        waits = Q(state=MakingState.WAITING, asked_at__lt=now - HANGS_AFTER)
        left = Q(state=MakingState.MAKING, held_until__lt=now - HANGS_AFTER)
        found = model.objects.filter(Q(state=MakingState.FAILED) | waits | left)
        return found.select_related(*along).order_by("asked_at") if along else found.order_by("asked_at")

    def shown(row: Made) -> Failed:
        hangs = row.state != MakingState.FAILED
        return Failed(row.pk, name(row), row.asked_at, hangs, 0 if hangs else 1, address=_address(row))

    def again(found: QuerySet[Any], now: datetime) -> int:
        count = found.count()
        found.filter(state=MakingState.FAILED).update(state=MakingState.WAITING, progress=0, asked_at=now)
        start_by_name_after_commit(task)
        return count

    return Source(source_of(model), words, rows, shown, again, task)


def _address(row: Made) -> str:
    """The page that an administrator may open of it; of what belongs to a matter there is none."""
    if isinstance(row, Leaving):
        return reverse("administration:leaving", args=[row.pk])
    return reverse("imports:hub") if isinstance(row, RegisterImport) else ""


def _report(report: Report) -> str:
    return document_of(report.kind).title(report.period)


# ── What the clock starts ───────────────────────────────────────────────────────────────────


def _works(now: datetime) -> QuerySet[ClockWork]:
    return ClockWork.objects.filter(outcome=ClockWork.Outcome.FAILED).order_by("ended_at")


def _work(work: ClockWork) -> Failed:
    assert work.ended_at
    return Failed(
        work.pk, str(words_of(work.name).title), work.ended_at, hangs=False, tries=1, said=work.fault
    )


def _start_again(rows: QuerySet[ClockWork], now: datetime) -> int:
    names = set(rows.values_list("name", flat=True))
    for name in names & set(current_app.conf.beat_schedule):
        start_by_name_after_commit(current_app.conf.beat_schedule[name]["task"])
    return len(names)


SOURCES: Final[list[Source]] = [
    Source(source_of(Notice), _("E-mail"), _notices, _notice, _send_again, DELIVER_TASK),
    Source(
        source_of(OutgoingLetter),
        _("Papers of letters"),
        _bare_letters,
        _letter,
        _print_again,
        "complaints.tasks.make_missing_letter_papers",
    ),
    _making(Report, _("Reports and books"), "projectplan.tasks.make_waiting_reports", _report),
    _making(
        Binder,
        _("Minister's binders"),
        "parliament.tasks.make_waiting_binders",
        lambda binder: binder.meeting.label,
        along=["meeting"],
    ),
    _making(
        JournalEdition,
        _("Pages of the journal"),
        "publicrelations.tasks.make_waiting_journal_papers",
        lambda edition: edition.journal.label,
        along=["journal"],
    ),
    _making(
        LabelPrint,
        _("Address labels"),
        "publicrelations.tasks.make_waiting_journal_papers",
        lambda labels: labels.journal.label,
        along=["journal"],
    ),
    _making(
        Picture,
        _("Pictures of the news"),
        "publicrelations.tasks.render_waiting_pictures",
        lambda picture: picture.article.label,
        along=["article"],
    ),
    _making(
        RegisterImport,
        _("Registers brought as files"),
        "projectplan.tasks.load_waiting_registers",
        lambda bringing: bringing.file_name,
    ),
    _making(
        Leaving,
        _("Work of leavers"),
        "projectplan.tasks.hand_over_waiting",
        lambda leaving: str(leaving.person),
        along=["person"],
    ),
    Source(CLOCK, _("What the clock starts"), _works, _work, _start_again, ""),
]
