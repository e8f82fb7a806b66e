"""Removing the personal data of what two people agreed to: nothing of a person is left, and no figure moves."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from complaints import reports
from complaints.models import MonthTally, Petition, Petitioner, Visit
from office import holding, search
from office.calendar import fiscal_year, month_of, months_of
from office.documents import accept, attach
from office.models import (
    Anonymised,
    Document,
    Event,
    FileToRemove,
    LegalHold,
    Matter,
    OutgoingLetter,
    RetentionBatch,
    RetentionRow,
    User,
)
from office.steps import Actor, StepRefused, open_steps, perform
from projectplan import anonymising, retention
from projectplan.measures import MEASURES, ratios_by_month
from projectplan.personal import DECLARED
from tests.cast import CODE, MORNING, fresh, make_agency, make_petition, take_step
from tests.complaints.related_cast import make_related
from tests.complaints.test_joining import put_together
from tests.parliament.cast import make_politics_head, make_politics_officer
from tests.parliament.test_consultations import State as ConsultationState
from tests.parliament.test_consultations import standing_at
from tests.projectplan.retention_cast import (
    LATER,
    PERSON,
    WORDS,
    agree,
    end,
    make_old_petition,
    propose,
    what_is_left,
)
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.foreign_cast import carry_brief, carry_document, make_brief, make_document

pytestmark = pytest.mark.django_db
Outcome = RetentionRow.Outcome


@pytest.fixture
def old(officer: User, head: User, executive: User) -> Petition:
    return make_old_petition(officer, head, executive)


# ── Nothing is left, nothing moves ──────────────────────────────────────────────────────────


def test_of_the_person_nothing_is_left_in_any_table(old: Petition, officer: User, head: User) -> None:
    letter = OutgoingLetter.objects.create(
        matter=old, kind="result", to_whom=PERSON["name"], subject="แจ้งผล", body="พยานคนสำคัญ", made_at=MORNING,
        made_by=officer,
    )  # fmt: skip
    letter.number_it(by=officer, now=MORNING)
    take_step(old, "lock", head, reason="พยานคนสำคัญ")
    take_step(old, "unlock", head, reason="มะลิวัลย์ขอมา")
    assert len(what_is_left(WORDS)) > len(WORDS)
    row = end(old.pk, officer, head)
    anonymising.sweep_files()
    assert row.outcome == Outcome.ANONYMISED
    assert what_is_left(WORDS) == []


def test_number_kind_dates_place_and_result_stay(old: Petition, officer: User, head: User) -> None:
    def facts() -> tuple[object, ...]:
        one = fresh(old)
        return (
            one.label, one.petition_kind, one.channel, one.category, one.province, one.result, one.state,
            one.received_at, one.closed_at, list(one.deadlines.values_list("kind", "due_at", "met_at").order_by("pk")),
            list(one.events.values_list("step", "at", "actor", "from_state", "to_state").order_by("pk")),
        )  # fmt: skip

    before = facts()
    end(old.pk, officer, head)
    after = facts()
    assert after[:-1] == before[:-1]
    assert after[-1][:-1] == before[-1]  # type: ignore[index]
    assert Event.objects.filter(matter=old).last().step == holding.ANONYMISED  # type: ignore[union-attr]


def figures() -> str:
    """Every figure of the past: the month's and the year's report counted anew, and what each indicator comes to."""
    MonthTally.objects.all().delete()
    year = fiscal_year(2553)
    content = [asdict(reports.content(period, LATER)) for period in (month_of(date(2009, 11, 1)), year)]
    return repr([content, ratios_by_month(list(MEASURES), months_of(year), LATER)])


def test_no_figure_of_the_past_moves(old: Petition, officer: User, head: User, executive: User) -> None:
    make_old_petition(officer, head, executive)
    related = make_related(owner=officer)
    assert related.pk
    before = figures()
    for batch in propose():
        agree(batch, officer, head)
    assert anonymising.carry_out(lambda: LATER) == 2
    assert figures() == before


def test_other_kinds_lose_their_words_and_no_figure(executive: User) -> None:
    officer, head = make_news_officer(), make_news_head()
    people = {"officer": officer, "head": head, "executive": executive}
    document = carry_document(
        make_document(owner=officer, original_text="พยานคนสำคัญ", sender_name="มะลิวัลย์"), "closed", **people
    )
    brief = carry_brief(make_brief(owner=officer, situation="ครูประจำชั้นลงโทษ"), "closed", **people)
    before = figures()
    for matter, subject in ((document, "foreign_document"), (brief, "brief")):
        assert end(matter.pk, officer, head, subject=subject).outcome == Outcome.ANONYMISED
    assert figures() == before
    assert what_is_left([*WORDS, "เรียนเชิญท่านรัฐมนตรี", document.title, brief.title]) == []


def test_a_consultation_loses_its_words_and_no_figure(executive: User) -> None:
    people = {"officer": make_politics_officer(), "head": make_politics_head(), "executive": executive}
    raised = standing_at(
        ConsultationState.CLOSED, people, text="พยานคนสำคัญ", raiser_email="maliwan@mail.example"
    )
    before = figures()
    row = end(raised.pk, people["officer"], people["head"], subject="consultation")
    assert row.outcome == Outcome.ANONYMISED
    assert figures() == before
    assert what_is_left([*WORDS, raised.title]) == []


def test_it_is_found_by_its_number_and_by_no_word(old: Petition, officer: User, head: User) -> None:
    assert search.find(head, "ครูประจำชั้น").rows
    end(old.pk, officer, head)
    assert search.find(head, "ครูประจำชั้น").rows == []
    assert search.find(head, "มะลิวัลย์").rows == []
    assert [one.pk for one in search.numbered(head, fresh(old).label, LATER.date())] == [old.pk]


def test_the_petitioners_code_opens_nothing_any_more(old: Petition, officer: User, head: User) -> None:
    from office.seals import code_matches

    assert code_matches(CODE, fresh(old).code_fingerprint)
    end(old.pk, officer, head)
    assert not code_matches(CODE, fresh(old).code_fingerprint)
    assert not code_matches("", fresh(old).code_fingerprint)


def test_nothing_is_done_with_it_any_more(old: Petition, officer: User, head: User) -> None:
    end(old.pk, officer, head)
    one = fresh(old)
    assert open_steps(one, Actor(user=head)) == []
    with pytest.raises(StepRefused):
        perform(one, "reopen", actor=Actor(user=officer), seen=one.version, now=LATER, reason="ขอเปิดใหม่")


# ── Files ───────────────────────────────────────────────────────────────────────────────────


def test_its_files_go_after_the_transaction_and_their_rows_say_so(
    old: Petition, officer: User, head: User
) -> None:
    path = old.documents.get().path
    end(old.pk, officer, head)
    assert default_storage.exists(path)
    assert anonymising.sweep_files() == 1
    assert not default_storage.exists(path)
    document = old.documents.get()
    assert document.is_removed
    assert document.size
    assert FileToRemove.objects.count() == 0


def test_bytes_that_another_matter_needs_stay(old: Petition, officer: User, head: User) -> None:
    upload = accept(SimpleUploadedFile("เหมือนกัน.txt", "คำให้การของพยานคนสำคัญ".encode()))
    other = attach(make_petition(), [upload], source="petitioner", added_by=None, now=LATER)[0]
    end(old.pk, officer, head)
    anonymising.sweep_files()
    assert default_storage.exists(other.path)


# ── Twice, and killed between ───────────────────────────────────────────────────────────────


def test_a_second_run_does_nothing(old: Petition, officer: User, head: User) -> None:
    row = end(old.pk, officer, head)
    events = Event.objects.count()
    assert anonymising.anonymise(row.pk, LATER) == Outcome.ANONYMISED
    assert anonymising.carry_out(lambda: LATER) == 0
    assert Event.objects.count() == events
    assert RetentionBatch.objects.get().state == RetentionBatch.State.DONE


def test_what_is_killed_half_way_is_whole_and_done_by_the_next_round(
    old: Petition, officer: User, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for batch in propose():
        agree(batch, officer, head)

    def killed(*args: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(anonymising, "_empty_documents", killed)
        assert anonymising.carry_out(lambda: LATER) == 0
    assert Petitioner.objects.get(petition=old).name == PERSON["name"]
    assert Anonymised.objects.count() == 0
    assert anonymising.carry_out(lambda: LATER) == 1
    assert Petitioner.objects.get(petition=old).name == ""


# ── What hangs together ends together ───────────────────────────────────────────────────────


def test_a_joined_petition_waits_for_the_one_it_was_joined_to(
    officer: User, head: User, executive: User
) -> None:
    kept, other = make_petition(owner=officer), make_petition(owner=officer)
    put_together(kept, other, officer)
    assert fresh(other).closed_at is not None
    assert propose() == []


def test_what_came_up_since_the_confirmation_stops_it(old: Petition, officer: User, head: User) -> None:
    batch = propose()[0]
    agree(batch, officer, head)
    make_related(owner=officer, arises_from=old)
    row = batch.rows.get()
    assert anonymising.anonymise(row.pk, LATER) == Outcome.NOT_OVER
    assert Petitioner.objects.get(petition=old).name == PERSON["name"]


def test_what_was_reopened_meanwhile_is_left_alone(old: Petition, officer: User, head: User) -> None:
    batch = propose()[0]
    take_step(old, "reopen", officer, now=LATER, reason="มีข้อมูลใหม่")
    agree(batch, officer, head)
    assert anonymising.anonymise(batch.rows.get().pk, LATER) == Outcome.NOT_OVER


# ── Held ────────────────────────────────────────────────────────────────────────────────────


def test_what_is_held_is_not_proposed(old: Petition, head: User) -> None:
    holding.hold(old, by=head, reason="ศาลขอเอกสาร", until=None, now=LATER)
    assert propose() == []


def test_a_hold_between_first_and_second_word_stops_it(old: Petition, officer: User, head: User) -> None:
    batch = propose()[0]
    retention.check(batch, {}, by=officer, seen=batch.version, now=LATER)
    holding.hold(old, by=head, reason="ศาลขอเอกสาร", until=None, now=LATER)
    batch.refresh_from_db()
    retention.confirm(batch, by=head, seen=batch.version, now=LATER)
    assert anonymising.anonymise(batch.rows.get().pk, LATER) == Outcome.HELD
    assert Petitioner.objects.get(petition=old).name == PERSON["name"]


def test_what_is_kept_as_evidence_is_held_too(old: Petition, officer: User, head: User) -> None:
    batch = propose()[0]
    agree(batch, officer, head)
    take_step(old, "lock", head, now=LATER, reason="คดีอาญา")
    assert anonymising.anonymise(batch.rows.get().pk, LATER) == Outcome.HELD


def test_a_hold_whose_day_is_over_stops_nothing(old: Petition, officer: User, head: User) -> None:
    tomorrow = LATER.date() + timedelta(days=1)
    holding.hold(old, by=head, reason="ศาลขอเอกสาร", until=tomorrow, now=LATER)
    row = end(old.pk, officer, head, now=LATER + timedelta(days=2))
    assert row.outcome == Outcome.ANONYMISED
    assert LegalHold.objects.count() == 0


# ── The database itself ─────────────────────────────────────────────────────────────────────


def make_row(matter: Matter, **batch: object) -> RetentionRow:
    facts = {
        "subject": "petition",
        "years": 10,
        "source": "-",
        "ended_before": LATER.date(),
        "proposed_at": LATER,
    }
    return RetentionRow.objects.create(
        batch=RetentionBatch.objects.create(**{**facts, **batch}), subject="petition", key=matter.pk,
        label=matter.label, ended_on=MORNING.date(),
    )  # fmt: skip


def say_it_is_done(row: RetentionRow, matter: Matter) -> None:
    with transaction.atomic():
        Anonymised.objects.create(
            row=row, subject="petition", key=matter.pk, matter_id=matter.pk, at=LATER, source="-"
        )


def test_the_database_refuses_what_nobody_agreed_to(old: Petition, officer: User, head: User) -> None:
    with pytest.raises(DatabaseError):
        say_it_is_done(make_row(old), old)


def test_the_database_refuses_two_words_of_one_person(old: Petition, head: User) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        make_row(old, state="confirmed", checked_by=head, confirmed_by=head)


def test_the_database_refuses_what_is_held(old: Petition, officer: User, head: User) -> None:
    row = make_row(old, state="confirmed", checked_by=officer, confirmed_by=head)
    holding.hold(old, by=head, reason="ศาลขอเอกสาร", until=None, now=LATER)
    with pytest.raises(DatabaseError):
        say_it_is_done(row, old)


def test_an_event_is_emptied_only_and_only_of_what_was_agreed_to(
    old: Petition, officer: User, head: User
) -> None:
    other = make_petition()
    end(old.pk, officer, head)
    for change in ({"step": "order"}, {"reason": "แก้ภายหลัง"}, {"version": 99}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Event.objects.filter(matter=old).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.filter(matter=other).update(changes={})


def test_an_issued_letter_of_another_matter_stays_whole(old: Petition, officer: User) -> None:
    letter = OutgoingLetter.objects.create(
        matter=old, kind="result", to_whom="ก", subject="ข", body="ค", made_at=MORNING, made_by=officer
    )
    letter.number_it(by=officer, now=MORNING)
    with pytest.raises(DatabaseError), transaction.atomic():
        OutgoingLetter.objects.update(body="")


# ── What hangs on no matter ─────────────────────────────────────────────────────────────────


def test_a_visit_loses_its_person_and_stays_counted(officer: User, head: User) -> None:
    visit = Visit(
        came_at=MORNING, received_by=officer, subject="ถามเรื่องพยานคนสำคัญ", advice="ดอกไม้", name=PERSON["name"],
        telephone=PERSON["telephone"],
    ).register()  # fmt: skip
    visit.advice = "แก้ไข ดอกไม้"
    visit.save()
    end(visit.pk, officer, head, subject="visit")
    assert what_is_left(WORDS) == []
    visit.refresh_from_db()
    assert (visit.label, visit.came_at, visit.received_by) == (visit.label, MORNING, officer)


def test_every_emptied_column_takes_it(old: Petition, db: None) -> None:
    """No constraint stands against emptying any declared column of a row that is whole."""
    make_agency()
    for one in DECLARED:
        if one.of:
            one.empty(old.pk)
    assert fresh(old).story == ""
    assert Document.objects.filter(matter=old).exists()
