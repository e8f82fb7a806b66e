"""Saved searches: what is kept and how, of what their owner is told, the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from complaints.models import Petition
from office import saved_searches
from office.letters import compose
from office.models import Event, Matter, Notice, SavedSearch, Secrecy, User
from office.models.calendar import current_calendar
from office.models.saved_search import KeptSearch
from office.saved_searches import OVERLAP, TOLD_ONE_BY_ONE, tell_of_new_matches
from office.search import find
from office.search_facets import condition
from office.views.search import results_address
from projectplan.searched import FACETS
from tests import cast
from tests.cast import MORNING

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
WORD = "งบประมาณ"


def petition(title: str = f"ขอ{WORD}ซ่อมอาคาร", **kwargs: object) -> Petition:
    return cast.make_petition(title=title, **kwargs)


def save(
    user: User, words: str = WORD, *, name: str = "งบของนายสมชาย", by_email: bool = False, **chosen: str
) -> SavedSearch:
    found = find(user, words, narrowed=condition(chosen, FACETS, MORNING))
    kept = KeptSearch(name, words, chosen)
    return saved_searches.save(user, kept, found, by_email=by_email, now=MORNING)


def look(minutes: int = 1) -> int:
    return tell_of_new_matches(MORNING + timedelta(minutes=minutes), FACETS)


def told(user: User, way: str = Notice.Way.APP) -> list[int | None]:
    rows = Notice.objects.filter(recipient=user, kind=Notice.Kind.SAVED_SEARCH, way=way)
    return list(rows.order_by("pk").values_list("matter", flat=True))


# ── Of what one is told ─────────────────────────────────────────────────────────────────────


def test_one_is_told_of_a_new_match_once(head: User) -> None:
    petition()
    save(head)
    assert look() == 0
    new = petition()
    petition("ขอย้ายกลับภูมิลำเนา")
    assert look(2) == 1
    assert told(head) == [new.pk]
    assert look(3) == look(30) == 0
    assert told(head) == [new.pk]


def test_a_matter_that_comes_to_fit_by_a_step_is_told_of(head: User, officer: User) -> None:
    was = petition("ขอทุนการศึกษา", owner=officer)
    save(head)
    cast.take_step(was, "correct", officer, title=f"ขอทุนจาก{WORD}ของจังหวัด")
    assert look() == 1
    assert told(head) == [was.pk]
    cast.take_step(was, "correct", officer, title=f"ขอทุนจาก{WORD}แผ่นดิน")
    assert look(2) == 0


def test_what_was_found_when_it_was_saved_is_never_new(head: User, officer: User) -> None:
    known = petition(owner=officer)
    save(head)
    cast.take_step(known, "correct", officer, title=f"ขอ{WORD}ซ่อมรั้ว")
    assert look() == 0


def test_of_a_search_that_found_very_many_only_newer_matters_are_told(
    head: User, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_searches, "TOTAL_CAP", 1)
    old = [petition(owner=officer) for _number in range(3)]
    search = save(head)
    assert not search.knows_all
    cast.take_step(old[0], "correct", officer, title=f"ขอ{WORD}ซ่อมรั้ว")
    new = petition()
    assert look() == 1
    assert told(head) == [new.pk]


def test_nobody_is_told_of_what_they_may_not_see(officer: User, colleague: User, stranger: User) -> None:
    for user in (colleague, stranger):
        save(user)
    petition(owner=officer, secrecy=Secrecy.SECRET)
    assert look() == 0
    assert told(colleague) == told(stranger) == []


def test_facets_narrow_what_one_is_told_of(head: User, officer: User) -> None:
    save(head, owner=str(officer.pk))
    petition()
    own = petition(owner=officer)
    assert look() == 1
    assert told(head) == [own.pk]


def test_what_becomes_late_by_the_clock_is_told_of(head: User) -> None:
    made = petition()
    save(head, state="late")
    assert look() == 0
    petition("เรื่องอื่น")
    assert tell_of_new_matches(MORNING + timedelta(days=20), FACETS) == 1
    assert told(head) == [made.pk]


def test_nobody_is_told_of_what_they_have_just_done_themselves(officer: User) -> None:
    was = petition("ขอทุนการศึกษา", owner=officer)
    search = save(officer)
    overlap = range(OVERLAP + 1)  # far enough behind: what became of it before is not read once more
    Event.objects.bulk_create(
        Event(matter_id=was.pk, at=MORNING, actor=officer, step=f"step {number}", version=9)
        for number in overlap
    )
    SavedSearch.objects.update(last_event=Event.objects.latest("pk").pk)
    cast.take_step(was, "correct", officer, title=f"ขอทุนจาก{WORD}ของจังหวัด")
    look()
    assert told(officer) == []
    assert search.matches.count() == 1


def test_of_many_new_matches_one_notice_tells_how_many(head: User) -> None:
    search = save(head)
    for _number in range(TOLD_ONE_BY_ONE + 1):
        petition()
    assert look() == TOLD_ONE_BY_ONE + 1
    notice = Notice.objects.get(recipient=head, kind=Notice.Kind.SAVED_SEARCH)
    assert notice.matter is None
    assert "๖" in notice.text
    assert notice.subject_id == search.pk
    assert WORD not in notice.text
    assert "สมชาย" not in notice.text


def test_a_paused_search_is_silent_and_then_tells_what_came(head: User) -> None:
    search = save(head)
    saved_searches.pause(search, paused=True)
    new = petition()
    assert look() == 0
    saved_searches.pause(search, paused=False)
    assert look(2) == 1
    assert told(head) == [new.pk]


def test_who_has_left_is_told_of_nothing(head: User) -> None:
    save(head)
    head.is_active = False
    head.save()
    petition()
    assert look() == 0


def test_by_email_only_who_wants_it_and_never_with_the_words(head: User, executive: User) -> None:
    save(head)
    save(executive, by_email=True)
    new = petition()
    look()
    assert told(head, Notice.Way.EMAIL) == []
    assert told(executive, Notice.Way.EMAIL) == [new.pk]
    letter = compose(
        Notice.objects.get(way=Notice.Way.EMAIL, kind=Notice.Kind.SAVED_SEARCH),
        now=MORNING,
        calendar=current_calendar(),
    )
    assert letter is not None
    assert new.label in letter.body
    for secret in (WORD, "สมชาย", new.title):
        assert secret not in letter.subject + letter.body


def test_an_event_committed_late_is_read_with_the_next(head: User) -> None:
    """Of two steps at the same time, the one with the lower key may come to be seen later."""
    search = save(head)
    new = petition()
    other = petition("เรื่องอื่น")
    last = other.events.order_by("-pk").values_list("pk", flat=True)[0]
    SavedSearch.objects.filter(pk=search.pk).update(last_event=last)
    assert look() == 0
    petition("เรื่องที่สาม")
    assert look(3) == 1
    assert told(head) == [new.pk]
    assert OVERLAP > 100


def test_what_is_kept_lies_encrypted(head: User) -> None:
    search = save(head)
    assert WORD not in search.sealed
    assert "สมชาย" not in search.sealed
    assert SavedSearch.objects.get().kept == KeptSearch("งบของนายสมชาย", WORD, {}, [])


def test_a_search_whose_key_is_gone_stops_nothing(head: User) -> None:
    broken, good = save(head), save(head, name="อีกชื่อ")
    SavedSearch.objects.filter(pk=broken.pk).update(sealed="x")
    new = petition()
    assert look() == 1
    assert told(head) == [new.pk]
    assert good.matches.count() == 1


# ── The pages ───────────────────────────────────────────────────────────────────────────────


def kept_through_the_page(client: Client, **facts: str) -> SavedSearch:
    page = client.get(results_address(WORD, chosen={"kind": "petition"}))
    client.post(
        reverse("search:save"),
        {"s": page.context["sealed"], "kind": "petition", "name": " งบ  ปีนี้ ", **facts},
    )
    return SavedSearch.objects.latest("pk")


def test_a_search_is_kept_opened_renamed_paused_and_deleted(client_for: ClientFor, head: User) -> None:
    made = petition()
    client = client_for(head)
    search = kept_through_the_page(client, by_email="on")
    assert (search.kept.name, search.kept.words, search.kept.chosen) == ("งบ ปีนี้", WORD, {"kind": "petition"})
    assert search.kept.narrowed_to
    assert search.by_email
    opened = client.get(reverse("search:saved", args=[search.pk]))
    assert WORD not in opened.url
    assert [row["matter"].pk for row in client.get(opened.url).context["rows"]] == [made.pk]
    assert "งบ ปีนี้" in client.get(reverse("office:search")).content.decode()
    client.post(reverse("search:change", args=[search.pk]), {"name": "ชื่อใหม่"})
    search.refresh_from_db()
    assert (search.kept.name, search.by_email) == ("ชื่อใหม่", False)
    for paused in ("1", "1", "0"):
        client.post(reverse("search:pause", args=[search.pk]), {"paused": paused})
        search.refresh_from_db()
        assert search.is_paused == (paused == "1")
    client.post(reverse("search:delete", args=[search.pk]))
    assert not SavedSearch.objects.exists()


def test_a_name_used_before_now_means_this_search(client_for: ClientFor, head: User) -> None:
    client = client_for(head)
    first = kept_through_the_page(client)
    second = kept_through_the_page(client, by_email="on")
    assert first.pk != second.pk
    assert SavedSearch.objects.get().by_email


def test_a_name_is_asked_for_beside_the_field(client_for: ClientFor, head: User) -> None:
    petition()
    client = client_for(head)
    sealed = client.get(results_address(WORD)).context["sealed"]
    answer = client.post(reverse("search:save"), {"s": sealed, "name": "  "})
    assert answer.status_code == 422
    assert 'id="search-name-trouble"' in answer.content.decode()
    assert WORD in answer.content.decode()
    assert client.post(reverse("search:save"), {"s": "x", "name": "ชื่อ"}).status_code == 302
    assert not SavedSearch.objects.exists()


def test_there_is_an_end_to_what_one_may_keep(
    client_for: ClientFor, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from office.views import saved_searches as pages

    monkeypatch.setattr(pages, "MOST_OF_ONE", 1)
    client = client_for(head)
    kept_through_the_page(client)
    page = client.get(results_address(WORD))
    answer = client.post(reverse("search:save"), {"s": page.context["sealed"], "name": "อีกชื่อ"})
    assert answer.status_code == 422
    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize("page", ["saved", "change", "pause", "delete"])
def test_anothers_search_does_not_exist(client_for: ClientFor, head: User, officer: User, page: str) -> None:
    search = save(head)
    address = reverse(f"search:{page}", args=[search.pk])
    client = client_for(officer)
    answer = client.get(address) if page == "saved" else client.post(address, {"name": "ชื่อ", "paused": "1"})
    assert answer.status_code == 404
    assert SavedSearch.objects.get().is_paused is False


@pytest.mark.parametrize("page", ["change", "pause", "delete"])
def test_nothing_is_changed_by_following_a_link(client_for: ClientFor, head: User, page: str) -> None:
    search = save(head)
    assert client_for(head).get(reverse(f"search:{page}", args=[search.pk])).status_code == 405


def test_a_notice_of_many_leads_to_the_search(client_for: ClientFor, head: User) -> None:
    save(head)
    for _number in range(TOLD_ONE_BY_ONE + 1):
        petition()
    look()
    notice = Notice.objects.get(recipient=head, kind=Notice.Kind.SAVED_SEARCH)
    client = client_for(head)
    answer = client.post(reverse("office:notice_open", args=[notice.pk]), follow=True)
    assert len(answer.context["rows"]) == TOLD_ONE_BY_ONE + 1
    client.post(reverse("search:delete", args=[notice.subject_id]))
    assert not Notice.objects.filter(pk=notice.pk).exists()


def test_the_round_of_the_clock_tells_too(head: User) -> None:
    from projectplan.rounds import sweep

    save(head)
    petition()
    later: datetime = MORNING + timedelta(minutes=2)
    assert sweep(lambda: later).matches_told == 1
    assert sweep(lambda: later + timedelta(minutes=2)).matches_told == 0
    assert Matter.objects.count() == 1
