"""What every petition needs from the start: rules, categories, agencies."""

import pytest

from complaints import reference
from complaints.models import Category
from office.models import Agency, DeadlineRule


@pytest.mark.django_db
def test_every_promise_about_a_petition_has_a_rule_and_only_the_plans_own_is_confirmed() -> None:
    rules = DeadlineRule.objects.filter(matter_kind="petition")
    assert {(rule.kind, rule.amount, rule.unit) for rule in rules} == {
        ("opinion", 1, "working_days"),
        ("revision", 1, "working_days"),
        ("order", 3, "working_days"),
        ("referral", 1, "working_days"),
        ("agency_answer", 15, "working_days"),
        ("inform", 5, "working_days"),
        ("close", 5, "working_days"),
        ("petitioner_answer", 15, "calendar_days"),
    }
    assert [rule.kind for rule in rules if rule.is_confirmed] == ["opinion"]


@pytest.mark.django_db
def test_categories_have_two_levels_and_loading_again_adds_nothing() -> None:
    before = Category.objects.count(), Agency.objects.count(), DeadlineRule.objects.count()
    assert Category.objects.filter(parent=None).count() == 9
    assert not Category.objects.filter(parent__parent__isnull=False).exists()
    reference.load("default")
    assert (Category.objects.count(), Agency.objects.count(), DeadlineRule.objects.count()) == before
