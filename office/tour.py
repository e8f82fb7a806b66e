"""The round of one minute for who signs in for the first time: a few steps, each at one part of the page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from office.models import Role


@dataclass(frozen=True)
class Stop:
    """One step: the parts of the page it may stand at (the first in sight counts), its heading and its words."""

    at: str
    title: Any
    words: Any


_MENU: Final = Stop(
    "#menu, .menu-button",
    _("The menu"),
    _(
        "All pages of your work stand here by subgroup. On a phone they are behind the button at the top left."
    ),
)
_SEARCH: Final = Stop(
    "#find, .menu-button",
    _("Search"),
    _("Type a number, a subject or a name of an agency. The key / brings you here from any page."),
)
_BELL: Final = Stop(
    ".bell",
    _("Notices"),
    _("What was handed to you and what is nearly due is told here, and by e-mail as you set it."),
)
_HELP: Final = Stop(
    ".help-link",
    _("Help"),
    _(
        "On every page this opens the part of the guide that tells of it. This round can be begun again there."
    ),
)
_TO_DO: Final = Stop(
    "#content",
    _("Today"),
    _("What you must do now stands first, the most pressing on top, each with its next step as a button."),
)
_HEADS_TO_DO: Final = Stop(
    "#content",
    _("Today"),
    _("What waits for your check stands first; below it what is late in your subgroup, and with whom."),
)
_ORDERS: Final = Stop(
    "#content",
    _("Today"),
    _(
        "What waits for your order stands here with the officers' opinion. Give the order or return it for revision."
    ),
)
_GLANCE: Final = Stop(
    '#menu a[href$="/kpis/glance/"], .menu-button',
    _("At a glance"),
    _("The month's figures against their targets; each number leads to the matters it counts."),
)
_SYSTEM: Final = Stop(
    '#menu a[href$="/admin/"], .menu-button',
    _("System"),
    _("People, roles, holidays and the rules of deadlines are kept here."),
)
_ACCOUNT: Final = Stop(
    ".account",
    _("Your account"),
    _("Change your password, set the second step, and choose how letters come to you."),
)


def stops_for(roles: Collection[str]) -> list[Stop]:
    """The steps of somebody's round by their roles, four to six."""
    if Role.EXECUTIVE in roles:
        return [_ORDERS, _GLANCE, _SEARCH, _BELL, _HELP]
    if Role.HEAD in roles:
        return [_HEADS_TO_DO, _MENU, _SEARCH, _BELL, _ACCOUNT, _HELP]
    if Role.OFFICER not in roles and Role.ADMINISTRATOR in roles:
        return [_SYSTEM, _MENU, _ACCOUNT, _HELP]
    return [_TO_DO, _MENU, _SEARCH, _BELL, _ACCOUNT, _HELP]
