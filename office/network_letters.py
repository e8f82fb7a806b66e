"""The letter that asks a contact once a year whether their entry is right, with the link by which they say so."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from office.calendar import OFFICE_TZ
from office.letters import Letter
from office.models import Contact, ContactLink, Notice
from office.network_confirming import year_of
from office.thai import format_long, to_thai_digits

GAP: Final = "\n\n"


def compose(notice: Notice, *, now: datetime) -> Letter | None:
    """The letter of a notice, in the office's language; None for another kind, or when nothing is left to ask: they
    answered, left, or have no address any more."""
    if notice.kind != Notice.Kind.CONTACT_CONFIRMATION:
        return None
    contact = Contact.objects.select_related("agency").filter(pk=notice.subject_id or 0).first()
    if contact is None or not contact.email or not contact.is_in_post(now.astimezone(OFFICE_TZ).date()):
        return None
    link = ContactLink.issue(contact, notice.made_at, occasion=str(year_of(notice.made_at)))
    if not link.is_usable(now):
        return None
    address = f"{settings.SITE_URL}{reverse('contact:own', args=[link.secret])}"
    return _letter(contact, address, link.expires_at)


def sample(contact: Contact, now: datetime) -> Letter:
    """The letter as it would be, before it is sent; where the link stands is said in brackets."""
    return _letter(contact, _("[link]"), ContactLink.expires(contact, now))


def _letter(contact: Contact, address: str, until: datetime) -> Letter:
    with override(settings.LANGUAGE_CODE):
        office = f"{settings.OFFICE_NAME} {settings.OFFICE_PARENT_NAME}"
        subject = _("Is your entry in the network directory still right?")
        paragraphs = [
            _("To %(whom)s") % {"whom": f"{contact.name} {contact.agency.name}"},
            _(
                "%(office)s keeps you in its directory of the coordination network and asks once a year "
                "whether your entry is right."
            )
            % {"office": office},
            "\n".join(entry_lines(contact)),
            _("Confirm or correct it on your own page, without an account:") + f"\n{address}",
            _("The link can be used once, until %(day)s.")
            % {"day": format_long(until.astimezone(OFFICE_TZ).date())},
            f"{settings.OFFICE_NAME}\n{settings.OFFICE_PARENT_NAME}",
        ]
    return Letter(contact.email, subject, GAP.join(paragraphs))


def entry_lines(contact: Contact) -> list[str]:
    """The entry, one fact a line; what is not known is left out."""
    facts = [
        (_("Name"), contact.name),
        (_("Position held"), contact.position),
        (_("Agency"), contact.agency.name),
        (_("Task"), str(contact.get_role_display())),
        (_("Telephone"), to_thai_digits(contact.telephone)),
        (_("Mobile telephone"), to_thai_digits(contact.mobile)),
        (_("E-mail"), contact.email),
    ]
    return [_("%(what)s: %(value)s") % {"what": what, "value": value} for what, value in facts if value]
