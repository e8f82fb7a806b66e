"""What the pages of petitions and of related matters differ in; everything else about them is the office's."""

from __future__ import annotations

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from complaints import related_worklist
from complaints.event_lines import event_lines
from complaints.forms.related_steps import RELATED_STEP_FORMS
from complaints.forms.steps import STEP_FORMS
from complaints.models import Petition, Referral, RelatedMatter, State
from complaints.views.cards import ON_A_PETITION, PETITION_CARDS, RELATED_CARDS
from complaints.worklist import next_step
from office.desk import Desk, StageOf
from office.models import MatterQuerySet

STEP_ASIDE = "complaints/cards/step_aside.html"
HALTED = (State.ASKED, State.PAUSED)
SUGGESTING = "js/suggested.js"

# ── Petitions ───────────────────────────────────────────────────────────────────────────────


def _petitions() -> MatterQuerySet:
    referrals = Referral.objects.select_related("agency", "deadline")
    rows = Petition.objects.annotate(**ON_A_PETITION)
    return rows.select_related(
        "owner", "category__parent", "province", "education_area", "agency"
    ).prefetch_related(Prefetch("referrals", queryset=referrals))


def _kind_of_petition(petition: Petition) -> str:
    return f"{petition.get_petition_kind_display()} · {petition.get_channel_display()}"


PETITION_STAGES: list[StageOf] = [
    (_("Registration"), set(), {"receive"}),
    (_("Opinion"), {State.RECEIVED, State.RETURNED}, {"summarise"}),
    (_("Head's check"), {State.SUMMARISED}, {"submit"}),
    (_("Decision"), {State.SUBMITTED}, {"order", "note"}),
    (_("Agency"), {State.ORDERED, State.REFERRED}, {"answer", "refer"}),
    (_("Telling the petitioner"), {State.ANSWERED}, {"inform"}),
    (_("Closing"), {State.INFORMED}, {"close"}),
]

PETITIONS = Desk(
    model=Petition,
    rows=_petitions,
    forms=STEP_FORMS,
    stages=PETITION_STAGES,
    next_step=lambda petition, now: next_step(petition),
    name=_("Petitions"),
    section="petitions",
    list_page="complaints:petitions",
    page="complaints:petition",
    step_page="complaints:step",
    kind_line=_kind_of_petition,
    template="complaints/petition.html",
    cards=PETITION_CARDS,
    step_aside=STEP_ASIDE,
    halted=HALTED,
    event_lines=event_lines,
    scripts=[SUGGESTING],
)


# ── Related matters ─────────────────────────────────────────────────────────────────────────


def _related() -> MatterQuerySet:
    return RelatedMatter.objects.select_related("owner", "agency", "arises_from").prefetch_related(
        "hearings__deadline", "court_steps__recorded_by"
    )


RELATED_STAGES: list[StageOf] = [
    (_("Registration"), set(), {"receive"}),
    (_("Opinion"), {State.RECEIVED, State.RETURNED}, {"summarise"}),
    (_("Head's check"), {State.SUMMARISED}, {"submit"}),
    (_("Decision"), {State.SUBMITTED}, {"order", "note"}),
    (_("Carrying out"), {State.ORDERED}, {"carry_out", "close"}),
    (_("Closing"), set(), {"close"}),
]

RELATED = Desk(
    model=RelatedMatter,
    rows=_related,
    forms=RELATED_STEP_FORMS,
    stages=RELATED_STAGES,
    next_step=related_worklist.next_step,
    name=_("Related matters"),
    section="related",
    list_page="complaints:related_list",
    page="complaints:related",
    step_page="complaints:related_step",
    kind_line=lambda matter: matter.get_related_kind_display(),
    template="complaints/related.html",
    cards=RELATED_CARDS,
    step_aside=STEP_ASIDE,
    halted=HALTED,
    event_lines=event_lines,
    scripts=[SUGGESTING],
)
