"""The list behind the bell, opening and reading, and what a person sets for themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from complaints.models import Petition
from office.frame import Frame
from office.models import Notice, Secrecy, User
from office.models.calendar import current_calendar
from office.notices import tell
from tests.cast import MORNING, make_petition

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
LIST = "/notices/"


def told(person: User, petition: Petition | None, *, count: int = 1, name: str = "x") -> list[Notice]:
    """Notices in the application, the oldest first."""
    for number in range(count):
        tell(
            [person],
            Notice.Kind.YOUR_TURN,
            once=f"{name}:{number}",
            now=MORNING + timedelta(minutes=number),
            calendar=current_calendar(),
            matter=petition,
        )
    return list(Notice.objects.filter(recipient=person, way=Notice.Way.APP).order_by("pk"))


def unread_count(person: User) -> int:
    """What the bell of this person's next page says."""
    request = HttpRequest()
    request.user = person
    return Frame(request).unread


# ── The list ────────────────────────────────────────────────────────────────────────────────


def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client) -> None:
    for address in (LIST, "/personal/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")


def test_a_person_sees_the_own_notices_and_nobody_elses(
    officer: User, colleague: User, petition: Petition, client_for: ClientFor
) -> None:
    told(officer, petition)
    assert petition.title in client_for(officer).get(LIST).content.decode()
    assert petition.title not in client_for(colleague).get(LIST).content.decode()


def test_unread_notices_come_first_and_all_are_a_press_away(officer: User, client_for: ClientFor) -> None:
    read, unread = make_petition(), make_petition()
    Notice.objects.filter(pk__in=[one.pk for one in told(officer, read, name="read")]).update(read_at=MORNING)
    told(officer, unread, name="unread")
    client = client_for(officer)
    first = client.get(LIST).content.decode()
    assert unread.title in first
    assert read.title not in first
    assert read.title in client.get(f"{LIST}?show=all").content.decode()


def test_with_nothing_unread_everything_is_shown(
    officer: User, petition: Petition, client_for: ClientFor
) -> None:
    told(officer, petition)
    Notice.objects.update(read_at=MORNING)
    assert petition.title in client_for(officer).get(LIST).content.decode()


def test_an_empty_list_says_what_it_is_for(officer: User, client_for: ClientFor) -> None:
    assert 'class="empty"' in client_for(officer).get(LIST).content.decode()


def test_the_list_has_25_rows_a_page_and_leads_on_by_key(
    officer: User, petition: Petition, client_for: ClientFor
) -> None:
    told(officer, petition, count=60)
    client = client_for(officer)
    sizes, address = [], LIST
    while address:
        context = client.get(address).context
        sizes.append(len(context["rows"]))
        address = f"{LIST}{context['next_url']}" if context["next_url"] else ""
    assert sizes == [25, 25, 10]


