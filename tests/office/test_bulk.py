"""One step on many matters: each row ends as the single step leaves it, in a handful of queries; none is widened."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from complaints.models import MonthTally, Petition, State
from complaints.models.agency_steps import Ask
from office.bulk import JointAct, Outcome, RowResult, perform_each, perform_many, why_not
from office.models import Deadline, Event, Notice, Secrecy, User
from office.models.calendar import current_calendar
from office.models.people import Subgroup
from office.notices import tell
from office.steps import Actor, find_step
from tests.cast import MORNING, bring_to, fresh, make_agency, make_petition, take_step

pytestmark = pytest.mark.django_db

NOON = MORNING + timedelta(hours=3)
QUERIES = 25


def rows_of(user: User) -> Any:
    return Petition.objects.visible_to(user).select_related("owner", "category", "agency", "petitioner")


def seen(petitions: list[Petition]) -> dict[int, int]:
    return {one.pk: fresh(one).version for one in petitions}


def assign(
    petitions: list[Petition], head: User, to: User, *, versions: dict[int, int] | None = None
) -> list[RowResult]:
    return perform_many(
        rows_of(head),
        "assign",
        seen=versions or seen(petitions),
        actor=Actor(user=head),
        now=NOON,
        reason="ลาคลอด",
        to=to,
    )


def outcomes(results: list[RowResult]) -> list[Outcome]:
    return [one.outcome for one in results]


def all_sorts(officer: User, colleague: User, head: User, executive: User) -> list[Petition]:
    """Nobody's, a colleague's, at the head's desk, with an agency, answered, told; anonymous, secret, of two months."""
    cast = {"officer": colleague, "head": head, "executive": executive}
    earlier = MORNING - timedelta(days=20)
    return [
        make_petition(title="ไม่มีผู้รับผิดชอบ"),
        make_petition(title="ของเพื่อนร่วมงาน", owner=colleague, petitioner=False),
        make_petition(title="เรื่องลับของเพื่อน", owner=colleague, secrecy=Secrecy.SECRET, received_at=earlier),
        make_petition(title="ของผู้รับมอบอยู่แล้ว", owner=officer, agency=make_agency()),
        bring_to(make_petition(title="รอหัวหน้าตรวจ", owner=colleague), State.SUMMARISED, **cast),
        bring_to(make_petition(title="รอคำสั่ง", owner=colleague), State.SUBMITTED, **cast),
        bring_to(make_petition(title="รอหน่วยงาน", owner=colleague), State.REFERRED, **cast),
        bring_to(make_petition(title="ตอบแล้ว", owner=colleague), State.ANSWERED, **cast),
        bring_to(make_petition(title="แจ้งแล้ว", owner=colleague), State.INFORMED, **cast),
    ]


def account_of(petition: Petition) -> dict[str, Any]:
    """Everything that is kept about a petition, without what tells one row from another."""
    own = {"matter_ptr", "matter", "id", "number", "code_fingerprint", "search_text"}
    petition = fresh(petition)
    facts = {
        one.attname: getattr(petition, one.attname)
        for one in petition._meta.concrete_fields
        if one.name not in own
    }
    # The number stands in the words it is found by; everything else there must be the same.
    facts["search_text"] = petition.search_text == petition.searchable()
    events = Event.objects.filter(matter=petition).order_by("pk").values()
    promises = Deadline.objects.filter(matter=petition).order_by("pk").values()
    return {
        "facts": facts,
        "events": [{key: row[key] for key in row if key not in ("id", "matter_id")} for row in events],
        "promises": [{key: row[key] for key in row if key not in ("id", "matter_id")} for row in promises],
    }


def test_every_row_ends_as_the_single_step_leaves_it(
    officer: User, colleague: User, head: User, executive: User
) -> None:
    single, many = [all_sorts(officer, colleague, head, executive) for _time in range(2)]
    for petition in single:
        take_step(petition, "assign", head, now=NOON, reason="ลาคลอด", to=officer)
    results = assign(many, head, officer)
    assert outcomes(results) == [Outcome.DONE] * len(many)
    for one, other in zip(single, many, strict=True):
        assert account_of(one) == account_of(other), one.title


def test_taking_many_is_the_same_as_taking_each(officer: User) -> None:
    single, many = make_petition(title="ขอทุนการศึกษา"), make_petition(title="ขอทุนการศึกษา")
    take_step(single, "take", officer, now=NOON)
    results = perform_many(rows_of(officer), "take", seen=seen([many]), actor=Actor(user=officer), now=NOON)
    assert outcomes(results) == [Outcome.DONE]
    assert account_of(single) == account_of(many)


def test_assigning_five_hundred_is_a_handful_of_queries(officer: User, head: User) -> None:
    asked = []
    petitions = [make_petition() for _row in range(500)]
    for part in (petitions[:20], petitions):
        versions = dict(Petition.objects.filter(pk__in=[one.pk for one in part]).values_list("pk", "version"))
        with CaptureQueriesContext(connection) as queries:
            results = assign(part, head, officer, versions=versions)
        assert outcomes(results) == [Outcome.DONE] * len(part)
        asked.append([one for one in queries.captured_queries if "office_event" not in one["sql"]])
        assert len(queries) <= QUERIES
    # Only the events are written in batches; nothing else is asked more often for more rows.
    assert len(asked[1]) <= len(asked[0])


