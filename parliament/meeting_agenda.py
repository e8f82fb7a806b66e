"""The agenda of a meeting as pages show it: of each item who is told, what is ready, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import DateTimeField, Exists, Field, OuterRef, Prefetch, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from office.figures import figures
from office.models import Deadline, Document, Matter, User
from parliament import readiness
from parliament.models import AgendaItem, FollowUp, Interpellation, Meeting, Motion, Need, Telling
from parliament.models.agenda_steps import prepares
from parliament.models.meeting_state import COMING

State = Meeting.State
EMPTY: Final[Mapping[int, Sequence[Document]]] = {}


def items_of_meetings(user: User) -> Prefetch:
    """The agenda with all that is shown of it to one person, in three queries however many meetings."""
    seen = Matter.objects.visible_to(user).filter(pk=OuterRef("about"))
    tellings = Telling.objects.with_letters().select_related("agency", "person").order_by("pk")
    needs = Need.objects.select_related("agency", "officer", "document").order_by("pk")
    items = AgendaItem.objects.select_related("about", "consideration__stage")
    items = items.annotate(is_about_seen=Exists(seen)).order_by("position")
    items = items.prefetch_related(Prefetch("tellings", tellings), Prefetch("needs", needs))
    return Prefetch("items", items)


def put_under(meetings: Sequence[Meeting], user: User) -> dict[int, list[Matter]]:
    """The questions and motions that were put under items of these meetings, fetched with `items_of_meetings`, as far
    as this person may see them, by item; one query."""
    keys = [item.pk for meeting in meetings for item in meeting.items.all()]
    questions, motions = (
        rows.filter(item__in=keys).order_by().values("pk")
        for rows in (Interpellation.objects, Motion.objects)
    )
    seen = Matter.objects.visible_to(user).filter(pk__in=questions.union(motions)).defer("search_text")
    found: dict[int, list[Matter]] = {}
    for one in seen.annotate(under=Coalesce("interpellation__item_id", "motion__item_id")).order_by("pk"):
        found.setdefault(one.under, []).append(one)
    return found


@dataclass(frozen=True)
class ItemRow:
    """One item: what is marked and what is not; its tone names its look, its words say the same."""

    item: AgendaItem
    tellings: Sequence[Telling]
    needs: Sequence[Need]
    documents: Sequence[Document] = ()
    """Its files, but for those that stand beside the paper they were sent for."""
    matters: Sequence[Matter] = ()
    """What it is about, and the questions and motions put under it, as far as this person may see them."""

    @property
    def untold(self) -> list[Telling]:
        return [one for one in self.tellings if one.told_at is None]

    @property
    def unready(self) -> list[Need]:
        return [one for one in self.needs if one.ready_at is None]

    @property
    def is_bare(self) -> bool:
        """It concerns us and nobody has written yet whom to tell and what is needed."""
        return self.item.concerns_us and not self.tellings and not self.needs

    @property
    def is_complete(self) -> bool:
        return not self.untold and not self.unready

    @property
    def tone(self) -> str:
        if not self.item.concerns_us:
            return "aside"
        if self.is_bare:
            return "bare"
        return "complete" if self.is_complete else "lacking"

    @property
    def words(self) -> str:
        """What is missing, or that nothing is."""
        if not self.item.concerns_us:
            return ""
        if self.is_bare:
            return _("Nobody to tell, nothing to have ready")
        parts = []
        if self.untold:
            parts.append(_("%(count)s to tell") % {"count": figures(len(self.untold))})
        if self.unready:
            parts.append(_("%(count)s not ready") % {"count": figures(len(self.unready))})
        return " · ".join(parts) or _("All told and ready")


@dataclass(frozen=True)
class Agenda:
    """All items of one meeting, and the sum of what is marked."""

    rows: Sequence[ItemRow]

    @property
    def concerning(self) -> list[ItemRow]:
        return [row for row in self.rows if row.item.concerns_us]

    @property
    def missing_first(self) -> list[ItemRow]:
        """What concerns us: what lacks something before what lacks nothing, each in the agenda's order."""
        return sorted(self.concerning, key=lambda row: row.is_complete)

    @property
    def tellings(self) -> list[Telling]:
        return [one for row in self.concerning for one in row.tellings]

    @property
    def needs(self) -> list[Need]:
        return [one for row in self.concerning for one in row.needs]

    @property
    def told(self) -> int:
        return sum(one.told_at is not None for one in self.tellings)

    @property
    def ready(self) -> int:
        return sum(one.ready_at is not None for one in self.needs)

    @property
    def acknowledged(self) -> int:
        return sum(one.acknowledged_at is not None for one in self.tellings)

    @property
    def is_complete(self) -> bool:
        return self.told == len(self.tellings) and self.ready == len(self.needs)

    @property
    def sum_words(self) -> str:
        """`Told 5 of 7 · Ready 3 of 4`, without what there is nothing of."""
        parts = []
        if self.tellings:
            counts = {"done": figures(self.told), "all": figures(len(self.tellings))}
            parts.append(_("Told %(done)s of %(all)s") % counts)
        if self.needs:
            counts = {"done": figures(self.ready), "all": figures(len(self.needs))}
            parts.append(_("Ready %(done)s of %(all)s") % counts)
        return " · ".join(parts)


