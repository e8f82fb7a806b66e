"""What the pages of interpellations and of motions differ in; everything else about them is the office's."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.desk import Desk, StageOf
from office.figures import figures
from office.models import MatterQuerySet
from office.there_is import there_is
from parliament.answer_cards import answer_card, on_it
from parliament.answer_lines import answer_lines
from parliament.answering_worklist import next_step
from parliament.forms.interpellations import INTERPELLATION_STEP_FORMS
from parliament.forms.motions import MOTION_STEP_FORMS
from parliament.models import AnswerState, Interpellation, Motion
from parliament.models.interpellation import is_for_the_gazette

State = AnswerState
ASIDE = "parliament/cards/answer_aside.html"


def _stages(given: object, steps: set[str], last: list[StageOf]) -> list[StageOf]:
    return [
        (_("Registration"), set(), {"receive"}),
        (_("Agencies"), {State.RECEIVED, State.ASKED}, {"answer_request", "ask_agencies"}),
        (_("Draft"), {State.DRAFTING}, {"submit_draft"}),
        (_("Head's check"), {State.CHECKING}, {"put_to_minister"}),
        (_("The minister"), {State.ON_DESK}, {"approve"}),
        (given, {State.APPROVED}, steps),
        *last,
    ]


# ── Interpellations ─────────────────────────────────────────────────────────────────────────


ON_A_QUESTION = on_it(Interpellation) | {
    "has_parts": there_is(Interpellation, ("parliament_subquestion", "interpellation_id"))
}


def _interpellations() -> MatterQuerySet:
    rows = Interpellation.objects.select_related(
        "owner", "asker__party", "asker__province", "session", "item"
    )
    return rows.annotate(**ON_A_QUESTION)


def _kind_of_question(question: Interpellation) -> str:
    number = gettext("no. %(number)s") % {"number": figures(question.question_number)}
    return f"{question.get_interpellation_kind_display()} {number} · {question.get_chamber_display()}"


CLOSING: StageOf = (_("Closing"), {State.GIVEN}, {"close"})
IN_THE_SITTING = _stages(_("Answer in the sitting"), {"answer_in_sitting", "answer_without_text"}, [CLOSING])
IN_THE_GAZETTE = _stages(
    _("Sending"),
    {"send_to_gazette"},
    [(_("Royal Gazette"), {State.PRINTING}, {"record_printing"}), CLOSING],
)


def _line_of(question: Interpellation) -> list[StageOf]:
    return IN_THE_GAZETTE if is_for_the_gazette(question) else IN_THE_SITTING


INTERPELLATIONS = Desk(
    model=Interpellation,
    rows=_interpellations,
    forms=INTERPELLATION_STEP_FORMS,
    stages=IN_THE_SITTING,
    stages_of=_line_of,
    next_step=next_step,
    name=_("Interpellations"),
    section="interpellations",
    list_page="parliament:interpellations",
    page="parliament:interpellation",
    step_page="parliament:interpellation_step",
    kind_line=_kind_of_question,
    template="parliament/interpellation.html",
    cards=[answer_card],
    step_aside=ASIDE,
    event_lines=answer_lines,
)


# ── Motions ─────────────────────────────────────────────────────────────────────────────────


ON_A_MOTION = on_it(Motion)


def _motions() -> MatterQuerySet:
    rows = Motion.objects.select_related("owner", "proposer__party", "proposer__province", "session", "item")
    return rows.annotate(**ON_A_MOTION)


def _kind_of_motion(motion: Motion) -> str:
    chamber = str(motion.get_chamber_display())
    if not motion.motion_number:
        return chamber
    number = gettext("no. %(number)s") % {"number": figures(motion.motion_number)}
    return f"{number} · {chamber}"


MOTIONS = Desk(
    model=Motion,
    rows=_motions,
    forms=MOTION_STEP_FORMS,
    stages=_stages(
        _("Statement"),
        {"give_statement", "give_statement_without_text"},
        [(_("Vote and closing"), {State.GIVEN}, {"close"})],
    ),
    next_step=next_step,
    name=_("Motions"),
    section="motions",
    list_page="parliament:motions",
    page="parliament:motion",
    step_page="parliament:motion_step",
    kind_line=_kind_of_motion,
    template="parliament/motion.html",
    cards=[answer_card],
    step_aside=ASIDE,
    event_lines=answer_lines,
)

DESKS: dict[str, Desk] = {"interpellation": INTERPELLATIONS, "motion": MOTIONS}
"""By Matter.Kind."""
