"""The demo office: believable, whole by every rule that real work keeps, the same for the same seed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db import connection, models

from complaints.likeness import text_key
from complaints.models import (
    AgencyLink,
    Category,
    CourtStep,
    Hearing,
    Petition,
    Petitioner,
    Referral,
    RelatedMatter,
    Satisfaction,
    State,
    Visit,
)
from complaints.models.agency_steps import Ask
from complaints.models.state import UNCLOSED
from complaints.public import PETITIONER
from office import seals
from office.calendar import OFFICE_TZ, fiscal_year
from office.carrying import ANY_STATE
from office.models import (
    Agency,
    Deadline,
    Document,
    Event,
    Matter,
    Notice,
    NumberSeries,
    OutgoingLetter,
    Report,
    Role,
    SavedSearch,
    User,
)
from office.models.calendar import current_calendar
from office.saved_searches import tell_of_new_matches
from office.steps import Actor, find_step, perform
from projectplan.demo.arrivals import Counts
from projectplan.demo.beside import WorkerFailed, beside
from projectplan.demo.making import Wish, make
from projectplan.demo.mark import MADE
from projectplan.demo.matters import live_all
from projectplan.demo.parliament.houses import Houses
from projectplan.demo.parliament.politics import Politics
from projectplan.demo.people import PASSWORD, make_people, politics_cast, public_relations_cast
from projectplan.demo.publicrelations.newsroom import Newsroom
from projectplan.demo.words import RARE_PHRASE
from projectplan.demo.world import World
from projectplan.loading import PLAN_2553, load_file
from projectplan.management.commands.demo import ProgressBar
from projectplan.models import DemoMark, Plan
from projectplan.searched import FACETS
from tests import cast

pytestmark = pytest.mark.once

NOW = datetime(2009, 11, 24, 11, 0, tzinfo=OFFICE_TZ)
"""A Tuesday morning, eight weeks into fiscal year 2553."""
FEW = Counts(general=500, political=25, web=800, related=600)
Kind = Deadline.Kind
GIVEN_DATES = (Kind.HEARING, Kind.LIMITATION)
COURT_STEPS = ("add_hearing", "record_hearing", "record_court_step", "carry_out")
OWED: dict[str, set[str]] = {
    State.RECEIVED: {Kind.OPINION},
    State.RETURNED: {Kind.OPINION, Kind.REVISION},
    State.SUMMARISED: {Kind.OPINION, Kind.REVISION},
    State.SUBMITTED: {Kind.ORDER},
    State.ORDERED: {Kind.REFERRAL, Kind.INFORM},
    State.REFERRED: {Kind.AGENCY_ANSWER},
    State.ANSWERED: {Kind.INFORM},
    State.INFORMED: {Kind.CLOSE},
    State.CLOSED: set(),
}


def make_demo(*, seed: int = 7, now: datetime = NOW, counts: Counts = FEW) -> None:
    make(Wish(now, seed, {2553: counts}, with_papers=False), lambda count: None)


@pytest.fixture
def demo(db: None) -> None:
    make_demo()


def everything() -> list[list[Any]]:
    """All rows a demo leaves; not keys that the database counts on by itself, nor what is sealed anew each time."""
    rows = []
    for model in [
        Matter,
        Petition,
        Petitioner,
        RelatedMatter,
        Deadline,
        Event,
        Referral,
        Hearing,
        CourtStep,
        Notice,
        Satisfaction,
    ]:
        rows.append(list(model.objects.order_by("pk").values_list(*_columns(model, {"thai_id_sealed"}))))
    for model in [NumberSeries, AgencyLink, Document, Visit]:
        rows.append(list(model.objects.order_by("pk").values_list(*_columns(model, {"id"}))))
    return rows


def _columns(model: type[models.Model], left_out: set[str]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in left_out]


def events_by_matter() -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.order_by("pk"):
        found[event.matter_id].append(event)
    return found


# ── Whole by the rules ──────────────────────────────────────────────────────────────────────


def test_every_state_of_the_path_is_seen_and_most_are_closed(demo: None) -> None:
    states = set(Petition.objects.values_list("state", flat=True))
    assert states >= set(State.values) - {State.RETURNED, State.ASKED, State.PAUSED}
    assert Petition.objects.filter(state=State.CLOSED).count() > Petition.objects.unclosed().count() / 2


def test_the_events_of_a_petition_are_an_unbroken_run_of_declared_steps(demo: None) -> None:
    by_matter = events_by_matter()
    for petition in [*Petition.objects.all(), *RelatedMatter.objects.all()]:
        path = type(petition)
        events = by_matter[petition.pk]
        assert [event.version for event in events] == list(range(1, petition.version + 1))
        assert (events[0].step, events[0].from_state, events[0].to_state) == ("receive", "", State.RECEIVED)
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert events[-1].to_state == petition.state
        for before, event in pairwise(events):
            assert event.from_state == before.to_state
            declared = getattr(path, event.step)._django_fsm.transitions
            target = (declared.get(event.from_state) or declared[ANY_STATE]).target
            known = {event.from_state} if target is None else {target, *getattr(target, "allowed_states", ())}
            assert event.to_state in known
            assert find_step(path, event.step)


def test_every_step_is_taken_by_one_who_may(demo: None) -> None:
    heads = set(User.objects.with_role(Role.HEAD).values_list("pk", flat=True))
    executives = set(User.objects.with_role(Role.EXECUTIVE).values_list("pk", flat=True))
    for event in Event.objects.select_related("matter"):
        if event.step in ("assign", "submit", "send_back", "reopen"):
            assert event.actor_id in heads
        elif event.step in ("order", "note", "return_for_revision"):
            assert event.actor_id in executives
        elif event.step in ("summarise", "refer", "inform", "close", "take", "check_arrival", *COURT_STEPS):
            assert event.actor_id == event.matter.owner_id
        else:
            assert event.actor_id or event.actor_label


def test_every_state_owes_what_its_path_says_and_a_closed_one_nothing(demo: None) -> None:
    unmet = defaultdict(list)
    for deadline in Deadline.objects.unmet():
        unmet[deadline.matter_id].append(deadline)
    first_head = User.objects.heads_of(Matter.objects.first().subgroup_id)[0]
    executives = set(User.objects.with_role(Role.EXECUTIVE).values_list("pk", flat=True))
    for petition in Petition.objects.all():
        owed = unmet[petition.pk]
        kinds = {deadline.kind for deadline in owed}
        assert kinds <= OWED[petition.state]
        assert bool(kinds) == (petition.state != State.CLOSED)
        assert (petition.closed_at is None, petition.result == "") == ((petition.state in UNCLOSED),) * 2 or (
            Event.objects.filter(matter=petition, step="reopen").exists()
        )
        for deadline in owed:
            assert deadline.follower_id == petition.owner_id
            if petition.state == State.SUMMARISED:
                assert deadline.responsible_id == first_head.pk
            elif petition.state == State.SUBMITTED:
                assert deadline.responsible_id in executives
            elif petition.state == State.REFERRED:
                assert deadline.responsible_id is None
            else:
                assert deadline.responsible_id == petition.owner_id
        if petition.state == State.ORDERED:
            expected = Kind.INFORM if petition.decision == Petition.Decision.NOTE else Kind.REFERRAL
            assert kinds == {expected}


def test_a_promise_is_due_when_its_rule_and_the_calendar_say(demo: None) -> None:
    calendar = current_calendar()
    for deadline in Deadline.objects.exclude(kind__in=GIVEN_DATES).select_related("rule"):
        assert deadline.due_at == deadline.due_in(calendar)
        assert (deadline.rule.kind, deadline.rule.amount) == (deadline.kind, deadline.amount)


def test_reminders_that_would_have_been_given_are_not_given_again(demo: None) -> None:
    assert not Deadline.objects.filter(remind_at__lte=NOW).exists()
    assert not Deadline.objects.unmet().filter(remind_at=None).exists()
    assert not Deadline.objects.exclude(met_at=None, dropped_at=None).exclude(remind_at=None).exists()


def test_an_open_referral_waits_and_an_answered_one_kept_its_promise(demo: None) -> None:
    for referral in Referral.objects.select_related("deadline", "petition"):
        assert referral.is_open == referral.deadline.is_open
        assert referral.answered_at == referral.deadline.met_at
        assert referral.declined_at == referral.deadline.dropped_at
        assert not referral.is_open or referral.petition.state == State.REFERRED
        assert bool(referral.chased_count) == bool(referral.last_chased_at)


def test_numbers_have_no_gap_and_follow_the_order_of_registration(demo: None) -> None:
    for kind, prefix in (("petition", "รท"), ("related", "รก")):
        rows = list(Matter.objects.filter(kind=kind).order_by("pk").values_list("number", "registered_at"))
        assert [number for number, _at in rows] == list(range(1, len(rows) + 1))
        assert [at for _number, at in rows] == sorted(at for _number, at in rows)
        assert NumberSeries.objects.get(prefix=prefix).last == len(rows)
    visits = list(Visit.objects.order_by("came_at", "pk").values_list("number", flat=True))
    assert visits == list(range(1, len(visits) + 1))
    assert NumberSeries.objects.get(prefix="บป").last == len(visits)


def test_search_text_and_month_are_what_the_petition_itself_would_write(demo: None) -> None:
    for matter in RelatedMatter.objects.select_related("agency"):
        assert matter.search_text == matter.searchable()
    for petition in Petition.objects.select_related("petitioner", "agency"):
        assert petition.search_text == petition.searchable()
        assert petition.text_key == text_key(petition.title, petition.story)
        received = petition.received_at.astimezone(OFFICE_TZ).date()
        assert petition.month == received.replace(day=1)
    assert Matter.objects.filter(search_text__contains=RARE_PHRASE).count() == 1


def test_the_database_finds_no_broken_reference(demo: None) -> None:
    connection.check_constraints()


def test_real_work_goes_on_where_the_demo_stopped(demo: None) -> None:
    """One petition of each open state is carried to its end by the real steps."""
    head, executive = User.objects.get(username="head"), User.objects.get(username="executive")
    agency = Agency.objects.get(short_name="สพฐ.")
    given: dict[str, dict[str, Any]] = {
        "summarise": {
            "summary": "สรุป",
            "opinion": "เห็นควร",
            "category": Category.objects.exclude(parent=None)[0],
        },
        "submit": {"to": executive, "late_reason": "งานมาก"},
        "order": {"order_text": "ดำเนินการ"},
        "refer": {"asks": [Ask(agency, "ขอให้ตรวจสอบ")]},
        "answer": {"answer": "ตรวจสอบแล้ว"},
        "inform": {"told_text": "แจ้งผล"},
        "close": {"result": Petition.Result.EXPLAINED},
    }
    steps = {
        State.RECEIVED: "summarise",
        State.RETURNED: "summarise",
        State.SUMMARISED: "submit",
        State.SUBMITTED: "order",
        State.ORDERED: "refer",
        State.REFERRED: "answer",
        State.ANSWERED: "inform",
        State.INFORMED: "close",
    }
    last = Matter.objects.latest("pk").pk
    for state in UNCLOSED:
        petition = Petition.objects.filter(state=state, secrecy=0).order_by("-pk").first()
        while petition and petition.state != State.CLOSED:
            name = steps[State(petition.state)]
            user = executive if name == "order" else head
            extra = given[name]
            if name == "answer":
                extra = {
                    **extra,
                    "referral": petition.referrals.filter(answered_at=None, declined_at=None)[0],
                }
            perform(petition, name, actor=Actor(user=user), seen=petition.version, now=NOW, **extra)
            petition = Petition.objects.get(pk=petition.pk)
    assert Matter.objects.latest("pk").pk == last == Matter.objects.count()


# ── A living office ─────────────────────────────────────────────────────────────────────────


def test_there_is_something_to_do_for_every_role(demo: None) -> None:
    for username in ("officer", "head", "executive"):
        assert Deadline.objects.unmet().filter(responsible__username=username).exists()
        assert Notice.objects.filter(recipient__username=username, read_at=None).exists()
    assert Deadline.objects.late(NOW).exists()
    assert Deadline.objects.unmet().filter(due_at__gt=NOW, due_at__lt=NOW.replace(hour=17)).exists()
    assert Petition.objects.filter(owner=None).exists()
    assert Referral.objects.filter(answered_at=None, chased_count__gt=0).exists()
    assert Petition.objects.filter(secrecy__gt=0).count() == 3


def test_searches_are_kept_and_what_they_found_is_nothing_new(demo: None) -> None:
    assert SavedSearch.objects.count() == 4
    assert tell_of_new_matches(NOW + timedelta(minutes=5), FACETS) == 0


def test_a_related_matter_owes_what_its_path_says_and_its_hearings_are_promises(demo: None) -> None:
    assert set(RelatedMatter.objects.values_list("related_kind", flat=True)) == set(
        RelatedMatter.RelatedKind.values
    )
    for matter in RelatedMatter.objects.all():
        assert matter.deadlines.unmet().exists() == (matter.state != State.CLOSED)
        assert (matter.result != "") == (matter.state == State.CLOSED)
    hearings = Hearing.objects.select_related("deadline")
    assert {hearing.is_open for hearing in hearings} == {True, False}
    for hearing in hearings:
        assert (hearing.deadline.kind, hearing.deadline.due_at) == (Kind.HEARING, hearing.at)
        assert hearing.is_open == hearing.deadline.is_open
        assert hearing.at <= NOW or hearing.is_open


def test_a_living_office_has_done_everything_that_can_be_done(db: None) -> None:
    counts = Counts(general=900, political=30, web=900, related=20)
    make(Wish(NOW, 7, {2553: counts}, with_papers=True, is_living=True), lambda count: None)
    taken = set(Event.objects.values_list("step", flat=True))
    assert taken >= {
        "join",
        "join_into",
        "split",
        "ask_petitioner",
        "pause",
        "extend",
        "withdraw",
        "transfer",
    }
    assert taken >= {"lock", "issue_letter", "send_letter"}
    assert Petition.objects.exclude(joined_to=None).exists()
    assert Petition.objects.exclude(split_from=None).exists()
    letters = OutgoingLetter.objects.all()
    assert {letter.is_issued for letter in letters} == {True, False}
    assert not letters.filter(issued_at__isnull=False, document=None).exists()
    assert letters.filter(issued_at__isnull=False, sent_at=None).exists()
    assert Visit.objects.exclude(petition=None).exists()
    assert Satisfaction.objects.exists()
    assert not Event.objects.filter(at__gt=NOW).exists()
    connection.check_constraints()


def test_most_opinions_are_in_time_but_not_all(demo: None) -> None:
    met = Deadline.objects.filter(kind=Kind.OPINION, met_at__isnull=False)
    late = sum(deadline.is_late(NOW) for deadline in met)
    assert 0.01 < late / met.count() < 0.12
    assert not met.filter(late_reason="").filter(met_at__gt=NOW).exists()
    assert all(deadline.late_reason for deadline in met if deadline.is_late(NOW))


def test_an_agency_can_open_its_link_and_a_petitioner_follow(db: None) -> None:
    made = make(Wish(NOW, 7, {2553: FEW}, with_papers=False), lambda count: None)
    assert made.link
    assert made.link.is_usable(NOW)
    assert AgencyLink.find(made.link.secret) == made.link
    assert made.followed
    petition = Petition.objects.get(pk=made.followed.key)
    assert seals.code_matches(made.followed.code, petition.code_fingerprint)
    assert Event.objects.filter(matter=petition, step="receive").get().actor_label in ("", PETITIONER)


def test_people_of_the_demo_can_sign_in_and_those_of_the_plan_cannot(demo: None) -> None:
    can = {user.username for user in User.objects.all() if user.has_usable_password()}
    assert can == {"officer", "head", "executive", "admin", "politics", "politics-head", "news", "news-head"}
    assert User.objects.get(username="officer").check_password(PASSWORD)
    assert Plan.objects.get(fiscal_year=2553)


# ── The same, again, and not over real work ─────────────────────────────────────────────────


def test_the_same_seed_makes_the_same_office_and_another_seed_another(db: None) -> None:
    few = Counts(general=60, political=4, web=40)
    make_demo(counts=few)
    first = everything()
    make_demo(counts=few)
    assert everything() == first
    make_demo(counts=few, seed=8)
    assert everything() != first
    assert DemoMark.objects.count() == 1


@pytest.mark.django_db
def test_the_year_2552_has_exactly_its_petitions() -> None:
    out = StringIO()
    call_command("demo", "--year", "2552", "--no-progress", "--no-papers", stdout=out)
    assert Petition.objects.count() == 1261 + 58 + 917
    assert Petition.objects.filter(channel=Petition.Channel.WEB).count() == 917
    assert Petition.objects.filter(channel=Petition.Channel.POLITICIAN).count() == 58
    assert RelatedMatter.objects.count() == 686
    assert CourtStep.objects.exists()
    assert not Petition.objects.filter(channel=Petition.Channel.POLITICIAN, political_source="").exists()
    assert set(Petition.objects.values_list("year", flat=True)) == {2552}
    end = datetime(2009, 9, 30, 23, 59, 59, tzinfo=OFFICE_TZ)
    assert not Event.objects.filter(at__gt=end).exists()
    assert Petition.objects.unclosed().count() < 200
    assert PASSWORD in out.getvalue()


def test_real_work_is_never_touched(db: None) -> None:
    petition = cast.make_petition()
    with pytest.raises(CommandError):
        call_command("demo", "--no-progress", "--no-papers")
    assert list(Petition.objects.all()) == [petition]
    assert not User.objects.filter(username="officer").exists()


def test_a_demo_in_which_somebody_registered_something_is_real_work(demo: None) -> None:
    petition = cast.make_petition(received_at=NOW)
    assert petition.pk == Matter.objects.count()
    with pytest.raises(CommandError):
        call_command("demo", "--no-progress", "--no-papers")
    assert Petition.objects.filter(pk=petition.pk).exists()


def test_an_installation_without_demo_accounts_refuses(db: None, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo", "--no-progress")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_reports_are_issued_on_their_day_and_documents_are_real_files() -> None:
    make(Wish(NOW, 7, {2553: Counts(60, 4, 40)}), lambda count: None)
    october = Report.objects.get(kind=Report.Kind.COMPLAINTS_MONTHLY, first="2009-10-01")
    assert october.state == Report.State.ISSUED
    assert october.issued_at == datetime(2009, 11, 2, 8, 35, tzinfo=OFFICE_TZ)
    assert Path(default_storage.path(october.path)).read_bytes().startswith(b"%PDF")
    assert not Notice.objects.filter(kind=Notice.Kind.REPORT_READY, way="email", sent_at=None).exists()
    kinds = set()
    for document in Document.objects.all():
        kinds.add(document.content_type)
        assert default_storage.size(document.path) == document.size
    assert kinds == {"application/pdf", "image/png"}
    assert default_storage.listdir("waiting")[1] == []


# ── Very many ───────────────────────────────────────────────────────────────────────────────


def test_a_second_process_brings_the_same_petitions(db: None) -> None:
    year = {2553: Counts(general=60, political=4, web=40)}

    def worlds_batches(*, is_beside: bool) -> list[Any]:
        given: dict[str, Any] = {"seed": 7, "now": NOW, "first": fiscal_year(2553).first}
        world = World(**given, cast=make_people())
        politics = Politics(**given, cast=politics_cast(), sheets=world.sheets, houses=Houses({}, []))
        newsroom = Newsroom(**given, cast=public_relations_cast(), sheets=world.sheets, media=())
        live = partial(live_all, world, politics, newsroom, year)
        return [batch.rows for batch in (beside(live) if is_beside else live())]

    load_file(PLAN_2553)
    here, there = worlds_batches(is_beside=False), worlds_batches(is_beside=True)
    thai_ids = 2  # the sheet whose sealed texts are made anew each time
    for batch in (*here, *there):
        batch[thai_ids] = [(*row[:5], *row[6:]) for row in batch[thai_ids]]
    assert here == there


def test_a_second_process_that_fails_says_why() -> None:
    def work() -> Iterator[int]:
        yield 1
        raise LookupError("nothing left")

    with pytest.raises(WorkerFailed, match="nothing left"):
        list(beside(work))


def test_whatever_hangs_on_what_a_demo_makes_is_removed_with_it() -> None:
    """PostgreSQL empties tables only together with all that point at them."""
    made = {model._meta.db_table for model in MADE}
    left = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.model._meta.db_table in made
        if model._meta.db_table not in made
    }
    assert not left


def test_the_bar_says_what_comes_when_every_matter_is_written() -> None:
    stream = StringIO()
    bar = ProgressBar(OutputWrapper(stream), 10, "แล้วทำหนังสือ")
    bar.show(9)
    assert "แล้วทำหนังสือ" not in stream.getvalue()
    bar.show(10)
    bar.end()
    assert stream.getvalue().endswith("100%  10  แล้วทำหนังสือ\n")
