"""The table of routing rules: one rule wins, nothing out of use is suggested, nothing is applied by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.models import Category, Petition, RoutingRule, State
from complaints.routing import overlaps, suggest, weight
from office.form_ticket import FormTicket
from office.models import Agency, Notice, Province, Role, User
from office.thai import format_long
from tests.cast import bring_to, fresh, make_agency, make_category, make_petition, take_step

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
KINDS = ["", *Petition.PetitionKind.values]
PROVINCES = [None, "10", "50", "90"]
AGENCIES = ["สพฐ.", "สอศ.", "สกอ."]


def make_rule(**kwargs: Any) -> RoutingRule:
    if not {"category", "refer_to", "officer"} & kwargs.keys():
        kwargs["category"] = make_category()
    return RoutingRule.objects.create(**kwargs)


def agency(short_name: str) -> Agency:
    return Agency.objects.get(short_name=short_name)


# The table as an administrator wrote it, and what it says of a petition: kind, agency, province → category.
TABLE: list[tuple[str, str | None, str | None, str]] = [
    ("", None, None, "ทั่วไป"),
    ("help", None, None, "ขอความช่วยเหลือ"),
    ("", None, "10", "กรุงเทพมหานคร"),
    ("complaint", None, "10", "ร้องเรียนในกรุงเทพมหานคร"),
    ("", "สอศ.", None, "อาชีวศึกษา"),
    ("complaint", "สอศ.", None, "ร้องเรียนอาชีวศึกษา"),
    ("", "สอศ.", "50", "อาชีวศึกษาเชียงใหม่"),
]
SAYS = [
    (("opinion", None, None), "ทั่วไป"),
    (("help", None, "90"), "ขอความช่วยเหลือ"),
    (("help", None, "10"), "กรุงเทพมหานคร"),  # the province weighs more than the kind
    (("complaint", "สพฐ.", "10"), "ร้องเรียนในกรุงเทพมหานคร"),
    (("complaint", "สอศ.", "10"), "ร้องเรียนอาชีวศึกษา"),  # the agency more than both together
    (("grievance", "สอศ.", "10"), "อาชีวศึกษา"),
    (("complaint", "สอศ.", "50"), "อาชีวศึกษาเชียงใหม่"),
]


@pytest.fixture
def table() -> list[RoutingRule]:
    return [
        make_rule(
            petition_kind=kind,
            agency=agency(body) if body else None,
            province_id=province,
            category=make_category(category),
        )
        for kind, body, province, category in TABLE
    ]


@pytest.mark.parametrize(("asked", "category"), SAYS)
def test_the_table_says(
    asked: tuple[str, str | None, str | None],
    category: str,
    table: list[RoutingRule],
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    kind, body, province = asked
    concerned = agency(body) if body else None
    place = Province.objects.get(pk=province) if province else None
    with django_assert_num_queries(1):
        said = suggest(kind, concerned, place)
    assert said.category is not None
    assert said.category.name == category
    assert said.rule in table


rules = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from([None, *AGENCIES]), st.sampled_from(PROVINCES), st.booleans()),
    unique_by=lambda rule: rule[:3],
    max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=rules, order=st.randoms(use_true_random=False))
def test_the_winner_is_one_whatever_the_order_of_the_rows(written: list[Any], order: Any) -> None:
    RoutingRule.objects.all().delete()
    order.shuffle(written)
    category = make_category()
    bodies = {one: agency(one) for one in AGENCIES}
    for kind, body, province, is_active in written:
        make_rule(
            petition_kind=kind, agency=bodies.get(body), province_id=province, is_active=is_active,
            category=category,
        )  # fmt: skip
    for kind, body, province in product(["complaint", "help"], [None, "สพฐ."], [None, "10"]):
        fitting = [
            (bool(rule[1]), bool(rule[2]), bool(rule[0]))
            for rule in written
            if rule[3] and rule[0] in ("", kind) and rule[1] in (None, body) and rule[2] in (None, province)
        ]
        said = suggest(kind, bodies.get(body), province)
        assert (said.rule is None) == (not fitting)
        if said.rule:
            assert said.rule.is_active
            assert weight(said.rule) == max(fitting)
            assert fitting.count(weight(said.rule)) == 1


def test_what_is_out_of_use_is_never_suggested(officer: User, colleague: User) -> None:
    heading = Category.objects.create(name="หมวดเก่า")
    gone = Category.objects.create(name="ที่เคยใช้", parent=heading)
    rule = make_rule(category=gone, refer_to=agency("สอศ."), officer=officer)
    assert suggest().category == gone
    Category.objects.filter(pk=heading.pk).update(is_active=False)
    Agency.objects.filter(short_name="สอศ.").update(is_active=False)
    said = suggest()
    assert (said.category, said.refer_to, said.officer, said.rule) == (None, None, officer, rule)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert not suggest()


def test_an_officer_who_left_the_subgroup_or_the_role_is_not_suggested(
    officer: User, stranger: User, executive: User
) -> None:
    for user in (stranger, executive):
        rule = make_rule(officer=user)
        assert not suggest()
        rule.delete()
    make_rule(officer=officer)
    assert suggest().officer == officer
    officer.groups.filter(name=Role.OFFICER.value).delete()
    assert not suggest()


def test_a_rule_of_which_nothing_is_left_gives_way_to_the_next(officer: User) -> None:
    make_rule(petition_kind="help", officer=officer)
    general = make_rule(category=make_category())
    assert suggest("help").officer == officer
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert suggest("help").rule == general


def test_there_is_one_rule_for_the_same_condition(table: list[RoutingRule]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rule(petition_kind="help")
    with pytest.raises(ValidationError, match="มีเกณฑ์สำหรับ"):
        RoutingRule(petition_kind="", category=make_category()).full_clean()


def test_rules_that_cross_are_found(table: list[RoutingRule]) -> None:
    general, helping, bangkok, *_others = table
    assert overlaps(helping, table) == [bangkok, table[4], table[6]]
    assert overlaps(general, table) == []


# ── The administrator's page ────────────────────────────────────────────────────────────────


def test_an_administrator_edits_the_table_in_place(
    client_for: SignIn, administrator: User, officer: User, table: list[RoutingRule],
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    client, address = client_for(administrator), reverse("admin:complaints_routingrule_changelist")
    with django_assert_max_num_queries(20):
        text = client.get(address).content.decode()
    assert "ทุกเรื่อง" in text
    assert "มาก่อน" in text
    rows = {"form-TOTAL_FORMS": "7", "form-INITIAL_FORMS": "7", "_save": "1"}
    shown = client.get(address).context["cl"].formset.forms
    for number, form in enumerate(shown):
        rule = form.instance
        rows |= {
            f"form-{number}-id": str(rule.pk),
            f"form-{number}-category": str(rule.category_id),
            f"form-{number}-officer": str(officer.pk),
            f"form-{number}-is_active": "on",
        }
    assert client.post(address, rows).status_code == 302
    assert suggest("help").officer == officer


def test_the_page_says_what_is_wrong_with_a_rule(client_for: SignIn, administrator: User) -> None:
    make_rule(petition_kind="help")
    client, address = client_for(administrator), reverse("admin:complaints_routingrule_add")
    text = client.post(address, {"petition_kind": "help", "is_active": "on"}).content.decode()
    assert "อย่างน้อยหนึ่งอย่าง" in text
    data = {"petition_kind": "help", "category": make_category().pk, "is_active": "on"}
    assert "มีเกณฑ์สำหรับ" in client.post(address, data).content.decode()
    assert RoutingRule.objects.count() == 1


def test_what_went_out_of_use_stays_in_the_row_and_is_remarked_upon(
    client_for: SignIn, administrator: User, officer: User
) -> None:
    make_rule(officer=officer)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    text = client_for(administrator).get(reverse("admin:complaints_routingrule_changelist")).content.decode()
    assert f'<option value="{officer.pk}" selected>' in text
    assert "ไม่ได้ใช้งานแล้ว" in text


def test_others_do_not_see_the_table(client_for: SignIn, head: User) -> None:
    assert client_for(head).get(reverse("admin:complaints_routingrule_changelist")).status_code in (302, 403)


# ── Beside the forms ────────────────────────────────────────────────────────────────────────


def typed(client: Client, **more: Any) -> dict[str, Any]:
    now = timezone.now()
    return {
        "ticket": FormTicket.open(now - timedelta(minutes=1)).seal(),
        "channel": "letter",
        "received_on": format_long(timezone.localdate()),
        "kind": "help",
        "title": "ขอทุนการศึกษาให้บุตร",
        "story": "ครอบครัวมีรายได้น้อย ขอทุนการศึกษา",
        "identity": "anonymous",
        "secrecy": "0",
        **more,
    }


def test_while_it_is_written_down_the_rule_is_shown(
    client_for: SignIn, officer: User, colleague: User, head: User
) -> None:
    rule = make_rule(petition_kind="help", category=make_category("ทุนการศึกษา"), officer=colleague)
    address = reverse("complaints:suggestion")
    text = client_for(officer).post(address, {"kind": "help"}).content.decode()
    assert "ทุนการศึกษา" in text
    assert f'data-value="{rule.category_id}"' in text
    assert "นเรนทร ก." in text
    assert 'value="officer"' not in text
    assert 'value="take_it"' in client_for(colleague).post(address, {"kind": "help"}).content.decode()
    assert 'value="officer"' in client_for(head).post(address, {"kind": "help"}).content.decode()
    assert "ทุนการศึกษา" not in client_for(officer).post(address, {"kind": "opinion"}).content.decode()


@pytest.mark.parametrize("asked", [{}, {"kind": "x", "agency": "x", "province": "zz"}, {"agency": "9" * 30}])
def test_nonsense_suggests_nothing(asked: dict[str, str], client_for: SignIn, officer: User) -> None:
    make_rule(petition_kind="help")
    answer = client_for(officer).post(reverse("complaints:suggestion"), asked)
    assert answer.status_code == 200
    assert "data-fill" not in answer.content.decode()


def test_only_those_who_register_are_shown_the_rule(
    client_for: SignIn, executive: User, administrator: User
) -> None:
    for user in (executive, administrator):
        assert client_for(user).post(reverse("complaints:suggestion"), {}).status_code == 403


def test_it_is_never_applied_by_itself(client_for: SignIn, officer: User, colleague: User) -> None:
    make_rule(petition_kind="help", category=make_category("ทุนการศึกษา"), officer=colleague)
    client = client_for(officer)
    assert client.post(reverse("complaints:intake"), typed(client)).status_code == 302
    petition = Petition.objects.get()
    assert (petition.category, petition.owner) == (None, None)


def test_without_scripts_one_press_fills_it_in_and_loses_nothing(client_for: SignIn, officer: User) -> None:
    rule = make_rule(petition_kind="help", category=make_category("ทุนการศึกษา"))
    client = client_for(officer)
    page = client.post(reverse("complaints:intake"), typed(client, title="", use="category"))
    text = page.content.decode()
    assert not Petition.objects.exists()
    assert f'<option value="{rule.category_id}" selected>' in text
    assert "ครอบครัวมีรายได้น้อย" in text
    assert "ยังไม่ได้ส่ง" not in text
    assert client.post(reverse("complaints:intake"), typed(client, use="nonsense")).status_code == 200
    assert not Petition.objects.exists()


def test_a_head_gives_it_to_somebody_while_registering(client_for: SignIn, officer: User, head: User) -> None:
    client = client_for(head)
    data = typed(client, officer=officer.pk)
    for _click in range(2):
        assert client.post(reverse("complaints:intake"), data).status_code == 302
    petition = Petition.objects.get()
    assert petition.owner == officer
    assert petition.events.filter(step="assign").count() == 1
    assert petition.deadlines.get().responsible == officer
    assert Notice.objects.filter(recipient=officer, way=Notice.Way.APP, matter=petition).count() == 1
    both = client.post(reverse("complaints:intake"), typed(client, officer=officer.pk, take_it="on"))
    assert "อย่างใดอย่างหนึ่ง" in both.content.decode()


def test_an_officer_gives_it_to_nobody_else(client_for: SignIn, officer: User, colleague: User) -> None:
    client = client_for(officer)
    client.post(reverse("complaints:intake"), typed(client, officer=colleague.pk))
    assert Petition.objects.get().owner is None


def test_steps_show_what_the_rule_says_and_take_it_by_one_press(
    client_for: SignIn, officer: User, colleague: User, head: User, executive: User
) -> None:
    category = make_category("ทุนการศึกษา")
    body = make_agency("สำนักงานคณะกรรมการการอาชีวศึกษา", short_name="สอศ.")
    make_rule(petition_kind="complaint", category=category, refer_to=body, officer=colleague)
    fresh_one = make_petition(owner=officer)
    ordered = bring_to(
        make_petition(owner=officer), State.ORDERED, officer=officer, head=head, executive=executive
    )
    for petition, user, step, field, row in (
        (fresh_one, officer, "summarise", "category", category),
        (fresh_one, head, "assign", "to", colleague),
        (ordered, officer, "refer", "agency_1", body),
    ):
        client, address = client_for(user), reverse("complaints:step", args=[petition.pk, step])
        text = client.get(address).content.decode()
        assert f'value="{field}"' in text, step
        assert f'<option value="{row.pk}" selected>' not in text
        data = {"seen": petition.version, "use": field, "summary": "พิมพ์ไว้แล้ว", "asked": "พิมพ์ไว้แล้ว"}
        text = client.post(address, data).content.decode()
        assert f'<option value="{row.pk}" selected>' in text, step
        assert 'class="errorlist' not in text
        assert "is-invalid" not in text
        assert step == "assign" or "พิมพ์ไว้แล้ว" in text
        assert fresh(petition).version == petition.version


def test_what_stands_already_is_not_proposed_again(client_for: SignIn, officer: User) -> None:
    category = make_category("ทุนการศึกษา")
    make_rule(petition_kind="complaint", category=category)
    petition = make_petition(owner=officer, category=category)
    assert "data-fill" not in client_for(officer).get(petition.get_absolute_url()).content.decode()
    take_step(petition, "save_draft", officer, summary="", opinion="", category=None)
    assert "data-fill" in client_for(officer).get(petition.get_absolute_url()).content.decode()
