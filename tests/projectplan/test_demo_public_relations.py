"""The demo's public relations: as whole as what real steps leave, exact in a past year, alive in a living one."""

from __future__ import annotations

from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F

from office.calendar import OFFICE_TZ, fiscal_year
from office.models import Deadline, Event, Matter, NumberSeries, Subgroup
from office.models.calendar import current_calendar
from projectplan.demo.arrivals import Counts
from projectplan.demo.making import Wish, make, wish_for
from publicrelations.models import (
    Attendance,
    BriefOption,
    BriefState,
    Coverage,
    ForeignDocument,
    ForeignOutcome,
    ForeignState,
    Invitation,
    PressConference,
    SituationBrief,
    Translation,
)
from publicrelations.models.brief import Option, Source
from publicrelations.models.press_state import TAKEN_PLACE, PressState
from tests.projectplan.replay import Replay, assert_an_unbroken_run

pytestmark = [pytest.mark.once, pytest.mark.django_db]

NOW = datetime(2009, 11, 24, 11, 0, tzinfo=OFFICE_TZ)
FEW = Counts(20, 1, 5, foreign_documents=900, briefs=60, press_conferences=300)
KINDS: tuple[Any, ...] = (ForeignDocument, SituationBrief, PressConference)


def make_newsroom(*, seed: int = 7, is_living: bool = False) -> None:
    make(Wish(NOW, seed, {2553: FEW}, with_papers=False, is_living=is_living), lambda count: None)


def theirs() -> Any:
    return Deadline.objects.filter(matter__subgroup__code=Subgroup.Code.PUBLIC_RELATIONS)


def test_what_public_relations_bring_is_whole_by_the_rules_of_its_steps() -> None:
    make_newsroom(is_living=True)
    connection.check_constraints()
    for kind in KINDS:
        assert kind.objects.exists()
        for matter in kind.objects.all():
            assert_an_unbroken_run(matter)
    assert not Event.objects.filter(at__gt=NOW).exists()


def test_a_promise_is_due_when_its_rule_says_and_every_open_matter_owes_one() -> None:
    make_newsroom(is_living=True)
    calendar = current_calendar()
    for deadline in theirs().exclude(rule=None).select_related("rule"):
        assert deadline.due_at == deadline.due_in(calendar)
        assert (deadline.rule.kind, deadline.rule.amount) == (deadline.kind, deadline.amount)
    owing = set(theirs().unmet().values_list("matter", flat=True))
    carried = Matter.objects.filter(subgroup__code=Subgroup.Code.PUBLIC_RELATIONS)
    assert owing == set(carried.filter(closed_at=None).values_list("pk", flat=True))
    late = theirs().filter(kind=Deadline.Kind.TO_MINISTER, met_at__gt=F("due_at"))
    assert late.exists()
    assert not late.filter(late_reason="", matter__events__step="put_to_minister").exists()


def test_a_living_office_has_a_document_in_every_standing() -> None:
    make_newsroom(is_living=True)
    assert set(ForeignDocument.objects.values_list("state", flat=True)) == set(ForeignState.values)
    assert set(ForeignDocument.objects.closed().values_list("outcome", flat=True)) == set(
        ForeignOutcome.values
    )
    assert {BriefState.WRITING, BriefState.ON_DESK, BriefState.CLOSED} <= set(
        SituationBrief.objects.values_list("state", flat=True)
    )
    assert Translation.objects.filter(version=2).exists()


