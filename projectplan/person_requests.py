"""What the office holds on a person: who may ask it of the system, where it is looked for, what becomes of it.

By index: petitioners (name, telephone, e-mail, digest of the identity number), visits (name, telephone), words of
matters (the search index). Read whole, being short: contacts, reporters, recipients, participants, those asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Final

import rules
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

import complaints.person
import office.person
import publicrelations.person
from complaints.likeness import email_forms, name_key, telephone_key
from office.models import Matter, PersonFinding, PersonRequest, Role, User
from office.permissions import is_head
from office.person import Sought, Spot, among
from office.search import TooShort, newest_keys
from projectplan.models import Invitee, Participant

MENTIONS: Final = 100
"""Matters in whose words a name stands, the newest; a name that stands in more is nobody's in particular."""

SOURCES: Final = {
    "petition": _("Petition of this person"),
    "visit": _("Visits"),
    "matter": _("Named in a matter"),
    "contact": _("Contacts of the network"),
    "contact_correction": _("corrections by contacts"),
    "reporter": _("Reporters"),
    "attendance": _("Came to a press conference"),
    "recipient": _("Recipients of the journal"),
    "participant": _("Participants of seminars"),
    "invitee": _("Those asked in surveys"),
}
FOUND_BY: Final = {
    "name": _("name"),
    "telephone": _("telephone"),
    "email": _("e-mail"),
    "thai_id": _("citizen's identity number"),
    "words": _("words of the matter"),
}


@rules.predicate
def is_data_protection_officer(user: User) -> bool:
    return user.has_role(Role.DATA_PROTECTION)


may_answer = is_head | is_data_protection_officer


def requests_of(user: User) -> QuerySet[PersonRequest]:
    """The data protection officer sees every request, a head the own."""
    rows = PersonRequest.objects.select_related("officer")
    return rows if is_data_protection_officer.test(user) else rows.filter(officer=user)


def matters_of(user: User) -> QuerySet[Matter]:
    """The matters in which a person may be looked for by this one."""
    return Matter.objects.all() if is_data_protection_officer.test(user) else Matter.objects.visible_to(user)


def sought_by(request: PersonRequest) -> Sought:
    return Sought(
        name=request.name,
        name_key=name_key(request.name),
        telephone_key=telephone_key(request.telephone),
        emails=tuple(email_forms(request.email)),
        thai_id_fingerprint=request.thai_id_fingerprint,
        telephone_key_of=telephone_key,
    )


def search(request: PersonRequest, by: User) -> int:
    """Look everywhere, and write down what is new; verdicts given before stay. Returns how many places there are."""
    sought = sought_by(request)
    spots = {(spot.source, spot.key): spot for spot in _spots(sought, by)}
    with transaction.atomic():
        PersonFinding.objects.bulk_create(_rows(request, spots.values()), ignore_conflicts=True)
        record_access(by, request)
    return len(spots)


def _rows(request: PersonRequest, spots: Iterable[Spot]) -> list[PersonFinding]:
    return [
        PersonFinding(
            request=request,
            source=spot.source,
            key=spot.key,
            label=spot.label[:200],
            found_by=",".join(spot.found_by),
            matter_id=spot.matter_id,
        )
        for spot in spots
    ]


def _spots(sought: Sought, by: User) -> Iterator[Spot]:
    visible = matters_of(by)
    written_by_them = set()
    for spot in complaints.person.find(sought, visible):
        written_by_them.add(spot.matter_id)
        yield spot
    yield from _mentions(sought, visible, written_by_them)
    yield from office.person.find(sought)
    yield from publicrelations.person.find(sought)
    for one, by_what in among(Participant.objects.all(), sought, telephones=("telephone",), email="email"):
        yield Spot("participant", one.pk, f"{one.name}, {one.agency}", by_what)
    for asked, by_what in among(Invitee.objects.all(), sought, email="email"):
        yield Spot("invitee", asked.pk, asked.name, by_what)


def _mentions(sought: Sought, visible: QuerySet[Matter], known: set[int | None]) -> Iterator[Spot]:
    keys: list[int] = []
    with suppress(TooShort):
        keys = newest_keys(visible, sought.bare_name, wanted=MENTIONS)
    for matter in Matter.objects.filter(pk__in=set(keys) - known).order_by("-pk"):
        yield Spot("matter", matter.pk, matter.label, ("words",), matter.pk)


def record_access(user: User, request: PersonRequest) -> LogEntry:
    """Write into the trail that somebody looks at what is held on a person; call it before showing it."""
    return LogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(PersonRequest),
        object_pk=str(request.pk),
        object_id=request.pk,
        object_repr=str(request),
        action=LogEntry.Action.ACCESS,
        changes={},
        actor=user,
    )


def answered(request: PersonRequest, now: datetime) -> None:
    """The answer was handed out, once."""
    PersonRequest.objects.filter(pk=request.pk, answered_at=None).update(answered_at=now)
