"""The benchmark: visits every page that works, and leaves nothing behind."""

import json
from datetime import datetime
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from complaints.models import Petition
from office.calendar import OFFICE_TZ
from office.models import Event, NumberSeries, User
from projectplan.demo.arrivals import Counts
from projectplan.demo.making import Wish, make

NOW = datetime(2009, 11, 24, 11, 0, tzinfo=OFFICE_TZ)


@pytest.mark.django_db
def test_every_page_answers_and_nothing_is_left() -> None:
    make(
        Wish(
            NOW,
            7,
            {
                2553: Counts(
                    300, 20, 200, engagements=30, articles=20, journals=2, foreign_documents=10, briefs=8
                )
            },
            with_papers=False,
        ),
        lambda count: None,
    )
    before = _what_there_is()
    out = StringIO()
    call_command("bench", "--rounds", "1", "--json", stdout=out)
    measured = json.loads(out.getvalue())
    pages = {page["name"]: page for page in measured["pages"]}
    assert pages["floor: table of 25 rows"]["ratio"] == 1
    assert pages["public form, POST"]["queries"] > 5
    assert {
        "today, officer",
        "list, open",
        "search, rare",
        "dashboard, year",
        "at a glance, works",
        "freeze, no tally holds",
        "monthly report, PDF",
        "articles: by category",
        "journals: list, all",
        "engagements: by month",
        "foreign-documents: late",
        "briefs: by state",
        "article: newest",
        "search in public relations, common",
    } <= set(pages)
    assert _what_there_is() == before


def _what_there_is() -> list[object]:
    return [
        Petition.objects.count(),
        Event.objects.count(),
        list(NumberSeries.objects.values_list()),
        Session.objects.count(),
        list(User.objects.order_by("pk").values_list("pk", "last_login")),
        list(Petition.objects.order_by("pk").values_list("code_fingerprint", flat=True)),
    ]


@pytest.mark.django_db
def test_an_empty_database_is_said_so() -> None:
    with pytest.raises(CommandError):
        call_command("bench", "--rounds", "1")