def agenda_of(
    meeting: Meeting, put: Mapping[int, Sequence[Matter]], files: Mapping[int, Sequence[Document]] = EMPTY
) -> Agenda:
    """The agenda of a meeting that was fetched with `items_of_meetings`; by item what was put under it (`put_under`),
    and its files, if shown."""
    return Agenda([_row(item, put.get(item.pk, ()), files.get(item.pk, ())) for item in meeting.items.all()])


def files_of_items(meeting: Meeting) -> dict[int, list[Document]]:
    """The files of each item that has some, in one query."""
    found: dict[int, list[Document]] = {}
    rows: Any = AgendaItem.documents.through.objects.filter(agendaitem__meeting=meeting)
    for row in rows.select_related("document").order_by("document"):
        found.setdefault(row.agendaitem_id, []).append(row.document)
    return found


def _row(item: Any, put: Sequence[Matter], files: Sequence[Document]) -> ItemRow:
    needs = list(item.needs.all())
    shown = {need.document_id for need in needs}
    documents = [one for one in files if one.pk not in shown]
    others = [one for one in put if one.pk != item.about_id]
    matters = [item.about, *others] if item.is_about_seen else others
    return ItemRow(item, list(item.tellings.all()), needs, documents, matters)


@dataclass(frozen=True)
class Standing:
    """Whether all was told and ready before it began: a tone and its words, and what has to be said besides."""

    tone: str
    words: str
    note: str = ""


def _of_promise(column: str, output: Field[Any, Any]) -> RawSQL:
    """A column of the newest promise that all is ready, as far as none was taken back. As it stands: through the models
    these few words took a fifth of the time that the page did."""
    sql = f"""(SELECT promise.{column} FROM office_deadline AS promise
               WHERE promise.matter_id = parliament_meeting.matter_id AND promise.kind = %s
                 AND promise.dropped_at IS NULL ORDER BY promise.id DESC LIMIT 1)"""  # nosec B608 # the name of a column, from the code; the kind is a parameter
    return RawSQL(sql, [Deadline.Kind.READY.value], output_field=output)  # nosec B611 # the name of a column, from the code; the kind is a parameter


READINESS: Final = {
    "ready_due_at": _of_promise("due_at", DateTimeField()),
    "ready_met_at": _of_promise("met_at", DateTimeField()),
    "ready_late_reason": _of_promise("late_reason", TextField()),
}
"""What the desk fetches with a meeting, for `standing_of`."""


def standing_of(meeting: Any, now: datetime) -> Standing | None:
    """How a meeting fetched with `READINESS` stands against its beginning; None for one that does not take place, or
    was promised nothing."""
    if not readiness.takes_place(meeting):
        return None
    if meeting.is_out_of_the_count:
        return Standing(
            "quiet",
            _("Out of the count"),
            _("The office was told of it only after it had begun, so nobody could be told in time."),
        )
    due, met = meeting.ready_due_at, meeting.ready_met_at
    if due is None:
        return None
    if met and met <= due:
        return Standing("ok", _("All told and ready before it began"))
    if met or due < now:
        return Standing("late", _("Not all ready before it began"), meeting.ready_late_reason)
    return Standing("soon", _("Not all told and ready yet"))


def agenda_card(meeting: Meeting, user: User, now: datetime) -> dict[str, Any]:
    """What the page shows of the agenda, and what this person may mark on it."""
    may_prepare = meeting.state in COMING and prepares.test(user, meeting)
    # The desk fetches with a meeting whether it has files and follow-ups.
    files = files_of_items(meeting) if meeting.has_documents else {}  # type: ignore[attr-defined]
    follow_ups: list[FollowUp] = []
    if meeting.has_follow_ups:  # type: ignore[attr-defined]
        rows = FollowUp.objects.visible_to(user).filter(from_meeting=meeting.pk).select_related("owner")
        follow_ups = list(rows.order_by("pk").defer("search_text"))
    return {
        "meeting": meeting,
        "agenda": agenda_of(meeting, put_under([meeting], user), files),
        "standing": standing_of(meeting, now),
        "may_prepare": may_prepare,
        "follow_ups": follow_ups,
    }
