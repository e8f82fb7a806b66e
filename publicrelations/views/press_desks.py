"""What the pages of press conferences differ in, and their register; everything else about them is the office's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.desk import Desk, StageOf
from office.lists import Order
from office.models import MatterQuerySet, User
from office.models.calendar import current_calendar
from office.registers import DUE, Register
from publicrelations import press_worklist
from publicrelations.forms.press_steps import PRESS_STEP_FORMS
from publicrelations.models import Article, PressConference
from publicrelations.permissions import may_register
from publicrelations.press_filters import PressConferenceFilter
from publicrelations.press_list import list_card, listed, lists_of, with_coordination
from publicrelations.press_tables import PressConferenceTable
from publicrelations.press_words import press_lines

State = PressConference.State


def _press_conferences() -> MatterQuerySet:
    rows = PressConference.objects.select_related("owner", "follows", "followed_by").defer(
        "search_text", "follows__search_text", "followed_by__search_text"
    )
    articles = Article.objects.filter(press_conference=OuterRef("pk"))
    rows = rows.annotate(has_articles=Exists(articles))
    return with_coordination(rows, timezone.now())


def _idle(conference: Any, now: datetime) -> set[str]:
    """Nobody is asked who has answered, nor told once more who is told; who came is noted from its day on."""
    idle = set()
    stands = listed(conference)
    if not [one for one in stands.uninvited if one.address]:
        idle.add("invite")
    if not [one for one in stands.rows if one.invited_at is None]:
        idle |= {"note_invited", "strike"}
    if now >= conference.starts_at or not stands.silent:
        idle.add("remind")
    if not [one for one in stands.rows if one.invited_at or one.mail_at]:
        idle |= {"answer", "unmark", "withdraw"}
    if now >= conference.starts_at:
        idle.add("withdraw")
    if now.astimezone(OFFICE_TZ).date() < conference.starts_at.astimezone(OFFICE_TZ).date():
        idle |= {"note_came", "unmark_came", "hold"}
    return idle


STAGES: list[StageOf] = [
    (_("Planning"), set(), {"receive"}),
    (_("Inviting the media"), {State.PLANNED}, {"note_invited", "confirm_mail", "strike", "unmark"}),
    (_("The press conference"), {State.INVITED}, {"hold"}),
    (_("Coverage"), {State.HELD}, {"record_coverage", "note_nobody_reported"}),
    (_("Closing"), {State.COVERED}, {"close"}),
]

PRESS_CONFERENCES = Desk(
    model=PressConference,
    rows=_press_conferences,
    prefetched=lists_of,
    forms=PRESS_STEP_FORMS,
    stages=STAGES,
    next_step=press_worklist.next_step,
    idle=_idle,
    name=_("Press conferences"),
    section="press_conferences",
    list_page="publicrelations:press_conferences",
    page="publicrelations:press_conference",
    step_page="publicrelations:press_conference_step",
    kind_line=lambda conference: str(conference.get_occasion_display()),
    template="publicrelations/press_conference.html",
    cards=[list_card],
    step_aside="publicrelations/cards/press_aside.html",
    halted={State.POSTPONED, State.CANCELLED},
    event_lines=press_lines,
    scripts=["js/press.js"],
)


def _table(keys: Sequence[int], user: User) -> PressConferenceTable:
    return PressConferenceTable(press_worklist.rows_of(keys), calendar=current_calendar())


def _registering(user: User) -> dict[str, Any]:
    return {"may_register": may_register.test(user)}


def orders(filterset: PressConferenceFilter) -> dict[str, Order]:
    """Of a month or year by the moment they begin, whose index leads to them."""
    column = "starts_at" if filterset.data.get("month") or filterset.data.get("fiscal_year") else "pk"
    return {"newest": Order(column, tie="pk", descending=True), "oldest": Order(column, tie="pk"), "due": DUE}


PRESS_REGISTER = Register(
    model=PressConference,
    filter=PressConferenceFilter,
    table=_table,
    name=_("Press conferences"),
    section="press_conferences",
    page="publicrelations:press_conferences",
    filter_page="publicrelations:press_conference_filter",
    none_fits=_("No press conference fits these filters. Take one away, or show all."),
    none_yet=_(
        "Press conferences stand here, weekly or by the minister's work: who is invited before they begin, "
        "who came, and what was reported."
    ),
    template="publicrelations/press_conferences.html",
    more=_registering,
    orders=orders,
    key_columns=["starts_at"],
    is_costly_to_count=lambda query: bool(query.get("promise") or query.get("late") or query.get("outlet")),
)
