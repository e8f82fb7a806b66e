"""The agreements of a demo: a year that is over has every result, one under way stands at different places."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from django.db import transaction

from projectplan.demo.agreements import make_agreements
from projectplan.demo.people import make_people
from projectplan.loading import PLAN_2553, load_file
from projectplan.measures_agreements import individual_kpis_in_place, staff
from projectplan.models import Agreement, AgreementState

pytestmark = [pytest.mark.once, pytest.mark.django_db]
AFTER = datetime.fromisoformat("2009-09-30T23:59:59+07:00")
MIDST = datetime.fromisoformat("2009-11-25T10:00+07:00")


@pytest.fixture(autouse=True)
def office(db: None) -> None:
    load_file(PLAN_2553)
    make_people()


def test_a_year_that_is_over_has_everybodys_result() -> None:
    make_agreements([2552], AFTER, seed=1)
    assert Agreement.objects.count() == staff().count() + 1
    assert set(Agreement.objects.values_list("state", flat=True)) == {AgreementState.DONE}
    assert not Agreement.objects.filter(score__lt=3).exists()
    assert individual_kpis_in_place(2552, AFTER).value == 100


def test_a_year_under_way_stands_at_different_places() -> None:
    make_agreements([2553], MIDST, seed=1)
    states = set(Agreement.objects.values_list("state", flat=True))
    expected = {AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.AGREED, AgreementState.IN_FORCE}
    assert expected <= states


def test_the_same_seed_gives_the_same_results() -> None:
    def scores() -> list[Decimal | None]:
        with transaction.atomic():
            make_agreements([2552], AFTER, seed=7)
            made = Agreement.objects.order_by("fiscal_year", "person", "edition")
            found = list(made.values_list("score", flat=True))
            transaction.set_rollback(True)
        return found

    assert scores() == scores()
