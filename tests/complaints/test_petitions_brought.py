"""An office's old register of petitions brought as a file: it keeps its numbers, is found and counted like every other,
and what is wrong comes back to be mended."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from pytest_django.asserts import assertContains, assertNotContains

from complaints import tallies
from complaints.brought_columns import HEADINGS
from complaints.models import Petition, Petitioner, State
from office import register_bringing
from office.calendar import OFFICE_TZ, month
from office.models import Deadline, DeadlineRule, Event, Matter, NumberSeries, RegisterImport, Subgroup, User
from office.search import find, numbered
from office.spreadsheets import Sheet, workbook
from projectplan import brought_registers
from tests.cast import make_administrator, make_agency, make_category, make_head, make_petition, take_step

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
UPLOAD = "/imports/petitions/"
GOOD = {
    "เลขที่รับ": "๑๒๓/๒๕๕๒",
    "วันที่รับ": "๑๕ มิ.ย. ๕๒",
    "เรื่อง": "ขอความเป็นธรรมเรื่องค่าบำรุงการศึกษา",
    "ช่องทาง": "จดหมาย",
    "ประเภทเรื่อง": "ร้องทุกข์",
    "จังหวัด": "จ.เชียงราย",
    "ผู้ร้อง": "นางสมศรี ใจดี",
    "โทรศัพท์": "081-234-5678",
}


def book(*rows: dict[str, Any], name: str = "ทะเบียน.xlsx") -> SimpleUploadedFile:
    head = list(dict.fromkeys(heading for row in rows for heading in row))
    lines = [[row.get(heading, "") for heading in head] for row in rows]
    return SimpleUploadedFile(name, workbook([Sheet("x", head, lines)]))


def bring(client: Client, *rows: dict[str, Any]) -> RegisterImport:
    answer = client.post(UPLOAD, {"file": book(*rows)})
    assert answer.status_code == 302
    return RegisterImport.objects.latest("pk")


def load(client: Client, bringing: RegisterImport, how: str = "right") -> RegisterImport:
    client.post(reverse("imports:load", args=["petitions", bringing.pk]), {"how": how})
    brought_registers.load(bringing.pk, timezone.now)
    return RegisterImport.objects.get(pk=bringing.pk)


def loaded(client: Client, *rows: dict[str, Any]) -> RegisterImport:
    return load(client, bring(client, *rows))


def page_of(client: Client, bringing: RegisterImport) -> Any:
    return client.get(reverse("imports:preview", args=["petitions", bringing.pk]))


@pytest.fixture
def client(client_for: ClientFor, head: User) -> Client:
    return client_for(head)


# ── What is loaded ──────────────────────────────────────────────────────────────────────────


def test_a_row_becomes_a_petition_with_its_own_number(client: Client, head: User) -> None:
    assert loaded(client, GOOD).counts["new"] == 1
    petition = Petition.objects.get()
    assert (petition.label, petition.series) == ("รท ๑๒๓/๒๕๕๒", "รท")
    assert petition.received_at == datetime(2009, 6, 15, 8, 30, tzinfo=OFFICE_TZ)
    assert (petition.channel, petition.petition_kind, petition.state) == ("letter", "grievance", "received")
    assert petition.province
    assert petition.province.name == "เชียงราย"
    assert (petition.month, petition.is_unclosed) == (date(2009, 6, 1), True)
    person = petition.petitioner
    assert (person.name, person.telephone_key) == ("นางสมศรี ใจดี", "0812345678")
    event = petition.events.get()
    assert (event.step, event.actor, event.version) == ("receive", head, 1)
    assert "ทะเบียน.xlsx" in event.reason


def test_it_is_found_listed_and_opened(client: Client, head: User) -> None:
    loaded(client, GOOD)
    petition = Petition.objects.get()
    assert [one.pk for one in find(head, "ค่าบำรุงการศึกษา").rows] == [petition.pk]
    assert [one.pk for one in find(head, "สมศรี ใจดี").rows] == [petition.pk]
    assert [one.pk for one in numbered(head, "รท ๑๒๓/๒๕๕๒", date(2009, 6, 20))] == [petition.pk]
    assertContains(client.get(reverse("complaints:petitions")), "๑๒๓/๒๕๕๒")
    assertContains(client.get(petition.get_absolute_url()), "นำเข้าจากทะเบียนเดิม")


def test_the_next_number_follows_the_old_register(client: Client) -> None:
    loaded(client, GOOD)
    assert NumberSeries.objects.get(prefix="รท", year=2552).last == 123
    received = datetime(2009, 6, 20, 9, 0, tzinfo=OFFICE_TZ)
    assert make_petition(received_at=received).number == 124


def test_another_series_of_old_keeps_its_name(client: Client, head: User) -> None:
    loaded(client, GOOD | {"เลขที่รับ": "กปม ๗/2552"})
    petition = Petition.objects.get()
    assert petition.label == "กปม ๗/๒๕๕๒"
    assert [one.pk for one in numbered(head, "กปม 7/2552", date(2009, 6, 20))] == [petition.pk]


def test_a_month_counted_before_is_counted_anew(client: Client) -> None:
    june, now = month(2009, 6), timezone.now()
    assert tallies.total(tallies.read([june], [], now)).received == 0
    loaded(client, GOOD, GOOD | {"เลขที่รับ": "124/2552", "วันที่เสนอความเห็น": "16/6/2552"})
    counts = tallies.total(tallies.read([june], [], timezone.now()))
    assert (counts.received, counts.in_time, counts.late, counts.unclosed) == (2, 1, 1, 2)


@pytest.mark.parametrize(
    ("opinion", "standing"), [("16/6/2552", "in_time"), ("17/6/2552", "late"), ("", "late")]
)
def test_the_opinion_is_promised_by_the_rule_of_that_time(
    client: Client, opinion: str, standing: str
) -> None:
    rule = DeadlineRule.objects.get(matter_kind="petition", kind="opinion")
    DeadlineRule.objects.create(
        matter_kind="petition", kind="opinion", amount=30, unit="working_days", in_force_from=date(2012, 1, 1)
    )
    loaded(client, GOOD | {"วันที่เสนอความเห็น": opinion})
    promise = Deadline.objects.get(kind=Deadline.Kind.OPINION)
    assert (promise.rule, promise.due_at) == (rule, datetime(2009, 6, 16, 16, 30, tzinfo=OFFICE_TZ))
    assert Petition.objects.with_standing(timezone.now()).get().standing == standing
    assert promise.remind_at is None


def test_what_is_closed_owes_nothing(client: Client) -> None:
    closed = {"สถานะ": "ยุติเรื่อง", "วันที่ยุติเรื่อง": "๓๐ กรกฎาคม พ.ศ. ๒๕๕๒"}
    loaded(client, GOOD | closed, GOOD | closed | {"เลขที่รับ": "124/2552", "ผลของเรื่อง": "ชี้แจง"})
    first, second = Petition.objects.order_by("number")
    assert (first.state, first.result, second.result) == (State.CLOSED, "not_recorded", "explained")
    assert first.closed_at == datetime(2009, 7, 30, 16, 30, tzinfo=OFFICE_TZ)
    assert not Deadline.objects.unmet().exists()


def test_a_petition_that_came_before_every_rule_has_no_promise_but_the_one_owed(client: Client) -> None:
    old = GOOD | {"เลขที่รับ": "5/2545", "วันที่รับ": "1 มีนาคม 2545"}
    loaded(client, old | {"สถานะ": "ยุติ", "วันที่ยุติเรื่อง": "1/4/2545"}, old | {"เลขที่รับ": "6/2545"})
    closed, still_open = Petition.objects.order_by("number")
    assert not closed.deadlines.exists()
    assert still_open.deadlines.get().is_open


def test_steps_go_on_from_where_the_old_register_stopped(client: Client, officer: User) -> None:
    loaded(client, GOOD)
    petition = Petition.objects.get()
    take_step(petition, "take", officer, now=timezone.now())
    assert Petition.objects.get().owner == officer


def test_agency_and_category_are_those_of_the_office_or_the_registers_words(client: Client) -> None:
    agency, category = make_agency(), make_category()
    loaded(
        client,
        GOOD | {"หน่วยงาน": "สพฐ.", "หมวด": category.name},
        GOOD | {"เลขที่รับ": "124/2552", "หน่วยงาน": "โรงเรียนที่ไหนสักแห่ง"},
    )
    first, second = Petition.objects.order_by("number")
    assert (first.agency, first.category) == (agency, category)
    assert (second.agency, second.agency_text) == (None, "โรงเรียนที่ไหนสักแห่ง")


def test_formulas_are_read_by_their_values(client: Client) -> None:
    source = Workbook()
    sheet = source.active
    sheet.append(["เลขที่รับ", "วันที่รับ", "เรื่อง"])
    sheet.append(["=1+1", date(2552, 6, 15), "ขอความเป็นธรรมเรื่องหนึ่ง"])
    sheet.append([125, date(2009, 6, 15), "ขอความเป็นธรรมเรื่องหนึ่ง"])
    target = io.BytesIO()
    source.save(target)
    client.post(UPLOAD, {"file": SimpleUploadedFile("x.xlsx", target.getvalue())})
    bringing = RegisterImport.objects.get()
    # What a program other than Excel wrote has formulas without values: the cell is empty, nothing is reckoned here.
    assert (bringing.counts["new"], bringing.counts["wrong"]) == (1, 1)
    assert load(client, bringing).counts["new"] == 1
    assert Petition.objects.get().label == "รท ๑๒๕/๒๕๕๒"


# ── Once more ───────────────────────────────────────────────────────────────────────────────


def test_the_same_file_once_more_changes_nothing(client: Client) -> None:
    loaded(client, GOOD)
    again = bring(client, GOOD)
    assert again.counts == {"new": 0, "changed": 0, "same": 1, "wrong": 0}
    assertContains(page_of(client, again), "เคยนำเข้าแล้ว" if again.counts["new"] else "ไม่มีอะไรเปลี่ยน")


def test_a_later_file_closes_what_was_open_and_corrects_the_person(client: Client) -> None:
    loaded(client, GOOD)
    after = GOOD | {"โทรศัพท์": "02-111-2222", "วันที่เสนอความเห็น": "16/6/2552", "วันที่ยุติเรื่อง": "1/7/2552"}
    bringing = loaded(client, after)
    assert bringing.counts["changed"] == 1
    petition = Petition.objects.get()
    assert (petition.state, petition.version, petition.petitioner.telephone) == ("closed", 2, "02-111-2222")
    assert petition.deadlines.get().met_at == datetime(2009, 6, 16, 16, 30, tzinfo=OFFICE_TZ)
    event = petition.events.latest("pk")
    assert event.step == "brought_again"
    assert "02-111" not in str(event.changes) + str(bringing.plan) + str(bringing.wrong)
    assert "telephone" not in event.changes
    assert bring(client, after).counts["same"] == 1
    page = client.get(petition.get_absolute_url())
    assertContains(page, "นำเข้าจากทะเบียนเดิมอีกครั้ง")


def test_a_later_file_with_fewer_columns_leaves_the_rest(client: Client) -> None:
    loaded(client, GOOD | {"วันที่เสนอความเห็น": "16/6/2552"})
    few = {heading: GOOD[heading] for heading in ("เลขที่รับ", "เรื่อง")} | {"วันที่รับ": "16 มิ.ย. 2552"}
    assert loaded(client, few).counts["changed"] == 1
    petition = Petition.objects.get()
    assert (petition.state, petition.petitioner.name) == (State.SUBMITTED, "นางสมศรี ใจดี")
    assert petition.deadlines.get(kind="opinion").met_at == datetime(2009, 6, 16, 16, 30, tzinfo=OFFICE_TZ)


def test_what_was_registered_or_worked_on_here_is_never_overwritten(client: Client, officer: User) -> None:
    own = make_petition(received_at=datetime(2009, 6, 15, 9, 0, tzinfo=OFFICE_TZ))
    bringing = bring(client, GOOD | {"เลขที่รับ": own.label})
    assert bringing.counts["wrong"] == 1
    assertContains(page_of(client, bringing), "ลงทะเบียนในระบบนี้อยู่แล้ว")
    loaded(client, GOOD)
    brought = Petition.objects.get(number=123)
    take_step(brought, "take", officer, now=timezone.now())
    assert bring(client, GOOD).counts["same"] == 1
    changed = bring(client, GOOD | {"เรื่อง": "เรื่องอื่นโดยสิ้นเชิง"})
    assertContains(page_of(client, changed), "ดำเนินการในระบบต่อแล้ว")


def test_a_number_that_stands_in_the_file_twice(client: Client) -> None:
    bringing = bring(client, GOOD, GOOD, GOOD | {"เรื่อง": "เรื่องอื่นโดยสิ้นเชิง"})
    assert bringing.counts == {"new": 1, "changed": 0, "same": 1, "wrong": 1}


# ── What is wrong ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"เลขที่รับ": "เลขที่"}, "ไม่ใช่เลขทะเบียน"),
        ({"เลขที่รับ": "123/2009"}, "ค.ศ. ให้เขียน ๒๕๕๒"),
        ({"เลขที่รับ": "123/2549"}, "ทะเบียนเป็นของปี ๒๕๔๙"),
        ({"เลขที่รับ": "123", "ปี": "2009"}, "ค.ศ. ให้เขียน ๒๕๕๒"),
        ({"เลขที่รับ": "รก 5/2552"}, "ทะเบียนอื่น"),
        ({"เลขที่รับ": ""}, "ต้องมี"),
        ({"วันที่รับ": "30 กุมภาพันธ์ 2552"}, "๒๘ วัน"),
        ({"วันที่รับ": "1 มกราคม 2600"}, "ยังไม่ถึง"),
        ({"เรื่อง": "สั้น"}, "สั้นกว่า"),
        ({"เรื่อง": "ก" * 201}, "ยาวเกิน"),
        ({"ช่องทาง": "นกพิราบ"}, "นกพิราบ"),
        ({"จังหวัด": "เมืองลับแล"}, "เมืองลับแล"),
        ({"หมวด": "ไม่มีหมวดนี้"}, "ไม่มีหมวดนี้"),
        ({"ผู้ร้อง": ""}, "ชื่อผู้ร้อง"),
        ({"อีเมล": "ไม่ใช่"}, "ไม่ใช่ที่อยู่อีเมล"),
        ({"สถานะ": "ยุติ"}, "วันที่ยุติเรื่อง"),
        ({"สถานะ": "ค้าง", "วันที่ยุติเรื่อง": "1/7/2552"}, "ยังไม่ยุติ"),
        ({"วันที่เสนอความเห็น": "1/6/2552"}, "ก่อนวันที่รับ"),
        ({"วันที่เสนอความเห็น": "1/7/2552", "วันที่ยุติเรื่อง": "20/6/2552"}, "ก่อนวันที่เสนอความเห็น"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_of_the_row_is_loaded(
    client: Client, cells: dict[str, str], said: str
) -> None:
    bringing = bring(client, GOOD | cells)
    assert bringing.counts["wrong"] == 1
    assertContains(page_of(client, bringing), said)
    assert load(client, bringing).is_draft or not Petition.objects.exists()


def test_no_personal_data_stands_in_pages_faults_or_logs(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    bringing = bring(client, GOOD, GOOD | {"เลขที่รับ": "124/2552", "อีเมล": "ลับมาก@"})
    assertNotContains(page_of(client, bringing), "สมศรี")

    def broken(*_given: Any) -> None:
        raise RuntimeError("นางสมศรี ใจดี 081-234-5678")

    monkeypatch.setattr("complaints.brought_petitions.PetitionKeeper.write", broken)
    failed = load(client, bringing)
    assert failed.has_failed
    assertContains(page_of(client, failed), "นำเข้าต่อ")
    monkeypatch.undo()
    assert load(client, failed).counts["new"] == 1
    kept = str(RegisterImport.objects.values().get()) + caplog.text
    for secret in ("สมศรี", "081-234", "ลับมาก"):
        assert secret not in kept


# ── Many ────────────────────────────────────────────────────────────────────────────────────


def many(number: int, wrong: int) -> list[dict[str, Any]]:
    first = date(2006, 10, 2)
    rows = []
    for index in range(number):
        day = first + timedelta(days=index % 360)
        shown = f"{day.day}/{day.month}/{day.year + 543}" if index % (number // wrong) else "30/2/2550"
        rows.append(
            GOOD
            | {"เลขที่รับ": f"{index + 1}/2550", "วันที่รับ": shown, "เรื่อง": f"เรื่องที่ {index} ของทะเบียนเดิม"}
            | {"วันที่เสนอความเห็น": "", "สถานะ": "", "ผู้ร้อง": f"นายคนที่ {index}"}
        )
    return rows


def test_six_hundred_rows_with_ten_wrong_ones(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(40):
        bringing = bring(client, *many(600, 10))
    assert bringing.counts == {"new": 590, "changed": 0, "same": 0, "wrong": 10}
    done = load(client, bringing)
    assert (done.counts["new"], done.counts["wrong"], done.lines_done) == (590, 10, 600)
    assert Petition.objects.count() == Event.objects.count() == Petitioner.objects.count() == 590
    answer = client.get(reverse("imports:wrong", args=["petitions", done.pk]))
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(rows) == 11
    mended = [["15/2/2550" if cell == "30/2/2550" else cell for cell in row] for row in rows[1:]]
    file = SimpleUploadedFile("แก้แล้ว.xlsx", workbook([Sheet("x", [str(one) for one in rows[0]], mended)]))
    client.post(UPLOAD, {"file": file})
    assert load(client, RegisterImport.objects.latest("pk")).counts["new"] == 10
    assert Petition.objects.count() == 600


def test_a_killed_worker_is_followed_by_one_that_goes_on(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_bringing, "WRITTEN_AT_ONCE", 20)
    bringing = bring(client, *many(60, 6))
    client.post(reverse("imports:load", args=["petitions", bringing.pk]), {"how": "right"})
    write = brought_registers.REGISTERS["petitions"].begin.write  # type: ignore[attr-defined]
    batches: list[int] = []

    def killed_in_the_second(keeper: Any, rows: Any) -> None:
        write(keeper, rows)
        batches.append(len(rows))
        if len(batches) == 2:
            raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("complaints.brought_petitions.PetitionKeeper.write", killed_in_the_second)
        with pytest.raises(SystemExit):
            brought_registers.load(bringing.pk, timezone.now)
    half = RegisterImport.objects.get(pk=bringing.pk)
    assert (half.state, half.lines_done, Petition.objects.count()) == ("making", 20, 18)
    brought_registers.load_waiting(timezone.now)
    assert Petition.objects.count() == 18  # somebody may still be at it
    brought_registers.load_waiting(lambda: timezone.now() + timedelta(minutes=5))
    done = RegisterImport.objects.get(pk=bringing.pk)
    assert (done.is_loaded, done.counts["new"], done.counts["wrong"]) == (True, 54, 6)


def test_all_or_nothing_takes_back_what_a_late_fault_makes_wrong(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    bringing = bring(client, GOOD, GOOD | {"เลขที่รับ": "124/2552"})
    NumberSeries.objects.update_or_create(prefix="รท", year=2552, defaults={"last": 123})
    make_petition(received_at=datetime(2009, 6, 15, 9, 0, tzinfo=OFFICE_TZ))
    after = load(client, bringing, "all")
    assert after.is_draft
    assert after.counts["wrong"] == 1
    assert Matter.objects.count() == 1


# ── Who ─────────────────────────────────────────────────────────────────────────────────────


def test_the_head_of_petitions_and_administrators_alone_bring_petitions(
    client_for: ClientFor, officer: User, head: User, executive: User
) -> None:
    other = make_head("somchai", subgroup=Subgroup.Code.POLITICS, display_name="นายสมชาย หัวหน้า")
    administrator = make_administrator()
    for person, status in ((head, 200), (administrator, 200), (other, 403), (officer, 403), (executive, 403)):
        assert client_for(person).get(UPLOAD).status_code == status
    bringing = bring(client_for(head), GOOD)
    for name in ("preview", "state"):
        address = reverse(f"imports:{name}", args=["petitions", bringing.pk])
        assert client_for(other).get(address).status_code == 403
    elsewhere = reverse("imports:preview", args=["holidays", bringing.pk])
    assert client_for(other).get(elsewhere).status_code == 404
    assertContains(client_for(other).get("/imports/"), "วันหยุด")
    assertNotContains(client_for(other).get("/imports/"), "ทะเบียนเรื่องราวร้องทุกข์เดิม")


def test_the_sample_can_be_loaded_as_it_is(client: Client) -> None:
    sample = client.get(reverse("imports:sample", args=["petitions"]))
    client.post(UPLOAD, {"file": SimpleUploadedFile("x.xlsx", sample.content)})
    bringing = RegisterImport.objects.get()
    assert (bringing.counts["new"], bringing.wrong) == (2, {})
    assert set(bringing.fields) == {column.field for column in HEADINGS.columns}
