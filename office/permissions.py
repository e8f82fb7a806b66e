"""Who may do what, as `rules` predicates over a person and a matter. Seeing is `Matter.objects.visible_to`."""

from __future__ import annotations

import rules

from office.models import Matter, Role, User


@rules.predicate
def is_officer(user: User) -> bool:
    return user.has_role(Role.OFFICER)


@rules.predicate
def is_head(user: User) -> bool:
    return user.has_role(Role.HEAD)


@rules.predicate
def is_executive(user: User) -> bool:
    return user.has_role(Role.EXECUTIVE)


@rules.predicate
def is_administrator(user: User) -> bool:
    return user.has_role(Role.ADMINISTRATOR)


@rules.predicate
def in_its_subgroup(user: User, matter: Matter) -> bool:
    return user.subgroup_id is not None and user.subgroup_id == matter.subgroup_id


@rules.predicate
def is_in_charge(user: User, matter: Matter) -> bool:
    """The officer whose matter it is."""
    return matter.owner_id is not None and matter.owner_id == user.pk


@rules.predicate
def has_nobody_in_charge(user: User, matter: Matter) -> bool:
    return matter.owner_id is None


is_head_of_it = is_head & in_its_subgroup
# Whoever carries the matter: its officer, or the head standing in.
carries_it = (is_officer & in_its_subgroup & is_in_charge) | is_head_of_it
# Who has it may pass it on; a head assigns.
may_hand_over = is_officer & in_its_subgroup & is_in_charge
may_take_it = is_officer & in_its_subgroup & has_nobody_in_charge

rules.add_perm("office.change_calendar", is_administrator | is_head)
rules.add_perm("office.confirm_calendar", is_head)
