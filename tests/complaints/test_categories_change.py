"""Categories split and joined: what goes on as what, that no report of the past moves, and how years are compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from complaints import category_changes
from complaints.category_changes import Name
from complaints.category_families import families, main_families
from complaints.forms.steps import CorrectForm, OpinionForm
from complaints.models import Category, CategoryChange, Petition, RoutingRule
from complaints.recurring import recurring
from complaints.report_paper import paper
from complaints.reports import content
from complaints.tallies import Dimension
from complaints.trends import trends
from office.calendar import fiscal_year, month
from office.models import Report, User
from tests.cast import make_agency, make_category
from tests.complaints.opinions import Desk, at, make_subcategory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

NOW = at(2009, 12, 2, 9)
TODAY = date(2009, 12, 2)
LAST_YEAR = fiscal_year(2552)


@pytest.fixture
def desk(officer: User, head: User, executive: User) -> Desk:
    return Desk(officer, head, executive)


@pytest.fixture
def by(administrator: User) -> User:
    return administrator


def put(desk: Desk, category: Category, *, times: int = 1, year: int = 2009, in_month: int = 3) -> None:
    for _time in range(times):
        desk.put(desk.receive(at(year, in_month, 3)), at(year, in_month, 3, 15), category=category)


def two_years(desk: Desk) -> tuple[Category, Category]:
    """School fees and free education, both in fiscal years 2551 and 2552."""
    fees = make_subcategory("การเงิน", "ค่าบำรุง")
    free = make_subcategory("การเงิน", "เรียนฟรี")
    put(desk, fees, times=2, year=2008, in_month=11)
    put(desk, fees, times=3)
    put(desk, free, times=1)
    return fees, free


def as_reported(desk: Desk) -> tuple[str, str]:
    """Last year's report, as it would be kept and as it would be printed."""
    report = content(LAST_YEAR, NOW)
    row = Report(kind=report.kind, first=report.first, last=report.last, edition=1)
    return json.dumps(report.as_json(), ensure_ascii=False), paper(row, report)


# ── What goes on as what ────────────────────────────────────────────────────────────────────


def test_a_split_puts_new_categories_in_the_place_of_the_old(desk: Desk, by: User) -> None:
    fees, _free = two_years(desk)
    parts = category_changes.split(fees, [Name("ค่าเทอม"), Name("ค่าอาหาร", "Meals")], on=TODAY, by=by, now=NOW)
    fees.refresh_from_db()
    assert not fees.is_active
    assert [(one.name, one.name_en, one.parent, one.is_active) for one in parts] == [
        ("ค่าเทอม", "", fees.parent, True),
        ("ค่าอาหาร", "Meals", fees.parent, True),
    ]
    assert {(one.old, one.new, one.on, one.made_by) for one in CategoryChange.objects.all()} == {
        (fees, part, TODAY, by) for part in parts
    }
    assert Petition.objects.filter(category=fees).count() == 5


def test_a_join_goes_on_as_a_new_one_or_as_one_of_those_there_are(desk: Desk, by: User) -> None:
    fees, free = two_years(desk)
    other = make_subcategory("การเงิน", "จัดซื้อ")
    new = category_changes.join(
        [fees, free], Name("เงินผู้ปกครอง"), parent=fees.parent, on=TODAY, by=by, now=NOW
    )
    again = category_changes.join([other], new, on=TODAY, by=by, now=NOW)
    assert again == new
    assert list(Category.objects.filter(parent=fees.parent, is_active=True)) == [new]
    assert set(new.came_from.values_list("old", flat=True)) == {fees.pk, free.pk, other.pk}


def test_rules_of_joined_categories_propose_the_one_that_goes_on(desk: Desk, by: User) -> None:
    fees, free = two_years(desk)
    rule = RoutingRule.objects.create(petition_kind=Petition.PetitionKind.HELP, category=fees)
    new = category_changes.join([fees, free], Name("เงิน"), parent=fees.parent, on=TODAY, by=by, now=NOW)
    rule.refresh_from_db()
    assert rule.category == new


def test_what_cannot_be_done_is_refused_and_changes_nothing(desk: Desk, by: User) -> None:
    fees, free = two_years(desk)
    gone = make_subcategory("การเงิน", "เลิกแล้ว")
    Category.objects.filter(pk=gone.pk).update(is_active=False)
    main, two = fees.parent, [Name("ก"), Name("ข")]
    assert main

    def split(old: Category, names: list[Name], on: date = TODAY) -> None:
        category_changes.split(old, names, on=on, by=by, now=NOW)

    def join(olds: list[Category], into: Category | Name, parent: Category | None = main) -> None:
        category_changes.join(olds, into, parent=parent, on=TODAY, by=by, now=NOW)

    refused: list[tuple[str, Callable[[], None]]] = [
        ("names", lambda: split(fees, [Name("ก")])),
        ("names", lambda: split(fees, [Name("ก"), Name("เรียนฟรี")])),
        ("olds", lambda: split(gone, two)),
        ("olds", lambda: split(main, two)),
        ("on", lambda: split(fees, two, date(2009, 9, 30))),
        ("on", lambda: split(fees, two, date(2009, 12, 3))),
        ("olds", lambda: join([], Name("ก"))),
        ("into", lambda: join([fees], fees)),
        ("into", lambda: join([fees], gone)),
        ("into", lambda: join([fees], Name("ก"), None)),
        ("name", lambda: join([fees], Name("เรียนฟรี"))),
    ]
    for field, act in refused:
        with pytest.raises(ValidationError) as caught:
            act()
        assert field in caught.value.message_dict, field
    assert not CategoryChange.objects.exists()
    assert set(Category.objects.filter(parent=main, is_active=True)) == {fees, free}


