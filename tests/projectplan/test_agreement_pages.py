"""The pages of agreements: who may open them, writing and weights, acts, assessments, papers, the list."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from office.calendar import fiscal_year_of
from office.models import User
from office.thai import to_thai_digits
from projectplan.agreement_lines import suggestions
from projectplan.agreement_paper import agreement_html, agreement_pdf, assessment_html, assessment_pdf
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import Agreement, AgreementState, Half, Kpi, Work
from tests.projectplan.agreements_cast import HALF_OVER, YEAR_OVER, begun, do, found, fresh, in_force, line

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
S = AgreementState
MOST_QUERIES = 12


def address(name: str, *args: Any) -> str:
    return reverse(f"projectplan:{name}", args=args)


def typed(agreement: Agreement, *lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The writing form as a browser sends it."""
    data: dict[str, Any] = {
        "seen": fresh(agreement).version,
        "lines-TOTAL_FORMS": len(lines),
        "lines-INITIAL_FORMS": 0,
    }
    for at, one in enumerate(lines):
        data |= {f"lines-{at}-{name}": str(value) for name, value in one.items()}
    return data | more


# ── Who may open what ─────────────────────────────────────────────────────────────────────────


def test_a_stranger_is_asked_to_sign_in(client: Client, officer: User, head: User) -> None:
    agreement = begun(officer, head, line())
    for page in (
        address("agreements"),
        address("my_agreement"),
        address("agreement", agreement.pk),
        address("agreement_write", agreement.pk),
        address("agreement_act", agreement.pk, "propose"),
        address("agreement_paper", agreement.pk, "agreement"),
    ):
        assert client.get(page).url.startswith("/accounts/login/")  # type: ignore[attr-defined]


def test_to_others_there_is_no_such_agreement(
    client_for: ClientFor, officer: User, head: User, colleague: User
) -> None:
    agreement = begun(officer, head, line())
    client = client_for(colleague)
    for page in (
        address("agreement", agreement.pk),
        address("agreement_write", agreement.pk),
        address("agreement_act", agreement.pk, "propose"),
        address("agreement_paper", agreement.pk, "agreement"),
    ):
        assert client.get(page).status_code == 404


def test_who_sees_it_but_is_not_one_of_the_two_may_not_act(
    client_for: ClientFor, officer: User, head: User, executive: User
) -> None:
    agreement = begun(officer, head, line())
    client = client_for(executive)
    assert client.get(address("agreement", agreement.pk)).status_code == 200
    assert client.get(address("agreement_write", agreement.pk)).status_code == 403
    assert client.post(address("agreement_act", agreement.pk, "propose"), {"seen": 2}).status_code == 403
    assert fresh(agreement).state == S.DRAFT


def test_an_administrator_has_no_agreement(client_for: ClientFor, administrator: User) -> None:
    assert client_for(administrator).get(address("agreements")).status_code == 403


def test_an_officer_begins_and_is_led_to_the_own_agreement(
    client_for: ClientFor, officer: User, head: User
) -> None:
    client = client_for(officer)
    page = client.get(address("agreements"))
    assert page.status_code == 200
    assert "superior" in page.context["form"].fields
    begun_at = client.post(address("agreement_begin"), {"superior": head.pk})
    agreement = Agreement.objects.get()
    assert (agreement.person, agreement.superior) == (officer, head)
    assert agreement.fiscal_year == fiscal_year_of(timezone.localdate())
    assert begun_at.url == address("agreement_write", agreement.pk)  # type: ignore[attr-defined]
    assert client.get(address("my_agreement")).url == agreement.get_absolute_url()  # type: ignore[attr-defined]


def test_a_superior_who_cannot_be_chosen_is_refused(
    client_for: ClientFor, officer: User, head: User, colleague: User
) -> None:
    answer = client_for(officer).post(address("agreement_begin"), {"superior": colleague.pk})
    assert answer.status_code == 422
    assert not Agreement.objects.exists()