def test_one_is_told_once_of_many_and_the_notice_leads_to_the_list(
    officer: User, head: User, client_for: Any
) -> None:
    petitions = [make_petition() for _row in range(3)]
    assign(petitions, head, officer)
    notice = Notice.objects.get(recipient=officer, way=Notice.Way.APP)
    assert (notice.kind, notice.matter, notice.text) == (
        Notice.Kind.YOUR_TURN, None, "มีเรื่องมอบให้ท่าน ๓ เรื่อง",
    )  # fmt: skip
    client = client_for(officer)
    assert notice.text in client.get("/notices/").content.decode()
    answer = client.post(f"/notices/{notice.pk}/open/")
    page = client.get(answer.headers["Location"])
    assert {row.pk for row in page.context["page"].rows} == {one.pk for one in petitions}


def test_one_alone_is_told_of_as_the_single_step_does(officer: User, head: User) -> None:
    petition = make_petition()
    assign([petition], head, officer)
    assert Notice.objects.get(recipient=officer, way=Notice.Way.APP).matter_id == petition.pk


def test_who_acts_has_seen_what_they_were_told_of_the_rows(officer: User, head: User) -> None:
    petitions = [make_petition() for _row in range(2)]
    for one in petitions:
        tell([head], Notice.Kind.LATE, once=f"x{one.pk}", now=NOON, calendar=current_calendar(), matter=one)
    assign(petitions, head, officer)
    assert not Notice.objects.filter(recipient=head, way=Notice.Way.APP, read_at=None).exists()


def test_each_month_touched_is_counted_anew(officer: User, head: User) -> None:
    petitions = [make_petition(), make_petition(received_at=MORNING - timedelta(days=40))]
    MonthTally.objects.update(is_stale=False)
    assign(petitions, head, officer)
    assert set(MonthTally.objects.filter(is_stale=True).values_list("month", flat=True)) == {
        one.month for one in petitions
    }


# ── Nothing is widened ──────────────────────────────────────────────────────────────────────


def test_rows_in_the_wrong_state_say_so_and_the_others_go_on(
    officer: User, colleague: User, head: User, executive: User
) -> None:
    closed = bring_to(
        make_petition(owner=officer), State.CLOSED, officer=officer, head=head, executive=executive
    )
    petition = make_petition()
    refused, done = assign([closed, petition], head, colleague)
    assert (refused.outcome, done.outcome) == (Outcome.REFUSED, Outcome.DONE)
    assert closed.get_state_display() in refused.words
    assert fresh(closed).owner == officer
    assert fresh(petition).owner == colleague


def test_who_may_not_take_the_step_on_one_may_not_on_many(officer: User, colleague: User) -> None:
    petitions = [make_petition(), make_petition(owner=officer)]
    results = assign(petitions, officer, colleague)
    assert outcomes(results) == [Outcome.REFUSED] * 2
    assert not Event.objects.filter(step="assign").exists()


def test_an_officer_takes_only_what_is_nobodys(officer: User, colleague: User) -> None:
    petitions = [make_petition(owner=colleague), make_petition()]
    results = perform_many(
        rows_of(officer), "take", seen=seen(petitions), actor=Actor(user=officer), now=NOON
    )
    assert outcomes(results) == [Outcome.REFUSED, Outcome.DONE]
    assert fresh(petitions[0]).owner == colleague


def test_a_secret_matter_of_somebody_else_is_not_there(officer: User, colleague: User) -> None:
    secret = make_petition(owner=colleague, secrecy=Secrecy.SECRET)
    for carry_out, name, given in (
        (perform_many, "take", {}),
        (perform_each, "close", {"result": Petition.Result.GRANTED}),
    ):
        (result,) = carry_out(
            rows_of(officer), name, seen=seen([secret]), actor=Actor(user=officer), now=NOON, **given
        )
        assert (result.outcome, result.matter, result.words) == (Outcome.GONE, None, "")
    assert fresh(secret).version == 1


def test_a_head_of_another_subgroup_assigns_nothing(
    officer: User, petition: Petition, stranger: User
) -> None:
    (result,) = assign([petition], stranger, officer)
    assert result.outcome is Outcome.GONE


def test_an_officer_of_another_subgroup_is_refused_by_the_step_itself(
    head: User, petition: Petition, stranger: User
) -> None:
    (result,) = assign([petition], head, stranger)
    assert (result.outcome, result.words) == (Outcome.REFUSED, "เลือกเจ้าหน้าที่ในกลุ่ม")
    assert stranger.subgroup.code == Subgroup.Code.POLITICS
    assert account_of(petition)["facts"]["owner_id"] is None
    assert fresh(petition).deadlines.get().responsible is None


