"""The pages of the project: who reads, enters and decides; what a fault costs; the calendar; the files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from office.models import User
from projectplan.activity_result import ActivityResult
from projectplan.models import Activity, ActivityMonth, BudgetEntry, Milestone, Project
from tests.projectplan.budget_cast import DAY, Kind, activity_of, approved, enter, give, make_project
from tests.projectplan.results_cast import train

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
QUERIES = 12


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.fixture
def press(project: Project, officer: User, head: User) -> Activity:
    """Press relations, with 10,000 baht."""
    activity = activity_of(project, 2)
    give(activity, 10000, officer, head)
    return activity


def pay(client: Client, activity: Activity, **changes: object) -> HttpResponse:
    given = {
        "amount": "๑,๒๕๐.๕๐",
        "payee": "ร้านอาหารเรือนไทย",
        "document_number": "ศธ ๐๑๐๐/๑๒๓",
        "dated_on": "๑๗/๑๑/๒๕๕๒",
        "note": "",
        **changes,
    }
    return client.post(reverse("projectplan:budget_enter", args=[activity.pk, "payment"]), given)


def pages_of(activity: Activity, entry: BudgetEntry) -> list[str]:
    return [
        reverse("projectplan:project"),
        reverse("projectplan:project_of", args=[2553]),
        reverse("projectplan:budget_calendar", args=[2553]),
        reverse("projectplan:budget_activity", args=[activity.pk]),
        entry.get_absolute_url(),
    ]


def test_every_page_is_open_to_the_office_and_closed_to_others(
    press: Activity, officer: User, executive: User, client_for: ClientFor
) -> None:
    nobody = User.objects.create(username="nobody", display_name="ไม่มีบทบาท")
    entry = BudgetEntry.objects.get()
    files = [
        reverse("projectplan:budget_xlsx", args=[2553]),
        reverse("projectplan:budget_ledger_xlsx", args=[press.pk]),
    ]
    for page in pages_of(press, entry) + files:
        assert Client().get(page).status_code == 302
        assert client_for(nobody).get(page).status_code == 403
        assert client_for(officer).get(page).status_code == 200
        assert client_for(executive).get(page).status_code == 200


def test_no_page_asks_more_than_twelve_times(
    press: Activity,
    officer: User,
    client_for: ClientFor,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    for number in range(1, 30):
        enter(press, Kind.PAYMENT, number, by=officer)
    client = client_for(officer)
    entry = BudgetEntry.objects.order_by("-pk")[0]
    for page in pages_of(press, entry):
        client.get(page)
        with django_assert_max_num_queries(QUERIES):
            client.get(page)


def test_an_activity_says_how_its_result_is_measured(
    project: Project, officer: User, client_for: ClientFor
) -> None:
    def page_of(number: int) -> tuple[ActivityResult, str]:
        activity = activity_of(project, number)
        page = client_for(officer).get(reverse("projectplan:budget_activity", args=[activity.pk]))
        return page.context["result"], unescape(page.content.decode())

    for person in User.objects.filter(memberships__isnull=False):  # the twelve whom the plan names
        train(person, date(2009, 10, 20))
    trained, text = page_of(3)
    assert (trained.value, trained.threshold, trained.tone) == ("๑", "๒", "late")
    assert str(trained.measure) in text
    assert f'href="{trained.parts[0].url}"' in text
    news, text = page_of(4)
    assert (news.value, news.threshold, news.words) == ("–", "๑๐๐%", "ยังไม่มีผล")
    assert "ทัน ๐" in text
    seminar, _text = page_of(1)
    assert (seminar.value, seminar.threshold) == ("–", "๓")


def test_a_payment_is_entered_with_a_file_and_waits(
    press: Activity, officer: User, client_for: ClientFor
) -> None:
    receipt = SimpleUploadedFile("ใบเสร็จ.txt", "รับเงินแล้ว".encode(), content_type="text/plain")
    assert pay(client_for(officer), press, papers=receipt).status_code == 302
    entry = BudgetEntry.objects.pending().get()
    assert (str(entry.amount), entry.entered_by, entry.payee) == ("1250.50", officer, "ร้านอาหารเรือนไทย")
    file = entry.files.get()
    got = client_for(officer).get(reverse("projectplan:budget_file", args=[file.pk]))
    assert b"".join(got.streaming_content).decode() == "รับเงินแล้ว"  # type: ignore[attr-defined]


def test_overspending_is_refused_beside_the_amount_and_nothing_typed_is_lost(
    press: Activity, officer: User, client_for: ClientFor
) -> None:
    answer = pay(client_for(officer), press, amount="10,000.01")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "กิจกรรมนี้เหลือเงินเพียง ๑๐,๐๐๐.๐๐ บาท" in text
    assert "10,000.01" in text
    assert "ร้านอาหารเรือนไทย" in text
    assert not BudgetEntry.objects.pending().exists()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("amount", "", "กรอกจำนวนเงิน"),
        ("amount", "ร้อย", "ตัวเลข"),
        ("amount", "1.005", "สตางค์"),
        ("amount", "0", ""),
        ("payee", "", "ผู้รับเงิน"),
        ("document_number", "", "เลขที่เอกสาร"),
        ("dated_on", "๓๒/๑/๒๕๕๒", ""),
    ],
)
def test_a_fault_is_said_in_thai_beside_its_field(
    press: Activity, officer: User, client_for: ClientFor, field: str, typed: str, said: str
) -> None:
    answer = pay(client_for(officer), press, **{field: typed})
    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])
    assert list(answer.context["form"].errors) == [field]


def test_an_executive_enters_nothing(press: Activity, executive: User, client_for: ClientFor) -> None:
    assert pay(client_for(executive), press).status_code == 403


def decide(client: Client, entry: BudgetEntry, act: str, note: str = "") -> HttpResponse:
    return client.post(reverse("projectplan:budget_decide", args=[entry.pk]), {"act": act, "note": note})


def test_a_head_of_another_subgroup_approves_what_an_officer_entered(
    press: Activity, officer: User, stranger: User, client_for: ClientFor
) -> None:
    entry = enter(press, Kind.PAYMENT, 100, by=stranger)
    assert decide(client_for(officer), entry, "approve").status_code == 403
    head = User.objects.get(username="sirirat")
    assert decide(client_for(head), entry, "approve").status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.decided_by) == (BudgetEntry.State.APPROVED, head)


def test_no_head_approves_their_own_entry(press: Activity, head: User, client_for: ClientFor) -> None:
    entry = enter(press, Kind.PAYMENT, 100, by=head)
    assert decide(client_for(head), entry, "approve").status_code == 403
    assert decide(client_for(head), entry, "withdraw").status_code == 302
    entry.refresh_from_db()
    assert entry.state == BudgetEntry.State.WITHDRAWN


def test_who_turns_an_entry_down_says_why(
    press: Activity, officer: User, head: User, client_for: ClientFor
) -> None:
    entry = enter(press, Kind.PAYMENT, 100, by=officer)
    assert decide(client_for(head), entry, "turn_down").status_code == 422
    assert decide(client_for(head), entry, "turn_down", "ไม่มีใบเสร็จ").status_code == 302


def test_a_second_decision_changes_nothing_and_says_so(
    press: Activity, officer: User, head: User, client_for: ClientFor
) -> None:
    entry = enter(press, Kind.PAYMENT, 100, by=officer)
    client = client_for(head)
    decide(client, entry, "approve")
    answer = client.post(
        reverse("projectplan:budget_decide", args=[entry.pk]), {"act": "approve", "note": ""}, follow=True
    )
    assert "มีผู้พิจารณาแล้ว" in answer.content.decode()


def test_a_reversal_is_entered_with_its_reason(
    press: Activity, officer: User, head: User, client_for: ClientFor
) -> None:
    wrong = approved(press, Kind.PAYMENT, 100, by=officer, head=head)
    address = reverse("projectplan:budget_reverse", args=[wrong.pk])
    given = {"note": "", "document_number": "ศธ ๐๑๐๐/๙", "dated_on": "๑๗/๑๑/๒๕๕๒"}
    client = client_for(officer)
    assert client.post(address, given).status_code == 422
    assert client.post(address, given | {"note": "จ่ายผิดกิจกรรม"}).status_code == 302
    assert client.post(address, given | {"note": "จ่ายผิดกิจกรรม"}).status_code == 422
    assert wrong.reversals.get().state == BudgetEntry.State.PENDING


def test_the_paper_states_the_sum_in_words(press: Activity, officer: User, client_for: ClientFor) -> None:
    entry = enter(press, Kind.PAYMENT, "1021.25", by=officer)
    answer = client_for(officer).get(reverse("projectplan:budget_voucher", args=[entry.pk]))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert len(PdfReader(BytesIO(answer.content)).pages) == 1
    assert "หนึ่งพันยี่สิบเอ็ดบาทยี่สิบห้าสตางค์" in text.replace(" ", "").replace("\n", "").replace("\u200b", "")


def test_the_files_state_the_same_sums(
    press: Activity, officer: User, head: User, client_for: ClientFor
) -> None:
    approved(press, Kind.PAYMENT, "99.75", by=officer, head=head)
    client = client_for(officer)
    table = load_workbook(BytesIO(client.get(reverse("projectplan:budget_xlsx", args=[2553])).content)).active
    rows = [row for row in table.iter_rows(values_only=True) if row[0] and str(row[0]).startswith("2.")]
    assert rows[0][2:8] == (30000, 10000, 0, 0, 99.75, 9900.25)
    ledger = load_workbook(
        BytesIO(client.get(reverse("projectplan:budget_ledger_xlsx", args=[press.pk])).content)
    ).active
    assert [row[6] for row in ledger.iter_rows(values_only=True, min_row=5)] == [10000, 99.75]


# ── The calendar ────────────────────────────────────────────────────────────────────────────


def calendar_data(client: Client) -> tuple[str, dict[str, str]]:
    """The address of the calendar and what its form sends as it stands."""
    address = reverse("projectplan:budget_calendar", args=[2553])
    context = client.get(address).context
    data = {"edition": context["edition"]}
    for row in context["rows"]:
        for cell in row.cells:
            data[f"p-{cell.name}"] = cell.typed
            if cell.is_taken:
                data[f"m-{cell.name}"] = "on"
    return address, data


def test_an_activity_takes_the_months_that_were_ticked(
    press: Activity, officer: User, client_for: ClientFor
) -> None:
    client = client_for(officer)
    address, data = calendar_data(client)
    own = {name: value for name, value in data.items() if f"-{press.pk}-" not in name}
    own |= {f"m-{press.pk}-200911": "on", f"m-{press.pk}-200912": "on"}
    assert client.post(address, own).status_code == 302
    kept = ActivityMonth.objects.filter(activity=press).values_list("first_on", "planned")
    assert [(day.month, str(planned)) for day, planned in kept] == [(11, "15000.00"), (12, "15000.00")]


def test_months_that_do_not_add_up_to_the_budget_are_refused(
    press: Activity, officer: User, client_for: ClientFor
) -> None:
    client = client_for(officer)
    address, data = calendar_data(client)
    answer = client.post(address, data | {f"p-{press.pk}-200910": "๑.๐๐"})
    assert answer.status_code == 422
    assert "๓๐,๐๐๐.๐๐" in next(row.fault for row in answer.context["rows"] if row.activity == press)
    assert 'value="๑.๐๐"' in answer.content.decode()


def test_a_calendar_changed_meanwhile_is_not_overwritten(
    press: Activity, officer: User, client_for: ClientFor
) -> None:
    client = client_for(officer)
    address, data = calendar_data(client)
    web = activity_of(press.project, 4)
    ActivityMonth.objects.filter(activity=web, first_on="2009-10-01").delete()
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert "มีผู้แก้ไขปฏิทิน" in answer.content.decode()
    assert not ActivityMonth.objects.filter(activity=web, first_on="2009-10-01").exists()


def test_an_executive_reads_the_calendar_and_changes_nothing(
    press: Activity, officer: User, executive: User, client_for: ClientFor
) -> None:
    address, data = calendar_data(client_for(officer))
    assert client_for(executive).post(address, data).status_code == 403
    assert 'type="checkbox"' not in client_for(executive).get(address).content.decode()


def test_a_milestone_that_was_not_reached_in_time_says_so(
    press: Activity, officer: User, client_for: ClientFor
) -> None:
    client = client_for(officer)
    address = reverse("projectplan:milestone_new", args=[press.pk])
    assert client.post(address, {"name": "", "due_on": ""}).status_code == 422
    assert client.post(address, {"name": "เชิญสื่อครบ", "due_on": "๑๗/๑๑/๒๕๕๒"}).status_code == 302
    stone = Milestone.objects.get()
    page = reverse("projectplan:budget_activity", args=[press.pk])
    assert "เกินกำหนด ยังไม่บรรลุ" in client.get(page).content.decode()
    client.post(reverse("projectplan:milestone_done", args=[stone.pk]))
    assert "บรรลุหลังกำหนด" in client.get(page).content.decode()
    stone.refresh_from_db()
    assert (stone.done_by, stone.due_on) == (officer, DAY)
