"""Every page of related matters, at a desk and on a phone, by day and by night."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from complaints.models import RelatedMatter, State
from office.models import User
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over, open_and_look
from tests.complaints.related_cast import Kind, carry_to, make_related


@pytest.fixture
def summons(officer: User, head: User, executive: User) -> RelatedMatter:
    """An ordered case whose first hearing was yesterday and whose second is in a week."""
    now = timezone.now()
    received = now - timedelta(days=9)
    matter = make_related(
        Kind.SUMMONS, owner=officer, received_at=received, hearing_at=now - timedelta(days=1)
    )
    carry_to(matter, State.ORDERED, officer=officer, head=head, executive=executive, now=received)
    make_related(Kind.SUMMONS, owner=officer, received_at=now, hearing_at=now + timedelta(days=7))
    make_related(Kind.TORT, received_at=now, limitation_on=(now + timedelta(days=40)).date())
    make_related(Kind.CRIMINAL, owner=officer, received_at=now)
    return matter


def test_the_registers_pages(visit: Visit, officer: User, summons: RelatedMatter) -> None:
    visitor = visit()
    visitor.signs_in(officer)
    open_and_look(visitor, "related-list", "complaints:related_list")
    visitor.follows("Filter")
    visitor.page.locator("#filter-panel form").wait_for()
    look_over(visitor, "related-filtering")
    open_and_look(visitor, "related-none", "complaints:related_list", query="?state=closed&late=1")
    open_and_look(visitor, "related-filter", "complaints:related_filter")
    open_and_look(visitor, "related-hearings", "complaints:hearings")


@pytest.mark.parametrize("kind", list(Kind))
def test_the_form_of_each_kind(visit: Visit, officer: User, kind: Kind) -> None:
    visitor = visit()
    visitor.expects(422)
    visitor.signs_in(officer)
    open_and_look(visitor, f"related-new-{kind}", "complaints:related_new", kind)
    visitor.page.locator("form[data-petition-form] button[type=submit]").last.click()
    visitor.page.locator("[data-faults]").wait_for()
    look_over(visitor, f"related-new-{kind}-empty")


def test_the_matters_page_and_its_steps(visit: Visit, officer: User, summons: RelatedMatter) -> None:
    visitor = visit()
    visitor.signs_in(officer)
    for matter in RelatedMatter.objects.filter(owner=officer):
        open_and_look(
            visitor, f"related-{matter.related_kind}-{matter.state}", "complaints:related", matter.pk
        )
    steps = (
        "add_hearing",
        "move_hearing",
        "cancel_hearing",
        "record_court_step",
        "set_limitation",
        "correct",
        "close",
    )
    for name in steps:
        open_and_look(visitor, f"related-step-{name}", "complaints:related_step", summons.pk, name)
