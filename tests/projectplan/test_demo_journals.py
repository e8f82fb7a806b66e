"""The journals of a demo: a year's twelve, mailed in time in the plan's number, with full lists of recipients."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.files.storage import default_storage
from django.db.models import Sum

from office.calendar import OFFICE_TZ
from office.models import Deadline, EducationArea
from projectplan.demo.arrivals import Counts
from projectplan.demo.making import Wish, make
from publicrelations.models import Consignment, Journal, Recipient, RecipientGroup
from publicrelations.models.journal_state import JournalState as State

pytestmark = [pytest.mark.once, pytest.mark.django_db]

AT_THE_END = datetime(2009, 9, 30, 23, 59, 59, tzinfo=OFFICE_TZ)
IN_MARCH = datetime(2009, 3, 18, 12, 0, tzinfo=OFFICE_TZ)


def test_a_years_twelve_issues_went_out_in_time_in_two_thousand_copies() -> None:
    make(Wish(AT_THE_END, 7, {2552: Counts(5, 1, 1, journals=12)}, with_papers=False), lambda count: None)
    journals = Journal.objects.order_by("month")
    assert journals.count() == 12
    assert set(journals.values_list("copies_printed", flat=True)) == {2000}
    promises = Deadline.objects.filter(matter__kind="journal", kind=Deadline.Kind.MAIL)
    assert [promise.is_late(AT_THE_END) for promise in promises] == [False] * 12
    for journal in journals:
        assert journal.state in (State.MAILED, State.ARCHIVED)
        assert journal.consignments.aggregate(sum=Sum("copies"))["sum"] + journal.stock == 2000
        assert journal.web_pdf is not None
        assert default_storage.exists(journal.web_pdf.path)
    assert Recipient.objects.filter(area__isnull=False).count() == EducationArea.objects.count() == 185
    assert Consignment.objects.filter(returned_on__isnull=False).exists()


def test_a_demo_in_the_middle_of_a_month_has_an_issue_on_its_way_and_is_cleared_by_the_next() -> None:
    for seed in (7, 8):
        make(
            Wish(IN_MARCH, seed, {2552: Counts(5, 1, 1, journals=12)}, with_papers=False), lambda count: None
        )
        assert Journal.objects.count() == 6
        newest = Journal.objects.latest("month")
        assert (newest.month.month, newest.state) == (3, State.PROOF)
        assert RecipientGroup.objects.count() == 5
