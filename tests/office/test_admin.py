"""The administrators' site: who enters, what stands in it and what may be done there, and what never does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from auditlog.models import LogEntry
from django.contrib import admin
from django.core import mail
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from pytest_django import DjangoAssertNumQueries, Settings

from complaints.access import record_access
from complaints.models import Category, CategoryChange, Petition, RoutingRule
from office.models import (
    Agency,
    ApiToken,
    CalendarEdition,
    Contact,
    Deadline,
    DeadlineRule,
    EducationArea,
    LetterTemplate,
    NumberSeries,
    OfficeDay,
    Position,
    Province,
    RetentionRule,
    Role,
    Subgroup,
    User,
)
from parliament.models import Committee, ConstitutionalBody, Member, Party, Recess, Session
from projectplan import ledger
from projectplan.models import (
    Activity,
    Agreement,
    BudgetEntry,
    FrameItem,
    FrozenValue,
    Kpi,
    KpiEntry,
    Membership,
    Milestone,
    Plan,
    PlanEdition,
    Programme,
    Project,
    Seminar,
    Strategy,
    Survey,
    Swot,
    Training,
    Work,
)
from publicrelations.models import Category as NewsCategory
from publicrelations.models import MediaOutlet, RecipientGroup, Reporter, SiteEdition, Tag
from tests import cast
from tests.api.cast import make_token
from tests.parliament.cast import make_committee, make_member, make_session
from tests.projectplan.agreements_cast import begun
from tests.projectplan.results_cast import make_member as make_group_member
from tests.projectplan.results_cast import make_seminar, make_survey, train
from tests.publicrelations.press_cast import make_outlet, make_reporter

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

# Model → may be added, changed, deleted there. What is not in this list has no page.
PAGES: dict[type[Model], tuple[bool, bool, bool]] = {
    User: (True, True, False),
    Subgroup: (False, True, False),
    Position: (True, True, True),
    Agency: (True, True, False),
    Contact: (True, True, False),
    Province: (True, True, False),
    EducationArea: (True, True, True),
    OfficeDay: (True, True, True),
    CalendarEdition: (False, False, False),
    ApiToken: (True, True, False),
    DeadlineRule: (True, True, False),
    NumberSeries: (False, False, False),
    RetentionRule: (False, True, False),
    LetterTemplate: (True, True, False),
    LogEntry: (False, False, False),
    Category: (True, True, False),
    CategoryChange: (False, False, False),
    RoutingRule: (True, True, True),
    Session: (True, True, False),
    Recess: (False, False, False),
    Party: (True, True, False),
    Member: (True, True, False),
    Committee: (True, True, False),
    ConstitutionalBody: (True, True, False),
    NewsCategory: (True, True, False),
    Tag: (False, True, False),
    MediaOutlet: (True, True, False),
    Reporter: (True, True, False),
    RecipientGroup: (True, True, False),
    Plan: (False, True, False),
    FrameItem: (False, True, False),
    Swot: (False, True, False),
    Strategy: (False, True, False),
    Programme: (False, True, False),
    Project: (False, False, False),
    Activity: (False, False, False),
    Milestone: (False, False, False),
    BudgetEntry: (False, False, False),
    Kpi: (False, True, False),
    Work: (False, True, False),
    PlanEdition: (False, False, False),
    KpiEntry: (False, False, False),
    FrozenValue: (False, False, False),
    Agreement: (False, False, False),
    Membership: (True, True, False),
    Training: (False, True, False),
    Seminar: (False, True, False),
    Survey: (False, False, False),
}


def address(model: type[Model], page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def root(client_for: ClientFor, administrator: User) -> Client:
    return client_for(administrator)


def person_data(person: User, **changes: object) -> dict[str, object]:
    data: dict[str, object] = {
        "display_name": person.display_name,
        "username": person.username,
        "email": person.email,
        "is_active": "on",
        "subgroup": person.subgroup_id or "",
        "position": person.position_id or "",
        "seconded_from": person.seconded_from,
        "email_delivery": person.email_delivery,
        "roles": list(person.roles),
    } | changes
    return {name: value for name, value in data.items() if value is not None}


# ── Who enters and what is there ────────────────────────────────────────────────────────────


def test_exactly_these_pages_are_there() -> None:
    assert set(admin.site._registry) == set(PAGES)


def test_what_may_be_done_on_each_page(administrator: User, officer: User) -> None:
    request = RequestFactory().get("/admin/")
    for model, allowed in PAGES.items():
        page = admin.site._registry[model]
        for user, expected in [(administrator, allowed), (officer, (False, False, False))]:
            request.user = user
            may = (
                page.has_add_permission(request),
                page.has_change_permission(request),
                page.has_delete_permission(request),
            )
            assert may == expected, model
            assert page.has_view_permission(request) is (user == administrator)


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_every_list_opens_in_thai(root: Client, model: type[Model]) -> None:
    cast.make_petition()
    page = root.get(address(model, "changelist"))
    assert page.status_code == 200
    assert '<html lang="th"' in page.content.decode()


@pytest.mark.parametrize(
    "model", [model for model, may in PAGES.items() if may[0]], ids=lambda model: model.__name__
)
def test_every_form_for_adding_opens(root: Client, model: type[Model]) -> None:
    assert root.get(address(model, "add")).status_code == 200


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_every_row_opens(root: Client, model: type[Model], officer: User) -> None:
    cast.make_petition()
    cast.make_agency()
    category = cast.make_category()
    RoutingRule.objects.create(category=category)
    CategoryChange.objects.create(
        old=category,
        new=Category.objects.exclude(pk=category.pk)[0],
        on=cast.MORNING.date(),
        made_at=cast.MORNING,
        made_by=User.objects.all()[0],
    )
    make_token(made_by=officer)
    make_session()
    make_member()
    make_committee()
    make_reporter()
    Contact.objects.create(agency=cast.make_agency(), name="นางสาวดวงใจ แก้วกุล")
    Tag.named("ทุนการศึกษา")
    Recess.objects.create(
        begins_on=cast.MORNING.date(), reason="ปิดสมัยประชุม", declared_by=officer, declared_at=cast.MORNING
    )
    row = model._default_manager.first()
    if row is None:
        row = some_row_of_the_plan(model, officer)
    assert root.get(address(model, "change", row.pk)).status_code == 200


def some_row_of_the_plan(model: type[Model], officer: User) -> Model:
    plan = Plan.objects.create(fiscal_year=2553, title="แผนปฏิบัติการ", unit="กลุ่มงาน", parent_unit="สำนักงาน")
    strategy = Strategy.objects.create(plan=plan, number=1, name="กลยุทธ์ที่ ๑")
    rows: dict[type[Model], Model] = {
        Plan: plan,
        Strategy: strategy,
        Kpi: Kpi.objects.create(
            plan=plan, strategy=strategy, code="1.1", name="ร้อยละ", unit="percent", measure="x"
        ),
        Work: Work.objects.create(
            plan=plan,
            subgroup=Subgroup.objects.get(code="complaints"),
            number=1,
            name="งานรับเรื่อง",
            target=100,
            measure="x",
        ),
    }
    if model in rows:
        return rows[model]
    if model in (Project, Activity, Milestone, BudgetEntry):
        return some_row_of_the_project(model, plan, officer)
    kpi, month = rows[Kpi], cast.MORNING.date().replace(day=1)
    entered = {"entered_at": cast.MORNING, "entered_by": officer}
    made: dict[type[Model], Callable[[], Model]] = {
        FrameItem: lambda: FrameItem.objects.create(
            plan=plan, kind=FrameItem.Kind.values[0], number=1, text="x"
        ),
        Swot: lambda: Swot.objects.create(plan=plan, quadrant=Swot.Quadrant.THREAT, number=1, text="x"),
        Programme: lambda: Programme.objects.create(strategy=strategy, number=1, name="แผนงาน"),
        PlanEdition: lambda: PlanEdition.objects.create(
            plan=plan, number=1, origin="loaded", made_at=cast.MORNING, content={}
        ),
        KpiEntry: lambda: KpiEntry.objects.create(
            kpi=kpi, month=month, edition=1, value=4, text="สำเร็จ", **entered
        ),
        FrozenValue: lambda: FrozenValue.objects.create(
            kpi=kpi, month=month, edition=1, definition="x", frozen_at=cast.MORNING
        ),
        Agreement: lambda: begun(officer, cast.make_head()),
        Membership: lambda: make_group_member(officer),
        Training: lambda: trained(officer),
        Seminar: lambda: make_seminar(officer),
        Survey: lambda: make_survey(officer),
    }
    return made[model]()


def some_row_of_the_project(model: type[Model], plan: Plan, officer: User) -> Model:
    day = cast.MORNING.date()
    project = Project.objects.create(plan=plan, name="โครงการ", budget=200_000, start_on=day, end_on=day)
    activity = Activity.objects.create(
        project=project, number=1, name="สัมมนา", target="x", indicator="x", measure="x", threshold=3
    )
    rows: dict[type[Model], Model] = {
        Project: project,
        Activity: activity,
        Milestone: Milestone.objects.create(activity=activity, name="จองสถานที่", due_on=day),
        BudgetEntry: ledger.enter(
            activity, "allocation", Decimal(1000), ledger.Paper("๑", day), by=officer, now=cast.MORNING
        ),
    }
    return rows[model]


def test_a_line_of_the_plan_mended_here_is_an_edition(root: Client) -> None:
    plan = Plan.objects.create(fiscal_year=2553, title="แผนปฏิบัติการ", unit="กลุ่มงาน", parent_unit="สำนักงาน")
    strategy = Strategy.objects.create(plan=plan, number=1, name="กลยุทธ์ที่ ๑")
    programme = Programme.objects.create(strategy=strategy, number=1, name="แผนงาน")
    root.post(address(Programme, "change", programme.pk), {"name": "แผนงานประสานการเมือง"})
    programme.refresh_from_db()
    assert programme.name == "แผนงานประสานการเมือง"
    assert PlanEdition.objects.get().plan == plan


def trained(officer: User) -> Training:
    train(officer, cast.MORNING.date())
    return Training.objects.get()


def test_only_administrators_enter(
    client: Client, client_for: ClientFor, officer: User, head: User, executive: User, stranger: User
) -> None:
    for path in (reverse("admin:index"), address(User, "changelist"), address(LogEntry, "changelist")):
        anonymous = client.get(path)
        assert anonymous.status_code == 302
        assert reverse("account_login") in client.get(path, follow=True).redirect_chain[-1][0]
        for user in (officer, head, executive, stranger):
            assert client_for(user).get(path, follow=True).status_code == 403


def test_staff_or_superuser_without_the_role_do_not_enter(client_for: ClientFor, officer: User) -> None:
    officer.is_staff = officer.is_superuser = True
    officer.save()
    assert client_for(officer).get(reverse("admin:index"), follow=True).status_code == 403


def test_the_second_step_applies_here_too(root: Client, settings: Settings) -> None:
    settings.MFA_REQUIRED_ROLES = ["administrator"]
    assert root.get(reverse("admin:index")).url == reverse("mfa_activate_totp")


def test_matters_and_personal_data_have_no_page() -> None:
    for name in (
        "complaints_petition",
        "complaints_petitioner",
        "office_matter",
        "office_deadline",
        "office_event",
        "auth_group",
    ):
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:{name}_changelist")


def test_the_first_page_shows_no_petitioner(root: Client, administrator: User) -> None:
    petition = cast.make_petition()
    record_access(administrator, petition)
    for path in (reverse("admin:index"), address(LogEntry, "changelist")):
        assert "สมศรี" not in root.get(path).content.decode()


# ── People ──────────────────────────────────────────────────────────────────────────────────


def new_person(**changes: object) -> dict[str, object]:
    return {
        "display_name": "นายสมชาย ใหม่",
        "username": "somchai",
        "email": "somchai@office.example",
        "is_active": "on",
        "email_delivery": User.Delivery.IMMEDIATELY,
    } | changes


def test_a_new_person_gets_roles_and_no_password(root: Client) -> None:
    subgroup = Subgroup.objects.get(code=Subgroup.Code.COMPLAINTS)
    added = root.post(address(User, "add"), new_person(roles=["officer"], subgroup=subgroup.pk))
    assert added.status_code == 302
    made = User.objects.get(username="somchai")
    assert made.roles == {"officer"}
    assert not made.has_usable_password()
    assert not made.is_staff


def test_a_person_without_a_password_gets_a_link_by_mail(root: Client, client: Client) -> None:
    root.post(address(User, "add"), new_person(roles=["executive"]))
    client.post(reverse("account_reset_password"), {"email": "somchai@office.example"})
    assert [letter.to for letter in mail.outbox] == [["somchai@office.example"]]
    assert "/accounts/password/reset/key/" in mail.outbox[0].body


def test_roles_follow_the_boxes(root: Client, officer: User) -> None:
    root.post(address(User, "change", officer.pk), person_data(officer, roles=["head", "administrator"]))
    person = User.objects.get(pk=officer.pk)
    assert person.roles == {"head", "administrator"}
    assert person.is_staff
    root.post(address(User, "change", officer.pk), person_data(person, roles=["head"]))
    person = User.objects.get(pk=officer.pk)
    assert person.roles == {"head"}
    assert not person.is_staff


def test_an_officer_needs_a_subgroup(root: Client, officer: User) -> None:
    response = root.post(address(User, "change", officer.pk), person_data(officer, subgroup=""))
    assert response.status_code == 200
    assert User.objects.get(pk=officer.pk).subgroup_id == officer.subgroup_id


def test_nobody_is_deleted_only_switched_off(root: Client, officer: User) -> None:
    cast.make_petition(owner=officer)
    assert root.post(address(User, "delete", officer.pk), {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [officer.pk], "post": "yes"}
    root.post(address(User, "changelist"), data)
    assert User.objects.get(pk=officer.pk).is_active


@pytest.mark.parametrize("changes", [{"is_active": None}, {"roles": []}, {"subgroup": "politics"}])
def test_who_has_open_matters_hands_them_over_first(
    root: Client, officer: User, changes: dict[str, object]
) -> None:
    if changes.get("subgroup"):
        changes = {"subgroup": Subgroup.objects.get(code="politics").pk}
    cast.make_petition(owner=officer)
    page = root.post(address(User, "change", officer.pk), person_data(officer, **changes))
    assert page.status_code == 200
    assert reverse("administration:leave", args=[officer.pk]) in page.content.decode()
    person = User.objects.get(pk=officer.pk)
    assert (person.is_active, person.subgroup, person.roles) == (True, officer.subgroup, {"officer"})


def test_who_has_nothing_open_is_switched_off(root: Client, officer: User) -> None:
    root.post(address(User, "change", officer.pk), person_data(officer, is_active=None))
    assert not User.objects.get(pk=officer.pk).is_active


def test_the_first_page_lists_everything_once_by_what_one_comes_for(root: Client) -> None:
    page = root.get(reverse("admin:index"))
    listed = [row["admin_url"] for group in page.context["groups"] for row in group.rows]
    assert sorted(listed) == sorted(address(model, "changelist") for model in PAGES)
    assert "อื่น ๆ" not in [str(group.heading) for group in page.context["groups"]]
    for name in ("system", "failed", "clock", "leavings"):
        assert f'href="{reverse(f"administration:{name}")}"' in page.content.decode()


def test_the_last_administrator_stays(root: Client, administrator: User, officer: User) -> None:
    for changes in ({"roles": []}, {"is_active": None}):
        root.post(address(User, "change", administrator.pk), person_data(administrator, **changes))
        assert User.objects.get(pk=administrator.pk).has_role(Role.ADMINISTRATOR)
    officer.give_role(Role.ADMINISTRATOR)
    root.post(address(User, "change", administrator.pk), person_data(administrator, roles=["executive"]))
    assert not User.objects.get(pk=administrator.pk).has_role(Role.ADMINISTRATOR)


def test_an_address_stands_for_one_person_and_an_old_one_opens_nothing(
    root: Client, officer: User, head: User
) -> None:
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    taken = root.post(address(User, "change", officer.pk), person_data(officer, email=head.email.upper()))
    assert taken.status_code == 200
    assert (
        root.post(
            address(User, "change", officer.pk), person_data(officer, email="new@office.example")
        ).status_code
        == 302
    )
    assert not EmailAddress.objects.filter(user=officer).exists()


def test_a_lost_telephone_is_no_end(root: Client, officer: User) -> None:
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={"secret": "x"})
    root.post(
        address(User, "changelist"), {"action": "take_second_step_away", "_selected_action": [officer.pk]}
    )
    assert not Authenticator.objects.filter(user=officer).exists()


# ── Calendar and rules ──────────────────────────────────────────────────────────────────────


def test_a_day_added_or_taken_out_here_is_an_edition(root: Client, administrator: User) -> None:
    before = CalendarEdition.objects.count()
    root.post(address(OfficeDay, "add"), {"date": "๒๔/๑๑/๒๕๕๒", "kind": "off", "name": "มติคณะรัฐมนตรี"})
    day = OfficeDay.objects.get(date=date(2009, 11, 24))
    assert CalendarEdition.objects.count() == before + 1
    assert CalendarEdition.objects.latest("pk").made_by == administrator
    root.post(address(OfficeDay, "change", day.pk), {"name": "มติ ครม.", "kind": "working"})
    day.refresh_from_db()
    assert (day.name, day.kind) == ("มติ ครม.", "off")
    root.post(address(OfficeDay, "delete", day.pk), {"post": "yes"})
    assert CalendarEdition.objects.count() == before + 2
    assert not OfficeDay.objects.filter(pk=day.pk).exists()


def test_the_same_date_twice_is_refused(root: Client) -> None:
    editions = CalendarEdition.objects.count()
    response = root.post(address(OfficeDay, "add"), {"date": "23/10/2552", "kind": "off", "name": "ซ้ำ"})
    assert response.status_code == 200
    assert CalendarEdition.objects.count() == editions


def test_a_rule_deadlines_were_given_by_can_only_be_confirmed(root: Client) -> None:
    petition = cast.make_petition()
    rule = Deadline.objects.get(matter_id=petition.pk, kind=Deadline.Kind.OPINION).rule
    assert rule is not None
    root.post(address(DeadlineRule, "change", rule.pk), {"amount": 9, "unit": "hours", "is_confirmed": "on"})
    after = DeadlineRule.objects.get(pk=rule.pk)
    assert (after.amount, after.unit, after.is_confirmed) == (rule.amount, rule.unit, True)
    assert root.post(address(DeadlineRule, "delete", rule.pk), {"post": "yes"}).status_code == 403


def test_a_change_is_a_new_rule_and_a_mistake_can_be_taken_back(root: Client) -> None:
    data = {
        "matter_kind": "petition",
        "kind": "opinion",
        "amount": 2,
        "unit": "working_days",
        "in_force_from": "1/10/2570",
        "source": "คำสั่ง",
    }
    assert root.post(address(DeadlineRule, "add"), data).status_code == 302
    rule = DeadlineRule.objects.get(in_force_from=date(2027, 10, 1))
    root.post(address(DeadlineRule, "change", rule.pk), data | {"amount": 3})
    rule.refresh_from_db()
    assert rule.amount == 3
    assert root.post(address(DeadlineRule, "delete", rule.pk), {"post": "yes"}).status_code == 302
    assert not DeadlineRule.objects.filter(pk=rule.pk).exists()


# ── Categories and the trail ────────────────────────────────────────────────────────────────


def test_the_tree_of_categories_has_two_levels(root: Client) -> None:
    main = Category.objects.filter(parent=None).first()
    assert main is not None
    data = {"parent": main.pk, "name": "หมวดย่อยใหม่", "name_en": "", "rank": 1, "is_active": "on"}
    assert root.post(address(Category, "add"), data).status_code == 302
    child = Category.objects.get(name="หมวดย่อยใหม่")
    assert (
        root.post(address(Category, "add"), data | {"parent": child.pk, "name": "ชั้นที่สาม"}).status_code == 200
    )
    assert not Category.objects.filter(name="ชั้นที่สาม").exists()


def test_a_heading_of_news_keeps_its_address_and_readers_see_its_new_name(root: Client) -> None:
    heading = NewsCategory.objects.all()[0]
    edition = SiteEdition.now()
    data = {"name": "นโยบาย", "name_en": "Policy", "slug": "elsewhere", "position": 1, "is_used": "on"}
    assert root.post(address(NewsCategory, "change", heading.pk), data).status_code == 302
    after = NewsCategory.objects.get(pk=heading.pk)
    assert (after.name, after.slug) == ("นโยบาย", heading.slug)
    assert SiteEdition.now() == edition + 1
    assert len(LogEntry.objects.get_for_object(heading)) == 1


def test_how_a_reporter_is_reached_stands_on_no_page_here_and_stays(root: Client) -> None:
    reporter = make_reporter(telephone="089 111 2222")
    page = root.get(address(Reporter, "change", reporter.pk)).content.decode()
    assert "089 111 2222" not in page
    assert reporter.email not in page
    data = {"outlet": reporter.outlet_id, "name": reporter.name, "beat": "กีฬา", "until_on": "๓๐/๙/๒๕๕๓"}
    assert root.post(address(Reporter, "change", reporter.pk), data).status_code == 302
    after = Reporter.objects.get(pk=reporter.pk)
    assert (after.beat, after.until_on, after.telephone) == ("กีฬา", date(2010, 9, 30), "089 111 2222")


def test_an_outlet_of_the_same_name_is_refused_and_a_double_is_not_shown(root: Client) -> None:
    outlet = make_outlet()
    double = MediaOutlet.objects.create(name="ข่าวเช้า", kind=outlet.kind, is_active=False, merged_into=outlet)
    data = {"name": outlet.name, "kind": outlet.kind, "is_active": "on"}
    assert root.post(address(MediaOutlet, "add"), data).status_code == 200
    assert MediaOutlet.objects.filter(name=outlet.name).count() == 1
    assert root.get(address(MediaOutlet, "change", double.pk)).status_code == 302


def test_who_opened_whose_data_is_listed_by_number(root: Client, officer: User) -> None:
    petition = cast.make_petition()
    record_access(officer, petition)
    page = root.get(address(LogEntry, "changelist"), {"done": str(LogEntry.Action.ACCESS)})
    text = page.content.decode()
    assert page.context["cl"].result_count == 1
    assert petition.label in text
    assert str(officer) in text
    assert "สมศรี" not in text
    entry = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    assert root.get(address(LogEntry, "change", entry.pk)).status_code == 200


def test_the_trail_opens_with_few_queries(
    root: Client, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    petition = cast.make_petition()
    for _look in range(40):
        record_access(officer, petition)
    root.get(address(LogEntry, "changelist"))
    with django_assert_max_num_queries(12):
        root.get(address(LogEntry, "changelist"))


def test_petitions_are_not_changed_by_any_page_here(root: Client, petition: Petition) -> None:
    assert root.get(f"/admin/complaints/petition/{petition.pk}/change/").status_code == 404