# ── Reports and comparisons ─────────────────────────────────────────────────────────────────


def test_last_years_report_is_the_same_to_the_byte_after_a_split_and_a_join(desk: Desk, by: User) -> None:
    fees, free = two_years(desk)
    before = as_reported(desk)
    parts = category_changes.split(
        fees, [Name("ค่าเทอม"), Name("ค่าอาหาร")], on=date(2009, 10, 1), by=by, now=NOW
    )
    assert as_reported(desk) == before
    category_changes.join([free, *parts], Name("เงิน"), parent=fees.parent, on=TODAY, by=by, now=NOW)
    assert as_reported(desk) == before


def test_a_category_no_longer_in_use_stands_in_the_report_of_its_time(desk: Desk, by: User) -> None:
    fees, _free = two_years(desk)
    category_changes.split(fees, [Name("ค่าเทอม"), Name("ค่าอาหาร")], on=TODAY, by=by, now=NOW)
    (finance,) = content(LAST_YEAR, NOW).tables["category"]
    assert [sub.label for sub in finance.lines] == ["ค่าบำรุง", "เรียนฟรี"]


def test_joined_main_categories_are_compared_with_the_sum_of_the_old(desk: Desk, by: User) -> None:
    first, second = make_category("อาคาร"), make_category("ที่ดิน")
    put(desk, first, times=2, in_month=10)
    put(desk, second, times=2, in_month=10)
    new = category_changes.join([first, second], Name("สถานที่"), on=date(2009, 11, 1), by=by, now=NOW)
    put(desk, new, times=5, in_month=11)
    rise = content(month(2009, 11), NOW).rise
    assert rise
    assert (rise.label, rise.before, rise.after) == ("สถานที่", 4, 5)
    assert "อาคาร + ที่ดิน" in rise.note


def test_a_split_main_category_is_compared_at_the_old_ones_level(desk: Desk, by: User) -> None:
    old = make_category("การศึกษานอกระบบและอาชีวศึกษา")
    put(desk, old, times=2, in_month=10)
    parts = category_changes.split(
        old, [Name("นอกระบบ"), Name("อาชีวะ")], on=date(2009, 11, 1), by=by, now=NOW
    )
    put(desk, parts[0], times=2, in_month=11)
    put(desk, parts[1], times=1, in_month=11)
    rise = content(month(2009, 11), NOW).rise
    assert rise
    assert (rise.label, rise.before, rise.after) == ("การศึกษานอกระบบและอาชีวศึกษา", 2, 3)
    assert "นอกระบบ + อาชีวะ" in rise.note
    (panel,) = [one for one in trends(Dimension.CATEGORY, month(2009, 11), NOW).panels if one.note]
    assert panel.counts[-2:] == (2, 3)
    assert panel.value == ""


def test_a_change_later_than_the_period_is_not_followed(desk: Desk, by: User) -> None:
    first, second = make_category("อาคาร"), make_category("ที่ดิน")
    category_changes.join([first, second], Name("สถานที่"), on=TODAY, by=by, now=NOW)
    categories = list(Category.objects.filter(name__in=["อาคาร", "ที่ดิน", "สถานที่"]))
    assert [one.label for one in families(categories, upto=date(2009, 12, 1))] == ["อาคาร", "ที่ดิน", "สถานที่"]
    (joined,) = families(categories, upto=TODAY)
    assert joined.label == "สถานที่"


def test_main_categories_between_which_a_subcategory_went_over_are_counted_together(
    desk: Desk, by: User
) -> None:
    moved, other = make_subcategory("การเงิน", "ทุน"), make_subcategory("บุคลากร", "วินัย")
    category_changes.join([moved], Name("ทุน"), parent=other.parent, on=TODAY, by=by, now=NOW)
    found = [one for one in main_families(list(Category.objects.all()), upto=TODAY) if one.note]
    assert [one.label for one in found] == ["การเงิน + บุคลากร"]


def test_what_comes_back_is_counted_over_a_split(desk: Desk, by: User) -> None:
    agency, old = make_agency(), make_category("รับนักเรียน")
    for category_of, month_of_receipt in (
        (lambda: old, 10),
        (lambda: Category.objects.get(name="ประถม"), 11),
    ):
        if month_of_receipt == 11:
            category_changes.split(old, [Name("ประถม"), Name("มัธยม")], on=date(2009, 11, 1), by=by, now=NOW)
        for _time in range(2):
            petition = desk.receive(at(2009, month_of_receipt, 3), agency=agency)
            desk.put(petition, at(2009, month_of_receipt, 3, 15), category=category_of())
    (pair,) = recurring(Dimension.CATEGORY, month(2009, 11), NOW).pairs
    assert (pair.what, pair.counts.received, pair.query) == ("รับนักเรียน", 4, "")
    assert "ประถม + มัธยม" in pair.note


