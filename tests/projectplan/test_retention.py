"""What the clock proposes, and the two words without which nothing happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from complaints.models import Petition, Petitioner, Visit
from office import holding
from office.calendar import OFFICE_TZ
from office.models import (
    Event,
    LegalHold,
    Matter,
    NetworkImport,
    RetentionBatch,
    RetentionRow,
    RetentionRule,
    Secrecy,
    User,
)
from projectplan import anonymising, retention, working_copies
from tests.cast import MORNING, make_head, make_petition, make_stranger
from tests.projectplan.retention_cast import LATER, PERSON, agree, fresh, make_old_petition, propose

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
State = RetentionBatch.State


@pytest.fixture
def old(officer: User, head: User, executive: User) -> Petition:
    return make_old_petition(officer, head, executive)


@pytest.fixture
def batch(old: Petition) -> RetentionBatch:
    return propose()[0]


# ── The clock ───────────────────────────────────────────────────────────────────────────────


def test_what_has_had_its_years_is_proposed_and_nothing_more(old: Petition, batch: RetentionBatch) -> None:
    row = batch.rows.get()
    assert (row.key, row.label, row.ended_on) == (old.pk, old.label, date(2009, 11, 17))
    assert (batch.years, batch.ended_before, batch.state) == (10, date(2010, 1, 6), State.PROPOSED)
    assert Petitioner.objects.get().name == PERSON["name"]


def test_a_day_before_its_years_are_over_nothing_is_proposed(old: Petition) -> None:
    assert propose(now=datetime(2019, 11, 17, 23, 0, tzinfo=OFFICE_TZ)) == []
    assert propose(now=datetime(2019, 11, 18, 0, 30, tzinfo=OFFICE_TZ)) != []


def test_years_that_begin_on_a_leap_day_end_on_the_first_of_march() -> None:
    rule = RetentionRule(years=10)
    assert retention.last_day(rule, datetime(2020, 2, 29, 9, tzinfo=OFFICE_TZ)) == date(2010, 3, 1)


def test_what_goes_on_is_never_proposed(officer: User) -> None:
    make_petition(owner=officer)
    assert propose() == []


def test_it_is_proposed_once(batch: RetentionBatch) -> None:
    assert propose() == [batch]


def test_what_is_kept_for_ever_is_never_proposed(old: Petition) -> None:
    rule = RetentionRule.objects.get(subject="petition")
    rule.treatment, rule.years = RetentionRule.Treatment.KEEP, None
    rule.save()
    retention.propose(LATER)
    assert not RetentionBatch.objects.filter(subject="petition").exists()


def test_what_is_public_cannot_be_made_removable() -> None:
    rules = RetentionRule.objects.filter(subject="article")
    with pytest.raises(DatabaseError), transaction.atomic():
        rules.update(treatment="anonymise", years=1)


def test_a_round_goes_on_where_the_last_one_got_to(
    officer: User, head: User, executive: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (make_old_petition(officer, head, executive) for _one in range(3))
    monkeypatch.setattr(retention, "SEEN_A_ROUND", 2)
    rule = RetentionRule.objects.get(subject="petition")
    assert retention.propose_by(rule, LATER) == 2
    assert retention.propose_by(rule, LATER) == 1
    proposed = RetentionRow.objects.order_by("pk").values_list("key", flat=True)
    assert list(proposed) == [first.pk, second.pk, third.pk]


def test_an_old_register_that_is_brought_late_is_seen_too(officer: User, head: User, executive: User) -> None:
    make_old_petition(officer, head, executive)
    propose()
    brought = make_old_petition(officer, head, executive)
    long_ago = datetime(2003, 5, 1, 9, tzinfo=OFFICE_TZ)
    Matter.objects.filter(pk=brought.pk).update(received_at=long_ago, closed_at=long_ago)
    propose()
    assert RetentionRow.objects.filter(key=brought.pk).exists()


def test_no_more_is_proposed_while_much_waits(old: Petition) -> None:
    for _one in range(retention.BATCHES_WAITING):
        RetentionBatch.objects.create(
            subject="petition", years=10, source="-", ended_before=date(2010, 1, 1), proposed_at=LATER
        )
    assert retention.propose_by(RetentionRule.objects.get(subject="petition"), LATER) == 0


def test_the_clock_asks_an_index_and_not_every_matter(old: Petition) -> None:
    rule = RetentionRule.objects.get(subject="petition")
    before = datetime(2010, 1, 6, tzinfo=OFFICE_TZ)
    rows = retention._beyond(Matter.objects.filter(kind="petition"), "closed_at", "id", rule, before)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert "matter_closed" in rows.explain()


def test_lists_brought_in_files_go_after_a_year(officer: User) -> None:
    facts = {"file_name": "เครือข่าย.xlsx", "header": [], "fields": [], "rows": [[2, ["นางสมศรี"]]], "plan": {}}
    NetworkImport.objects.create(**facts, uploaded_at=LATER, uploaded_by=officer)
    assert working_copies.forget(LATER + timedelta(days=364)) == 0
    assert working_copies.forget(LATER + timedelta(days=366)) == 1


# ── Two words ───────────────────────────────────────────────────────────────────────────────


def test_before_both_words_nothing_happens(batch: RetentionBatch, officer: User) -> None:
    anonymising.carry_out(lambda: LATER)
    retention.check(batch, {}, by=officer, seen=batch.version, now=LATER)
    assert anonymising.carry_out(lambda: LATER) == 0
    assert anonymising.anonymise(batch.rows.get().pk, LATER) == ""
    assert Petitioner.objects.get().name == PERSON["name"]


def test_the_same_person_never_says_both(batch: RetentionBatch, head: User) -> None:
    retention.check(batch, {}, by=head, seen=batch.version, now=LATER)
    with pytest.raises(PermissionDenied):
        retention.confirm(batch, by=head, seen=fresh(batch).version, now=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        RetentionBatch.objects.update(state=State.CONFIRMED, confirmed_by=head)


def test_an_officer_does_not_confirm_and_an_executive_may(
    batch: RetentionBatch, officer: User, colleague: User, executive: User
) -> None:
    retention.check(batch, {}, by=officer, seen=batch.version, now=LATER)
    with pytest.raises(PermissionDenied):
        retention.confirm(batch, by=colleague, seen=fresh(batch).version, now=LATER)
    retention.confirm(batch, by=executive, seen=fresh(batch).version, now=LATER)
    assert fresh(batch).state == State.CONFIRMED


def test_the_head_of_another_subgroup_does_not_confirm(batch: RetentionBatch, officer: User) -> None:
    other = make_head("other-head", subgroup="politics")
    retention.check(batch, {}, by=officer, seen=batch.version, now=LATER)
    with pytest.raises(PermissionDenied):
        retention.confirm(batch, by=other, seen=fresh(batch).version, now=LATER)


def test_what_is_kept_out_is_left_alone_and_asked_for_again_a_year_later(
    batch: RetentionBatch, officer: User, head: User
) -> None:
    row = batch.rows.get()
    retention.check(batch, {row.pk: "มีผู้ขอศึกษา"}, by=officer, seen=batch.version, now=LATER)
    retention.confirm(batch, by=head, seen=fresh(batch).version, now=LATER)
    anonymising.carry_out(lambda: LATER)
    assert Petitioner.objects.get().name == PERSON["name"]
    assert fresh(batch).state == State.DONE
    assert propose(now=LATER + timedelta(days=364)) == []
    assert propose(now=LATER + timedelta(days=365)) != []


def test_nothing_is_kept_out_without_a_reason(batch: RetentionBatch, officer: User) -> None:
    with pytest.raises(ValidationError):
        retention.check(batch, {batch.rows.get().pk: " "}, by=officer, seen=batch.version, now=LATER)


def test_what_is_given_back_is_gone_through_once_more(
    batch: RetentionBatch, officer: User, head: User
) -> None:
    row = batch.rows.get()
    retention.check(batch, {row.pk: "ยังใช้"}, by=officer, seen=batch.version, now=LATER)
    retention.give_back(batch, "ไม่มีเหตุให้เก็บ", by=head, seen=fresh(batch).version)
    again = fresh(batch)
    assert (again.state, again.checked_by, again.returned_reason) == (State.PROPOSED, None, "ไม่มีเหตุให้เก็บ")
    assert batch.rows.get().outcome == ""
    agree(batch, officer, head)
    assert anonymising.carry_out(lambda: LATER) == 1


def test_a_second_click_is_refused(batch: RetentionBatch, officer: User) -> None:
    retention.check(batch, {}, by=officer, seen=batch.version, now=LATER)
    with pytest.raises(retention.BatchMovedOn):
        retention.check(batch, {}, by=officer, seen=batch.version, now=LATER)


# ── Holding ─────────────────────────────────────────────────────────────────────────────────


def test_only_its_head_holds_and_lifts_and_the_history_says_why(
    old: Petition, officer: User, head: User
) -> None:
    with pytest.raises(PermissionDenied):
        holding.hold(old, by=officer, reason="ศาลขอ", until=None, now=LATER)
    holding.hold(old, by=head, reason="ศาลขอ", until=date(2021, 1, 1), now=LATER)
    holding.hold(old, by=head, reason="กดซ้ำ", until=None, now=LATER)
    with pytest.raises(ValidationError):
        holding.lift(old, by=head, reason=" ", now=LATER)
    holding.lift(old, by=head, reason="คดีสิ้นสุด", now=LATER)
    assert not LegalHold.objects.exists()
    said = Event.objects.filter(matter=old, step__contains="hold").values_list("step", "reason", "actor")
    assert list(said) == [(holding.HELD, "ศาลขอ", head.pk), (holding.LIFTED, "คดีสิ้นสุด", head.pk)]


# ── Pages ───────────────────────────────────────────────────────────────────────────────────


def test_the_pages_from_proposal_to_removal(
    batch: RetentionBatch, old: Petition, officer: User, head: User, client_for: ClientFor
) -> None:
    first, second = client_for(officer), client_for(head)
    page = first.get(batch.get_absolute_url())
    assert old.title in page.text
    first.post(reverse("retention:check", args=[batch.pk]), {"seen": batch.version})
    assert fresh(batch).state == State.CHECKED
    assert first.post(reverse("retention:confirm", args=[batch.pk]), {"seen": 2}).status_code == 403
    second.post(reverse("retention:confirm", args=[batch.pk]), {"seen": 2})
    assert fresh(batch).state == State.CONFIRMED
    anonymising.carry_out(lambda: LATER)
    page = second.get(old.get_absolute_url())
    assert page.status_code == 200
    assert "ครูประจำชั้น" not in page.text
    document = old.documents.get()
    assert second.get(reverse("office:document", args=[document.pk])).status_code == 410


def test_a_title_is_shown_to_whoever_may_see_the_matter_only(
    batch: RetentionBatch, old: Petition, colleague: User, client_for: ClientFor
) -> None:
    Matter.objects.filter(pk=old.pk).update(secrecy=Secrecy.SECRET)
    page = client_for(colleague).get(batch.get_absolute_url())
    assert old.label in page.text
    assert old.title not in page.text


def test_strangers_find_no_batch_and_administrators_the_rules(
    batch: RetentionBatch, administrator: User, client_for: ClientFor
) -> None:
    assert client_for(make_stranger()).get(batch.get_absolute_url()).status_code == 404
    page = client_for(administrator)
    assert page.get(reverse("retention:index")).status_code == 200
    assert page.get(batch.get_absolute_url()).status_code == 404


def test_too_long_a_reason_keeps_what_was_typed(
    batch: RetentionBatch, officer: User, client_for: ClientFor
) -> None:
    name, words = f"keep_{batch.rows.get().pk}", "ก" * 301
    answer = client_for(officer).post(
        reverse("retention:check", args=[batch.pk]), {"seen": batch.version, name: words}
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert fresh(batch).state == State.PROPOSED


def test_the_page_of_a_hundred_records_asks_little(
    old: Petition, officer: User, client_for: ClientFor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    visits = [
        Visit(came_at=MORNING, received_by=officer, subject="ถามเรื่องทุน", advice="แนะนำ") for _one in range(90)
    ]
    for number, visit in enumerate(visits, start=1):
        visit.series, visit.year, visit.number = "บป", 2553, number
    Visit.objects.bulk_create(visits)
    batch = propose("visit")[0]
    client = client_for(officer)
    client.get(batch.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(batch.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(reverse("retention:index"))


def test_the_head_holds_and_lifts_on_pages(
    old: Petition, officer: User, head: User, client_for: ClientFor
) -> None:
    address = reverse("retention:hold", args=[old.pk])
    assert client_for(officer).get(address).status_code == 403
    assert client_for(make_stranger()).get(address).status_code == 404
    mine = client_for(head)
    assert mine.post(address, {"reason": ""}).status_code == 422
    assert mine.post(address, {"reason": "ศาลปกครองขอเอกสาร"}).status_code == 302
    assert "ศาลปกครองขอเอกสาร" in mine.get(old.get_absolute_url()).text
    mine.post(reverse("retention:lift", args=[old.pk]), {"reason": "คดีสิ้นสุดแล้ว"})
    assert not LegalHold.objects.exists()