def test_the_list_asks_few_questions_however_long_it_is(
    officer: User, client_for: ClientFor, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for number in range(26):
        told(officer, make_petition(petitioner=False), name=f"n{number}")
    client = client_for(officer)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        client.get(LIST)


def test_the_subject_of_a_matter_no_longer_open_to_the_person_is_not_shown(
    officer: User, colleague: User, client_for: ClientFor
) -> None:
    petition = make_petition(owner=officer)
    told(colleague, petition)
    Petition.objects.filter(pk=petition.pk).update(secrecy=Secrecy.SECRET)
    page = client_for(colleague).get(LIST).content.decode()
    assert petition.title not in page
    assert petition.label in page


def test_nonsense_in_the_address_is_no_error(
    officer: User, petition: Petition, client_for: ClientFor
) -> None:
    told(officer, petition)
    assert client_for(officer).get(f"{LIST}?show=x&after=นิล&upto=1_2").status_code == 200


def test_the_bell_counts_what_is_unread(officer: User, petition: Petition) -> None:
    told(officer, petition, count=3)
    assert unread_count(officer) == 3


# ── Opening and reading ─────────────────────────────────────────────────────────────────────


def test_opening_a_notice_marks_it_read_and_goes_to_its_matter(
    officer: User, petition: Petition, client_for: ClientFor
) -> None:
    (notice,) = told(officer, petition)
    response = client_for(officer).post(f"{LIST}{notice.pk}/open/")
    assert response["Location"] == reverse("office:matter", args=[petition.pk])
    assert unread_count(officer) == 0


def test_a_notice_of_a_report_leads_to_the_reports(head: User, client_for: ClientFor) -> None:
    title = "รายงานประจำเดือนตุลาคม ๒๕๕๒"
    tell([head], Notice.Kind.REPORT_READY, once="r", now=MORNING, calendar=current_calendar(), text=title)
    client = client_for(head)
    assert title in client.get(LIST).content.decode()
    notice = Notice.objects.get(way=Notice.Way.APP)
    assert client.post(f"{LIST}{notice.pk}/open/")["Location"] == reverse("reports:list")


def test_looking_alone_marks_nothing_read(officer: User, petition: Petition, client_for: ClientFor) -> None:
    (notice,) = told(officer, petition)
    client = client_for(officer)
    client.get(LIST)
    assert client.get(f"{LIST}{notice.pk}/open/").status_code == 405
    assert unread_count(officer) == 1


def test_marking_one_read_leaves_the_others_and_comes_back(
    officer: User, petition: Petition, client_for: ClientFor
) -> None:
    first, _second = told(officer, petition, count=2)
    here = f"{LIST}?show=unread"
    response = client_for(officer).post(f"{LIST}{first.pk}/read/", {"next": here})
    assert response["Location"] == here
    assert unread_count(officer) == 1


def test_no_notice_leads_to_another_site(officer: User, petition: Petition, client_for: ClientFor) -> None:
    (notice,) = told(officer, petition)
    response = client_for(officer).post(f"{LIST}{notice.pk}/read/", {"next": "https://elsewhere.example/"})
    assert response["Location"] == LIST


def test_somebody_elses_notice_does_not_exist(
    officer: User, colleague: User, petition: Petition, client_for: ClientFor
) -> None:
    (notice,) = told(officer, petition)
    for act in ("open", "read"):
        assert client_for(colleague).post(f"{LIST}{notice.pk}/{act}/").status_code == 404
    assert unread_count(officer) == 1


def test_all_are_marked_read_but_not_what_came_since_the_page(
    officer: User, colleague: User, petition: Petition, client_for: ClientFor
) -> None:
    *_seen, newest = told(officer, petition, count=3)
    told(officer, petition, name="since")
    told(colleague, petition, name="others")
    client_for(officer).post(f"{LIST}read/", {"upto": newest.pk})
    assert (unread_count(officer), unread_count(colleague)) == (1, 1)


# ── The way to a matter ─────────────────────────────────────────────────────────────────────


def test_the_address_of_a_matter_leads_to_its_page(
    officer: User, petition: Petition, client_for: ClientFor
) -> None:
    response = client_for(officer).get(reverse("office:matter", args=[petition.pk]))
    assert response["Location"] == petition.get_absolute_url()


def test_a_matter_one_may_not_see_does_not_exist(
    stranger: User, petition: Petition, client_for: ClientFor
) -> None:
    assert client_for(stranger).get(reverse("office:matter", args=[petition.pk])).status_code == 404


# ── Personal settings ───────────────────────────────────────────────────────────────────────


def test_a_person_chooses_the_morning_summary_and_what_waits_follows(
    officer: User, petition: Petition, client_for: ClientFor
) -> None:
    client = client_for(officer)
    response = client.post("/personal/", {"email_delivery": "digest", "language": "th"})
    assert response.status_code == 302
    officer.refresh_from_db()
    assert officer.email_delivery == User.Delivery.DIGEST


def test_a_person_chooses_the_language(officer: User, client_for: ClientFor) -> None:
    client = client_for(officer)
    client.post("/personal/", {"email_delivery": "immediately", "language": "en"})
    assert 'lang="en"' in client.get("/personal/").content.decode()
    client.post("/personal/", {"email_delivery": "immediately", "language": "th"})
    assert 'lang="th"' in client.get("/personal/").content.decode()


def test_a_setting_that_does_not_exist_is_refused_and_nothing_changes(
    officer: User, client_for: ClientFor
) -> None:
    response = client_for(officer).post("/personal/", {"email_delivery": "never", "language": "th"})
    assert response.status_code == 422
    officer.refresh_from_db()
    assert officer.email_delivery == User.Delivery.IMMEDIATELY