def test_an_officer_does_not_begin_the_groups(client_for: ClientFor, officer: User, executive: User) -> None:
    client = client_for(officer)
    assert client.get(address("agreement_begin_group")).status_code == 403


# ── Writing ───────────────────────────────────────────────────────────────────────────────────


def test_weights_that_are_not_100_are_kept_as_a_draft_but_not_proposed(
    client_for: ClientFor, officer: User, head: User
) -> None:
    agreement = begun(officer, head)
    client = client_for(officer)
    lines = [line(60), line(39, name="งานเว็บไซต์")]
    refused = client.post(address("agreement_write", agreement.pk), typed(agreement, *lines, propose="1"))
    assert refused.status_code == 422
    assert "๙๙" in refused.content.decode()
    assert "งานเว็บไซต์" in refused.content.decode()
    assert fresh(agreement).lines.count() == 0
    saved = client.post(address("agreement_write", agreement.pk), typed(agreement, *lines, save="1"))
    assert saved.status_code == 302
    assert fresh(agreement).state == S.DRAFT
    assert fresh(agreement).weight() == 99


def test_weights_of_100_in_thai_digits_are_proposed(client_for: ClientFor, officer: User, head: User) -> None:
    agreement = begun(officer, head)
    data = typed(agreement, line(60), line(40) | {"weight": "๔๐.๐๐"}, propose="1")
    assert client_for(officer).post(address("agreement_write", agreement.pk), data).status_code == 302
    assert fresh(agreement).state == S.PROPOSED


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"weight": "0"}, "weight"),
        ({"weight": "มาก"}, "weight"),
        ({"level_3": "40"}, "level_5"),
        ({"name": ""}, "name"),
        ({"target": ""}, "target"),
    ],
)
def test_a_fault_stands_beside_its_field(
    client_for: ClientFor, officer: User, head: User, wrong: dict[str, str], where: str
) -> None:
    agreement = begun(officer, head)
    data = typed(agreement, line() | wrong, save="1")
    answer = client_for(officer).post(address("agreement_write", agreement.pk), data)
    assert answer.status_code == 422
    assert list(answer.context["form_set"].forms[0].errors) == [where]


def test_a_draft_changed_in_another_window_is_not_written_over(
    client_for: ClientFor, officer: User, head: User
) -> None:
    agreement = begun(officer, head)
    client = client_for(officer)
    stale = typed(agreement, line(name="จากหน้าต่างเก่า"), save="1")
    client.post(address("agreement_write", agreement.pk), typed(agreement, line(name="ใหม่กว่า"), save="1"))
    answer = client.post(address("agreement_write", agreement.pk), stale)
    assert answer.status_code == 409
    assert "จากหน้าต่างเก่า" in answer.content.decode()
    assert agreement.lines.get().name == "ใหม่กว่า"


def test_a_line_of_the_plan_comes_by_one_press_and_keeps_what_is_typed(
    client_for: ClientFor, officer: User, head: User
) -> None:
    load_file(PLAN_2553)
    agreement = begun(officer, head)
    work = Work.objects.get(subgroup__code="complaints", number=3)
    data = typed(agreement, line(70, name="กำลังพิมพ์"), add=f"work:{work.pk}")
    page = client_for(officer).post(address("agreement_write", agreement.pk), data)
    assert page.status_code == 200
    rows = [form.initial for form in page.context["form_set"]]
    assert (rows[0]["name"], rows[1]["source"]) == ("กำลังพิมพ์", f"work:{work.pk}")
    assert (rows[1]["target"], rows[1]["weight"], rows[1]["level_5"]) == (80, 30, 80)
    assert agreement.lines.count() == 0


def test_a_line_keeps_what_the_plan_counts_it_by(client_for: ClientFor, officer: User, head: User) -> None:
    load_file(PLAN_2553)
    agreement = begun(officer, head)
    kpi = Kpi.objects.get(code="1.3")
    data = typed(agreement, line() | {"source": f"kpi:{kpi.pk}"}, save="1")
    client_for(officer).post(address("agreement_write", agreement.pk), data)
    stored = agreement.lines.get()
    assert (stored.kpi, stored.measure) == (kpi, "complaints.opinions_on_time")


