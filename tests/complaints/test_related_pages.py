"""The pages of related matters: registering each kind, what is wrong said in Thai, who sees what, few questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.models import Hearing, RelatedMatter, State
from office.calendar import OFFICE_TZ
from office.models import Deadline, SavedView, Secrecy, User
from office.thai import format_numeric
from tests.cast import fresh as fresh_petition
from tests.cast import make_agency, make_petition
from tests.complaints.related_cast import Kind, carry_to, fresh, make_related

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
MOST_QUERIES = 12


def day(days: int) -> str:
    """A day so many days from today, as people type it."""
    return format_numeric((timezone.localtime() + timedelta(days=days)).date())


def told(kind: Kind, **changes: Any) -> dict[str, Any]:
    """What an officer types for each kind."""
    own: dict[Kind, dict[str, Any]] = {
        Kind.REPORT: {},
        Kind.TORT: {"amount": "๑๒๕,๐๐๐.๕๐ บาท", "limitation_on": day(300), "committee": "ผู้แทน ๓ คน"},
        Kind.CRIMINAL: {"official_position": "ผู้อำนวยการโรงเรียน", "stage": "inquiry"},
        Kind.SUMMONS: {
            "court": "administrative",
            "court_name": "ศาลปกครองกลาง",
            "case_number": "บ.๒๑๔/๒๕๖๙",
            "role": "defendant",
            "hearing_on": day(20),
            "hearing_time": "๙.๓๐",
            "purpose": "นัดพิจารณาครั้งแรก",
        },
    }
    common = {
        "received_on": day(-1),
        "received_time": "10.00",
        "received_from": "ศาลปกครองกลาง",
        "title": "เรื่องที่ต้องเสนอผู้บริหารทราบ",
        "story": "ตามหนังสือที่แนบมา",
        "secrecy": "0",
        "take_it": "on",
    }
    return {**common, **own[kind], **changes}


def address(kind: Kind) -> str:
    return reverse("complaints:related_new", args=[kind])


# ── Registering ─────────────────────────────────────────────────────────────────────────────


def test_a_summons_is_registered_with_its_hearing_and_its_file(client_for: ClientFor, officer: User) -> None:
    petition = make_petition()
    paper = SimpleUploadedFile("หมายศาล.txt", "ให้ไปศาล".encode(), content_type="text/plain")
    data = told(Kind.SUMMONS, attachments=paper, arises_from=petition.label)
    answer = client_for(officer).post(address(Kind.SUMMONS), data)
    matter = RelatedMatter.objects.get()
    assert answer["Location"] == f"/related/{matter.pk}/"
    hearing = matter.hearings.get()
    local = hearing.at.astimezone(OFFICE_TZ)
    assert (format_numeric(local.date()), local.hour, local.minute) == (day(20), 9, 30)
    assert (matter.owner, matter.arises_from, matter.documents.count()) == (officer, petition, 1)
    assert matter.events.get().actor == officer


def test_a_tort_is_registered_with_its_amount_and_limitation_date(
    client_for: ClientFor, officer: User
) -> None:
    client_for(officer).post(address(Kind.TORT), told(Kind.TORT))
    matter = RelatedMatter.objects.get()
    assert matter.amount == Decimal("125000.50")
    assert matter.deadlines.filter(kind=Deadline.Kind.LIMITATION).exists()


def test_a_criminal_case_is_registered_with_agency_position_and_stage(
    client_for: ClientFor, officer: User
) -> None:
    agency = make_agency()
    client_for(officer).post(address(Kind.CRIMINAL), told(Kind.CRIMINAL, agency=agency.pk, take_it=""))
    matter = RelatedMatter.objects.get()
    assert (matter.agency, matter.official_position, matter.stage, matter.owner) == (
        agency,
        "ผู้อำนวยการโรงเรียน",
        RelatedMatter.Stage.INQUIRY,
        None,
    )


def test_facts_of_other_kinds_are_not_taken_from_a_forged_form(client_for: ClientFor, officer: User) -> None:
    client_for(officer).post(address(Kind.REPORT), told(Kind.REPORT, amount="500", court_name="ศาลแพ่ง"))
    matter = RelatedMatter.objects.get()
    assert (matter.amount, matter.court_name) == (None, "")


@pytest.mark.parametrize(
    ("kind", "name", "typed", "said"),
    [
        (Kind.REPORT, "title", "", "เขียนเรื่องโดยย่อหนึ่งบรรทัด"),
        (Kind.REPORT, "story", "", "เขียนรายละเอียดของเรื่อง"),
        (Kind.REPORT, "received_on", "32/13/2553", "ไม่มีเดือน"),
        (Kind.REPORT, "received_on", day(2), "ต้องไม่หลัง"),
        (Kind.REPORT, "arises_from", "๙๙๙๙/๒๕๕๓", "ไม่มีเรื่องร้องทุกข์เลขนี้"),
        (Kind.TORT, "amount", "", "ต้องกรอกข้อนี้"),
        (Kind.TORT, "amount", "ห้าหมื่น", "เขียนจำนวนเงินเป็นบาท"),
        (Kind.TORT, "amount", "-5", "จำนวนเงินต้องมากกว่าศูนย์"),
        (Kind.TORT, "amount", "NaN", "จำนวนเงินต้องมากกว่าศูนย์"),
        (Kind.TORT, "amount", "1.005", "สตางค์ไม่เกินสองหลัก"),
        (Kind.TORT, "limitation_on", day(-1), "วันนี้ผ่านไปแล้ว"),
        (Kind.CRIMINAL, "agency", "", "ต้องกรอกข้อนี้"),
        (Kind.CRIMINAL, "official_position", "", "ต้องกรอกข้อนี้"),
        (Kind.CRIMINAL, "stage", "heaven", "เลือก"),
        (Kind.SUMMONS, "case_number", "", "ต้องกรอกข้อนี้"),
        (Kind.SUMMONS, "hearing_on", "", "เขียนวันที่ศาลนัด"),
        (Kind.SUMMONS, "hearing_on", day(-3), "วันนัดอยู่ก่อนวันที่ได้รับหมาย"),
        (Kind.SUMMONS, "hearing_time", "", "เขียนเวลาที่ศาลนัด"),
        (Kind.SUMMONS, "hearing_time", "25.00", "เขียนชั่วโมงและนาที"),
    ],
)
def test_what_is_wrong_is_said_in_thai_and_nothing_is_lost(
    client_for: ClientFor, officer: User, kind: Kind, name: str, typed: str, said: str
) -> None:
    if kind == Kind.CRIMINAL and name != "agency":
        data = told(kind, agency=make_agency().pk, **{name: typed})
    else:
        data = told(kind, **{name: typed})
    answer = client_for(officer).post(address(kind), data)
    assert answer.status_code == 422
    faults = answer.context["form"].errors
    assert list(faults) == [name]
    assert said in faults[name][0]
    page = answer.content.decode()
    for kept in (data["title"], data["story"], data["received_from"], typed):
        assert kept in page
    assert not RelatedMatter.objects.exists()


def test_a_petition_one_may_not_see_has_no_number(
    client_for: ClientFor, officer: User, colleague: User
) -> None:
    secret = make_petition(owner=colleague, secrecy=Secrecy.SECRET)
    answer = client_for(officer).post(address(Kind.REPORT), told(Kind.REPORT, arises_from=secret.label))
    assert answer.status_code == 422
    assert "ไม่มีเรื่องร้องทุกข์เลขนี้" in answer.content.decode()


def test_the_number_of_another_register_is_no_petitions(client_for: ClientFor, officer: User) -> None:
    other = make_related()
    answer = client_for(officer).post(address(Kind.REPORT), told(Kind.REPORT, arises_from=other.label))
    assert answer.status_code == 422


def test_two_clicks_register_one_matter(client_for: ClientFor, officer: User) -> None:
    client = client_for(officer)
    ticket = client.get(address(Kind.SUMMONS)).context["form"].ticket_to_send()
    data = told(Kind.SUMMONS, ticket=ticket)
    first, second = client.post(address(Kind.SUMMONS), data), client.post(address(Kind.SUMMONS), data)
    assert first["Location"] == second["Location"]
    assert (RelatedMatter.objects.count(), Hearing.objects.count()) == (1, 1)


def test_only_the_subgroup_registers(
    client_for: ClientFor, executive: User, stranger: User, administrator: User
) -> None:
    for person in (executive, stranger, administrator):
        assert client_for(person).get(address(Kind.REPORT)).status_code == 403
        assert client_for(person).post(address(Kind.REPORT), told(Kind.REPORT)).status_code == 403
    assert not RelatedMatter.objects.exists()


def test_there_is_no_form_of_an_unknown_kind(client_for: ClientFor, officer: User) -> None:
    assert client_for(officer).get("/related/new/murder/").status_code == 404


# ── Seeing ──────────────────────────────────────────────────────────────────────────────────


def test_what_one_may_not_see_is_not_there(
    client_for: ClientFor, officer: User, colleague: User, head: User, stranger: User
) -> None:
    matter = make_related(Kind.SUMMONS, owner=officer, secrecy=Secrecy.SECRET, hearing_at=soon())
    for person, status in ((officer, 200), (head, 200), (colleague, 404), (stranger, 404)):
        client = client_for(person)
        assert client.get(f"/related/{matter.pk}/").status_code == status
        assert client.get(f"/related/{matter.pk}/attach_files/").status_code == status
        assert client.post(f"/related/{matter.pk}/correct/", {"seen": 1}).status_code in (
            (422,) if status == 200 else (404,)
        )
        for page in ("/related/", "/related/hearings/"):
            assert (matter.title in client.get(page).content.decode()) is (status == 200)


def test_a_step_that_is_not_of_this_kind_is_refused(client_for: ClientFor, officer: User) -> None:
    report = make_related(owner=officer)
    assert client_for(officer).get(f"/related/{report.pk}/add_hearing/").status_code == 403
    assert client_for(officer).get(f"/related/{report.pk}/refer/").status_code == 404
    assert client_for(officer).get(f"/related/{report.pk}/nonsense/").status_code == 404


def test_a_related_matter_is_no_petition_and_a_petition_no_related_matter(
    client_for: ClientFor, officer: User
) -> None:
    matter, petition = make_related(owner=officer), make_petition(owner=officer)
    assert client_for(officer).get(f"/petitions/{matter.pk}/").status_code == 404
    assert client_for(officer).get(f"/related/{petition.pk}/").status_code == 404


def test_the_petition_behind_it_shows_what_arose_from_it(client_for: ClientFor, officer: User) -> None:
    petition = make_petition(owner=officer)
    matter = make_related(owner=officer, arises_from=petition)
    page = client_for(officer).get(fresh_petition(petition).get_absolute_url()).content.decode()
    assert f'href="/related/{matter.pk}/"' in page
    assert (
        f'href="/petitions/{petition.pk}/"'
        in client_for(officer).get(f"/related/{matter.pk}/").content.decode()
    )


def test_a_secret_petition_behind_it_is_named_by_number_only(
    client_for: ClientFor, officer: User, colleague: User
) -> None:
    petition = make_petition(owner=colleague, secrecy=Secrecy.SECRET, title="เรื่องลับของผู้ร้องรายหนึ่ง")
    matter = make_related(owner=officer, arises_from=petition)
    page = client_for(officer).get(f"/related/{matter.pk}/").content.decode()
    assert "เรื่องลับของผู้ร้องรายหนึ่ง" not in page
    assert f'href="/petitions/{petition.pk}/"' not in page


# ── Steps on the page ───────────────────────────────────────────────────────────────────────


def soon() -> datetime:
    """In five days at nine."""
    return (timezone.localtime() + timedelta(days=5)).replace(hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture
def summons(officer: User) -> RelatedMatter:
    return make_related(
        Kind.SUMMONS, owner=officer, received_at=timezone.now() - timedelta(days=2), hearing_at=soon()
    )


def post(client: Client, matter: RelatedMatter, name: str, **data: Any) -> Any:
    return client.post(f"/related/{matter.pk}/{name}/", {"seen": fresh(matter).version, **data})


def test_a_hearing_is_added_moved_and_cancelled_by_its_forms(
    client_for: ClientFor, officer: User, summons: RelatedMatter
) -> None:
    client = client_for(officer)
    answer = post(
        client,
        summons,
        "add_hearing",
        hearing_on=day(9),
        hearing_time="13.30",
        purpose="สืบพยาน",
        room="ห้อง ๒",
    )
    assert answer.status_code == 302
    second = summons.hearings.last()
    answer = post(
        client,
        summons,
        "move_hearing",
        hearing=second.pk,
        hearing_on=day(12),
        hearing_time="10",
        reason="เลื่อน",
    )
    assert answer.status_code == 422, "an hour needs its minutes"
    answer = post(
        client,
        summons,
        "move_hearing",
        hearing=second.pk,
        hearing_on=day(12),
        hearing_time="10.00",
        reason="เลื่อน",
    )
    assert answer.status_code == 302
    assert format_numeric(summons.hearings.last().at.astimezone(OFFICE_TZ).date()) == day(12)
    assert post(client, summons, "cancel_hearing", hearing=second.pk, reason="ถอนฟ้อง").status_code == 302
    page = client.get(f"/related/{summons.pk}/").content.decode()
    assert "ถอนฟ้อง" in page
    assert "→" in page, "old and new date in the history"


@pytest.mark.parametrize(
    ("name", "data", "field", "said"),
    [
        ("add_hearing", {"purpose": "นัดพร้อม", "hearing_time": "9.00"}, "hearing_on", "ต้องกรอก"),
        (
            "add_hearing",
            {"purpose": "นัดพร้อม", "hearing_on": "-1", "hearing_time": "9.00"},
            "hearing_on",
            "ต้องไม่ก่อน",
        ),
        ("add_hearing", {"hearing_on": "9", "hearing_time": "9.00"}, "purpose", "ต้องกรอก"),
        (
            "add_hearing",
            {"purpose": "ซ้ำ", "hearing_on": "5", "hearing_time": "9.00"},
            "hearing_on",
            "มีนัดในเวลานี้",
        ),
        ("move_hearing", {"hearing_on": "9", "hearing_time": "9.00"}, "reason", "ต้องกรอก"),
        ("record_hearing", {"was_attended": "yes", "outcome": "เสร็จ"}, "hearing", "ยังไม่ถึงวันนัด"),
        (
            "record_hearing",
            {"was_attended": "yes", "outcome": "เสร็จ", "next_on": "9"},
            "next_time",
            "เขียนเวลาที่ศาลนัด",
        ),
        (
            "record_hearing",
            {"was_attended": "yes", "outcome": "เสร็จ", "next_time": "9.00"},
            "next_on",
            "เขียนวันที่ศาลนัด",
        ),
        ("record_court_step", {"kind": "judgment", "on": "1"}, "on", "ต้องไม่หลัง"),
        ("record_court_step", {"kind": "filed", "on": "0", "lapses_on": "30"}, "lapses_on", "อุทธรณ์ได้เฉพาะ"),
        ("set_limitation", {"limitation_on": "-1"}, "limitation_on", "ต้องไม่ก่อน"),
    ],
)
def test_a_step_says_in_thai_what_is_wrong_beside_its_field(
    client_for: ClientFor,
    officer: User,
    summons: RelatedMatter,
    name: str,
    data: dict[str, str],
    field: str,
    said: str,
) -> None:
    dates = ("hearing_on", "next_on", "on", "lapses_on", "limitation_on")
    typed = {key: day(int(value)) if key in dates else value for key, value in data.items()}
    if name in ("move_hearing", "record_hearing"):
        typed["hearing"] = str(summons.hearings.get().pk)
    answer = post(client_for(officer), summons, name, **typed)
    assert answer.status_code == 422
    assert said in answer.context["form"].errors[field][0]
    assert fresh(summons).version == 1


def test_closing_with_an_open_hearing_is_refused_in_words(
    client_for: ClientFor, officer: User, head: User, executive: User, summons: RelatedMatter
) -> None:
    now = timezone.now()
    carry_to(summons, State.SUMMARISED, officer=officer, head=head, executive=executive, now=now)
    client = client_for(head)
    assert post(client, summons, "submit", to=executive.pk, late_reason="รอเอกสารจากศาล").status_code == 302
    post(client_for(executive), summons, "order", order_text="ดำเนินการ")
    answer = post(client_for(officer), summons, "close", result="attended")
    assert answer.status_code == 422
    assert "ยังยุติเรื่องไม่ได้" in answer.content.decode()


def test_a_page_that_moved_on_shows_both_versions(
    client_for: ClientFor, officer: User, head: User, summons: RelatedMatter
) -> None:
    post(client_for(head), summons, "set_limitation", limitation_on=day(40))
    answer = client_for(officer).post(
        f"/related/{summons.pk}/add_hearing/",
        {"seen": 1, "hearing_on": day(30), "hearing_time": "9.00", "purpose": "นัดสืบพยาน"},
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "กำหนดวันขาดอายุความ" in page
    assert "นัดสืบพยาน" in page
    assert summons.hearings.count() == 1


def test_a_paused_matter_stands_where_it_was_and_says_so(
    client_for: ClientFor, officer: User, head: User, summons: RelatedMatter
) -> None:
    until = timezone.now() + timedelta(days=10)
    fresh_matter = fresh(summons)
    post(
        client_for(head),
        fresh_matter,
        "pause",
        until=format_numeric(timezone.localtime(until).date()),
        reason="รอ",
    )
    line = client_for(officer).get(f"/related/{summons.pk}/").context["stages"]
    assert [stage.standing for stage in line] == ["done", "now", "to_come", "to_come", "to_come", "to_come"]
    assert line[1].halted == "พักเรื่อง" or line[1].halted


# ── Lists ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"report", "tort", "summons"}),
        ("?unclosed=0", {"closed"}),
        ("?related_kind=tort", {"tort"}),
        ("?mine=none", {"tort"}),
        ("?hearing=7", {"summons"}),
        ("?hearing=past", set()),
        ("?state=received&order=due", {"report", "tort", "summons"}),
        ("?all=1&order=oldest", {"report", "tort", "summons", "closed"}),
        ("?late=1", set()),
        ("?opinion=pending", {"report", "tort", "summons"}),
        ("?fiscal_year=2540", set()),
        ("?month=nonsense", set()),
        ("?agency=999999", set()),
    ],
)
def test_each_filter_finds_its_rows(
    client_for: ClientFor, officer: User, head: User, executive: User, query: str, found: set[str]
) -> None:
    now = timezone.now()
    make_related(Kind.REPORT, owner=officer, received_at=now, title="เรื่อง report")
    make_related(
        Kind.TORT, received_at=now, title="เรื่อง tort", limitation_on=(now + timedelta(days=400)).date()
    )
    make_related(Kind.SUMMONS, owner=officer, received_at=now, title="เรื่อง summons", hearing_at=soon())
    ended = make_related(Kind.REPORT, owner=officer, received_at=now, title="เรื่อง closed")
    carry_to(ended, State.CLOSED, officer=officer, head=head, executive=executive, now=now)
    page = client_for(officer).get(f"/related/{query}").content.decode()
    assert {name for name in ("report", "tort", "summons", "closed") if f"เรื่อง {name}" in page} == found


def test_the_register_and_a_page_ask_few_questions(
    client_for: ClientFor, officer: User, django_assert_max_num_queries: Any
) -> None:
    for _number in range(30):
        make_related(Kind.SUMMONS, owner=officer, received_at=timezone.now(), hearing_at=soon())
    client, last = client_for(officer), RelatedMatter.objects.last()
    assert last is not None
    client.get("/related/")
    for page in ("/related/", "/related/?order=due&unclosed=1", "/related/hearings/", "/related/filter/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(page)
    with django_assert_max_num_queries(24):
        client.get(f"/related/{last.pk}/")


def test_a_view_of_the_register_is_kept(client_for: ClientFor, officer: User) -> None:
    data = {"page": "complaints:related_list", "query": "related_kind=summons", "name": "หมายศาล"}
    answer = client_for(officer).post("/views/save/", data)
    assert answer["Location"] == "/related/?related_kind=summons"
    assert SavedView.objects.get().name == "หมายศาล"


def test_the_coming_hearings_stand_in_their_order_with_those_not_recorded_first(
    client_for: ClientFor, officer: User
) -> None:
    now = timezone.now()
    early = now - timedelta(days=9)
    make_related(Kind.SUMMONS, received_at=early, title="นัดที่สอง", hearing_at=now + timedelta(days=20))
    make_related(Kind.SUMMONS, received_at=early, title="นัดที่หนึ่ง", hearing_at=now + timedelta(days=2))
    make_related(Kind.SUMMONS, received_at=early, title="นัดที่ผ่านไป", hearing_at=now - timedelta(days=2))
    make_related(Kind.SUMMONS, received_at=early, title="นัดที่ไกลเกิน", hearing_at=now + timedelta(days=40))
    page = client_for(officer).get("/related/hearings/").content.decode()
    places = [page.find(words) for words in ("นัดที่ผ่านไป", "นัดที่หนึ่ง", "นัดที่สอง")]
    assert places == sorted(places)
    assert min(places) > 0
    assert "นัดที่ไกลเกิน" not in page
