"""The path of an agreement: each act by the right person, weights, what was signed, assessments, who is counted."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from office.calendar import OFFICE_TZ
from office.models import Role, User
from projectplan.agreement_path import ACTS, ChangedMeanwhile, act, acts_of, begin, possible_superiors, write
from projectplan.measures_agreements import individual_kpis_in_place
from projectplan.models import Agreement, AgreementEvent, AgreementLine, AgreementState, Assessment
from tests.projectplan.agreements_cast import (
    HALF_OVER,
    NOW,
    YEAR,
    YEAR_OVER,
    begun,
    do,
    found,
    fresh,
    in_force,
    line,
)

pytestmark = pytest.mark.django_db
S = AgreementState


def percent(now: datetime = NOW, year: int = YEAR) -> Decimal | None:
    return individual_kpis_in_place(year, now).value


# ── The path ──────────────────────────────────────────────────────────────────────────────────


def test_an_agreement_is_in_force_once_both_have_signed(officer: User, head: User) -> None:
    agreement = in_force(officer, head)
    assert (agreement.state, agreement.signed_at, agreement.confirmed_at) == (S.IN_FORCE, NOW, NOW)
    acts = list(agreement.events.values_list("act", "actor__username"))
    assert acts == [
        ("begin", "thatsanee"),
        ("write", "thatsanee"),
        ("propose", "thatsanee"),
        ("agree", "sirirat"),
        ("sign", "thatsanee"),
        ("confirm", "sirirat"),
    ]


def test_every_act_is_open_to_one_of_the_two_and_from_its_states_only(
    officer: User, head: User, colleague: User, executive: User
) -> None:
    agreement = begun(officer, head, line())
    for state in AgreementState:
        agreement.state = state
        mine = {name for name, one in ACTS.items() if state in one.sources}
        assert set(acts_of(officer, agreement, YEAR_OVER)) | set(acts_of(head, agreement, YEAR_OVER)) == mine
        assert acts_of(colleague, agreement, YEAR_OVER) == acts_of(executive, agreement, YEAR_OVER) == []


@pytest.mark.parametrize("name", ["propose", "agree", "sign", "confirm", "send_back", "take_back", "amend"])
def test_nobody_else_acts_in_anothers_name(officer: User, head: User, colleague: User, name: str) -> None:
    agreement = begun(officer, head, line())
    Agreement.objects.filter(pk=agreement.pk).update(state=ACTS[name].sources[0])
    with pytest.raises(PermissionDenied):
        do(agreement, name, colleague, reason="แทน")


def test_the_superior_cannot_sign_for_the_person(officer: User, head: User) -> None:
    agreement = begun(officer, head, line())
    do(agreement, "propose", officer)
    do(agreement, "agree", head)
    with pytest.raises(PermissionDenied):
        do(agreement, "sign", head)


def test_a_second_press_changes_nothing(officer: User, head: User) -> None:
    agreement = begun(officer, head, line())
    act(agreement, "propose", by=officer, seen=agreement.version, now=NOW)
    again = act(agreement, "propose", by=officer, seen=agreement.version, now=NOW)
    assert again.state == S.PROPOSED
    assert agreement.events.filter(act="propose").count() == 1


def test_a_stale_page_is_refused(officer: User, head: User) -> None:
    agreement = begun(officer, head, line())
    write(agreement, [line(name="อื่น")], by=officer, seen=agreement.version, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        write(agreement, [line()], by=officer, seen=agreement.version, now=NOW)


def test_a_second_beginning_gives_the_same_agreement(officer: User, head: User) -> None:
    one = begin(year=YEAR, person=officer, signer=officer, superior=head, now=NOW)
    assert begin(year=YEAR, person=officer, signer=officer, superior=head, now=NOW) == one


def test_nobody_begins_anothers_agreement_nor_chooses_any_superior(
    officer: User, head: User, colleague: User
) -> None:
    with pytest.raises(PermissionDenied):
        begin(year=YEAR, person=colleague, signer=officer, superior=head, now=NOW)
    with pytest.raises(PermissionDenied):
        begin(year=YEAR, person=officer, signer=officer, superior=colleague, now=NOW)
    with pytest.raises(PermissionDenied):
        begin(year=YEAR, person=None, signer=officer, superior=head, now=NOW)


def test_a_heads_own_and_the_groups_go_to_an_executive(head: User, executive: User) -> None:
    assert list(possible_superiors(head, head)) == list(possible_superiors(None, head)) == [executive]


def test_what_is_sent_back_says_why_and_is_written_again(officer: User, head: User) -> None:
    agreement = begun(officer, head, line())
    do(agreement, "propose", officer)
    with pytest.raises(ValidationError):
        do(agreement, "send_back", head, reason=" ")
    do(agreement, "send_back", head, reason="เพิ่มตัวชี้วัดงานเว็บไซต์")
    assert fresh(agreement).state == S.DRAFT
    assert agreement.events.last().reason == "เพิ่มตัวชี้วัดงานเว็บไซต์"  # type: ignore[union-attr]


def test_who_has_left_is_stood_in_for_by_another_head(officer: User, head: User, colleague: User) -> None:
    agreement = begun(officer, head, line())
    do(agreement, "propose", officer)
    colleague.give_role(Role.HEAD)
    assert acts_of(colleague, fresh(agreement), NOW) == []
    User.objects.filter(pk=head.pk).update(is_active=False)
    do(agreement, "agree", colleague)
    do(agreement, "sign", officer)
    do(agreement, "confirm", colleague)
    assert fresh(agreement).superior == colleague


# ── Weights, and what was signed ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("weights", [(60, 39), (60, 41), ("33.33", "66.66")])
def test_weights_that_are_not_100_are_refused(officer: User, head: User, weights: tuple[str, str]) -> None:
    agreement = begun(officer, head, *(line(weight) for weight in weights))
    with pytest.raises(ValidationError):
        do(agreement, "propose", officer)


def test_the_database_lets_nobody_sign_weights_that_are_not_100(officer: User, head: User) -> None:
    agreement = begun(officer, head, line(60), line("39.99"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(signed_at=NOW)
    AgreementLine.objects.filter(weight=Decimal("39.99")).update(weight=40)
    assert Agreement.objects.filter(pk=agreement.pk).update(signed_at=NOW)


def test_the_database_keeps_what_was_signed(officer: User, head: User, colleague: User) -> None:
    agreement = in_force(officer, head)
    own = AgreementLine.objects.filter(agreement=agreement)
    changes = [
        lambda: own.update(weight=99),
        lambda: own.update(level_5=99),
        lambda: AgreementLine.objects.create(agreement=agreement, number=2, **line()),
        lambda: Agreement.objects.filter(pk=agreement.pk).update(signer=colleague),
        lambda: Agreement.objects.filter(pk=agreement.pk).update(superior=colleague),
        lambda: Agreement.objects.filter(pk=agreement.pk).update(signed_at=None),
        lambda: AgreementEvent.objects.filter(agreement=agreement).update(actor=colleague),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(PermissionDenied):
        write(agreement, [line()], by=officer, seen=agreement.version, now=NOW)


def test_an_amendment_is_a_new_edition_and_the_old_one_stays_until_it_is_signed(
    officer: User, head: User
) -> None:
    old = in_force(officer, head)
    with pytest.raises(ValidationError):
        do(old, "amend", officer)
    new = do(old, "amend", officer, reason="ย้ายงาน")
    assert (new.edition, new.reason, new.state, new.lines.count()) == (2, "ย้ายงาน", S.DRAFT, 1)
    assert fresh(old).state == S.IN_FORCE
    with pytest.raises(ValidationError):
        do(old, "amend", head, reason="อีกครั้ง")
    for name, by in (("propose", officer), ("agree", head), ("sign", officer), ("confirm", head)):
        do(new, name, by)
    assert (fresh(old).state, fresh(new).state) == (S.REPLACED, S.IN_FORCE)


def test_a_second_press_of_amend_leads_to_the_same_edition(officer: User, head: User) -> None:
    old = in_force(officer, head)
    new = act(old, "amend", by=officer, seen=old.version, now=NOW, reason="ย้ายงาน")
    assert act(old, "amend", by=officer, seen=old.version, now=NOW, reason="ย้ายงาน") == new


# ── Assessments ───────────────────────────────────────────────────────────────────────────────


def test_the_result_is_the_heads_scores_by_their_weights(officer: User, head: User) -> None:
    agreement = in_force(officer, head, line(60), line(25), line(15))
    do(agreement, "assess_half", officer, now=HALF_OVER, found=found(agreement, 100, 100, 100))
    do(agreement, "judge_half", head, now=HALF_OVER, found=found(agreement, 95, 70, 40))
    assert fresh(agreement).half_score == Decimal("3.35")  # 4.5 × .6 + 2 × .25 + 1 × .15
    do(agreement, "assess_year", officer, now=YEAR_OVER, found=found(agreement, 100, 100, 100))
    do(agreement, "judge_year", head, now=YEAR_OVER, found=found(agreement, 100, "83.33", 90))
    assert fresh(agreement).score == Decimal("4.43")  # 5 × .6 + 3.33 × .25 + 4 × .15 = 4.4325
    assert fresh(agreement).state == S.DONE


def test_nobody_assesses_before_the_last_month(officer: User, head: User) -> None:
    agreement = in_force(officer, head)
    early = datetime(2010, 2, 28, 23, 59, tzinfo=OFFICE_TZ)
    assert "assess_half" not in acts_of(officer, agreement, early)
    with pytest.raises(PermissionDenied):
        do(agreement, "assess_half", officer, now=early, found=found(agreement, 100))
    do(
        agreement,
        "assess_half",
        officer,
        now=datetime(2010, 3, 1, tzinfo=OFFICE_TZ),
        found=found(agreement, 100),
    )


def test_an_assessment_leaves_no_line_out_and_is_never_changed(officer: User, head: User) -> None:
    agreement = in_force(officer, head, line(50), line(50))
    given = found(agreement, 100, 100)
    with pytest.raises(ValidationError):
        do(agreement, "assess_half", officer, now=HALF_OVER, found=dict(list(given.items())[:1]))
    do(agreement, "assess_half", officer, now=HALF_OVER, found=given)
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.update(score=1)


def test_an_edition_that_is_being_amended_is_assessed_no_more(officer: User, head: User) -> None:
    agreement = in_force(officer, head)
    do(agreement, "amend", officer, reason="ย้ายงาน")
    assert acts_of(officer, fresh(agreement), YEAR_OVER) == []
    with pytest.raises(ValidationError):
        do(agreement, "assess_year", officer, now=YEAR_OVER, found=found(agreement, 100))


# ── Who is counted, who sees ──────────────────────────────────────────────────────────────────


def test_nobody_at_all_gives_no_percentage() -> None:
    assert percent() is None


def test_only_what_both_signed_counts(officer: User, head: User, executive: User) -> None:
    assert percent() == 0
    signed = begun(officer, head, line())
    for name, by in (("propose", officer), ("agree", head), ("sign", officer)):
        do(signed, name, by)
    assert percent() == 0
    do(signed, "confirm", head, now=HALF_OVER)
    assert percent(HALF_OVER) == 0  # the moment itself is not before it
    assert percent(YEAR_OVER) == 50
    assert percent(NOW) == 0  # as it was seen then
    in_force(head, executive, now=HALF_OVER)
    assert percent(YEAR_OVER) == 100


def test_the_groups_own_and_who_has_left_count_nowhere(
    officer: User, head: User, executive: User, colleague: User
) -> None:
    in_force(head, executive, person=None)
    in_force(colleague, head)
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    assert percent(YEAR_OVER) == 0


def test_an_amended_one_counts_once_and_while_the_new_edition_is_written(officer: User, head: User) -> None:
    old = in_force(officer, head)
    new = do(old, "amend", officer, reason="ย้ายงาน", now=HALF_OVER)
    assert percent(YEAR_OVER) == 50
    for name, by in (("propose", officer), ("agree", head), ("sign", officer), ("confirm", head)):
        do(new, name, by, now=HALF_OVER)
    assert percent(YEAR_OVER) == 50


def test_what_is_signed_after_the_year_promised_nothing(officer: User, head: User) -> None:
    late = datetime(2010, 10, 1, tzinfo=OFFICE_TZ)
    in_force(officer, head, now=late)
    assert percent(datetime(2010, 12, 1, tzinfo=OFFICE_TZ)) == 0


def test_an_agreement_is_seen_by_its_two_the_heads_and_executives(
    officer: User, head: User, executive: User, colleague: User, stranger: User
) -> None:
    own = begun(officer, head, line())
    group = begun(head, executive, line(), person=None)
    seen = {user.username: set(Agreement.objects.visible_to(user)) for user in (officer, head, executive)}
    assert seen == {"thatsanee": {own}, "sirirat": {own, group}, "secretary": {own, group}}
    assert not Agreement.objects.visible_to(colleague)
    assert not Agreement.objects.visible_to(stranger)


def test_what_waits_for_whom(officer: User, head: User) -> None:
    agreement = begun(officer, head, line())
    assert list(Agreement.objects.waiting_for(officer)) == [agreement]
    do(agreement, "propose", officer)
    assert list(Agreement.objects.waiting_for(head)) == [agreement]
    assert not Agreement.objects.waiting_for(officer)