def test_what_was_changed_meanwhile_is_left_alone(officer: User, colleague: User, head: User) -> None:
    first, second = make_petition(), make_petition()
    versions = seen([first, second])
    take_step(first, "take", colleague, now=NOON)
    changed, done = assign([first, second], head, officer, versions=versions)
    assert (changed.outcome, done.outcome) == (Outcome.CHANGED, Outcome.DONE)
    assert changed.since is not None
    assert (changed.since.step, changed.since.actor) == ("take", colleague)
    assert fresh(first).owner == colleague


def test_a_second_click_is_harmless(officer: User, head: User) -> None:
    petitions = [make_petition() for _row in range(3)]
    versions = seen(petitions)
    for _click in range(2):
        assert outcomes(assign(petitions, head, officer, versions=versions)) == [Outcome.DONE] * 3
    assert Event.objects.filter(step="assign").count() == 3
    assert Notice.objects.filter(recipient=officer, way=Notice.Way.APP).count() == 1


def test_all_is_written_or_nothing(officer: User, head: User) -> None:
    petitions = [make_petition() for _row in range(3)]
    before = [account_of(one) for one in petitions]
    versions = seen(petitions)
    Event.objects.bulk_create([Event(matter=petitions[-1], at=NOON, step="assign", version=2)])
    after = [*before[:-1], account_of(petitions[-1])]
    # The last row's version was used up behind its back, so its event cannot be written.
    with pytest.raises(IntegrityError), transaction.atomic():
        assign(petitions, head, officer, versions=versions)
    assert [account_of(one) for one in petitions] == after
    assert not Notice.objects.filter(recipient=officer).exists()


def test_only_steps_declared_so_are_taken_together(officer: User, petition: Petition) -> None:
    with pytest.raises(LookupError):
        perform_many(rows_of(officer), "close", seen={petition.pk: 1}, actor=Actor(user=officer), now=NOON)
    with pytest.raises(LookupError):
        perform_many(rows_of(officer), "delete", seen={petition.pk: 1}, actor=Actor(user=officer), now=NOON)


def test_a_step_declared_together_writes_nothing_by_itself(
    officer: User, colleague: User, head: User
) -> None:
    """What `together` promises: the method changes its matter and its act, and asks the database to change nothing."""
    together = [
        one.name
        for one in Petition._meta.get_field("state").get_all_transitions(Petition)
        if one.custom["together"]
    ]
    given: dict[str, tuple[User, dict[str, Any]]] = {
        "take": (officer, {}),
        "assign": (head, {"to": colleague}),
    }
    assert set(together) == set(given)
    for name, (user, facts) in given.items():
        petition = fresh(make_petition())
        act = JointAct(Actor(user=user), NOON)
        with CaptureQueriesContext(connection) as queries:
            getattr(petition, name)(act, **facts)
        assert [one["sql"] for one in queries if not one["sql"].startswith("SELECT")] == []
        assert act.passed_on
        assert find_step(Petition, name).custom["together"]


# ── One after the other ─────────────────────────────────────────────────────────────────────


def test_closing_several_says_of_each_what_became_of_it(
    officer: User, colleague: User, head: User, executive: User
) -> None:
    cast = {"officer": officer, "head": head, "executive": executive}
    ready = bring_to(make_petition(owner=officer), State.INFORMED, **cast)
    not_yet = bring_to(make_petition(owner=officer), State.ORDERED, **cast)
    others = make_petition(owner=colleague)
    petitions = [ready, not_yet, others]
    results = perform_each(
        rows_of(officer), "close", seen=seen(petitions), actor=Actor(user=officer), now=NOON,
        reason="แจ้งผลครบแล้ว", result=Petition.Result.GRANTED,
    )  # fmt: skip
    assert outcomes(results) == [Outcome.DONE, Outcome.REFUSED, Outcome.REFUSED]
    assert "สั่งการแล้ว" in results[1].words
    assert fresh(ready).state == State.CLOSED
    assert Event.objects.get(step="close").reason == "แจ้งผลครบแล้ว"
    assert fresh(not_yet).state == State.ORDERED


def test_referring_several_asks_no_agency_twice(officer: User, head: User, executive: User) -> None:
    cast = {"officer": officer, "head": head, "executive": executive}
    ordered = bring_to(make_petition(owner=officer), State.ORDERED, **cast)
    asked = bring_to(make_petition(owner=officer), State.REFERRED, **cast)
    results = perform_each(
        rows_of(officer), "refer", seen=seen([ordered, asked]), actor=Actor(user=officer), now=NOON,
        asks=[Ask(make_agency(), "ขอให้ตรวจสอบ")],
    )  # fmt: skip
    assert outcomes(results) == [Outcome.DONE, Outcome.REFUSED]
    assert results[1].words == "ส่งเรื่องให้หน่วยงานนี้แล้ว"
    assert fresh(asked).referrals.count() == 1


def test_why_not_says_what_the_step_would_say(officer: User, head: User, petition: Petition) -> None:
    assert why_not(petition, "assign", Actor(user=head)) == ""
    assert "หัวหน้ากลุ่ม" in why_not(petition, "assign", Actor(user=officer))
    assert petition.get_state_display() in why_not(petition, "close", Actor(user=head))
