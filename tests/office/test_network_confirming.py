"""The yearly question to the contacts: whom it reaches, the page behind the link, corrections that are proposals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from office import network_confirming as confirming
from office.calendar import OFFICE_TZ
from office.logs import LINK, MASK
from office.models import Agency, Contact, ContactCorrection, ContactLink, Notice, User
from office.network_letters import compose
from projectplan import rounds
from tests.office.test_network import make_body, make_contact

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
OCTOBER = datetime(2009, 10, 1, 9, 0, tzinfo=OFFICE_TZ)
BEFORE = OCTOBER - timedelta(hours=10)


@pytest.fixture
def body() -> Agency:
    return make_body("กรมทดลองการศึกษา")


@pytest.fixture
def contact(body: Agency) -> Contact:
    return make_contact(
        body, email="duangjai@dept.example", telephone="0 2628 5555", position="นักวิชาการ", confirmed_at=BEFORE
    )


def address_of(contact: Contact, now: datetime | None = None) -> str:
    link = ContactLink.issue(
        contact, now or timezone.now(), occasion=str(confirming.year_of(now or timezone.now()))
    )
    return reverse("contact:own", args=[link.secret])


def correction(contact: Contact, **changes: Any) -> dict[str, Any]:
    facts = {name: getattr(contact, name) for name in ContactCorrection.FIELDS}
    return facts | {"act": "correct"} | changes


# ── Asking ──────────────────────────────────────────────────────────────────────────────────


def test_everybody_whom_nobody_confirmed_this_fiscal_year_is_asked_once(
    contact: Contact, body: Agency
) -> None:
    make_contact(body, "นายยืนยัน แล้ว", email="done@dept.example", confirmed_at=OCTOBER)
    make_contact(body, "นายไม่มี อีเมล", confirmed_at=None)
    make_contact(body, "นายพ้น ไปแล้ว", email="left@dept.example", until_on=BEFORE.date(), confirmed_at=None)
    assert confirming.ask(OCTOBER) == 1
    assert confirming.ask(OCTOBER + timedelta(days=5)) == 0
    assert [notice.subject_id for notice in Notice.objects.filter(kind="contact_confirmation")] == [
        contact.pk
    ]
    assert list(confirming.asked_in_vain(OCTOBER)) == [contact]


def test_a_year_later_they_are_asked_again(contact: Contact) -> None:
    confirming.ask(OCTOBER)
    assert confirming.ask(OCTOBER + timedelta(days=366)) == 1


def test_nobody_of_an_agency_that_is_no_more_is_asked(contact: Contact, body: Agency) -> None:
    body.is_active = False
    body.save()
    assert confirming.ask(OCTOBER) == 0


def test_the_letter_holds_the_entry_and_the_link_that_opens(client: Client, contact: Contact) -> None:
    confirming.ask(timezone.now())
    rounds.deliver(timezone.now)
    (letter,) = mail.outbox
    assert letter.to == ["duangjai@dept.example"]
    assert "นักวิชาการ" in letter.body
    secret = ContactLink.objects.get().secret
    assert reverse("contact:own", args=[secret]) in letter.body
    assertContains(client.get(reverse("contact:own", args=[secret])), "กรมทดลองการศึกษา")


def test_a_letter_that_waited_until_they_answered_is_not_sent(contact: Contact) -> None:
    confirming.ask(OCTOBER)
    confirming.confirm(ContactLink.objects.get(), OCTOBER)
    notice = Notice.objects.get(kind="contact_confirmation")
    assert compose(notice, now=OCTOBER) is None


def test_no_secret_lies_in_the_outbox_or_a_log(contact: Contact) -> None:
    confirming.ask(OCTOBER)
    link = ContactLink.objects.get()
    assert link.secret not in str(Notice.objects.filter(kind="contact_confirmation").values())
    assert link.secret not in LINK.sub(MASK, f"GET {reverse('contact:own', args=[link.secret])}")


def test_the_preview_shows_whom_and_the_letter_and_asks_nobody(
    client_for: ClientFor, officer: User, contact: Contact, body: Agency
) -> None:
    Contact.objects.update(confirmed_at=None)
    make_contact(body, "นายไม่มี อีเมล", confirmed_at=None, telephone="0 2999 9999")
    client, address = client_for(officer), reverse("office:ask")
    page = client.get(address)
    assert (page.context["count"], page.context["written"]) == (1, [contact])
    assertContains(page, "๐ ๒๙๙๙ ๙๙๙๙")
    assert not ContactLink.objects.exists()
    client.post(address)
    assert ContactLink.objects.count() == 1
    assert client.get(address).context["silent"] == [contact]


# ── The page behind the link ────────────────────────────────────────────────────────────────


def test_looking_confirms_nothing(client: Client, contact: Contact) -> None:
    page = client.get(address_of(contact))
    assertContains(page, "นางสาวดวงใจ แก้วกุล")
    assert page["Cache-Control"].startswith("max-age=0")
    contact.refresh_from_db()
    assert contact.confirmed_at == BEFORE


def test_one_press_confirms_and_the_link_is_used_up(client: Client, contact: Contact) -> None:
    address = address_of(contact)
    client.post(address, {"act": "right"})
    contact.refresh_from_db()
    assert contact.confirmed_at is not None
    assert contact.confirmed_at > BEFORE
    assert contact.confirmed_by is None
    assert client.get(address).status_code == 200  # thanks, in the same browser
    assert Client().get(address).status_code == 410
    assert Client().post(address, {"act": "right"}).status_code == 410


def test_a_link_runs_out(contact: Contact, settings: Any) -> None:
    settings.CONTACT_LINK_DAYS = 60
    address = address_of(contact, timezone.now() - timedelta(days=61))
    assert Client().get(address).status_code == 410


def test_a_link_that_is_not_whole_is_said_to_be(client: Client) -> None:
    assert client.get(reverse("contact:own", args=["broken"])).status_code == 404


def test_a_correction_changes_nothing_before_it_is_accepted(
    client: Client, head: User, contact: Contact
) -> None:
    address = address_of(contact)
    page = client.post(address, correction(contact, telephone="๐ ๒๖๒๘ ๗๗๗๗"), follow=True)
    assert page.status_code == 200
    contact.refresh_from_db()
    assert (contact.telephone, contact.confirmed_at) == ("0 2628 5555", BEFORE)
    one = ContactCorrection.objects.get()
    assert one.changes() == [("telephone", "0 2628 5555", "0 2628 7777")]
    assert Notice.objects.filter(recipient=head, kind=Notice.Kind.CONTACT_CORRECTED, way="app").count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "name"),
        ({"email": "x"}, "email"),
        ({"telephone": "<script>"}, "telephone"),
        ({}, "__all__"),
    ],
)
def test_a_bad_correction_is_said_beside_its_field_and_the_link_stays(
    client: Client, contact: Contact, changes: dict[str, str], said: str
) -> None:
    page = client.post(address_of(contact), correction(contact, **changes))
    assert page.status_code == 422
    assert said in page.context["form"].errors
    assert ContactLink.objects.get().used_at is None


def test_the_second_of_two_windows_is_told(contact: Contact) -> None:
    link = ContactLink.issue(contact, timezone.now())
    confirming.confirm(link, timezone.now())
    with pytest.raises(confirming.LinkClosed):
        confirming.correct(link, ContactCorrection(name="x"), timezone.now())


# ── Deciding ────────────────────────────────────────────────────────────────────────────────


def propose(contact: Contact, **facts: Any) -> ContactCorrection:
    given = {name: getattr(contact, name) for name in ContactCorrection.FIELDS} | facts
    return ContactCorrection.objects.create(contact=contact, sent_at=OCTOBER, **given)


def decide(client: Client, one: ContactCorrection, act: str, seen: int) -> Any:
    address = reverse("office:correction_decide", args=[one.pk])
    return client.post(address, {"act": act, "seen": seen}, follow=True)


def test_what_is_accepted_stands_in_the_entry_and_is_confirmed(
    client_for: ClientFor, officer: User, contact: Contact
) -> None:
    one = propose(contact, telephone="0 2628 7777")
    client = client_for(officer)
    assertContains(client.get(reverse("office:corrections")), "๐ ๒๖๒๘ ๗๗๗๗")
    decide(client, one, "accept", contact.version)
    contact.refresh_from_db()
    one.refresh_from_db()
    assert (contact.telephone, contact.confirmed_at) == ("0 2628 7777", OCTOBER)
    assert (one.is_accepted, one.decided_by) == (True, officer)


def test_what_is_refused_changes_nothing(client_for: ClientFor, officer: User, contact: Contact) -> None:
    one = propose(contact, telephone="0 2628 7777")
    decide(client_for(officer), one, "refuse", contact.version)
    contact.refresh_from_db()
    assert contact.telephone == "0 2628 5555"


def test_who_says_they_left_has_left_when_it_is_accepted(
    client_for: ClientFor, officer: User, contact: Contact
) -> None:
    decide(client_for(officer), propose(contact, has_left=True), "accept", contact.version)
    contact.refresh_from_db()
    assert contact.until_on == BEFORE.date()


def test_nothing_is_taken_over_when_the_entry_changed_meanwhile(
    client_for: ClientFor, officer: User, contact: Contact
) -> None:
    one, seen = propose(contact, telephone="0 2628 7777"), contact.version
    contact.mobile = "081-000-0000"
    contact.save()
    decide(client_for(officer), one, "accept", seen)
    one.refresh_from_db()
    assert one.decided_at is None
    assert Contact.objects.get().telephone == "0 2628 5555"


def test_a_second_decision_changes_nothing(client_for: ClientFor, officer: User, contact: Contact) -> None:
    one, client = propose(contact, telephone="0 2628 7777"), client_for(officer)
    decide(client, one, "refuse", contact.version)
    decide(client, one, "accept", contact.version)
    assert Contact.objects.get().telephone == "0 2628 5555"


def test_executives_decide_nothing(client_for: ClientFor, executive: User, contact: Contact) -> None:
    assert decide(client_for(executive), propose(contact), "accept", contact.version).status_code == 403
