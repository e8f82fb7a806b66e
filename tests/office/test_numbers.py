"""Register numbers: no gap and no double, whatever happens at once or goes wrong."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from complaints.models import Petition
from office.models import NumberSeries
from office.models.number import number_label
from tests.cast import make_petition

WRITERS = 50


def test_number_reads_as_the_register_writes_it() -> None:
    assert number_label("รท", 123, 2553) == "รท ๑๒๓/๒๕๕๓"


@pytest.mark.django_db
def test_each_fiscal_year_and_series_begins_at_one() -> None:
    assert [NumberSeries.take("รท", 2553), NumberSeries.take("รท", 2553), NumberSeries.take("รท", 2554)] == [
        1,
        2,
        1,
    ]
    assert NumberSeries.take("วท", 2553) == 1


@pytest.mark.django_db(transaction=True)
def test_a_number_is_only_taken_within_the_transaction_that_uses_it() -> None:
    with pytest.raises(RuntimeError):
        NumberSeries.take("รท", 2553)


@pytest.mark.django_db(transaction=True)
def test_a_registration_that_fails_gives_its_number_back() -> None:
    def fail() -> None:
        with transaction.atomic():
            NumberSeries.take("รท", 2553)
            raise ValueError("the rest of the registration failed")

    with pytest.raises(ValueError, match="failed"):
        fail()
    with transaction.atomic():
        assert NumberSeries.take("รท", 2553) == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_registering_at_once_leave_no_gap_and_no_double() -> None:
    def register(_writer: int) -> int:
        try:
            return make_petition().number
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=WRITERS) as writers:
        numbers = list(writers.map(register, range(WRITERS)))
    assert sorted(numbers) == list(range(1, WRITERS + 1))
    assert sorted(Petition.objects.values_list("number", flat=True)) == list(range(1, WRITERS + 1))
