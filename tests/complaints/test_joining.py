"""Joining two petitions that are one: counted before and after, nothing is lost, both petitioners are told."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints import tallies
from complaints.follow import find, history
from complaints.letters import compose
from complaints.models import AgencyLink, MonthTally, Petition, Petitioner, PetitionLink, Referral, State
from complaints.models.joining import join
from complaints.models.state import UNCLOSED
from office.calendar import OFFICE_TZ, Period, month_of
from office.documents import accept, attach
from office.models import Deadline, Document, Event, Matter, Notice, Secrecy, User
from office.steps import Actor, ChangedMeanwhile, StepRefused, open_steps, perform
from tests.cast import CODE, MORNING, bring_to, fresh, make_category, make_petition, take_step

pytestmark = pytest.mark.django_db

OTHER_CODE = "2ABCD-3EFGH"
DAY_BEFORE = datetime(2009, 11, 16, 10, 0, tzinfo=OFFICE_TZ)
LAST_MONTH = datetime(2009, 10, 27, 10, 0, tzinfo=OFFICE_TZ)
NOON = datetime(2009, 11, 17, 12, 0, tzinfo=OFFICE_TZ)
NEXT_DAY = datetime(2009, 11, 18, 10, 0, tzinfo=OFFICE_TZ)


def put_together(kept: Petition, other: Petition, by: User, *, now: datetime = NOON, **given: Any) -> Event:
    """Join as somebody does who has just opened the page of both."""
    kept, other = fresh(kept), fresh(other)
    given = {"facts": {}, "reason": "เรื่องเดียวกัน"} | given
    return join(
        kept,
        other,
        actor=Actor(user=by),
        seen=given.pop("seen", kept.version),
        other_seen=given.pop("other_seen", other.version),
        now=now,
        **given,
    )


def add_file(petition: Petition, name: str) -> Document:
    upload = accept(SimpleUploadedFile(name, f"เนื้อความ {name}".encode()))
    return attach(petition, [upload], source=Document.Source.PETITIONER, added_by=None, now=MORNING)[0]


def census() -> dict[str, int]:
    """How many there are of everything that must not be lost."""
    kinds = [Matter, Petition, Petitioner, Document, Referral, AgencyLink, Deadline, Event, Notice]
    return {kind.__name__: kind.objects.count() for kind in kinds}


@pytest.fixture
def kept(officer: User) -> Petition:
    return make_petition(owner=officer, received_at=MORNING, title="โรงเรียนเก็บเงินค่าเทอมเกิน")


@pytest.fixture
def other(officer: User) -> Petition:
    found = make_petition(
        owner=officer,
        received_at=MORNING,
        code=OTHER_CODE,
        title="ร้องเรียนการเก็บเงินของโรงเรียน",
        place="บ้านหนองบัว",
    )
    Petitioner.objects.filter(pk=found.pk).update(name="นายสมชาย รักไทย", email="somchai@mail.example")
    return found


# ── Everything is accounted for ─────────────────────────────────────────────────────────────


def test_joining_loses_nothing(
    kept: Petition, other: Petition, officer: User, head: User, executive: User
) -> None:
    bring_to(other, State.ANSWERED, officer=officer, head=head, executive=executive)
    add_file(kept, "ก.txt")
    add_file(other, "ข.txt")
    AgencyLink.issue(other.referrals.get(), MORNING)
    before = census()
    events = list(other.events.order_by("pk").values())
    papers = {
        model: list(model.objects.filter(**{of: other.pk}).order_by("pk").values())
        for model, of in {Document: "matter_id", Referral: "petition_id", Petitioner: "petition_id"}.items()
    }
    code = other.code_fingerprint

    put_together(kept, other, officer)

    after = census()
    # One event on each of the two; who takes the step on their own petitions is told nothing.
    assert {name: after[name] - before[name] for name in before} == {
        **dict.fromkeys(before, 0),
        "Event": 2,
    }
    assert list(other.events.order_by("pk").values())[: len(events)] == events
    for model, rows in papers.items():
        of = "matter_id" if model is Document else "petition_id"
        assert list(model.objects.filter(**{of: other.pk}).order_by("pk").values()) == rows
    joined = fresh(other)
    assert (joined.label, joined.code_fingerprint, joined.story) == (other.label, code, other.story)
    assert (joined.state, joined.result, joined.joined_to, joined.closed_at) == (
        State.CLOSED,
        Petition.Result.JOINED,
        kept,
        NOON,
    )
    assert not joined.deadlines.unmet().exists()
    assert {one.pk for one in fresh(kept).family()} == {kept.pk, other.pk}


def test_both_histories_say_so_by_number(kept: Petition, other: Petition, officer: User) -> None:
    put_together(kept, other, officer, reason="ผู้ร้องสองคนร้องเรื่องเดียวกัน")
    here, there = kept.events.last(), other.events.last()
    assert here
    assert there
    assert (here.step, here.changes["petitions"], here.reason) == (
        "join",
        ["", other.label],
        "ผู้ร้องสองคนร้องเรื่องเดียวกัน",
    )
    assert (there.step, there.changes["petitions"], there.to_state) == (
        "join_into",
        ["", kept.label],
        "closed",
    )


def test_each_fact_is_taken_from_the_one_it_was_chosen_from(
    kept: Petition, other: Petition, officer: User
) -> None:
    category = make_category()
    facts = {"place": other.place, "category": category, "agency_text": "อบต. หนองบัว"}
    event = put_together(kept, other, officer, facts=facts)
    now = fresh(kept)
    assert (now.title, now.place, now.category) == ("โรงเรียนเก็บเงินค่าเทอมเกิน", "บ้านหนองบัว", category)
    assert event.changes["place"] == ["", "บ้านหนองบัว"]
    assert fresh(other).place == "บ้านหนองบัว"


def test_a_fact_that_is_not_to_be_chosen_is_not_taken(kept: Petition, other: Petition, officer: User) -> None:
    put_together(kept, other, officer, facts={"result": "granted", "told_text": "x", "month": None})
    assert (fresh(kept).result, fresh(kept).told_text) == ("", "")


def test_the_higher_secrecy_holds(kept: Petition, officer: User) -> None:
    secret = make_petition(owner=officer, secrecy=Secrecy.SECRET)
    put_together(kept, secret, officer)
    assert fresh(kept).secrecy == Secrecy.SECRET


# ── Promises ────────────────────────────────────────────────────────────────────────────────


def test_the_opinion_is_owed_at_the_earlier_moment(kept: Petition, officer: User) -> None:
    earlier = make_petition(owner=officer, received_at=DAY_BEFORE)
    first = earlier.deadlines.get()
    put_together(kept, earlier, officer)
    owed = fresh(kept).deadlines.unmet().get()
    assert (owed.kind, owed.due_at, owed.continues, owed.start_at, owed.rule) == (
        Deadline.Kind.OPINION,
        first.due_at,
        first,
        first.start_at,
        first.rule,
    )
    assert earlier.deadlines.get().dropped_at == NOON
    assert fresh(kept).deadlines.filter(kind=Deadline.Kind.OPINION, dropped_at=None).count() == 1


def test_a_later_promise_of_the_other_gives_no_more_time(officer: User) -> None:
    kept = make_petition(owner=officer, received_at=DAY_BEFORE)
    due = kept.deadlines.get().due_at
    put_together(kept, make_petition(owner=officer, received_at=MORNING), officer)
    assert fresh(kept).deadlines.unmet().get().due_at == due


def test_what_is_late_stays_late_under_its_own_number(kept: Petition, officer: User) -> None:
    late = make_petition(owner=officer, received_at=LAST_MONTH)
    own = kept.deadlines.get()
    put_together(kept, late, officer)
    promise = late.deadlines.get()
    assert promise.is_late(NOON)
    assert promise.met_at == NOON
    assert kept.label in promise.late_reason
    assert fresh(kept).deadlines.unmet().get() == own


def test_no_late_opinion_vanishes_from_the_months(kept: Petition, officer: User) -> None:
    late = make_petition(owner=officer, received_at=LAST_MONTH)
    months = [month_of(at.date()) for at in (LAST_MONTH, MORNING)]
    before = _figures(months)
    put_together(kept, late, officer)
    assert MonthTally.objects.filter(is_stale=True).count() == 2
    after = _figures(months)
    assert [one.late for one in before] == [one.late for one in after] == [1, 0]
    assert [one.received for one in before] == [one.received for one in after] == [1, 1]


def _figures(months: list[Period]) -> list[tallies.Counts]:
    return tallies.by_month(tallies.read(months, [], NOON), months)


def test_other_promises_of_the_joined_one_are_taken_back(
    kept: Petition, other: Petition, officer: User, head: User, executive: User
) -> None:
    bring_to(other, State.ORDERED, officer=officer, head=head, executive=executive)
    put_together(kept, other, officer)
    promises = {one.kind: one for one in other.deadlines.all()}
    assert promises[Deadline.Kind.REFERRAL].dropped_at == NOON
    assert promises[Deadline.Kind.OPINION].met_at == MORNING


# ── Refusals ────────────────────────────────────────────────────────────────────────────────


def test_one_that_waits_for_an_agency_is_not_joined_but_kept(
    kept: Petition, other: Petition, officer: User, head: User, executive: User
) -> None:
    bring_to(other, State.REFERRED, officer=officer, head=head, executive=executive)
    with pytest.raises(ValidationError, match="รอคำตอบ"):
        put_together(kept, other, officer)
    put_together(other, kept, officer)
    assert fresh(kept).joined_to == other


def test_a_closed_one_and_one_joined_already_and_itself_are_refused(
    kept: Petition, other: Petition, officer: User, head: User, executive: User
) -> None:
    closed = bring_to(
        make_petition(owner=officer), State.CLOSED, officer=officer, head=head, executive=executive
    )
    with pytest.raises(ValidationError, match="ยุติแล้ว"):
        put_together(kept, closed, officer)
    with pytest.raises(ValidationError):
        put_together(kept, kept, officer)
    put_together(kept, other, officer)
    third = make_petition(owner=officer)
    with pytest.raises(ValidationError, match=kept.label.replace("/", "/")):
        put_together(third, other, officer)
    assert fresh(other).joined_to == kept


def test_what_is_kept_as_evidence_is_not_joined(kept: Petition, other: Petition, officer: User) -> None:
    Petition.objects.filter(pk=other.pk).update(locked_at=MORNING)
    with pytest.raises(ValidationError):
        put_together(kept, other, officer)
    Petition.objects.filter(pk=other.pk).update(locked_at=None)
    Petition.objects.filter(pk=kept.pk).update(locked_at=MORNING)
    with pytest.raises(StepRefused):
        put_together(kept, other, officer)


def test_a_reason_is_asked(kept: Petition, other: Petition, officer: User) -> None:
    with pytest.raises(ValidationError) as refused:
        put_together(kept, other, officer, reason=" ")
    assert "reason" in refused.value.message_dict


def test_a_secret_petition_of_somebody_else_is_not_there(
    kept: Petition, officer: User, colleague: User
) -> None:
    secret = make_petition(owner=colleague, secrecy=Secrecy.SECRET)
    with pytest.raises(ValidationError, match="ไม่พบ"):
        put_together(kept, secret, officer)
    with pytest.raises(ValidationError, match="ไม่พบ"):
        take_step(kept, "link", officer, other=secret)


# ── Who may ─────────────────────────────────────────────────────────────────────────────────


def test_who_carries_the_kept_one_may_join_and_the_other_officer_is_told(
    kept: Petition, officer: User, colleague: User
) -> None:
    theirs = make_petition(owner=colleague)
    put_together(kept, theirs, officer)
    assert fresh(theirs).owner == officer
    told = Notice.objects.filter(matter_id=theirs.pk, recipient=colleague, way=Notice.Way.APP)
    assert told.get().kind == Notice.Kind.STEP_TAKEN


def test_nobodys_petition_goes_to_who_has_the_other(officer: User, colleague: User, head: User) -> None:
    unclaimed, theirs = make_petition(), make_petition(owner=colleague)
    put_together(unclaimed, theirs, officer)
    assert fresh(unclaimed).owner == colleague
    nobodys, another = make_petition(), make_petition()
    put_together(nobodys, another, officer)
    assert fresh(nobodys).owner == fresh(another).owner == officer


def test_only_who_carries_it_or_the_head_joins_links_or_splits(
    kept: Petition, other: Petition, officer: User, colleague: User, head: User, executive: User,
    administrator: User, stranger: User,
) -> None:  # fmt: skip
    allowed = {"join": {officer, head}, "link": {officer, head}, "split": {officer, head}}
    everybody = [officer, colleague, head, executive, administrator, stranger]
    for name, user in product(allowed, everybody):
        offered = {one.name for one in open_steps(fresh(kept), Actor(user=user))}
        assert (name in offered) == (user in allowed[name]), f"{name} for {user}"
    for user in set(everybody) - {officer, head}:
        with pytest.raises(StepRefused):
            put_together(kept, other, user)


def test_the_other_halves_of_a_step_are_open_to_nobody(
    kept: Petition, other: Petition, officer: User, head: User
) -> None:
    for state, user in product(UNCLOSED, [officer, head]):
        Petition.objects.filter(pk=kept.pk).update(state=state)
        offered = {one.name for one in open_steps(fresh(kept), Actor(user=user))}
        assert not offered & {"join_into", "be_separated", "be_linked", "be_unlinked"}
    Petition.objects.filter(pk=kept.pk).update(state=State.RECEIVED)
    with pytest.raises(StepRefused):
        take_step(kept, "join_into", head, kept=other)


# ── Two at once ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("stale", ["seen", "other_seen"])
def test_whichever_of_the_two_moved_on_nothing_is_changed(
    stale: str, kept: Petition, other: Petition, officer: User, head: User
) -> None:
    seen = {"seen": fresh(kept).version, "other_seen": fresh(other).version}
    moved = kept if stale == "seen" else other
    take_step(moved, "correct", head, title="หัวหน้าแก้ชื่อเรื่องแล้ว")
    with pytest.raises(ChangedMeanwhile) as changed:
        put_together(kept, other, officer, facts={"place": "x"}, **seen)
    assert changed.value.matter.pk == moved.pk
    assert (fresh(other).joined_to, fresh(kept).place) == (None, "")


def test_a_second_click_is_harmless(kept: Petition, other: Petition, officer: User) -> None:
    seen = {"seen": kept.version, "other_seen": other.version}
    first = put_together(kept, other, officer, **seen)
    assert put_together(kept, other, officer, **seen) == first
    assert Event.objects.filter(step="join").count() == 1


def test_two_people_who_join_crosswise_do_not_make_a_ring(
    kept: Petition, other: Petition, officer: User, head: User
) -> None:
    versions = kept.version, other.version
    put_together(kept, other, officer)
    with pytest.raises((ChangedMeanwhile, StepRefused)):
        put_together(other, kept, head, seen=versions[1], other_seen=versions[0])
    assert (fresh(kept).joined_to, fresh(other).joined_to) == (None, kept)


# ── A way of several ────────────────────────────────────────────────────────────────────────


def test_what_was_joined_to_a_joined_one_comes_along(kept: Petition, other: Petition, officer: User) -> None:
    third = make_petition(owner=officer)
    put_together(other, third, officer)
    put_together(kept, other, officer)
    assert {one.pk for one in fresh(kept).family()} == {kept.pk, other.pk, third.pk}
    assert fresh(third).carried_by() == kept
    take_step(other, "reopen", officer, reason="คนละเรื่อง")
    assert {one.pk for one in fresh(kept).family()} == {kept.pk}
    assert fresh(third).carried_by() == other


# ── Petitioners ─────────────────────────────────────────────────────────────────────────────


def _inform(petition: Petition, officer: User, head: User, executive: User, text: str) -> None:
    opinion = {"summary": "สรุป", "opinion": "ความเห็น", "category": make_category()}
    take_step(petition, "summarise", officer, now=NOON, **opinion)
    take_step(petition, "submit", head, now=NOON, to=executive)
    take_step(petition, "note", executive, now=NOON)
    take_step(petition, "inform", officer, now=NEXT_DAY, told_text=text)


def test_the_other_petitioner_is_told_by_the_own_number(
    kept: Petition, other: Petition, officer: User, head: User, executive: User
) -> None:
    put_together(kept, other, officer)
    _inform(kept, officer, head, executive, "โรงเรียนคืนเงินแล้ว")
    results = Notice.objects.filter(kind=Notice.Kind.PETITIONER_RESULT)
    letters = {letter.to: letter for letter in map(compose, results) if letter}
    assert set(letters) == {"somsri@mail.example", "somchai@mail.example"}
    mine = letters["somchai@mail.example"]
    assert other.label in mine.subject
    assert "โรงเรียนคืนเงินแล้ว" in mine.body
    assert kept.label not in mine.subject + mine.body
    assert "สมศรี" not in mine.body


def test_joined_after_the_result_was_told_the_other_is_told_at_once(
    kept: Petition, other: Petition, officer: User, head: User, executive: User
) -> None:
    _inform(kept, officer, head, executive, "โรงเรียนคืนเงินแล้ว")
    put_together(kept, other, officer, now=NEXT_DAY)
    assert Notice.objects.filter(kind=Notice.Kind.PETITIONER_RESULT, subject_id=other.pk).count() == 1


def test_number_and_code_of_the_joined_one_still_follow(
    kept: Petition, other: Petition, officer: User, head: User, executive: User
) -> None:
    put_together(kept, other, officer)
    _inform(kept, officer, head, executive, "โรงเรียนคืนเงินแล้ว")
    found = find(other.label, OTHER_CODE)
    assert found == other
    told = history(found)
    assert (told.label, told.title) == (other.label, other.title)
    steps = [line.title for line in told.lines]
    assert steps[0] == "รับเรื่องของท่านแล้ว"
    assert steps.count("รับเรื่องของท่านแล้ว") == 1
    assert "แจ้งผลแก่ท่าน" in steps
    assert told.lines[-1].text == "โรงเรียนคืนเงินแล้ว"
    assert not told.is_closed
    assert kept.title not in str(told)
    assert kept.label not in str(told)
    take_step(kept, "close", officer, now=NEXT_DAY, result=Petition.Result.GRANTED)
    closed = history(fresh(other))
    assert closed.is_closed
    assert closed.result == str(Petition.Result.GRANTED.label)
    assert find(kept.label, CODE) == kept


def test_one_petitioner_cannot_take_back_what_others_asked(
    kept: Petition, other: Petition, officer: User
) -> None:
    put_together(kept, other, officer)
    with pytest.raises(ValidationError):
        take_step(kept, "withdraw", officer, now=NOON, reason="ผู้ร้องขอถอน")
    take_step(other, "reopen", officer, now=NOON, reason="อีกคนไม่ถอน")
    take_step(kept, "withdraw", officer, now=NOON, reason="ผู้ร้องขอถอน")
    assert fresh(kept).result == Petition.Result.WITHDRAWN


# ── Separating again ────────────────────────────────────────────────────────────────────────


def test_reopened_it_stands_for_itself_and_owes_what_it_owed(
    kept: Petition, other: Petition, officer: User
) -> None:
    due = other.deadlines.get().due_at
    put_together(kept, other, officer)
    take_step(other, "reopen", officer, now=NOON + timedelta(days=7), reason="คนละเรื่อง")
    alone = fresh(other)
    assert (alone.state, alone.joined_to, alone.result, alone.closed_at) == (State.RETURNED, None, "", None)
    owed = alone.deadlines.unmet().get()
    assert (owed.kind, owed.due_at) == (Deadline.Kind.OPINION, due)
    assert owed.is_late(NOON + timedelta(days=7))
    assert [one.step for one in kept.events.order_by("pk")][-1] == "be_separated"
    assert history(alone).label == other.label


def test_separated_after_a_late_opinion_it_owes_a_revision_and_stays_late(
    kept: Petition, officer: User
) -> None:
    late = make_petition(owner=officer, received_at=LAST_MONTH)
    put_together(kept, late, officer)
    take_step(late, "reopen", officer, now=NOON, reason="คนละเรื่อง")
    assert late.deadlines.unmet().get().kind == Deadline.Kind.REVISION
    assert late.deadlines.get(kind=Deadline.Kind.OPINION).is_late(NOON)


# ── Linking ─────────────────────────────────────────────────────────────────────────────────


def test_linked_both_go_on_and_both_histories_say_so(kept: Petition, other: Petition, officer: User) -> None:
    take_step(kept, "link", officer, other=other)
    assert PetitionLink.between(other, kept).count() == 1
    assert PetitionLink.seen_by(officer, kept) == [other]
    assert PetitionLink.seen_by(officer, other) == [kept]
    assert {fresh(kept).state, fresh(other).state} == {State.RECEIVED}
    assert [one.events.last().step for one in (kept, other)] == ["link", "be_linked"]
    with pytest.raises(ValidationError):
        take_step(other, "link", officer, other=kept)
    take_step(other, "unlink", officer, other=kept)
    assert PetitionLink.seen_by(officer, kept) == []
    with pytest.raises(ValidationError):
        take_step(other, "unlink", officer, other=kept)


def test_a_link_to_a_secret_one_shows_it_only_to_whom_it_is_open(
    kept: Petition, officer: User, colleague: User, head: User
) -> None:
    secret = make_petition(owner=colleague, secrecy=Secrecy.SECRET)
    perform(kept, "link", actor=Actor(user=head), seen=kept.version, now=NOON, other=secret)
    assert PetitionLink.seen_by(officer, kept) == []
    assert PetitionLink.seen_by(head, kept) == [secret]
