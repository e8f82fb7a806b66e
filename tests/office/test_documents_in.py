"""The register of documents in: numbers without gaps, what is done with each, and who sees which."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from complaints.models import Petition
from office import incoming
from office.calendar import OFFICE_TZ, month_of
from office.document_registers import IN
from office.letters import path_of
from office.models import IncomingDocument, IncomingEntry, Notice, Secrecy, Subgroup, User
from office.views.document_registers import register_paper
from tests.cast import MORNING, make_petition

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def receive(by: User, *, at: datetime = MORNING, now: datetime = MORNING, **facts: Any) -> IncomingDocument:
    """A letter of the basic education commission that came in the morning."""
    given = {
        "received_at": at,
        "sender": "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",
        "addressee": "รัฐมนตรีว่าการกระทรวงศึกษาธิการ",
        "subject": "ขอส่งรายงานผลการตรวจสอบข้อเท็จจริง",
        "their_number": "ศธ ๐๔๐๐๑/๑๒๓",
        "subgroup": by.subgroup,
    } | facts
    return incoming.receive(given, [], ticket=uuid.uuid4(), by=by, now=now)


def typed(**changes: Any) -> dict[str, Any]:
    """What the form of a new document is sent with."""
    return {
        "ticket": str(uuid.uuid4()),
        "their_number": "นร ๐๑๐๕/ว ๔๕",
        "dated_on": "๑๖/๑๑/๒๕๕๒",
        "sender": "สำนักเลขาธิการนายกรัฐมนตรี",
        "addressee": "เลขานุการรัฐมนตรี",
        "subject": "ขอให้ตรวจสอบเรื่องร้องเรียน",
        "speed": "very_urgent",
        "secrecy": "0",
        "subgroup": str(Subgroup.objects.get(code=Subgroup.Code.COMPLAINTS).pk),
        "passed_to": "",
        "received_on": "๑๗/๑๑/๒๕๕๒",
        "received_time": "๐๙.๐๐",
        "note": "",
    } | changes


def test_numbers_run_through_the_calendar_year_without_gaps(officer: User) -> None:
    numbers = [receive(officer).label for _number in range(3)]
    assert numbers == ["รับ ๑/๒๕๕๒", "รับ ๒/๒๕๕๒", "รับ ๓/๒๕๕๒"]
    january = datetime(2010, 1, 4, 9, 0, tzinfo=OFFICE_TZ)
    assert receive(officer, at=january, now=january).label == "รับ ๑/๒๕๕๓"


def test_a_registration_that_fails_gives_its_number_back(officer: User) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        receive(officer, subgroup=None)
    assert receive(officer).number == 1


def test_a_form_sent_twice_enters_one_line(client_for: ClientFor, officer: User) -> None:
    client, form = client_for(officer), typed()
    addresses = {
        client.post(reverse("office:document_in_new"), form).headers["Location"] for _click in range(2)
    }
    assert len(addresses) == 1
    assert IncomingDocument.objects.get().their_number == "นร ๐๑๐๕/ว ๔๕"


def test_a_document_is_received_with_its_file(client_for: ClientFor, officer: User, stranger: User) -> None:
    scan = SimpleUploadedFile("หนังสือ.txt", "เรียน เลขานุการรัฐมนตรี".encode(), content_type="text/plain")
    client = client_for(officer)
    answer = client.post(reverse("office:document_in_new"), typed(attachments=scan), follow=True)
    assertContains(answer, "ด่วนมาก")
    assertContains(answer, "หนังสือ.txt")
    address = reverse("office:document_in_file", args=[IncomingDocument.objects.get().files.get().pk])
    assert b"".join(client.get(address).streaming_content).decode() == "เรียน เลขานุการรัฐมนตรี"  # type: ignore[attr-defined]
    assert client_for(stranger).get(address).status_code == 404


def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(
    client_for: ClientFor, officer: User
) -> None:
    answer = client_for(officer).post(reverse("office:document_in_new"), typed(sender="", subject=""))
    assertContains(answer, "ระบุผู้ส่ง", status_code=422)
    assertContains(answer, "นร ๐๑๐๕/ว ๔๕", status_code=422)
    assert not IncomingDocument.objects.exists()


def test_nobody_is_passed_a_document_of_another_subgroup(
    client_for: ClientFor, officer: User, stranger: User
) -> None:
    answer = client_for(officer).post(reverse("office:document_in_new"), typed(passed_to=str(stranger.pk)))
    assertContains(answer, "ไม่ได้อยู่ในกลุ่มงานนี้", status_code=422)


@pytest.mark.parametrize("page", ["documents_in", "documents_out", "document_in_new"])
def test_a_stranger_is_asked_to_sign_in(client: Client, page: str) -> None:
    assert client.get(reverse(f"office:{page}")).status_code == 302


def test_an_officer_sees_the_subgroups_ordinary_ones_and_the_own(
    officer: User, colleague: User, head: User, executive: User, stranger: User, administrator: User
) -> None:
    plain = receive(colleague)
    secret = receive(colleague, secrecy=Secrecy.SECRET)
    mine = receive(colleague, secrecy=Secrecy.SECRET, passed_to=officer)

    def seen(user: User) -> set[IncomingDocument]:
        return set(IncomingDocument.objects.visible_to(user))

    assert seen(officer) == {plain, mine}
    assert seen(colleague) == seen(head) == seen(executive) == {plain, secret, mine}
    assert seen(stranger) == seen(administrator) == set()


def test_a_secret_document_is_in_no_list_export_or_print_of_others(
    client_for: ClientFor, officer: User, colleague: User
) -> None:
    secret = receive(colleague, secrecy=Secrecy.SECRET, subject="ลับเฉพาะผู้รับ")
    plain = receive(colleague, subject="เปิดเผยได้ในกลุ่ม")
    client = client_for(officer)
    listed = client.get(reverse("office:documents_in"))
    assertContains(listed, plain.subject)
    assertNotContains(listed, secret.subject)
    for page in ("document_in", "document_in_edit", "document_in_strike", "document_in_stamp"):
        assert client.get(reverse(f"office:{page}", args=[secret.pk])).status_code == 404
    assert secret.subject not in exported(client)
    rows = list(IN.rows(officer))
    assert secret.subject not in register_paper(IN, IN.filter({}), rows, month_of(MORNING.date()))


def exported(client: Client, **asked: str) -> str:
    content = client.get(reverse("office:documents_in_export"), asked).content
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def test_the_list_is_narrowed_and_exported_as_seen(client_for: ClientFor, officer: User) -> None:
    urgent = receive(officer, subject="ขอข้อมูลด่วน", speed="most_urgent")
    other = receive(officer, subject="เวียนเพื่อทราบ")
    client = client_for(officer)
    asked = {"speed": "most_urgent", "month": "2552-11"}
    assertContains(client.get(reverse("office:documents_in"), asked), urgent.subject)
    assertNotContains(client.get(reverse("office:documents_in"), asked), other.subject)
    assert urgent.subject in exported(client, **asked)
    assert other.subject not in exported(client, **asked)
    assertContains(client.get(reverse("office:documents_in"), {"number": "2", "year": "2552"}), other.subject)
    assertContains(client.get(reverse("office:documents_in"), {"number": "ศธ ๐๔๐๐๑/๑๒๓"}), other.subject)
    wrong = client.get(reverse("office:documents_in"), {"month": "พฤศจิกายน"})
    assertContains(wrong, "ระบุปีและเดือน", status_code=422)


def test_the_printed_register_has_the_columns_of_the_regulation(officer: User, client_for: ClientFor) -> None:
    receive(officer, note="ส่งทางอีเมล")
    html = register_paper(IN, IN.filter({}), list(IN.rows(officer)), month_of(MORNING.date()))
    heads = ["เลขทะเบียนรับ", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ"]
    places = [html.index(f'<th scope="col">{head}</th>') for head in heads]
    assert places == sorted(places)
    pdf = client_for(officer).get(reverse("office:documents_in_print"), {"month": "2552-11"})
    assert pdf.content.startswith(b"%PDF")


def test_what_was_done_stands_in_the_register_and_is_never_rewritten(
    client_for: ClientFor, officer: User
) -> None:
    line = receive(officer)
    client = client_for(officer)
    address = reverse("office:document_in_practice", args=[line.pk])
    assertContains(client.post(address, {"practice-seen": "1"}), "ระบุการปฏิบัติ", status_code=422)
    answer = client.post(address, {"practice-words": "สรุปเสนอแล้ว", "practice-seen": "1"})
    assert answer.status_code == 302
    assertContains(client.get(reverse("office:documents_in")), "สรุปเสนอแล้ว")
    with pytest.raises(DatabaseError), transaction.atomic():
        IncomingEntry.objects.filter(incoming=line).update(text="แก้ภายหลัง")


def test_a_stale_page_writes_nothing_and_keeps_what_was_typed(client_for: ClientFor, officer: User) -> None:
    line = receive(officer)
    incoming.note_practice(line, "ประสานแล้ว", [], seen=1, by=officer, now=MORNING)
    address = reverse("office:document_in_practice", args=[line.pk])
    answer = client_for(officer).post(address, {"practice-words": "เสนอแล้ว", "practice-seen": "1"})
    assertContains(answer, "มีผู้แก้ไขรายการนี้ไปก่อนแล้ว", status_code=422)
    assertContains(answer, "เสนอแล้ว", status_code=422)
    line.refresh_from_db()
    assert line.practice == "ประสานแล้ว"


def test_passing_on_moves_a_document_to_the_other_subgroup(
    client_for: ClientFor, officer: User, stranger: User, head: User
) -> None:
    line = receive(head)
    politics = Subgroup.objects.get(code=Subgroup.Code.POLITICS)
    form = {"pass-subgroup": politics.pk, "pass-passed_to": stranger.pk, "pass-seen": "1"}
    assert client_for(head).post(reverse("office:document_in_pass", args=[line.pk]), form).status_code == 302
    assert client_for(stranger).get(line.get_absolute_url()).status_code == 200
    told = Notice.objects.get(recipient=stranger, way=Notice.Way.APP, kind=Notice.Kind.DOCUMENT_PASSED)
    assert (told.text, line.subject in told.text) == (line.label, False)
    assert "/documents/in/" in path_of(told)
    assert client_for(officer).get(line.get_absolute_url()).status_code == 404


def test_a_line_struck_out_keeps_its_number_and_takes_no_more(client_for: ClientFor, officer: User) -> None:
    line = receive(officer)
    client = client_for(officer)
    strike = reverse("office:document_in_strike", args=[line.pk])
    assertContains(client.post(strike, {"reason": "", "seen": "1"}), "เขียนเหตุผล", status_code=422)
    assert client.post(strike, {"reason": "ลงซ้ำ", "seen": "1"}).status_code == 302
    assertContains(client.get(reverse("office:documents_in")), "ยกเลิก: ลงซ้ำ")
    again = {"practice-words": "ทำต่อ", "practice-seen": "2"}
    answer = client.post(reverse("office:document_in_practice", args=[line.pk]), again)
    assertContains(answer, "ถูกยกเลิกแล้ว", status_code=403)
    assert receive(officer).number == 2


def test_executives_read_and_do_not_receive(client_for: ClientFor, officer: User, executive: User) -> None:
    line = receive(officer)
    client = client_for(executive)
    assert client.get(line.get_absolute_url()).status_code == 200
    for page in ("document_in_edit", "document_in_practice", "document_in_pass", "document_in_strike"):
        assert client.get(reverse(f"office:{page}", args=[line.pk])).status_code == 403
    assert client.get(reverse("office:document_in_new")).status_code == 403


def test_a_document_goes_on_as_a_matter_that_is_there(
    client_for: ClientFor, officer: User, petition: Petition, executive: User
) -> None:
    line = receive(officer)
    client = client_for(officer)
    address = reverse("office:document_in_matter", args=[line.pk])
    assert client.post(address, {"words": petition.label}).status_code == 302
    assertContains(client.get(line.get_absolute_url()), petition.title)
    assertContains(client.get(reverse("office:documents_in")), petition.label)


def test_the_register_names_no_matter_to_whom_it_is_hidden(
    client_for: ClientFor, officer: User, colleague: User
) -> None:
    secret = make_petition(title="เรื่องลับของอีกคน", owner=colleague, secrecy=Secrecy.SECRET)
    line = receive(colleague)
    incoming.go_on_as(line, secret, by=colleague, now=MORNING)
    for address in (line.get_absolute_url(), reverse("office:documents_in")):
        assertContains(client_for(colleague).get(address), secret.label)
        assertNotContains(client_for(officer).get(address), secret.label)
        assertNotContains(client_for(officer).get(address), secret.title)
    assert secret.label not in exported(client_for(officer))


def test_a_document_is_registered_as_a_petition(client_for: ClientFor, officer: User) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    line = receive(officer, at=yesterday, now=yesterday, subject="ขอความเป็นธรรมเรื่องการย้าย")
    client = client_for(officer)
    address = f"{reverse('complaints:intake')}?document={line.pk}"
    form = client.get(address).context["form"]
    assert form["title"].value() == "ขอความเป็นธรรมเรื่องการย้าย"
    sent = {
        "channel": "letter", "kind": "complaint", "title": form["title"].value(), "identity": "anonymous",
        "story": "ขอความเป็นธรรมเรื่องการย้ายข้าราชการครู", "secrecy": "0",
        "received_on": f"{form['received_on'].value():%d/%m/%Y}", "received_time": form["received_time"].value(),
    }  # fmt: skip
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    line.refresh_from_db()
    assert line.matter == Petition.objects.get().matter
    assert line.practice == "ดำเนินการเป็นเรื่อง"


def test_a_form_is_not_begun_with_a_document_one_may_not_see(
    client_for: ClientFor, officer: User, colleague: User
) -> None:
    secret = receive(colleague, secrecy=Secrecy.SECRET)
    assert client_for(officer).get(f"{reverse('complaints:intake')}?document={secret.pk}").status_code == 404


def test_the_register_asks_few_questions_and_goes_by_key(
    client_for: ClientFor, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(30):
        receive(officer)
    client = client_for(officer)
    with django_assert_max_num_queries(12):
        first = client.get(reverse("office:documents_in"))
    assert len(first.context["lines"]) == 25
    second = client.get(f"{reverse('office:documents_in')}?{first.context['next_link']}")
    assert [line.number for line in second.context["lines"]] == ["๕", "๔", "๓", "๒", "๑"]
    with django_assert_max_num_queries(12):
        client.get(IncomingDocument.objects.latest("pk").get_absolute_url())
