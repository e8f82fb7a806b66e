"""Likely doubles: petitions that may be the same as one being registered or looked at, and why one might think so.

Every question is answered from the front of an index and is bounded, whatever the register's size. Reasons are words
of the office; what a petitioner wrote of himself is compared and never shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from complaints.likeness import (
    email_forms,
    name_key,
    normalise,
    telephone_key,
    text_key,
)
from complaints.models import Petition, Petitioner, State
from complaints.permissions import carries_petitions
from office.likeness import COMPARED, similarities
from office.models import User
from office.models.matter import matters_visible_to
from office.models.number import number_label
from office.permissions import is_executive

SAME_ROWS: Final = 12
"""The newest of the same person, or of the same words, that are looked at."""
NEAR_ROWS: Final = 40
"""The newest of the same province, and of the same agency, whose words are compared."""
SHOWN: Final = 6
SIMILAR: Final = 0.5
ALIKE: Final = 0.25
"""Of the same person, or about the same place, less likeness is telling."""
LABEL_LETTERS: Final = 40  # room for the number that a search text begins with


class Reason(models.TextChoices):
    """Why one might think that two petitions are one, in words for the officer."""

    SAME_ID = "same_id", _("same ID number")
    SAME_WORDS = "same_words", _("same words")
    SAME_TELEPHONE = "same_telephone", _("same telephone")
    SAME_EMAIL = "same_email", _("same e-mail")
    SAME_NAME = "same_name", _("same name")
    SIMILAR = "similar", _("similar words")
    SAME_PLACE = "same_place", _("same place")
    SAME_AREA = "same_area", _("same education area")
    SAME_PROVINCE = "same_province", _("same province")
    SAME_AGENCY = "same_agency", _("same agency")


PERSON: Final = (Reason.SAME_ID, Reason.SAME_TELEPHONE, Reason.SAME_EMAIL, Reason.SAME_NAME)
WEIGHTS: Final[dict[str, float]] = {
    Reason.SAME_ID: 60,
    Reason.SAME_WORDS: 80,
    Reason.SAME_TELEPHONE: 45,
    Reason.SAME_EMAIL: 45,
    Reason.SAME_NAME: 30,
    Reason.SIMILAR: 60,  # times the likeness
    Reason.SAME_PLACE: 15,
    Reason.SAME_AREA: 8,
    Reason.SAME_PROVINCE: 5,
    Reason.SAME_AGENCY: 5,
}


@dataclass(frozen=True)
class Sought:
    """What is known of a petition that may have doubles: its words, where, about whom, from whom."""

    title: str = ""
    story: str = ""
    province: str | None = None
    education_area: int | None = None
    agency: int | None = None
    place: str = ""
    name: str = ""
    telephone: str = ""
    email: str = ""
    id_fingerprint: str = ""
    but: frozenset[int] = frozenset()
    """The petition itself and what belongs to it already."""
    wholes: frozenset[int] = frozenset()
    """The petition itself and the one it was split from: what was split from either belongs to it too."""

    @classmethod
    def of(cls, petition: Petition) -> Sought:
        """What is known of a registered petition; its ID number is compared by its fingerprint."""
        person = getattr(petition, "petitioner", None)
        whole = petition.split_from_id or petition.pk
        return cls(
            title=petition.title,
            story=petition.story,
            province=petition.province_id,
            education_area=petition.education_area_id,
            agency=petition.agency_id,
            place=petition.place,
            name=person.name if person else "",
            telephone=person.telephone if person else "",
            email=person.email if person else "",
            id_fingerprint=person.thai_id_fingerprint if person else "",
            but=frozenset([*petition.family_keys(), whole]),
            wholes=frozenset([petition.pk, whole]),
        )


@dataclass
class Double:
    """A petition that may be the same: as a row shows it, with the reasons, the most telling first."""

    key: int
    label: str
    title: str
    received_at: datetime
    state: str
    is_joined: bool
    reasons: list[Reason] = field(default_factory=list)
    likeness: float = 0.0

    @property
    def score(self) -> float:
        """What all the reasons together weigh."""
        likeness = {Reason.SIMILAR: self.likeness}
        return sum(WEIGHTS[reason] * likeness.get(reason, 1.0) for reason in self.reasons)

    @property
    def is_strong(self) -> bool:
        """Likely enough to ask before one more is registered: the words, or the person with words alike."""
        same_person = any(reason in PERSON for reason in self.reasons)
        return (
            Reason.SAME_WORDS in self.reasons
            or (same_person and self.likeness >= ALIKE)
            or (Reason.SIMILAR in self.reasons and Reason.SAME_PLACE in self.reasons)
            or self.likeness >= 0.75
        )

    @property
    def is_open(self) -> bool:
        """Whether it can be joined: what is closed is linked, or reopened first."""
        return self.state != State.CLOSED

    @property
    def words(self) -> str:
        """The reasons as one line."""
        return ", ".join(str(reason.label) for reason in self.reasons)

    @property
    def state_words(self) -> str:
        return str(State(self.state).label)

    def get_absolute_url(self) -> str:
        return Petition(pk=self.key).get_absolute_url()


def likely_doubles(sought: Sought, user: User, *, shown: int = SHOWN) -> list[Double]:
    """The petitions this person may see that may be the same, the likeliest first.

    One that was joined to another stands for itself: its page leads on. Two queries: the keys, some of each
    kind, and the rows of these.
    """
    if not (carries_petitions.test(user) or is_executive.test(user)):
        return []
    reasons = _candidates(sought)
    keys = reasons.keys() - sought.but
    if not keys:
        return []
    rows = [row for row in _rows(keys, user) if row["split_from_id"] not in sought.wholes]
    doubles = _compared(sought, rows, reasons)
    return sorted(doubles, key=lambda double: (-double.score, -double.key))[:shown]


# ── Keys, each from the front of its index ──────────────────────────────────────────────────


def _candidates(sought: Sought) -> dict[int, list[Reason]]:
    """The newest petitions of the same person, in the same words, about the same province or agency, each with what
    is the same of the person and the words. All is asked at once, each part with its own order and bound."""
    questions = [*_same(sought), *_near(sought)]
    found: defaultdict[int, list[Reason]] = defaultdict(list)
    if not questions:
        return found
    parts: list[str] = []
    params: list[Any] = []
    for place, (_reason, rows) in enumerate(questions):
        sql, given = rows.query.sql_with_params()
        parts.append(f"SELECT {place}, found.* FROM ({sql}) AS found")  # nosec B608 # both texts are the code's own; what was typed are parameters
        params += given
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        for place, key in cursor.fetchall():
            reason = questions[place][0]
            found[key] += [reason] if reason else []
    return found


Question = tuple[Reason | None, QuerySet[Any, int]]


def _same(sought: Sought) -> Iterator[Question]:
    """What can be asked of what is known. That the column is not empty is said because its index says so."""
    if sought.id_fingerprint:
        yield Reason.SAME_ID, _persons("thai_id_fingerprint", [sought.id_fingerprint])
    if words := text_key(sought.title, sought.story):
        same = Petition.objects.filter(text_key=words).exclude(text_key="").order_by("-pk")
        yield Reason.SAME_WORDS, same.values_list("pk", flat=True)[:SAME_ROWS]
    if telephone := telephone_key(sought.telephone):
        yield Reason.SAME_TELEPHONE, _persons("telephone_key", [telephone])
    if emails := email_forms(sought.email):
        yield Reason.SAME_EMAIL, _persons("email", emails)
    if name := name_key(sought.name):
        yield Reason.SAME_NAME, _persons("name_key", [name])


def _persons(column: str, values: Sequence[str]) -> QuerySet[Any, int]:
    rows = Petitioner.objects.filter(
        **({f"{column}__in": values} if len(values) > 1 else {column: values[0]})
    )
    newest = rows.exclude(**{column: ""}).order_by("-petition_id")
    return newest.values_list("petition_id", flat=True)[:SAME_ROWS]


def _near(sought: Sought) -> Iterator[Question]:
    """The newest petitions about the same province and about the same agency: their words are to be compared."""
    for column in ("province", "agency") if sought.title else ():
        value = getattr(sought, column)
        if value:
            rows = Petition.objects.filter(**{column: value}).order_by("-pk")
            yield None, rows.values_list("pk", flat=True)[:NEAR_ROWS]


# ── The rows, and how alike they are ────────────────────────────────────────────────────────

COLUMNS: Final = (
    "pk",
    "series",
    "year",
    "number",
    "title",
    "received_at",
    "state",
    "joined_to_id",
    "split_from_id",
    "province_id",
    "education_area_id",
    "agency_id",
    "place",
)


def _rows(keys: Iterable[int], user: User) -> list[dict[str, Any]]:
    """The light columns of those that this person may see, and how their searched words begin."""
    visible = Petition.objects.filter(matters_visible_to(user), pk__in=list(keys))
    begins = Substr("search_text", 1, COMPARED + LABEL_LETTERS)
    return list(visible.values(*COLUMNS, begins=begins))


def _compared(
    sought: Sought, rows: Sequence[dict[str, Any]], same: dict[int, list[Reason]]
) -> Iterator[Double]:
    """Those that are telling: of the same person, in the same words or in similar ones. A place alone is not."""
    words, place = normalise(sought.title, sought.story), normalise(sought.place)
    texts = [row["begins"].partition(f"/{row['year']} ")[2] for row in rows]
    for row, likeness in zip(rows, similarities(words, texts), strict=True):
        reasons = [*same.get(row["pk"], [])]
        same_place = list(_same_place(sought, place, row))
        known = bool(reasons or Reason.SAME_PLACE in same_place)
        is_similar = likeness >= SIMILAR or (known and likeness >= ALIKE)
        if is_similar and Reason.SAME_WORDS not in reasons:
            reasons.append(Reason.SIMILAR)
        if not reasons:
            continue
        yield Double(
            key=row["pk"],
            label=number_label(row["series"], row["number"], row["year"]),
            title=row["title"],
            received_at=row["received_at"],
            state=row["state"],
            is_joined=row["joined_to_id"] is not None,
            reasons=[*reasons, *same_place],
            likeness=likeness,
        )


def _same_place(sought: Sought, place: str, row: dict[str, Any]) -> Iterator[Reason]:
    if place and row["place"] and normalise(row["place"]) == place:
        yield Reason.SAME_PLACE
    if sought.education_area and sought.education_area == row["education_area_id"]:
        yield Reason.SAME_AREA
    elif sought.province and sought.province == row["province_id"]:
        yield Reason.SAME_PROVINCE
    if sought.agency and sought.agency == row["agency_id"]:
        yield Reason.SAME_AGENCY
