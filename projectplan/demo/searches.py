"""Searches that the people of the demo keep, to be told of new matches."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from office import saved_searches
from office.models import User
from office.models.saved_search import KeptSearch
from office.search import find
from office.search_facets import STATE, Standing, condition, narrowed_to
from projectplan.searched import FACETS

# Whose it is by user name, what it is called, its words, what it is narrowed to.
SEARCHES: Final[list[tuple[str, str, str, dict[str, str]]]] = [
    ("officer", "อาหารกลางวัน", "อาหารกลางวัน", {}),
    ("officer", "ทุนการศึกษาที่ยังไม่ยุติ", "ทุนการศึกษา", {STATE: Standing.OPEN.value}),
    ("politics", "โรงเรียนขนาดเล็ก", "โรงเรียนขนาดเล็ก", {}),
    ("executive", "น้ำท่วม", "น้ำท่วม", {}),
]


def keep_searches(now: datetime) -> None:
    """The searches of SEARCHES, saved the day before; of what comes from now on the rounds of the clock tell."""
    for username, name, words, chosen in SEARCHES:
        user = User.objects.filter(username=username).first()
        if user is None:
            continue
        found = find(user, words, narrowed=condition(chosen, FACETS, now))
        kept = KeptSearch(name, words, chosen, [one.name for one in narrowed_to(chosen, FACETS)])
        saved_searches.save(user, kept, found, by_email=False, now=now - timedelta(days=1))
