"""An outgoing letter by e-mail: a short word, and the letter itself as PDF."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from complaints.letter_paper import PDF, bytes_of
from complaints.models import Petitioner
from office.letters import Attachment, Letter
from office.models import LetterDelivery, Notice, OutgoingLetter, Secrecy

GAP = "\n\n"


def address_of(letter: OutgoingLetter) -> str:
    """Where it goes by e-mail: to the agency or the petitioner; empty when no address is known, or it is a memo."""
    if letter.is_to_the_petitioner:
        person = Petitioner.objects.filter(pk=letter.matter_id).only("email").first()
        return person.email if person else ""
    return letter.agency.email if letter.agency else ""


def compose(notice: Notice) -> Letter | None:
    """The e-mail that carries a letter; None when the address is gone or the matter got a grade of secrecy."""
    deliveries = LetterDelivery.objects.select_related("letter__matter", "letter__agency", "letter__document")
    delivery = deliveries.filter(pk=notice.subject_id or 0, way=LetterDelivery.Way.EMAIL).first()
    if delivery is None:
        return None
    letter = delivery.letter
    address = address_of(letter)
    if not address or letter.document is None or letter.matter.secrecy != Secrecy.ORDINARY:
        return None
    dear = (
        _("Dear petitioner")
        if letter.is_to_the_petitioner
        else _("To the head of %(agency)s") % {"agency": letter.agency.name if letter.agency else ""}
    )
    said = _(
        "%(office)s sends you letter %(number)s about matter %(matter)s. You find it attached as PDF."
    ) % {
        "office": f"{settings.OFFICE_NAME} {settings.OFFICE_PARENT_NAME}",
        "number": letter.label,
        "matter": letter.matter.label,
    }
    closing = f"{settings.OFFICE_NAME}\n{settings.OFFICE_PARENT_NAME}"
    subject = _("Letter %(number)s about matter %(matter)s") % {
        "number": letter.label,
        "matter": letter.matter.label,
    }
    file = Attachment(letter.document.name, bytes_of(letter), PDF)
    return Letter(address, subject, GAP.join([dear, said, closing]), (file,))
