"""Which categories are one thing in a comparison over time: what was split, and what it became; what was joined.

A year before a split is compared with the parts added up, a year before a join with the old ones added up. So both
sides of the day count the same matters, and the words say why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints.models import Category, CategoryChange
from office.figures import is_english
from office.thai import format_short

Edge = tuple[Category, Category, date]


@dataclass(frozen=True)
class Family:
    """Categories that count as one: their keys, what to call them, and why they stand together ("" for one alone)."""

    keys: tuple[str, ...]
    label: str
    note: str = ""


def name_of(category: Category) -> str:
    """In the language of the page."""
    return category.name_en if category.name_en and is_english() else category.name


def main_families(categories: Sequence[Category], *, upto: date) -> list[Family]:
    """The main categories, each with its subcategories' keys; several as one where a change up to the day goes over
    from one to another. In the order of the tree. One query."""
    by_key = {one.pk: one for one in categories}

    def main(category_id: int) -> Category:
        one = by_key[category_id]
        return by_key[one.parent_id] if one.parent_id else one

    edges = [(main(one.old_id), main(one.new_id), one.on) for one in _changes(upto)]
    subs: dict[int, list[str]] = {}
    for one in categories:
        subs.setdefault(one.parent_id or one.pk, []).append(str(one.pk))
    mains = [one for one in categories if one.parent_id is None]
    return [
        Family(tuple(key for main in group for key in subs[main.pk]), *_words(group, edges))
        for group in _groups(mains, edges)
    ]


def families(categories: Sequence[Category], *, upto: date) -> list[Family]:
    """Every category for itself, several as one where they were split or joined up to the day. One query."""
    by_key = {one.pk: one for one in categories}
    edges = [(by_key[one.old_id], by_key[one.new_id], one.on) for one in _changes(upto)]
    return [
        Family(tuple(str(one.pk) for one in group), *_words(group, edges))
        for group in _groups(categories, edges)
    ]


def _changes(upto: date) -> list[CategoryChange]:
    return list(CategoryChange.objects.filter(on__lte=upto))


def _groups(categories: Iterable[Category], edges: Sequence[Edge]) -> list[list[Category]]:
    """The categories that changes connect, in the order in which the first of each comes."""
    leader = {one.pk: one.pk for one in categories}

    def lead(key: int) -> int:
        while leader[key] != key:
            key = leader[key]
        return key

    for old, new, _on in edges:
        leader[lead(new.pk)] = lead(old.pk)
    groups: dict[int, list[Category]] = {}
    for one in categories:
        groups.setdefault(lead(one.pk), []).append(one)
    return list(groups.values())


def _words(group: Sequence[Category], edges: Sequence[Edge]) -> tuple[str, str]:
    """What a family is called, and why it is one: by the one category that goes on, else by the one that was."""
    inside = [edge for edge in edges if edge[0] in group and edge[0] != edge[1]]
    if not inside:
        return name_of(group[0]), ""
    olds = [one for one in group if any(one == old for old, _new, _on in inside)]
    first = [one for one in olds if not any(one == new for _old, new, _on in inside)]
    last = [one for one in group if one not in olds]
    since = {"day": format_short(max(on for _old, _new, on in inside), language=get_language() or "th")}
    if any(one.is_active for one in olds):  # only some subcategories of it went over
        return _listed(group), _("counted together, because subcategories went over on %(day)s") % since
    if len(last) == 1:
        return name_of(last[0]), _("with %(names)s, joined to it on %(day)s") % {
            "names": _listed(olds),
            **since,
        }
    label = _listed(first) if first else _listed(group)
    return label, _("split into %(names)s on %(day)s; counted together") % {"names": _listed(last), **since}


def _listed(categories: Iterable[Category]) -> str:
    return " + ".join(name_of(one) for one in categories)