def test_last_years_lines_come_by_one_press(client_for: ClientFor, officer: User, head: User) -> None:
    in_force(officer, head, line(100, name="งานของปีก่อน"), year=2552)
    agreement = begun(officer, head)
    page = client_for(officer).post(address("agreement_write", agreement.pk), typed(agreement, add="last"))
    assert [form.initial["name"] for form in page.context["form_set"]] == ["งานของปีก่อน"]


# ── Acts, assessments ─────────────────────────────────────────────────────────────────────────


def test_signing_asks_for_a_word_of_assent(client_for: ClientFor, officer: User, head: User) -> None:
    agreement = begun(officer, head, line())
    do(agreement, "propose", officer)
    do(agreement, "agree", head)
    client, page = client_for(officer), address("agreement_act", agreement.pk, "sign")
    seen = fresh(agreement).version
    assert client.post(page, {"seen": seen}).status_code == 422
    assert fresh(agreement).state == S.AGREED
    assert client.post(page, {"seen": seen, "agreed": "on"}).status_code == 302
    assert fresh(agreement).state == S.SIGNED
    assert client.post(page, {"seen": seen, "agreed": "on"}).status_code == 302  # a second press


def test_an_act_from_a_stale_page_is_refused_in_words(
    client_for: ClientFor, officer: User, head: User
) -> None:
    agreement = begun(officer, head, line())
    do(agreement, "propose", officer)
    page = address("agreement_act", agreement.pk, "agree")
    answer = client_for(head).post(page, {"seen": fresh(agreement).version - 1})
    assert answer.status_code == 422
    assert fresh(agreement).state == S.PROPOSED


def test_the_head_assesses_beside_the_persons_own(client_for: ClientFor, officer: User, head: User) -> None:
    agreement = in_force(officer, head)
    do(agreement, "assess_half", officer, now=HALF_OVER, found=found(agreement, "87.5"))
    client, page = client_for(head), address("agreement_act", agreement.pk, "judge_half")
    key = agreement.lines.get().pk
    form = client.get(page).context["found"][0][1]
    assert form.initial["value"] == Decimal("87.5")
    wrong = client.post(page, {"seen": fresh(agreement).version, f"line-{key}-value": ""})
    assert wrong.status_code == 422
    right = {"seen": fresh(agreement).version, f"line-{key}-value": "๘๐", f"line-{key}-remark": "ยังช้า"}
    assert client.post(page, right).status_code == 302
    assert fresh(agreement).half_score == 3
    text = client.get(agreement.get_absolute_url()).content.decode()
    assert "๓.๗๕" in text
    assert "๓.๐๐" in text
    assert "ยังช้า" in text


def test_the_system_suggests_what_it_has_counted(officer: User, head: User) -> None:
    load_file(PLAN_2553)
    kpi = Kpi.objects.get(code="3")
    levels: dict[str, Any] = {f"level_{number}": Decimal(number) for number in range(1, 6)}
    agreement = in_force(officer, head, line(kpi=kpi, measure=kpi.measure, **levels))
    User.objects.exclude(pk__in=[officer.pk, head.pk]).update(is_active=False)
    assert suggestions(agreement, Half.YEAR, YEAR_OVER) == {agreement.lines.get().pk: Decimal("2.50")}  # 50 %


# ── Lists, papers, cost ───────────────────────────────────────────────────────────────────────


def test_a_head_sees_the_subgroup_and_an_executive_everybody(
    client_for: ClientFor, officer: User, head: User, executive: User, stranger: User
) -> None:
    begun(officer, head, line(), year=fiscal_year_of(timezone.localdate()))
    of_head = client_for(head).get(address("agreements"))
    assert [len(part.rows) for part in of_head.context["parts"]] == [1, 2]
    of_executive = client_for(executive).get(address("agreements"))
    names = [row.name for part in of_executive.context["parts"] for row in part.rows]
    assert str(stranger) in names