# ── Forms of open petitions ─────────────────────────────────────────────────────────────────


def test_a_petition_may_keep_a_category_no_longer_in_use_but_none_may_choose_it(desk: Desk, by: User) -> None:
    fees, free = two_years(desk)
    mine = Petition.objects.filter(category=fees).first()
    other = Petition.objects.filter(category=free).first()
    assert mine
    assert other
    category_changes.split(fees, [Name("ค่าเทอม"), Name("ค่าอาหาร")], on=TODAY, by=by, now=NOW)
    for kind in (OpinionForm, CorrectForm):
        own = kind(matter=mine, user=desk.officer, now=NOW).fields["category"].queryset  # type: ignore[attr-defined]
        others = kind(matter=other, user=desk.officer, now=NOW).fields["category"].queryset  # type: ignore[attr-defined]
        assert fees in own, kind
        assert fees not in others, kind


# ── The administrators' pages ───────────────────────────────────────────────────────────────


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


SPLIT, JOIN = "admin:complaints_category_split", "admin:complaints_category_join"


def test_a_split_is_shown_first_and_done_by_the_second_press(
    desk: Desk, by: User, client_for: ClientFor, today: None
) -> None:
    fees, _free = two_years(desk)
    rule = RoutingRule.objects.create(petition_kind=Petition.PetitionKind.HELP, category=fees)
    sent = {"old": fees.pk, "on": "๑/๑๐/๒๕๕๒", "name_1": "ค่าเทอม", "name_2": "ค่าอาหาร"}
    client = client_for(by)
    shown = client.post(reverse(SPLIT), sent)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "๕ เรื่อง" in text
    assert str(rule) in text
    assert "ค่าเทอม · ค่าอาหาร" in text
    assert not CategoryChange.objects.exists()
    assert not Category.objects.filter(name="ค่าเทอม").exists()
    done = client.post(reverse(SPLIT), {**sent, "mark": shown.context["mark"], "confirm": "1"})
    assert done["Location"] == reverse("admin:complaints_category_changelist")
    assert CategoryChange.objects.filter(old=fees, on=date(2009, 10, 1)).count() == 2


def test_what_was_changed_after_it_was_shown_is_shown_again(
    desk: Desk, by: User, client_for: ClientFor, today: None
) -> None:
    fees, free = two_years(desk)
    sent = {"olds": [fees.pk, free.pk], "name": "เงิน", "parent": fees.parent_id, "on": "1/12/2552"}
    client = client_for(by)
    mark = client.post(reverse(JOIN), sent).context["mark"]
    again = client.post(reverse(JOIN), {**sent, "name": "เงินอื่น", "mark": mark, "confirm": "1"})
    assert again.status_code == 200
    assert not CategoryChange.objects.exists()


@pytest.mark.parametrize(
    ("page", "given", "field"),
    [
        (SPLIT, {"name_2": ""}, "name_2"),
        (SPLIT, {"name_2": "ค่าเทอม"}, "name_2"),
        (SPLIT, {"name_2": "เรียนฟรี"}, "name_1"),
        (SPLIT, {"on": "๓๐/๙/๒๕๕๒"}, "on"),
        (SPLIT, {"on": "วันนี้"}, "on"),
        (SPLIT, {"old": ""}, "old"),
        (JOIN, {"olds": []}, "olds"),
        (JOIN, {"name": ""}, "into"),
        (JOIN, {"parent": ""}, "into"),
        (JOIN, {"on": "๓/๑๒/๒๕๕๒"}, "on"),
    ],
)
def test_a_fault_stands_beside_its_field_and_nothing_typed_is_lost(
    page: str,
    given: dict[str, object],
    field: str,
    desk: Desk,
    by: User,
    client_for: ClientFor,
    today: None,
) -> None:
    fees, free = two_years(desk)
    right: dict[str, object] = {"on": "๑/๑๒/๒๕๕๒"}
    if page == SPLIT:
        right |= {"old": fees.pk, "name_1": "ค่าเทอม", "name_2": "ค่าอาหาร", "english_1": "Term fees"}
    else:
        right |= {"olds": [fees.pk, free.pk], "name": "เงิน", "english": "Money", "parent": fees.parent_id}
    answer = client_for(by).post(reverse(page), right | given)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert ("Term fees" if page == SPLIT else "Money") in answer.content.decode()
    assert not CategoryChange.objects.exists()


def test_only_administrators_change_categories(
    officer: User, head: User, executive: User, client_for: ClientFor
) -> None:
    for person in (officer, head, executive):
        for page in (SPLIT, JOIN):
            assert client_for(person).post(reverse(page)).status_code in (302, 403)
    assert not CategoryChange.objects.exists()
