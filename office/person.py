"""Looking for one person in what the office holds: by what, where it was found, and the lists that are read whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from office.models import Contact, ContactCorrection
from office.models.people import without_title


@dataclass(frozen=True, kw_only=True)
class Sought:
    """A person by what they said of themselves; `*_key` are the forms that are the same however it was written."""

    name: str
    name_key: str
    telephone_key: str
    emails: tuple[str, ...]
    thai_id_fingerprint: str
    telephone_key_of: Callable[[str], str]

    @property
    def bare_name(self) -> str:
        """Without its title, as it stands inside a name with any other."""
        return without_title(self.name).strip()


@dataclass(frozen=True)
class Spot:
    """A row in which the person stands: of which source, its key and number, by what it was found, of which matter."""

    source: str
    key: int
    label: str
    found_by: tuple[str, ...]
    matter_id: int | None = None


def among(
    rows: QuerySet[Any],
    sought: Sought,
    *,
    name: str = "name",
    telephones: Sequence[str] = (),
    email: str = "",
) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """The rows of a short list (thousands, not millions) in which the person stands, and by what. It is read whole:
    names and addresses by the database, telephone numbers one by one, for each is written in its own way."""
    ways: dict[int, set[str]] = {}
    if sought.bare_name:
        for key in rows.filter(**{f"{name}__icontains": sought.bare_name}).values_list("pk", flat=True):
            ways.setdefault(key, set()).add("name")
    if email and sought.emails:
        for key in rows.filter(**{f"{email}__in": sought.emails}).values_list("pk", flat=True):
            ways.setdefault(key, set()).add("email")
    if telephones and sought.telephone_key:
        written = ~Q(*[(one, "") for one in telephones])
        for key, *numbers in rows.filter(written).values_list("pk", *telephones).iterator():
            if sought.telephone_key in map(sought.telephone_key_of, numbers):
                ways.setdefault(key, set()).add("telephone")
    for row in rows.filter(pk__in=ways).order_by("-pk"):
        yield row, tuple(sorted(ways[row.pk]))


def find(sought: Sought) -> Iterator[Spot]:
    """Contacts of the network, and what contacts wrote of themselves."""
    contacts = Contact.objects.select_related("agency")
    for contact, by in among(contacts, sought, telephones=("telephone", "mobile"), email="email"):
        yield Spot("contact", contact.pk, f"{contact.name}, {contact.agency}", by)
    corrections = ContactCorrection.objects.all()
    for one, by in among(corrections, sought, telephones=("telephone", "mobile"), email="email"):
        yield Spot("contact_correction", one.pk, one.name, by)
