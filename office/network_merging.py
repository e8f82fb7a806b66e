"""Two rows of the network that are one: what points to the double points to the row that stays, nothing is lost.

The double keeps its row, switched off, and leads to the one that stays; its names are found as before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from office.models import Agency, Contact, OutgoingLetter
from office.models.tally import AbstractTallyLine

AGENCY_FACTS: Final = (
    "name", "short_name", "kind", "rank", "parent", "email", "contact_name", "telephone", "address", "postcode",
    "website",
)  # fmt: skip
CONTACT_FACTS: Final = (
    "name", "position", "role", "telephone", "mobile", "email", "since_on", "until_on", "note",
)  # fmt: skip
"""Of which one may choose from which of the two rows each is kept."""
STAYS: Final[dict[type[models.Model], Q]] = {OutgoingLetter: Q(issued_at__isnull=True)}
"""What goes over of a table of which not all does: an issued letter says for ever to whom it was sent."""


class MergeMovedOn(Exception):
    """One of the two rows was changed after they were shown side by side."""


@dataclass(frozen=True)
class Moved:
    """How many rows of one table point to the double."""

    words: str
    count: int


# ── What would go over ──────────────────────────────────────────────────────────────────────


def pointing(double: models.Model) -> list[Moved]:
    """What points to a row, table by table, with the words of the tables. One query."""
    relations = list(_relations(type(double)))
    counts = {
        f"rows_{place}": Subquery(
            model._base_manager.filter(_goes_over(model), **{f"{name}": OuterRef("pk")})
            .order_by()
            .values(name)
            .annotate(rows=Count("pk"))
            .values("rows")
        )
        for place, (model, name) in enumerate(relations)
    }
    row = type(double)._base_manager.filter(pk=double.pk).values(**counts).get()
    sums: dict[str, int] = {}
    for place, (model, _name) in enumerate(relations):
        words = str(model._meta.verbose_name_plural)
        sums[words] = sums.get(words, 0) + (row[f"rows_{place}"] or 0)
    return [Moved(words, count) for words, count in sums.items() if count]


def _relations(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Each table that points to rows of this one, in whichever room, and by which column."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            yield relation.related_model, relation.field.name  # type: ignore[misc, union-attr]


def _goes_over(model: type[models.Model]) -> Q:
    return STAYS.get(model, Q())


# ── Agencies ────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def merge_agencies(double: Agency, into: Agency, *, taken: Collection[str]) -> None:
    """Make `double` one with `into`, which keeps its own facts but for those `taken` from the double.

    Both as they were shown: raises MergeMovedOn when one was changed since, ValidationError when they cannot be one.
    """
    double, into = _locked(double, into)
    if double.pk in Agency.line_of(into.parent_id):
        raise ValidationError(
            _("One is part of the other. Say first what it belongs to, then make them one.")
        )
    if double.area_id and into.area_id:
        raise ValidationError(_("Two education areas are never one."))
    _join_people(double, into)
    _carry_over(double, into, taken)
    moved = _move(double, into)
    _count_anew(double)
    _log(double, into, moved)


def _carry_over(double: Agency, into: Agency, taken: Collection[str]) -> None:
    """The facts chosen, and the double switched off; names change places, so that both lead here."""
    facts = {name: getattr(double, name) for name in AGENCY_FACTS if name in taken and name != "name"}
    if double.parent_id == into.pk:
        facts.pop("parent", None)
        double.parent = None
    area, double.area = double.area or into.area, None
    names = (into.name, double.name)
    double.is_active, double.merged_into = False, into
    if "name" in taken:
        double.name = f"{double.name} "[:200]  # free for a moment: a name stands once
    double.save()
    for name, value in facts.items():
        setattr(into, name, value)
    into.area = area
    if "name" in taken:
        into.name = names[1]
    into.save()
    if "name" in taken:
        double.name = names[0]
        double.save()


def _join_people(double: Agency, into: Agency) -> None:
    """Somebody who stands at both with the same task is one person."""
    open_here = into.contacts.filter(until_on=None, merged_into=None)
    for one in double.contacts.filter(until_on=None, merged_into=None):
        same = open_here.filter(name=one.name, role=one.role).first()
        if same:
            _join_contacts(one, same, {name for name in CONTACT_FACTS if not getattr(same, name)})


def _count_anew(double: Agency) -> None:
    """Months that were counted by agency are counted anew when they are next read; what was issued stays."""
    key = str(double.pk)
    for lines in AbstractTallyLine.__subclasses__():
        own = Q(lines__key=key) | Q(lines__key__startswith=f"{key}:")
        tallies: Any = lines._meta.get_field("tally").related_model  # type: ignore[misc]
        found = tallies.objects.filter(own, lines__dimension__startswith="agency").values("pk")
        tallies.objects.filter(pk__in=list(found.values_list("pk", flat=True))).update(is_stale=True)


# ── Contacts ────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def merge_contacts(double: Contact, into: Contact, *, taken: Collection[str]) -> None:
    """Make two entries of one person one; the agency is that of the row that stays. Raises as `merge_agencies`."""
    double, into = _locked(double, into)
    _join_contacts(double, into, taken)


def _join_contacts(double: Contact, into: Contact, taken: Collection[str]) -> None:
    for name in CONTACT_FACTS:
        if name in taken:
            setattr(into, name, getattr(double, name))
    if double.confirmed_at and (into.confirmed_at is None or double.confirmed_at > into.confirmed_at):
        into.confirmed_at, into.confirmed_by = double.confirmed_at, double.confirmed_by
    double.merged_into = into
    double.save()
    into.save()
    _log(double, into, _move(double, into))


# ── Both ────────────────────────────────────────────────────────────────────────────────────


def _locked(double: Any, into: Any) -> tuple[Any, Any]:
    """Both under lock, in one order, as they were seen."""
    rows = type(into)._default_manager.select_for_update().order_by("pk").in_bulk([double.pk, into.pk])
    if len(rows) != 2:
        raise ValidationError(_("Choose another row: this is the one itself."))
    found, there = rows[double.pk], rows[into.pk]
    if found.merged_into_id or there.merged_into_id:
        raise ValidationError(_("One of the two has been merged already. Open the page anew."))
    if (found.version, there.version) != (double.version, into.version):
        raise MergeMovedOn
    return found, there


def _move(double: Any, into: Any) -> dict[str, int]:
    """Everything that points to the double points to the other; returns how many rows of which table that were.

    Where the other is named in the same place already (told of the same item, asked in the same round), the row stays
    as it is: it leads to the other through the double, and nothing that was said or answered is thrown away.
    """
    moved: dict[str, int] = {}
    for model, name in _relations(type(double)):
        rows = model._base_manager.filter(_goes_over(model), **{name: double})
        try:
            with transaction.atomic():
                count = rows.update(**{name: into})
        except IntegrityError:
            count = sum(
                _moved_alone(model, key, name, into) for key in list(rows.values_list("pk", flat=True))
            )
        if count:
            moved[model._meta.label] = moved.get(model._meta.label, 0) + count
    return moved


def _moved_alone(model: type[models.Model], key: Any, name: str, into: Any) -> int:
    try:
        with transaction.atomic():
            return model._base_manager.filter(pk=key).update(**{name: into})
    except IntegrityError:
        return 0


def _log(double: Any, into: Any, moved: dict[str, int]) -> None:
    """Besides what changed in the two rows: that they are one, and what went over."""
    LogEntry.objects.log_create(
        into,
        force_log=True,
        action=LogEntry.Action.UPDATE,
        changes={"doubles": [None, str(double)]},
        additional_data={"merged": double.pk, "moved": moved},
    )
