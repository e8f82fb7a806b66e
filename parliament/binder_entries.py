"""What the binder says of each matter on the agenda: the question and its approved answer, the statement on a motion,
the substance of a bill, a consultation with its order. Without an approved answer it says that there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from office.models import Matter
from office.thai import format_long, to_thai_digits
from parliament.models import (
    AnswerDraft,
    Bill,
    BillStage,
    Consultation,
    FollowUp,
    Interpellation,
    Member,
    Motion,
)


@dataclass(frozen=True)
class Section:
    """A text under its heading; the answer is set apart."""

    heading: str
    text: str
    is_answer: bool = False


@dataclass(frozen=True)
class Entry:
    """One matter: its number and kind, facts in a line each, its texts; `missing` says what is not approved yet."""

    key: int
    kind: str
    label: str
    title: str
    secrecy: int
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    missing: str = ""


def entries_of(keys: Collection[int]) -> dict[int, Entry]:
    """What is said of each of the matters. A query for each kind there is, and one for the approved texts."""
    kinds: dict[str, list[int]] = {}
    titles: dict[int, Matter] = {}
    for matter in Matter.objects.filter(pk__in=keys):
        kinds.setdefault(matter.kind, []).append(matter.pk)
        titles[matter.pk] = matter
    approved = _approved(keys)
    found: dict[int, Entry] = {}
    for kind, of_kind in kinds.items():
        write = WRITERS.get(Matter.Kind(kind))
        if write:
            found |= {entry.key: entry for entry in write(of_kind, approved)}
    for key, matter in titles.items():
        if key not in found:
            found[key] = _entry(matter, [], [])
    return found


def _approved(keys: Collection[int]) -> dict[int, AnswerDraft]:
    drafts = AnswerDraft.objects.filter(matter__in=keys, approved_at__isnull=False)
    return {draft.matter_id: draft for draft in drafts}


def _entry(
    matter: Any,
    facts: Iterable[tuple[Any, str | None]],
    sections: Iterable[tuple[Any, str]],
    *,
    answer: tuple[Any, AnswerDraft | None, Any] | None = None,
) -> Entry:
    """Facts and texts that are not given are left out; `answer` is its heading, the text, what to say without one."""
    texts = [Section(str(heading), text) for heading, text in sections if text.strip()]
    missing = ""
    if answer:
        heading, draft, without = answer
        if draft:
            texts.append(Section(str(heading), draft.text, is_answer=True))
        else:
            missing = str(without)
    return Entry(
        key=matter.pk,
        kind=str(matter.get_kind_display()),
        label=matter.label,
        title=matter.title,
        secrecy=matter.secrecy,
        facts=tuple((str(name), value) for name, value in facts if value),
        sections=tuple(texts),
        missing=missing,
    )


def _who(member: Member | None) -> str:
    """`นายสมหมาย ถามทุกข์ · พรรคพัฒนาการศึกษา · เชียงราย เขต ๒`."""
    if member is None:
        return ""
    parts = [member.full_name, str(member.party or ""), member.area]
    return " · ".join(part for part in parts if part)


Approved = dict[int, AnswerDraft]


def _interpellations(keys: Collection[int], approved: Approved) -> Iterable[Entry]:
    rows = Interpellation.objects.filter(pk__in=keys).select_related("asker__party", "asker__province")
    for one in rows.prefetch_related("sub_questions"):
        questions = "\n".join(
            f"{to_thai_digits(question.position)}. {question.text}" for question in one.sub_questions.all()
        )
        yield _entry(
            one,
            [
                (_("Asked by"), _who(one.asker)),
                (_("Kind"), f"{one.get_interpellation_kind_display()} ({one.get_chamber_display()})"),
                (_("Number of the question"), to_thai_digits(one.question_number)),
            ],
            [(_("Question"), one.text), (_("Questions one by one"), questions)],
            answer=(
                _("Approved answer"),
                approved.get(one.pk),
                _("No answer has been approved yet."),
            ),
        )


def _motions(keys: Collection[int], approved: Approved) -> Iterable[Entry]:
    for one in Motion.objects.filter(pk__in=keys).select_related("proposer__party", "proposer__province"):
        yield _entry(
            one,
            [(_("Proposed by"), _who(one.proposer)), (_("Chamber"), str(one.get_chamber_display()))],
            [(_("Motion"), one.text)],
            answer=(
                _("Approved statement"),
                approved.get(one.pk),
                _("No statement has been approved yet."),
            ),
        )


def _bills(keys: Collection[int], approved: Approved) -> Iterable[Entry]:
    stages = Prefetch("stages", BillStage.objects.order_by("position"))
    rows = Bill.objects.filter(pk__in=keys).select_related("proposer__party", "proposer__province")
    for one in rows.prefetch_related(stages):
        yield _entry(
            one,
            [
                (
                    _("Proposed by"),
                    _who(one.proposer) or one.proposer_text or one.get_proposer_kind_display(),
                ),
                (_("The ministry's part"), str(one.get_ministry_part_display())),
                (_("Number of the bill"), to_thai_digits(one.bill_number)),
            ],
            [
                (_("Reasons and substance"), one.substance),
                (_("Its way so far"), "\n".join(_stage_line(stage) for stage in one.stages.all())),
            ],
        )


def _stage_line(stage: BillStage) -> str:
    outcome = f" – {stage.get_outcome_display()}" if stage.outcome else ""
    return f"{stage.get_stage_display()}: {format_long(stage.began_on)}{outcome}"


def _consultations(keys: Collection[int], approved: Approved) -> Iterable[Entry]:
    rows = Consultation.objects.filter(pk__in=keys)
    for one in rows.select_related("member__party", "member__province", "body"):
        yield _entry(
            one,
            [
                (_("Raised by"), _who(one.member) or str(one.body)),
                (_("Raised on"), format_long(one.raised_on)),
                (_("Number of their letter"), to_thai_digits(one.reference)),
            ],
            [
                (_("What was raised"), one.text),
                (_("Summary"), one.summary),
                (_("Opinion"), one.opinion),
                (_("Order"), one.order_text),
            ],
        )


def _follow_ups(keys: Collection[int], approved: Approved) -> Iterable[Entry]:
    for one in FollowUp.objects.filter(pk__in=keys).select_related("agency"):
        yield _entry(
            one,
            [(_("Agency concerned"), str(one.agency or ""))],
            [(_("What is to be done"), one.wanted), (_("What came of it"), one.outcome)],
        )


WRITERS: dict[Matter.Kind, Callable[[Collection[int], Approved], Iterable[Entry]]] = {
    Matter.Kind.INTERPELLATION: _interpellations,
    Matter.Kind.MOTION: _motions,
    Matter.Kind.BILL: _bills,
    Matter.Kind.CONSULTATION: _consultations,
    Matter.Kind.FOLLOW_UP: _follow_ups,
}
