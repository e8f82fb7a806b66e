"""Categories split (แยกหมวด) and joined (รวมหมวด): the old ones go out of use, the new ones go on, from a day.

No petition is touched: each keeps the category it was counted under, so what was reported stays as it was. Whoever
carries an open one may put it under another category. Comparisons over the day follow `CategoryChange`
(complaints.category_families).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from complaints.models import Category, CategoryChange, Petition, RoutingRule
from office.calendar import OFFICE_TZ, fiscal_year, fiscal_year_of
from office.lists import capped_count
from office.models import User

COUNT_CAP = 10_000
PARTS_LEAST = 2


@dataclass(frozen=True)
class Name:
    """What a new category is called, in Thai and in English."""

    thai: str
    english: str = ""


@dataclass(frozen=True)
class Standing:
    """What stands under a category: petitions and open ones (counted to COUNT_CAP), and the rules that propose it."""

    category: Category
    petitions: int
    unclosed: int
    rules: tuple[RoutingRule, ...]


def standing_of(categories: Iterable[Category]) -> list[Standing]:
    """What each of the categories would leave behind. Three queries each."""
    found = []
    for category in categories:
        rows = Petition.objects.filter(category=category)
        found.append(
            Standing(
                category,
                petitions=capped_count(rows, COUNT_CAP),
                unclosed=capped_count(rows.unclosed(), COUNT_CAP),
                rules=tuple(
                    RoutingRule.objects.filter(category=category).select_related("agency", "province")
                ),
            )
        )
    return found


def earliest_day(today: date) -> date:
    """A change is dated within the fiscal year: the reports of the years before were made with the old categories."""
    return fiscal_year(fiscal_year_of(today)).first


@transaction.atomic
def split(old: Category, names: Sequence[Name], *, on: date, by: User, now: datetime) -> list[Category]:
    """The category goes out of use; new ones beside it, under the same main category, take its place.

    Rules that proposed it propose none until an administrator changes them: which part is meant, nobody can know.
    Raises ValidationError.
    """
    (old,) = _locked([old])
    _may_change([old], on, now)
    if len(names) < PARTS_LEAST:
        raise ValidationError({"names": _("Write at least two new categories.")})
    parts = [_made(name, old.parent, rank=old.rank, field="names") for name in names]
    _go_on([old], parts, on=on, by=by, now=now)
    return parts


@transaction.atomic
def join(
    olds: Sequence[Category],
    into: Category | Name,
    *,
    parent: Category | None = None,
    on: date,
    by: User,
    now: datetime,
) -> Category:
    """The categories go out of use; one of those in use, or a new one under `parent`, goes on for all of them.

    Rules that proposed them propose that one from now on. Raises ValidationError.
    """
    olds = _locked(olds)
    _may_change(olds, on, now)
    if len({old.parent_id is None for old in olds}) > 1:
        raise ValidationError(
            {"olds": _("Choose main categories only, or subcategories only: the two are not joined.")}
        )
    if isinstance(into, Name):
        new = _made(into, parent, rank=min(old.rank for old in olds), field="name")
    else:
        (new,) = _locked([into])
    if not new.is_active or new in olds:
        raise ValidationError({"into": _("Choose a category in use that is not among the old ones.")})
    if (new.parent_id is None) != (olds[0].parent_id is None):
        raise ValidationError(
            {"into": _("A main category goes on as a main one, a subcategory as a subcategory.")}
        )
    _go_on(olds, [new], on=on, by=by, now=now)
    RoutingRule.objects.filter(category__in=olds).update(category=new)
    return new


def _locked(categories: Sequence[Category]) -> list[Category]:
    """As the database has them now, in the order of their keys, so that two who change categories take turns."""
    keys = {category.pk for category in categories}
    return list(Category.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _may_change(olds: Sequence[Category], on: date, now: datetime) -> None:
    today = now.astimezone(OFFICE_TZ).date()
    if not olds:
        raise ValidationError({"olds": _("Choose at least one category.")})
    if gone := [old.name for old in olds if not old.is_active]:
        raise ValidationError({"olds": _("No longer in use: %(names)s.") % {"names": ", ".join(gone)}})
    if not earliest_day(today) <= on <= today:
        raise ValidationError(
            {
                "on": _(
                    "Choose a day from the first of this fiscal year to today: years reported stay as they are."
                )
            }
        )
    whole = Category.objects.filter(parent__in=olds, is_active=True).values_list("parent__name", flat=True)
    if names := sorted(set(whole)):
        raise ValidationError(
            {
                "olds": _("Still has subcategories in use: %(names)s. Split or join these first.")
                % {"names": ", ".join(names)}
            }
        )


def _made(name: Name, parent: Category | None, *, rank: int, field: str) -> Category:
    if Category.objects.filter(parent=parent, name=name.thai).exists():
        raise ValidationError(
            {field: _("There is a category of this name already: %(name)s") % {"name": name.thai}}
        )
    new = Category(parent=parent, name=name.thai, name_en=name.english, rank=rank)
    new.full_clean()
    new.save()
    return new


def _go_on(olds: Sequence[Category], news: Sequence[Category], *, on: date, by: User, now: datetime) -> None:
    CategoryChange.objects.bulk_create(
        CategoryChange(old=old, new=new, on=on, made_at=now, made_by=by) for old in olds for new in news
    )
    for old in olds:  # one by one: the trail of changes keeps each
        old.is_active = False
        old.save(update_fields=["is_active"])