def test_what_waits_stands_on_the_page_of_today(client_for: ClientFor, officer: User, head: User) -> None:
    agreement = begun(officer, head, line())
    do(agreement, "propose", officer)
    page = client_for(head).get(address("agreements_waiting"), headers={"HX-Request": "true"})
    assert agreement.get_absolute_url() in page.content.decode()
    empty = client_for(officer).get(address("agreements_waiting"), headers={"HX-Request": "true"})
    assert not empty.content.strip()


def test_pages_ask_little(client_for: ClientFor, officer: User, head: User, executive: User) -> None:
    load_file(PLAN_2553)
    agreement = in_force(officer, head, line(50), line(30), line(20))
    draft = begun(head, executive, line(50), line(50))
    pages = [
        (head, address("agreements") + "?year=2553"),
        (head, address("agreement", agreement.pk)),
        (head, address("agreement_write", draft.pk)),
        (officer, address("agreement_act", agreement.pk, "assess_half")),
    ]
    for user, page in pages:
        client = client_for(user)
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page).status_code == 200
        assert len(queries) <= MOST_QUERIES, (page, [one["sql"] for one in queries])


def test_the_paper_of_an_agreement_says_who_what_and_when(officer: User, head: User) -> None:
    agreement = in_force(officer, head, line(60, name="งานที่หนึ่ง"), line(40, name="งานที่สอง"))
    with override("en"):
        html = agreement_html(agreement)
    for words in (
        "คำรับรองการปฏิบัติราชการ",
        "พ.ศ. ๒๕๕๓",
        "นางทัศนีย์ นิมิตสมานจิตต์",
        "นางสาวศิริรัตน์ ทิวะศิริ",
        "งานที่หนึ่ง",
        "งานที่สอง",
        "๑๗ พฤศจิกายน ๒๕๕๒",
    ):
        assert words in html
    assert agreement_pdf(agreement).startswith(b"%PDF")


def test_the_paper_of_an_assessment_has_both_sides(officer: User, head: User) -> None:
    agreement = in_force(officer, head)
    do(agreement, "assess_half", officer, now=HALF_OVER, found=found(agreement, 95))
    do(agreement, "judge_half", head, now=HALF_OVER, found=found(agreement, 85))
    html = assessment_html(fresh(agreement), Half.HALF)
    for words in ("รอบ ๖ เดือน", "๔.๕๐", "๓.๕๐", "๒ เมษายน ๒๕๕๓"):
        assert words in html


def lines_of(pdf: bytes) -> list[list[str]]:
    """The lines of each page."""
    return [page.extract_text().splitlines() for page in PdfReader(BytesIO(pdf)).pages]


def test_a_place_to_sign_is_one_line_and_figures_stand_in_their_columns(
    officer: User, head: User, executive: User
) -> None:
    copies = line(60, name="งานผลิตวารสาร", target=Decimal(2000), level_5=Decimal(2000))
    agreement = in_force(officer, head, copies, line(40, name="งานที่สอง"))
    assert 'class="rows boxed long"' in agreement_html(agreement)
    assert 'class="rows boxed"' in agreement_html(in_force(head, executive, line()))
    last = lines_of(agreement_pdf(agreement))[-1]
    assert sum(one.count("ลงชื่อ") for one in last) == 2
    assert "ลง" not in [one.strip() for one in last]


@pytest.mark.parametrize("count", [4, 5, 6, 7, 8])
def test_the_last_indicator_and_the_sum_stand_above_the_signatures_of_an_assessment(
    count: int, officer: User, head: User
) -> None:
    weights = [100 - 10 * (count - 1), *[10] * (count - 1)]
    rows = [
        line(weight, name=f"ตัวชี้วัดที่ {to_thai_digits(number)} " * 4) for number, weight in enumerate(weights)
    ]
    last = " ".join(lines_of(assessment_pdf(in_force(officer, head, *rows), Half.HALF))[-1])
    for words in (f"ตัวชี้วัดที่ {to_thai_digits(count - 1)}", "ผลรวมคะแนนถ่วงน้ำหนัก", "ผู้ประเมิน"):
        assert words in last