def test_numbers_of_registers_have_no_gap_and_no_reminder_is_overdue() -> None:
    make_newsroom()
    assert not theirs().filter(remind_at__lte=NOW).exists()
    for prefix, kind in (("วท", ForeignDocument), ("วค", SituationBrief), ("ถข", PressConference)):
        numbers = list(kind.objects.order_by("pk").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert NumberSeries.objects.get(prefix=prefix, year=2553).last == len(numbers)


def desk_of(told: Any) -> dict[str, Any]:
    """To whom it was put, and why late if it was."""
    put = Deadline.objects.filter(matter=told, kind=Deadline.Kind.TO_MINISTER).order_by("-pk")[0]
    return {
        "to": Deadline.objects.filter(matter=told, kind=Deadline.Kind.ORDER).order_by("pk")[0].responsible,
        "late_reason": put.late_reason,
    }


def test_an_answered_document_is_as_its_steps_would_have_left_it() -> None:
    make_newsroom()
    told = ForeignDocument.objects.filter(
        outcome="answered", needs_translation=True, answer_by__isnull=False
    ).order_by("pk")[0]
    registered = (*ForeignDocument.CORRECTABLE, "answer_by", "received_at")
    new = ForeignDocument(**{name: getattr(told, name) for name in registered}, owner=told.owner)
    new = Replay(told).run(
        new,
        {
            "accept": {"needs_translation": True},
            "translate": {"translation_text": told.translation_text},
            "summarise": {"summary": told.summary, "opinion": told.opinion},
            "put_to_minister": desk_of(told),
            "order": {"order_text": told.order_text, "is_to_be_answered": True},
            "answer": {
                "answered_on": told.answered_on,
                "answer_reference": told.answer_reference,
                "answer_text": told.answer_text,
            },
        },
    )
    Replay(told).assert_same(new)


def test_one_passed_to_an_agency_is_as_its_steps_would_have_left_it() -> None:
    make_newsroom()
    told = ForeignDocument.objects.filter(outcome="passed_on").order_by("pk")[0]
    registered = (*ForeignDocument.CORRECTABLE, "answer_by", "received_at")
    new = ForeignDocument(**{name: getattr(told, name) for name in registered}, owner=told.owner)
    passing = {"passed_to": told.passed_to, "screening_note": told.screening_note}
    Replay(told).assert_same(Replay(told).run(new, {"pass_on": passing}))


def test_a_brief_is_as_its_steps_would_have_left_it() -> None:
    make_newsroom()
    told = SituationBrief.objects.filter(state="closed", chosen__isnull=False).order_by("pk")[0]
    new = SituationBrief(title=told.title, received_at=told.received_at, owner=told.owner)
    options = [Option(one.text, one.reasons_for, one.reasons_against) for one in told.options.all()]
    words = {
        name: getattr(told, name) for name in ("since_on", "until_on", "situation", "meaning", "opinion")
    }
    sources = [Source(one.title, one.link) for one in told.sources.all()]

    def order(matter: Any, event: Event) -> dict[str, Any]:
        assert told.chosen is not None
        chosen = BriefOption.objects.get(brief=matter, position=told.chosen.position)
        return {"order_text": told.order_text, "chosen": chosen}

    new = Replay(told).run(
        new,
        {
            "submit": {"options": options, "sources": sources} | words,
            "put_to_minister": desk_of(told),
            "order": order,
        },
    )
    Replay(told).assert_same(new, but=("chosen",))


def test_the_year_2552_has_exactly_its_foreign_documents() -> None:
    out = StringIO()
    only = ("general=5", "political=1", "web=2", "related=0", "meetings=0", "interpellations=0", "bills=0")
    counts = [f"--count={one}" for one in (*only, "consultations=0", "body_consultations=0")]
    call_command("demo", "--year", "2552", "--no-progress", "--no-papers", *counts, stdout=out)
    assert ForeignDocument.objects.count() == 444
    assert SituationBrief.objects.count() == 8
    assert PressConference.objects.count() == 188
    assert PressConference.objects.filter(starts_at__gte=fiscal_year(2552).starts_at).count() == 188
    assert ForeignDocument.objects.closed().count() > 400
    promises = theirs().filter(kind=Deadline.Kind.TO_MINISTER, matter__kind=Matter.Kind.FOREIGN_DOCUMENT)
    late = promises.filter(met_at__gt=F("due_at")).count()
    assert 0 < late < 30
    assert set(Matter.objects.values_list("year", flat=True)) == {2552}
    assert "news-head" in out.getvalue()


def test_a_living_office_has_a_press_conference_in_every_standing() -> None:
    make_newsroom(is_living=True)
    assert set(PressConference.objects.values_list("state", flat=True)) == set(PressState.values)
    assert set(PressConference.objects.values_list("reported", flat=True)) == {"", "yes", "nobody"}
    assert PressConference.objects.filter(starts_at__gt=NOW, state=PressState.INVITED).exists()


def test_the_media_are_invited_before_each_press_conference_and_only_who_came_reports() -> None:
    make_newsroom()
    held = PressConference.objects.filter(state__in=TAKEN_PLACE)
    invited = Deadline.objects.filter(matter__in=held, kind=Deadline.Kind.INVITED)
    assert invited.filter(met_at__lte=F("due_at")).count() == held.count() > 0
    rows = Invitation.objects.filter(conference__in=held)
    assert not rows.filter(invited_at=None).exists()
    assert not rows.filter(invited_at__gt=F("conference__starts_at")).exists()
    assert not rows.filter(answered_at__gte=F("conference__starts_at")).exists()
    came = set(Attendance.objects.values_list("conference", "outlet"))
    assert set(Coverage.objects.values_list("conference", "outlet")) <= came
    assert set(Coverage.objects.values_list("tone", flat=True)) == set(Coverage.Tone.values)


def test_the_same_seed_makes_the_same_and_an_earlier_demo_is_removed() -> None:
    def rows() -> list[Any]:
        return [
            *ForeignDocument.objects.order_by("pk").values_list("pk", "title", "state", "order_text"),
            *Translation.objects.order_by("pk").values_list("pk", "document", "written_at"),
            *BriefOption.objects.order_by("pk").values_list("pk", "brief", "text"),
            *Coverage.objects.order_by("pk").values_list("pk", "outlet__name", "headline"),
        ]

    make_newsroom()
    first = rows()
    make_newsroom()
    assert rows() == first
    make_newsroom(seed=8)
    assert rows() != first


def test_the_plans_counts_are_multiplied_by_the_scale() -> None:
    wish = wish_for(NOW, year=2552, scale=3, seed=7)
    assert wish.years[2552].foreign_documents == 3 * 444
