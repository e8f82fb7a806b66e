"""Splitting one petition into several: counted before and after, nothing is lost, one code follows them all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints import tallies
from complaints.doubles import Sought, likely_doubles
from complaints.follow import find, history
from complaints.models import AgencyLink, MonthTally, Petition, Petitioner, Referral, State
from complaints.models.splitting import Part
from office.calendar import OFFICE_TZ, month_of
from office.documents import accept, attach
from office.models import Deadline, Document, Event, Matter, Notice, NumberSeries, Secrecy, User
from office.steps import Actor, ChangedMeanwhile, StepRefused, perform
from tests.cast import CODE, MORNING, bring_to, fresh, make_agency, make_category, make_petition, take_step

pytestmark = pytest.mark.django_db

NOON = datetime(2009, 11, 17, 12, 0, tzinfo=OFFICE_TZ)
LAST_MONTH = datetime(2009, 10, 27, 10, 0, tzinfo=OFFICE_TZ)
TUITION = Part(title="เก็บค่าเทอมเกินอัตรา")
TRANSFER = Part(title="ขอย้ายครูที่ลงโทษเกินกว่าเหตุ", story="ครูประจำชั้นตีนักเรียนจนบาดเจ็บ")


def split(petition: Petition, by: User, *parts: Part, now: datetime = NOON, **given: Any) -> list[Petition]:
    current = fresh(petition)
    given = {"seen": current.version, "reason": "มีสองเรื่อง"} | given
    perform(current, "split", actor=Actor(user=by), now=now, parts=parts, **given)
    return list(Petition.objects.filter(split_from=petition).order_by("pk"))


def add_file(petition: Petition, name: str) -> Document:
    upload = accept(SimpleUploadedFile(name, f"เนื้อความ {name}".encode()))
    return attach(petition, [upload], source=Document.Source.PETITIONER, added_by=None, now=MORNING)[0]


def census() -> dict[str, int]:
    kinds = [Matter, Petition, Petitioner, Document, Referral, AgencyLink, Deadline, Event, Notice]
    return {kind.__name__: kind.objects.count() for kind in kinds}


def files_kept() -> int:
    folders = default_storage.listdir("")[0]
    return sum(len(default_storage.listdir(folder)[1]) for folder in folders if folder != "waiting")


@pytest.fixture
def whole(officer: User) -> Petition:
    return make_petition(owner=officer, place="บ้านหนองบัว")


def test_splitting_adds_what_it_must_and_touches_nothing_else(whole: Petition, officer: User) -> None:
    first, second = add_file(whole, "ก.txt"), add_file(whole, "ข.txt")
    before, bytes_before = census(), files_kept()
    kept = {
        model: list(model.objects.filter(**{of: whole.pk}).order_by("pk").values())
        for model, of in {
            Document: "matter_id", Petitioner: "petition_id", Deadline: "matter_id", Event: "matter_id",
        }.items()
    }  # fmt: skip

    made = split(whole, officer, TUITION, Part(title="ขอย้ายครู", documents=[first, second]))

    after = census()
    # A part: a matter, its person, its promise, its event, the files that go along. The whole: one event.
    assert {name: after[name] - before[name] for name in before} == {
        "Matter": 2, "Petition": 2, "Petitioner": 2, "Document": 2, "Referral": 0, "AgencyLink": 0,
        "Deadline": 2, "Event": 3, "Notice": 0,
    }  # fmt: skip
    assert files_kept() == bytes_before
    for model, rows in kept.items():
        of = "petition_id" if model is Petitioner else "matter_id"
        assert list(model.objects.filter(**{of: whole.pk}).order_by("pk").values())[: len(rows)] == rows
    assert [one.sha256 for one in made[1].documents.all()] == [first.sha256, second.sha256]
    assert fresh(whole).state == State.RECEIVED


def test_a_part_has_its_own_number_and_the_rest_from_the_whole(whole: Petition, officer: User) -> None:
    agency, category = make_agency(), make_category()
    part = Part(title="ขอย้ายครู", story="ครูตีนักเรียน", petition_kind="help", category=category, agency=agency)
    (new,) = split(whole, officer, part)
    assert (new.series, new.year, new.number) == (whole.series, whole.year, whole.number + 1)
    assert (new.title, new.story, new.petition_kind, new.category, new.agency) == (
        "ขอย้ายครู", "ครูตีนักเรียน", "help", category, agency,
    )  # fmt: skip
    same = ("place", "channel", "received_at", "month", "owner", "secrecy", "subgroup", "code_fingerprint")
    assert [getattr(new, name) for name in same] == [getattr(fresh(whole), name) for name in same]
    person, twin = whole.petitioner, new.petitioner
    personal = (
        "name",
        "telephone",
        "email",
        "thai_id_fingerprint",
        "name_key",
        "telephone_key",
        "consent_at",
    )
    assert [getattr(person, name) for name in personal] == [getattr(twin, name) for name in personal]
    assert (new.split_from, new.registered_at) == (whole, NOON)
    assert NumberSeries.objects.get(prefix=whole.series, year=whole.year).last == new.number


def test_a_part_without_a_story_has_the_whole_one(whole: Petition, officer: User) -> None:
    assert split(whole, officer, TUITION)[0].story == whole.story


def test_an_anonymous_petitions_parts_are_anonymous(officer: User) -> None:
    (part,) = split(make_petition(owner=officer, petitioner=False), officer, TUITION)
    assert not hasattr(part, "petitioner")


def test_a_secret_petitions_parts_are_secret(officer: User) -> None:
    (part,) = split(make_petition(owner=officer, secrecy=Secrecy.SECRET), officer, TUITION)
    assert part.secrecy == Secrecy.SECRET


def test_the_parts_promise_is_the_wholes(whole: Petition, officer: User) -> None:
    promise = whole.deadlines.get()
    (part,) = split(whole, officer, TUITION, now=NOON + timedelta(days=5))
    own = part.deadlines.get()
    assert (own.kind, own.start_at, own.due_at, own.rule, own.met_at, own.responsible) == (
        promise.kind, promise.start_at, promise.due_at, promise.rule, None, officer,
    )  # fmt: skip
    assert own.is_late(NOON + timedelta(days=5))


def test_after_the_opinion_was_given_the_part_counts_as_the_whole_and_owes_its_own(
    whole: Petition, officer: User, head: User, executive: User
) -> None:
    bring_to(whole, State.ORDERED, officer=officer, head=head, executive=executive)
    (part,) = split(whole, officer, TUITION, now=NOON + timedelta(days=5))
    promises = {one.kind: one for one in part.deadlines.all()}
    assert promises[Deadline.Kind.OPINION].met_at == MORNING
    assert not promises[Deadline.Kind.OPINION].is_late(NOON)
    assert promises[Deadline.Kind.REVISION].is_open
    assert part.state == State.RECEIVED
    assert fresh(whole).state == State.ORDERED


def test_the_months_are_counted_anew_and_late_parts_are_late(officer: User) -> None:
    late = make_petition(owner=officer, received_at=LAST_MONTH)
    month = month_of(LAST_MONTH.date())
    before = tallies.total(tallies.read([month], [], NOON))
    split(late, officer, TUITION)
    assert MonthTally.objects.get(month=month.first).is_stale
    after = tallies.total(tallies.read([month], [], NOON))
    assert (before.received, before.late) == (1, 1)
    assert (after.received, after.late) == (2, 2)


def test_one_number_and_code_follow_all_parts(
    whole: Petition, officer: User, head: User, executive: User
) -> None:
    (part,) = split(whole, officer, TRANSFER)
    bring_to(part, State.INFORMED, officer=officer, head=head, executive=executive, now=NOON)
    told = history(find(whole.label, CODE) or part)
    assert [one.label for one in told.parts] == [part.label]
    assert [line.text for line in told.parts[0].lines if line.text] == ["โรงเรียนคืนเงินแล้ว"]
    assert find(part.label, CODE) == part
    assert history(fresh(part)).parts == []


def test_it_says_in_both_histories_where_the_parts_went(whole: Petition, officer: User) -> None:
    made = split(whole, officer, TUITION, TRANSFER)
    event = whole.events.last()
    assert event
    assert event.changes["petitions"] == ["", ", ".join(one.label for one in made)]
    assert [one.events.get().reason for one in made] == ["มีสองเรื่อง"] * 2


def test_a_second_click_splits_once_and_a_stale_page_not_at_all(
    whole: Petition, officer: User, head: User
) -> None:
    seen = fresh(whole).version
    assert len(split(whole, officer, TUITION, seen=seen)) == 1
    assert len(split(whole, officer, TUITION, seen=seen)) == 1
    with pytest.raises(ChangedMeanwhile):
        split(whole, head, TUITION, seen=seen)


@pytest.mark.parametrize("state", [State.CLOSED, State.PAUSED, State.ASKED])
def test_what_is_closed_or_rests_is_not_split(state: State, whole: Petition, officer: User) -> None:
    Petition.objects.filter(pk=whole.pk).update(state=state, result="granted")
    with pytest.raises(StepRefused):
        split(whole, officer, TUITION)


def test_nothing_to_split_off_and_no_reason_are_said(whole: Petition, officer: User) -> None:
    with pytest.raises(ValidationError):
        split(whole, officer)
    with pytest.raises(ValidationError):
        split(whole, officer, TUITION, reason="")
    assert Petition.objects.count() == 1


def test_what_is_kept_as_evidence_is_not_split(whole: Petition, officer: User) -> None:
    Petition.objects.filter(pk=whole.pk).update(locked_at=MORNING)
    with pytest.raises(StepRefused):
        split(whole, officer, TUITION)


def test_a_part_can_be_joined_to_another(whole: Petition, officer: User) -> None:
    from tests.complaints.test_joining import put_together

    (part,) = split(whole, officer, TUITION)
    another = make_petition(owner=officer)
    put_together(another, part, officer)
    told = history(fresh(whole))
    assert [one.label for one in told.parts] == [part.label]
    take_step(another, "correct", officer, title="เรื่องของผู้ร้องอีกคน")
    assert "เรื่องของผู้ร้องอีกคน" not in str(history(fresh(part)))


def test_what_was_split_is_no_double_of_what_is_left(whole: Petition, officer: User) -> None:
    first, second = split(whole, officer, TUITION, TRANSFER)
    stranger = make_petition(owner=officer, title=whole.title, story=whole.story)
    for one in (fresh(whole), fresh(first), fresh(second)):
        assert {double.key for double in likely_doubles(Sought.of(one), officer)} == {stranger.pk}
