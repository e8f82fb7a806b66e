"""Once a fiscal year each contact is asked whether their entry is right: the letter, the answer by a link, the
correction that an officer takes over.

Confirming takes effect at once; a correction is a proposal, because a letter may have been passed on.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from office.calendar import OFFICE_TZ, fiscal_year_of
from office.figures import thousands
from office.models import Contact, ContactCorrection, ContactLink, Notice, Role, User
from office.models.calendar import current_calendar
from office.models.contact import ContactQuerySet
from office.notices import tell, write

ASKED_AT_ONCE: Final = 500
"""More are asked with the next press of the button, or the next round of the clock."""


class LinkClosed(Exception):
    """The link was used or ran out in the moment before."""


def year_of(now: datetime) -> int:
    """The fiscal year (B.E.) in which somebody who is asked now is asked."""
    return fiscal_year_of(now.astimezone(OFFICE_TZ).date())


def _once(contact_id: int, now: datetime) -> str:
    return f"contact-confirmation:{year_of(now)}:{contact_id}"


# ── Asking ──────────────────────────────────────────────────────────────────────────────────


def to_be_asked(now: datetime) -> ContactQuerySet:
    """Those whose entry nobody has confirmed in this fiscal year and who were not asked in it yet."""
    asked = ContactLink.objects.filter(contact=OuterRef("pk"), salt__startswith=f"{year_of(now)}-")
    return Contact.objects.to_be_asked(now).filter(~Exists(asked)).select_related("agency")


def asked_in_vain(now: datetime) -> ContactQuerySet:
    """Those who were asked in this fiscal year and have not answered, their entry still unconfirmed."""
    open_links = ContactLink.objects.filter(
        contact=OuterRef("pk"), salt__startswith=f"{year_of(now)}-", used_at=None
    )
    return Contact.objects.to_be_asked(now).filter(Exists(open_links)).select_related("agency")


@transaction.atomic
def ask(now: datetime) -> int:
    """Write to everybody who is to be asked and has an address, each once a year; returns how many that are.

    The link is made now, so that whoever looks sees who was asked; its secret is worked out again for the letter.
    """
    people = list(to_be_asked(now).exclude(email="").order_by("pk")[:ASKED_AT_ONCE])
    for one in people:
        ContactLink.issue(one, now, occasion=str(year_of(now)))
    letters = [
        Notice(
            way=Notice.Way.EMAIL,
            kind=Notice.Kind.CONTACT_CONFIRMATION,
            subject_id=one.pk,
            once_key=_once(one.pk, now),
            made_at=now,
            deliver_from=now,
        )
        for one in people
    ]
    write(letters, now=now)
    return len(people)


# ── Answering ───────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def confirm(link: ContactLink, now: datetime) -> None:
    """The contact says that all of it is right. Raises LinkClosed."""
    contact = _used(link, now)
    contact.confirmed_at, contact.confirmed_by = now, None
    contact.save(update_fields=["confirmed_at", "confirmed_by"])


@transaction.atomic
def correct(link: ContactLink, correction: ContactCorrection, now: datetime) -> None:
    """The contact says how it should read, or that they have left; heads are told once a day. Raises LinkClosed."""
    correction.contact = _used(link, now)
    correction.sent_at = now
    correction.save()
    heads = User.objects.with_role(Role.HEAD)
    day = now.astimezone(OFFICE_TZ).date()
    with override(settings.LANGUAGE_CODE):
        text = _("Accept or refuse what contacts of the network have corrected.")
    tell(
        heads,
        Notice.Kind.CONTACT_CORRECTED,
        once=f"contact-corrections:{day:%Y-%m-%d}",
        now=now,
        calendar=current_calendar(),
        text=text,
    )


def _used(link: ContactLink, now: datetime) -> Contact:
    """The contact under lock, the link used up with every other of theirs."""
    locked = ContactLink.objects.select_for_update().get(pk=link.pk)
    if not locked.is_usable(now):
        raise LinkClosed
    contact = Contact.objects.select_for_update().get(pk=locked.contact_id)
    ContactLink.use_up(contact, now)
    return contact


# ── Deciding ────────────────────────────────────────────────────────────────────────────────


def waiting() -> int:
    """How many corrections wait for an officer."""
    return ContactCorrection.objects.filter(decided_at=None).count()


@transaction.atomic
def decide(key: int, *, accept: bool, seen: int, by: User, now: datetime) -> ContactCorrection | None:
    """Take a correction over or leave it; a second click finds it decided. `seen` is the version of the entry that
    stood beside it: None is returned when that has changed, and nothing is done."""
    correction = ContactCorrection.objects.select_for_update().get(pk=key)
    contact = Contact.objects.select_for_update().get(pk=correction.contact_id)
    if correction.decided_at:
        return correction
    if contact.version != seen:
        return None
    if accept:
        _take_over(correction, contact)
    correction.decided_at, correction.decided_by, correction.is_accepted = now, by, accept
    correction.save()
    return correction


def _take_over(correction: ContactCorrection, contact: Contact) -> None:
    """The entry as the contact says it is; who has left had the post until the day before they said so."""
    if correction.has_left:
        last = correction.sent_at.astimezone(OFFICE_TZ).date() - timedelta(days=1)
        contact.until_on = max(last, contact.since_on or last)
    else:
        for name in ContactCorrection.FIELDS:
            setattr(contact, name, getattr(correction, name))
        contact.confirmed_at, contact.confirmed_by = correction.sent_at, None
    contact.save()


def asked_words(count: int) -> str:
    """What to say after `ask`."""
    words = ngettext("%(count)s person is asked by e-mail.", "%(count)s people are asked by e-mail.", count)
    return words % {"count": thousands(count)}
