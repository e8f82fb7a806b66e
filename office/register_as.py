"""“Register as …”: a document in that begins a matter.

The rooms' own forms register it; they are told of the document by its key in their address, begin with what stands on
it, and afterwards it goes on as the new matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office import incoming
from office.calendar import OFFICE_TZ
from office.figures import figures
from office.models import IncomingDocument, Matter, Subgroup, User
from office.plain_number import plain_number

ASKED: Final = "document"
"""By which name an address tells a form of the document it begins with."""

# URL names, so that the shared ground need not know the rooms above it.
KINDS: Final[dict[str, Sequence[tuple[Any, str, Sequence[str]]]]] = {
    Subgroup.Code.COMPLAINTS: [(_("Petition"), "complaints:intake", ())],
    Subgroup.Code.POLITICS: [
        (_("Interpellation"), "parliament:interpellation_new", ()),
        (_("Motion"), "parliament:motion_new", ()),
        (_("Consultation of a member"), "parliament:consultation_new", ("member",)),
    ],
    Subgroup.Code.PUBLIC_RELATIONS: [
        (_("Foreign document"), "publicrelations:foreign_document_new", ()),
        (_("Situation brief"), "publicrelations:brief_new", ()),
    ],
}

WORDS_OF: Final = {
    "title": "subject",
    "sender_organisation": "sender",
    "reference": "their_number",
    "dated_on": "dated_on",
    "secrecy": "secrecy",
}
"""Fields of the rooms' forms that begin with what the document says."""


def kinds_for(user: User) -> list[tuple[Any, str]]:
    """As what somebody's subgroup registers a document: words and the address of the form."""
    kinds = KINDS.get(user.subgroup.code, ()) if user.subgroup else ()
    return [(words, reverse(page, args=given)) for words, page, given in kinds]


def document_asked(request: HttpRequest) -> IncomingDocument | None:
    """The document that a form begins with, if its address names one that this person may see."""
    key = plain_number(request.GET.get(ASKED, ""))
    if key is None:
        return None
    assert isinstance(request.user, User)  # LoginRequiredMiddleware lets no other reach these pages
    visible = IncomingDocument.objects.visible_to(request.user).filter(voided_at=None)
    return get_object_or_404(visible, pk=key)


def begin_with(form: Any, document: IncomingDocument | None) -> None:
    """Let a form begin with what the document says, where it asks for such a thing."""
    if document is None:
        return
    for name, of_document in WORDS_OF.items():
        if name in form.fields:
            form.initial[name] = getattr(document, of_document)
    # Promises count from when it reached the office, not from when somebody registers the matter.
    at = document.received_at.astimezone(OFFICE_TZ)
    form.initial |= {"received_on": at.date(), "received_time": figures(at.strftime("%H.%M"))}


def registered(document: IncomingDocument | None, matter: Matter, *, by: User, now: datetime) -> None:
    """The form was sent: the document goes on as the new matter."""
    if document is not None:
        incoming.go_on_as(document, matter, by=by, now=now)
