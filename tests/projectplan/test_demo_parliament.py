"""The demo's parliament: as whole as what real steps leave, exact in a past year, alive in a living one."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from office.calendar import OFFICE_TZ
from office.linking import OF_TOPICS
from office.models import Deadline, Event, Matter, Notice, NumberSeries, Subgroup, User
from office.models.calendar import current_calendar
from parliament.models import (
    AgencyRequest,
    AgendaItem,
    AnswerDraft,
    AnswerState,
    Bill,
    Chamber,
    Committee,
    Consultation,
    FollowUp,
    Interpellation,
    Meeting,
    Member,
    Motion,
    Party,
    RequestLink,
    Session,
    Telling,
    TellingLink,
)
from parliament.models.agenda_steps import AgendaLine
from parliament.models.asking import Ask
from parliament.models.bill_state import BillState
from parliament.models.meeting_preparing import Needed, ToTell
from parliament.models.meeting_state import MeetingState
from projectplan.demo.arrivals import Counts
from projectplan.demo.making import Wish, make, wish_for
from projectplan.demo.parliament.sessions import spans
from tests.projectplan.replay import Replay, assert_an_unbroken_run

pytestmark = pytest.mark.once

NOW = datetime(2009, 11, 24, 11, 0, tzinfo=OFFICE_TZ)
"""A Tuesday morning in the last week of the legislative session, eight weeks into fiscal year 2553."""
FEW = Counts(30, 2, 10, meetings=260, interpellations=120, consultations=90, body_consultations=20, bills=1)
KINDS = (Meeting, FollowUp, Interpellation, Motion, Bill, Consultation)


def make_parliament(*, seed: int = 7, is_living: bool = False) -> None:
    make(Wish(NOW, seed, {2553: FEW}, with_papers=False, is_living=is_living), lambda count: None)


# ── Whole by the rules ──────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_what_parliament_brings_is_whole_by_the_rules_of_its_steps() -> None:
    make_parliament(is_living=True)
    connection.check_constraints()
    for kind in KINDS:
        for matter in kind.objects.all():
            assert_an_unbroken_run(matter)
    assert not Event.objects.filter(at__gt=NOW).exists()


@pytest.mark.django_db
def test_a_promise_is_due_when_its_rule_says_and_every_open_matter_owes_one() -> None:
    make_parliament(is_living=True)
    calendar = current_calendar()
    politics = Deadline.objects.filter(matter__subgroup__code=Subgroup.Code.POLITICS)
    for deadline in politics.exclude(rule=None).select_related("rule"):
        assert deadline.due_at == deadline.due_in(calendar)
        assert (deadline.rule.kind, deadline.rule.amount) == (deadline.kind, deadline.amount)
    owing = set(politics.unmet().values_list("matter", flat=True))
    closed = Matter.objects.filter(subgroup__code=Subgroup.Code.POLITICS, closed_at__isnull=False)
    assert not owing & set(closed.values_list("pk", flat=True))
    open_ones = Matter.objects.filter(subgroup__code=Subgroup.Code.POLITICS, closed_at=None)
    # A bill waits for parliament, which sets no date.
    assert set(open_ones.exclude(kind=Matter.Kind.BILL).values_list("pk", flat=True)) <= owing
    assert not politics.filter(met_at__gt=F("due_at"), late_reason="", kind=Deadline.Kind.READY).exists()


@pytest.mark.django_db
def test_numbers_of_registers_have_no_gap_and_those_of_questions_are_unique() -> None:
    make_parliament()
    for prefix, kind in (("ปช", Meeting), ("กท", Interpellation), ("ขห", Consultation), ("ตม", FollowUp)):
        numbers = list(kind.objects.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert NumberSeries.objects.get(prefix=prefix, year=2553).last == len(numbers)
    numbered = Counter(
        Interpellation.objects.values_list(
            "parliament_number", "chamber", "interpellation_kind", "question_number"
        )
    )
    assert set(numbered.values()) == {1}
    assert not Meeting.objects.filter(state=MeetingState.CLOSED, minutes="").exists()
    assert not AgendaItem.objects.filter(title="").exists()
    assert not Deadline.objects.filter(remind_at__lte=NOW).exists()


# ── As the steps would have left it ─────────────────────────────────────────────────────────


def _copy(told: Any, *, left_out: tuple[str, ...] = ()) -> dict[str, Any]:
    names = [name for name in left_out if name]
    return {name: getattr(told, name) for name in names}


@pytest.mark.django_db
def test_a_consultation_is_as_its_steps_would_have_left_it() -> None:
    make_parliament()
    asked = AgencyRequest.objects.exclude(answered_at=None).values("matter")
    told = Consultation.objects.filter(state="closed", pk__in=asked).order_by("pk")[0]
    registered = ("title", "member", "body", "chamber", "raised_on", "reference", "text", "received_at")
    new = Consultation(**{name: getattr(told, name) for name in registered}, owner=told.owner)
    request = AgencyRequest.objects.filter(matter_id=told.pk).order_by("pk")

    def own(matter: Any, event: Event) -> dict[str, Any]:
        return {"request": AgencyRequest.objects.filter(matter_id=matter.pk).order_by("pk").last()}

    def telling(whom: str) -> dict[str, Any]:
        at = getattr(told, f"{whom}_told_at")
        late = Deadline.objects.get(matter=told, kind=Deadline.Kind.BOTH_TOLD).late_reason
        return {
            "way": getattr(told, f"{whom}_told_way"),
            "told_on": at.astimezone(OFFICE_TZ).date(),
            "note": getattr(told, f"{whom}_told_note"),
            "late_reason": late,
        }

    new = Replay(told).run(
        new,
        {
            "ask_agencies": {"asks": [Ask(request[0].agency)], "asked": request[0].asked},
            "accept_request": own,
            "chase_request": own,
            "answer_request": lambda matter, event: {**own(matter, event), "answer": request[0].answer},
            "summarise": {"summary": told.summary, "opinion": told.opinion},
            "submit": lambda matter, event: {
                "to": Deadline.objects.get(matter=told, kind=Deadline.Kind.ORDER).responsible
            },
            "order": {"order_text": told.order_text},
            "write_result": {"told_text": told.told_text},
            "tell_raiser": telling("raiser"),
            "tell_minister": telling("minister"),
            "close": {"result": told.result},
        },
    )
    Replay(told).assert_same(new, but=("raiser_email",))


@pytest.mark.django_db
def test_an_interpellation_is_as_its_steps_would_have_left_it() -> None:
    make_parliament()
    told = Interpellation.objects.filter(
        interpellation_kind="gazette", state__in=["given", "closed", "printing"]
    ).order_by("pk")[0]
    registered = (
        *("title", "interpellation_kind", "chamber", "parliament_number", "session", "asker"),
        *("text", "sitting_on", "received_at"),
    )
    new = Interpellation(
        **{name: getattr(told, name) for name in registered}, question_number=99_999, owner=told.owner
    )
    requests = list(AgencyRequest.objects.filter(matter_id=told.pk).order_by("pk").select_related("agency"))
    texts = iter(AnswerDraft.objects.filter(matter_id=told.pk).order_by("version"))

    def write(matter: Any, event: Event) -> dict[str, Any]:
        version = next(texts)
        return {"answer_text": version.text, "note": version.note}

    def own(matter: Any, event: Event) -> dict[str, Any]:
        agency = event.changes["agency_of_step"][1]
        found = AgencyRequest.objects.filter(matter_id=matter.pk, agency__name=agency).order_by("pk").last()
        return {"request": found}

    def answer(matter: Any, event: Event) -> dict[str, Any]:
        return {**own(matter, event), "answer": requests[0].answer}

    def ask(matter: Any, event: Event) -> dict[str, Any]:
        names = event.changes["agencies"][1]
        asked = [one for one in requests if one.agency.name in names and one.sent_at == event.at]
        return {"asks": [Ask(one.agency) for one in asked], "asked": asked[0].asked}

    def desk(matter: Any, event: Event) -> dict[str, Any]:
        order = Deadline.objects.get(matter=told, kind=Deadline.Kind.ORDER, start_at=event.at)
        return {"to": order.responsible}

    answered = Deadline.objects.get(matter=told, kind=Deadline.Kind.HOUSE_ANSWER)
    new = Replay(told).run(
        new,
        {
            "receive": {"sub_questions": told.question_texts},
            "ask_agencies": ask,
            "accept_request": own,
            "chase_request": own,
            "answer_request": answer,
            "decline_request": own,
            "save_draft": write,
            "submit_draft": write,
            "put_to_minister": desk,
            "send_to_gazette": {
                "answered_at": told.answered_at,
                "answered_by": told.answered_by,
                "late_reason": answered.late_reason,
            },
            "record_printing": {
                "volume": told.gazette_volume,
                "part": told.gazette_part,
                "page": told.gazette_page,
                "gazette_on": told.gazette_on,
            },
        },
    )
    Replay(told).assert_same(new)


@pytest.mark.django_db
def test_a_meeting_is_as_its_steps_would_have_left_it() -> None:
    make_parliament()
    told = (
        Meeting.objects.filter(state="closed", follow_ups=None, committee__isnull=False)
        .exclude(received_at__gte=F("begins_at"))
        .order_by("pk")[3]
    )
    registered = ("title", "meeting_kind", "session", "committee", "place", "begins_at", "received_at")
    new = Meeting(**{name: getattr(told, name) for name in registered}, owner=told.owner)
    items = list(told.items.order_by("position"))
    lines = [AgendaLine(item.title, item.number, about=item.about) for item in items]
    waiting = iter([item for item in items if item.concerns_us])
    told_of = {
        str(one.agency): one for one in Telling.objects.filter(item__meeting=told).select_related("agency")
    }

    def prepare(matter: Any, event: Event) -> dict[str, Any]:
        item = next(waiting)
        return {
            "item": matter.items.get(position=item.position),
            "tellings": [ToTell(one.due_at, one.agency) for one in item.tellings.order_by("pk")],
            "needs": [
                Needed(one.kind, one.what, one.due_at, one.agency) for one in item.needs.order_by("pk")
            ],
        }

    def concerning(matter: Any, event: Event) -> dict[str, Any]:
        return {"concerning": list(matter.items.filter(concerns_us=True).order_by("position"))}

    def everybody(matter: Any, event: Event) -> dict[str, Any]:
        return {"tellings": list(Telling.objects.filter(item__meeting=matter).order_by("pk"))}

    def ready(matter: Any, event: Event) -> dict[str, Any]:
        from parliament.models import Need

        rows = Need.objects.filter(item__meeting=matter, ready_at=None, what=event.changes["ready"][1])
        return {"needs": [rows.order_by("pk")[0]]}

    def known(matter: Any, event: Event) -> dict[str, Any]:
        rows = Telling.objects.filter(
            item__meeting=matter, agency__short_name=event.changes["acknowledged"][1]
        )
        return {"telling": rows.filter(acknowledged_at=None).order_by("pk")[0]}

    def minutes(matter: Any, event: Event) -> dict[str, Any]:
        resolved = {item.position: item.resolution for item in items}
        own = {item.pk: resolved[item.position] for item in matter.items.all()}
        return {"minutes": told.minutes, "resolutions": own}

    def held(matter: Any, event: Event) -> dict[str, Any]:
        letters = Notice.objects.filter(matter=matter, kind=Notice.Kind.MEETING_TOLD)
        letters.update(sent_at=F("made_at"))  # as the demo has it: each left at once
        began, ended = told.began_at, told.ends_at
        return {"began_at": began, "ended_at": ended, "late_reason": promise.late_reason}

    promise = Deadline.objects.get(matter=told, kind=Deadline.Kind.READY)
    new = Replay(told).run(
        new,
        {
            "write_agenda": {"lines": lines},
            "prepare": prepare,
            "go_through": concerning,
            "tell": everybody,
            "note_told": lambda matter, event: {
                **everybody(matter, event),
                "way": next(iter(told_of.values())).way,
            },
            "make_ready": ready,
            "acknowledge": known,
            "hold": held,
            "keep_minutes": minutes,
        },
    )
    Replay(told).assert_same(new, but=("sitting_number",))


# ── A whole past year ───────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_the_year_2552_has_exactly_its_business_of_parliament() -> None:
    out = StringIO()
    call_command("demo", "--year", "2552", "--no-progress", "--no-papers", stdout=out)
    assert Meeting.objects.count() == 347
    assert set(Meeting.objects.values_list("meeting_kind", flat=True)) == {
        *("house", "senate", "joint", "committee", "whips")
    }
    assert Interpellation.objects.count() == 60
    assert Motion.objects.count() == 0
    assert Consultation.objects.exclude(member=None).count() == 102
    assert Consultation.objects.exclude(body=None).count() == 19
    bill = Bill.objects.get()
    assert bill.stages.filter(stage=BillState.READING_1, outcome="passed").exists()
    ready = Deadline.objects.filter(kind=Deadline.Kind.READY, matter__kind=Matter.Kind.MEETING)
    late = ready.filter(met_at__gt=F("due_at")).count()
    assert 0 < late < 15
    assert Meeting.objects.filter(received_at__gte=F("begins_at")).exists()
    assert set(Matter.objects.values_list("year", flat=True)) == {2552}
    assert Meeting.objects.filter(closed_at=None).count() < 20
    assert Interpellation.objects.filter(closed_at=None).count() < 20
    house = Member.objects.filter(chamber=Chamber.HOUSE, parliament_number=23)
    assert (house.count(), Member.objects.filter(chamber=Chamber.SENATE).count()) == (480, 150)
    assert Session.objects.get(year=1, kind=Session.Kind.LEGISLATIVE).begins_on == date(2008, 8, 1)
    assert "politics-head" in out.getvalue()
    assert User.objects.get(username="politics").subgroup.code == Subgroup.Code.POLITICS


@pytest.mark.django_db
def test_sittings_lie_in_sessions_on_the_chambers_days() -> None:
    make_parliament()
    weekdays = defaultdict(set)
    for meeting in Meeting.objects.filter(committee=None, version__gt=0).select_related("session"):
        day = meeting.begins_at.astimezone(OFFICE_TZ).date()
        assert meeting.session.begins_on <= day <= meeting.session.ends_on
        weekdays[meeting.meeting_kind].add(day.weekday())
    assert weekdays["senate"] <= {0, 4}
    assert weekdays["joint"] <= {1}


# ── A living office ─────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_living_parliament_has_something_in_every_standing() -> None:
    make_parliament(is_living=True)
    today = NOW.replace(hour=0), NOW.replace(hour=0) + timedelta(days=1)
    assert Meeting.objects.between(*today).exists()
    assert Meeting.objects.filter(begins_at__gt=NOW, begins_at__lt=NOW + timedelta(days=15)).exists()
    states = set(Meeting.objects.values_list("state", flat=True))
    assert states >= {MeetingState.POSTPONED, MeetingState.CANCELLED, MeetingState.PREPARING}
    assert Meeting.objects.filter(received_at__gte=F("begins_at"), closed_at=None).exists()
    asked = set(Interpellation.objects.values_list("state", flat=True))
    assert asked >= set(AnswerState.values) - {AnswerState.RECEIVED, AnswerState.GIVEN}
    assert Motion.objects.count() == 3
    bill = Bill.objects.get()
    assert (bill.state, bill.stages.filter(outcome="sent_back").count()) == (BillState.COMMITTEE, 1)
    assert Deadline.objects.late(NOW).filter(kind=Deadline.Kind.AGENCY_ANSWER).exists()
    assert Session.on(NOW.date())
    for username in ("politics", "politics-head"):
        assert Deadline.objects.unmet().filter(responsible__username=username).exists()


@pytest.mark.django_db
def test_one_asked_and_one_told_can_open_their_links() -> None:
    made = make(Wish(NOW, 7, {2553: FEW}, with_papers=False, is_living=True), lambda count: None)
    assert made.parliament.asked
    assert RequestLink.find(made.parliament.asked.secret) == made.parliament.asked
    assert made.parliament.asked.is_usable(NOW)
    assert made.parliament.told
    assert TellingLink.find(made.parliament.told.secret) == made.parliament.told


def test_some_session_is_going_on_whatever_the_day() -> None:
    for number in range(0, 370, 9):
        today = date(2026, 1, 1) + timedelta(days=number)
        found = spans(date(2024, 10, 1), today, is_living=True)
        assert any(span.first <= today <= span.last for span in found)
        assert all(before.last < after.first for before, after in pairwise(found))


# ── The same, again; and how much ───────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_the_same_seed_brings_the_same_parliament() -> None:
    def told(model: Any) -> list[Any]:
        """All that rows say but their keys, which a database may count on by itself."""
        fields = [one for one in model._meta.concrete_fields if not (one.primary_key or one.is_relation)]
        return list(model.objects.order_by("pk").values_list(*(one.attname for one in fields)))

    def everything() -> list[Any]:
        models = (Member, Party, Committee, Meeting, AgendaItem, Telling, Interpellation, AnswerDraft)
        salts = RequestLink.objects.order_by("salt").values_list("salt", flat=True)
        events = Event.objects.exclude(step__in=OF_TOPICS)  # which say a key
        steps = list(
            events.order_by("pk").values_list("at", "actor_label", "step", "reason", "changes", "version")
        )
        return [*(told(model) for model in (*models, Consultation)), steps, list(salts)]

    make_parliament(is_living=True)
    first = everything()
    make_parliament(is_living=True)
    assert everything() == first
    make_parliament(seed=8, is_living=True)
    assert everything() != first


def test_counts_are_given_by_kind_and_years_since_one() -> None:
    wish = wish_for(NOW, year=None, scale=1, seed=1, since=2552, counts={"meetings": 5, "web": 0})
    assert sorted(wish.years) == [2552, 2553]
    assert (wish.years[2552].meetings, wish.years[2552].web, wish.years[2552].interpellations) == (5, 0, 60)


@pytest.mark.django_db
def test_a_count_of_something_unknown_is_refused() -> None:
    with pytest.raises(CommandError):
        call_command("demo", "--count", "senators=3")
