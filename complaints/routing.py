"""What the office's table of routing rules says of a petition: a suggestion beside the form, never more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from complaints.models import Category, RoutingRule
from office.models import Agency, Role, Subgroup, User

CONDITIONS: Final = ("agency_id", "province_id", "petition_kind")
"""From the weightiest: a rule that names the agency goes before every one that does not, then the province, the kind.

No two rules have the same three (the database sees to it), so of those that fit one petition exactly one is first.
"""


@dataclass(frozen=True)
class Suggestion:
    """What a rule suggests; None where it says nothing, or where what it says is in use no more."""

    category: Category | None = None
    refer_to: Agency | None = None
    officer: User | None = None
    rule: RoutingRule | None = None

    def __bool__(self) -> bool:
        return self.rule is not None


def suggest(petition_kind: str = "", agency: Agency | int | None = None, province: Any = None) -> Suggestion:
    """What the office does with such a petition, by the most specific rule in use that fits; one query.

    A rule of which nothing is left, since all it names has gone out of use, gives way to the next.
    """
    fitting = sorted(_fitting(petition_kind, agency, province), key=weight, reverse=True)
    return next(filter(None, map(_of, fitting)), Suggestion())


def weight(rule: RoutingRule) -> tuple[bool, ...]:
    """How specific a rule is; the greater goes before the smaller."""
    return tuple(bool(getattr(rule, name)) for name in CONDITIONS)


def overlaps(rule: RoutingRule, rules: Iterable[RoutingRule]) -> list[RoutingRule]:
    """The rules that go before this one for some petitions, though they do not say more than it: worth a remark."""
    return [other for other in rules if weight(other) > weight(rule) and _fit_some(rule, other)]


def _fit_some(rule: RoutingRule, other: RoutingRule) -> bool:
    """Whether some petition fits both, and each asks for something that the other does not."""
    ours = {name: getattr(rule, name) for name in CONDITIONS if getattr(rule, name)}
    theirs = {name: getattr(other, name) for name in CONDITIONS if getattr(other, name)}
    agree = all(ours[name] == theirs[name] for name in ours.keys() & theirs.keys())
    return agree and not ours.keys() <= theirs.keys()


def in_use(rules: QuerySet[RoutingRule]) -> QuerySet[RoutingRule]:
    """Each with what it names, and whether its officer can still be given petitions (`officer_serves`)."""
    serving = User.objects.filter(
        pk=OuterRef("officer"),
        is_active=True,
        subgroup__code=Subgroup.Code.COMPLAINTS,
        groups__name__in=[Role.OFFICER.value, Role.HEAD.value],
    )
    return rules.select_related("category__parent", "refer_to", "officer").annotate(
        officer_serves=Exists(serving)
    )


def gone_out_of_use(rule: RoutingRule) -> list[Any]:
    """What a rule of `in_use` names and may not suggest any more."""
    named = (rule.category, rule.refer_to, rule.officer)
    return [one for one, left in zip(named, _left(rule), strict=True) if one is not None and left is None]


def _fitting(petition_kind: str, agency: Agency | int | None, province: Any) -> Sequence[RoutingRule]:
    agency_id = getattr(agency, "pk", agency)
    province_id = getattr(province, "pk", province) or None
    fit = (
        Q(petition_kind__in={"", petition_kind or ""})
        & (Q(agency=None) | Q(agency=agency_id))
        & (Q(province=None) | Q(province=province_id))
    )
    return list(in_use(RoutingRule.objects.filter(fit, is_active=True)))


def _left(rule: RoutingRule) -> tuple[Category | None, Agency | None, User | None]:
    category, agency = rule.category, rule.refer_to
    heading = category.parent if category else None
    in_tree = category is not None and category.is_active and (heading is None or heading.is_active)
    serves = rule.officer_serves  # type: ignore[attr-defined]  # annotated by `in_use`
    return (
        category if in_tree else None,
        agency if agency and agency.is_active else None,
        rule.officer if serves else None,
    )


def _of(rule: RoutingRule) -> Suggestion:
    category, agency, officer = _left(rule)
    return Suggestion(category, agency, officer, rule) if category or agency or officer else Suggestion()
