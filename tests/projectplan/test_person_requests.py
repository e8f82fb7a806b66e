"""What the office holds on a person: found by every way, marked by an officer, handed out for days, all logged."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from auditlog.models import LogEntry
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from complaints.models import Petition, Question, Visit
from office import seals
from office.models import PersonExport, PersonFinding, PersonRequest, Role, User
from office.thai import to_thai_digits
from projectplan import person_export, person_requests
from tests.cast import MORNING, make_officer, make_petition
from tests.projectplan.results_cast import make_participant, make_seminar
from tests.projectplan.retention_cast import PERSON, STORY, THAI_ID, make_old_petition
from tests.publicrelations.press_cast import make_reporter

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
Verdict = PersonFinding.Verdict


@pytest.fixture
def guardian(db: None) -> User:
    """Somebody named to look after the protection of personal data, in no subgroup."""
    user = make_officer("guardian", display_name="นางวันดี คุ้มครอง", subgroup=None)
    user.groups.clear()
    user.give_role(Role.DATA_PROTECTION)
    return user


@pytest.fixture
def old(officer: User, head: User, executive: User) -> Petition:
    return make_old_petition(officer, head, executive)


def make_request(by: User, **facts: str) -> PersonRequest:
    asked = PersonRequest(
        **{"name": PERSON["name"], "identified_by": "บัตรประชาชน", "asked_on": date(2020, 1, 6)} | facts,
        officer=by,
        made_at=timezone.now(),
    )
    asked.promise()
    asked.save()
    return asked


def found(asked: PersonRequest, by: User) -> set[tuple[str, int]]:
    person_requests.search(asked, by)
    return set(asked.findings.values_list("source", "key"))


def test_it_is_answered_within_thirty_days(guardian: User) -> None:
    asked = make_request(guardian)
    assert asked.due_on == date(2020, 2, 5)
    assert not asked.is_late(date(2020, 2, 5))
    assert asked.is_late(date(2020, 2, 6))


def test_a_person_is_found_wherever_they_stand(old: Petition, guardian: User, officer: User) -> None:
    visit = Visit(
        came_at=MORNING,
        received_by=officer,
        subject="ถามเรื่องทุน",
        advice="แนะนำ",
        name="น.ส. มะลิวัลย์ พฤกษาชื่นบาน",
    ).register()
    reporter = make_reporter("มะลิวัลย์ พฤกษาชื่นบาน")
    participant = make_participant(make_seminar(officer), name="คุณมะลิวัลย์ พฤกษาชื่นบาน")
    named = make_petition(story="ข้าพเจ้าเป็นเพื่อนบ้านของ มะลิวัลย์ พฤกษาชื่นบาน ซึ่งทราบเรื่องนี้ดี")
    make_petition()
    assert found(make_request(guardian), guardian) == {
        ("petition", old.pk), ("visit", visit.pk), ("reporter", reporter.pk), ("participant", participant.pk),
        ("matter", named.pk),
    }  # fmt: skip


@pytest.mark.parametrize(
    "facts",
    [
        {"telephone": "๐๘๙ ๗๖๕ ๔๓๒๑"},
        {"email": "Maliwan@mail.example".lower()},
        {"thai_id_fingerprint": "id"},
    ],
)
def test_a_petitioner_is_found_by_each_way(old: Petition, guardian: User, facts: dict[str, str]) -> None:
    if "thai_id_fingerprint" in facts:
        facts = {"thai_id_fingerprint": seals.fingerprint(THAI_ID, purpose="thai-id")}
    asked = make_request(guardian, name="ไม่ใช่ชื่อใด", **facts)
    assert ("petition", old.pk) in found(asked, guardian)


def test_a_head_finds_only_what_that_head_may_see(old: Petition) -> None:
    from tests.parliament.cast import make_politics_head

    other = make_politics_head()
    assert ("petition", old.pk) not in found(make_request(other), other)


def test_the_search_asks_indexes_for_petitioners_and_visits(guardian: User) -> None:
    asked = make_request(guardian, telephone="089-765-4321", email="maliwan@mail.example")
    with CaptureQueriesContext(
        connection,
    ) as asked_of_it:
        person_requests.search(asked, guardian)
    assert len(asked_of_it) <= 60


def test_a_second_search_keeps_the_verdicts(old: Petition, guardian: User) -> None:
    asked = make_request(guardian)
    person_requests.search(asked, guardian)
    asked.findings.update(verdict=Verdict.THEIRS)
    person_requests.search(asked, guardian)
    assert asked.findings.get(source="petition").verdict == Verdict.THEIRS


def test_every_look_is_in_the_trail(old: Petition, guardian: User, client_for: ClientFor) -> None:
    asked = make_request(guardian)
    client_for(guardian).get(asked.get_absolute_url())
    entry = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    assert (entry.actor, entry.object_repr) == (guardian, str(asked))
    assert PERSON["name"] not in entry.object_repr


def test_the_file_holds_their_words_and_files_and_says_what_is_refused(old: Petition, guardian: User) -> None:
    named = make_petition(story="ข้าพเจ้าเป็นเพื่อนบ้านของ มะลิวัลย์ พฤกษาชื่นบาน ซึ่งทราบเรื่องนี้ดี")
    asked = make_request(guardian)
    person_requests.search(asked, guardian)
    asked.findings.filter(key=old.pk).update(verdict=Verdict.THEIRS)
    asked.findings.filter(key=named.pk).update(verdict=Verdict.REFUSED, refused_reason="เป็นเรื่องของผู้อื่น")
    export = person_export.ask_for(asked, by=guardian, now=timezone.now())
    assert person_export.make(export.pk, timezone.now())
    assert not person_export.make(export.pk, timezone.now())
    export.refresh_from_db()
    with default_storage.open(export.path) as file, zipfile.ZipFile(BytesIO(file.read())) as archive:
        names = archive.namelist()
        data = json.loads(archive.read("data.json"))
    assert data["held"][0]["data"]["story"] == STORY
    assert data["held"][0]["data"]["thai_id"] == THAI_ID
    assert "เห็นควรส่ง" not in json.dumps(data, ensure_ascii=False)
    assert data["refused"] == [{"where": "มีชื่อปรากฏในเรื่อง", "number": named.label, "reason": "เป็นเรื่องของผู้อื่น"}]
    assert "summary.pdf" in names
    assert any("พยานคนสำคัญ" in name for name in names)


def test_the_paper_says_questions_and_answers_in_words_and_whose_office_it_is(
    old: Petition, guardian: User
) -> None:
    Question.objects.create(
        petition=old,
        asked="ขอทราบชื่อสถานศึกษา",
        asked_at=MORNING,
        asked_by=guardian,
        deadline=old.deadlines.filter(question=None)[0],
        answer="โรงเรียนบ้านหนองน้ำใส",
        answered_at=MORNING,
    )
    asked = make_request(guardian)
    person_requests.search(asked, guardian)
    asked.findings.filter(key=old.pk).update(verdict=Verdict.THEIRS)
    export = person_export.ask_for(asked, by=guardian, now=timezone.now())
    person_export.make(export.pk, timezone.now())
    export.refresh_from_db()
    with default_storage.open(export.path) as file, zipfile.ZipFile(BytesIO(file.read())) as archive:
        paper = PdfReader(BytesIO(archive.read("summary.pdf")))
    text = " ".join(page.extract_text() for page in paper.pages)
    for words in ("คำถาม: ขอทราบชื่อสถานศึกษา", "คำตอบ: โรงเรียนบ้านหนองน้ำใส", "กลุ่มงานประสานการเมือง"):
        assert words in text
    assert "[[" not in text
    assert to_thai_digits(THAI_ID) in text


def test_the_officer_in_charge_alone_takes_it_and_for_seven_days(
    old: Petition, guardian: User, head: User, client_for: ClientFor
) -> None:
    asked = make_request(head)
    export = person_export.ask_for(asked, by=head, now=timezone.now())
    person_export.make(export.pk, timezone.now())
    export.refresh_from_db()
    address = reverse("retention:export_take", args=[export.pk])
    assert client_for(guardian).post(address).status_code == 403
    answer = client_for(head).post(address)
    assert answer["Content-Type"] == "application/zip"
    b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    asked.refresh_from_db()
    assert asked.answered_at is not None
    assert person_export.remove_expired(timezone.now() + timedelta(days=8)) == 1
    assert not default_storage.exists(export.path)
    assert client_for(head).post(address).status_code == 404


def test_the_pages_from_asking_to_the_file(old: Petition, guardian: User, client_for: ClientFor) -> None:
    client = client_for(guardian)
    given = {"name": PERSON["name"], "identified_by": "บัตรประชาชน", "asked_on": "", "thai_id": "123"}
    answer = client.post(reverse("retention:request_new"), given)
    assert answer.status_code == 422
    today = timezone.localdate()
    given |= {"asked_on": f"{today.day}/{today.month}/{today.year + 543}", "thai_id": THAI_ID}
    client.post(reverse("retention:request_new"), given)
    asked = PersonRequest.objects.get()
    client.post(reverse("retention:request_search", args=[asked.pk]))
    one = asked.findings.get()
    client.post(reverse("retention:request_export", args=[asked.pk]))
    assert not PersonExport.objects.exists()
    verdicts = reverse("retention:request_verdicts", args=[asked.pk])
    assert client.post(verdicts, {f"verdict_{one.pk}": "refused"}).status_code == 422
    client.post(verdicts, {f"verdict_{one.pk}": "theirs"})
    client.post(reverse("retention:request_export", args=[asked.pk]))
    assert PersonExport.objects.get().request == asked
    assert client.get(asked.get_absolute_url()).status_code == 200
    assert client.get(reverse("retention:requests")).status_code == 200


def test_only_heads_and_the_guardian_come_in(
    guardian: User, officer: User, head: User, executive: User, administrator: User, client_for: ClientFor
) -> None:
    asked = make_request(guardian)
    for user, status in (
        (officer, 403),
        (executive, 403),
        (administrator, 403),
        (head, 404),
        (guardian, 200),
    ):
        assert client_for(user).get(asked.get_absolute_url()).status_code == status
