"""What a calendar would change in the minister's agenda, entry by entry, and carrying exactly that out.

A plan is plain JSON: made when the file comes, shown, and made anew when somebody confirms. Only if both are equal is
anything written, and by steps, so each engagement's history says where it came from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext, override

from office.calendar import OFFICE_TZ, Period
from office.models import Secrecy, User
from office.steps import Actor, perform
from publicrelations.models import Engagement
from publicrelations.models.engagement_holding import changes_it
from publicrelations.models.engagement_import import EngagementImport
from publicrelations.models.engagement_state import EngagementKind, EngagementState

State = EngagementState
MOVABLE: Final = (State.PLANNED, State.POSTPONED, State.CANCELLED)
OUR_UID: Final = re.compile(r"engagement-(?P<key>[0-9]{1,18})@(?P<host>.+)")
OUR_PRESS_UID: Final = re.compile(r"press-[0-9]{1,18}@(?P<host>.+)")
COMPARED: Final = ("title", "starts_at", "ends_at", "place")

Plan = dict[str, Any]


class PlanMovedOn(Exception):
    """The rows changed after the plan was shown; the import now holds the plan as it is today."""


# ── The plan ────────────────────────────────────────────────────────────────────────────────


def make_plan(bringing: EngagementImport) -> Plan:
    """What the calendar would change as the rows are now, as far as whoever brought it may see them; three queries,
    whatever its length. What was over on the day it was brought is not registered afterwards."""
    day = bringing.uploaded_at.astimezone(OFFICE_TZ).date()
    uids = {row["uid"] for row in bringing.rows}
    rows, hidden = _there(uids, bringing.uploaded_by)
    plan: Plan = {"new": [], "changed": [], "cancelled": [], "wrong": [], "unchanged": 0, "past": 0}
    planned: set[int] = set()
    with override(settings.LANGUAGE_CODE):
        for row in bringing.rows:
            there = rows.get(row["uid"])
            if _is_our_press_conference(row):
                plan["unchanged"] += 1
            elif row["uid"] in hidden:
                plan["wrong"].append(
                    _refused(row, gettext("Only the head of the subgroup can read in this entry."))
                )
            elif there is not None and there.pk in planned:
                plan["wrong"].append(_refused(row, gettext("The same engagement stands in the file twice.")))
            else:
                _put_into(plan, row, there, Period(day, day))
                planned |= {there.pk} if there else set()
    return plan


def _put_into(plan: Plan, row: Mapping[str, Any], there: Engagement | None, today: Period) -> None:
    """An entry is wrong, new, a change, a cancellation, over, or nothing new."""
    if row["faults"]:
        plan["wrong"].append(_refused(row, *row["faults"]))
    elif there is None:
        if row["is_cancelled"] or datetime.fromisoformat(row["ends_at"]) < today.starts_at:
            plan["past"] += 1
        else:
            plan["new"].append(dict(row))
    elif row["sequence"] < _sequence_known(row, there):
        plan["unchanged"] += 1
    elif row["is_cancelled"]:
        _cancel(plan, row, there)
    else:
        _change(plan, row, there)


def _is_ours(row: Mapping[str, Any], there: Engagement) -> bool:
    """The entry was given out by our own feed and comes back."""
    return bool(row["uid"] != there.uid)


def _sequence_known(row: Mapping[str, Any], there: Engagement) -> int:
    """What is older than this changes nothing back."""
    return there.version - 1 if _is_ours(row, there) else there.uid_sequence


def _cancel(plan: Plan, row: Mapping[str, Any], there: Engagement) -> None:
    # Our own feed says of one that was put off too that it does not take place then.
    if there.state == State.CANCELLED or (there.state == State.POSTPONED and _is_ours(row, there)):
        plan["unchanged"] += 1
    elif there.state in MOVABLE:
        plan["cancelled"].append(_about(row, there))
    else:
        plan["wrong"].append(
            _refused(row, gettext("It is cancelled in the file, but was held by our record."))
        )


def _change(plan: Plan, row: Mapping[str, Any], there: Engagement) -> None:
    changes = _changes(row, there)
    moves = {"starts_at", "ends_at"} & {name for name, _old, _new in changes}
    is_back = there.state in (State.CANCELLED, State.POSTPONED)
    if moves and there.state not in MOVABLE:
        plan["wrong"].append(
            _refused(row, gettext("Its time changed in the file, but it was held by our record."))
        )
    elif changes or is_back:
        plan["changed"].append(_about(row, there) | {"changes": changes, "is_back": is_back})
    else:
        plan["unchanged"] += 1


def _about(row: Mapping[str, Any], there: Engagement) -> Plan:
    return {"place": row["place_in_file"], "pk": there.pk, "label": there.label, "title": there.title} | {
        "sequence": row["sequence"]
    }


def _refused(row: Mapping[str, Any], *faults: str) -> Plan:
    return {"place": row["place_in_file"], "title": row["title"], "faults": list(faults)}


def _changes(row: Mapping[str, Any], there: Engagement) -> list[list[str]]:
    """Field, old, new of what differs; what the file leaves empty stays. Of a secret one nothing was given out but
    its number, so nothing but its time comes back."""
    compared = ("starts_at", "ends_at") if there.secrecy != Secrecy.ORDINARY else COMPARED
    given = {name: row[name] for name in compared if row[name]}
    now = _values_of(there)
    return [[name, now[name], value] for name, value in given.items() if now[name] != value]


def _values_of(there: Engagement) -> dict[str, str]:
    def written(at: datetime) -> str:
        return at.astimezone(OFFICE_TZ).replace(second=0, microsecond=0).isoformat()

    return {
        "title": there.title,
        "starts_at": written(there.starts_at),
        "ends_at": written(there.ends_at),
        "place": there.place,
    }


def _our_host() -> str | None:
    return urlsplit(settings.SITE_URL).hostname


def _is_our_press_conference(row: Mapping[str, Any]) -> bool:
    """A press conference that our own calendar file gave out: it has its own register, and is no engagement."""
    found = OUR_PRESS_UID.fullmatch(row["uid"])
    return found is not None and found["host"] == _our_host()


def _there(uids: Set[str], user: User) -> tuple[dict[str, Engagement], set[str]]:
    """The engagements that entries of the file are about, by their UID: brought by a file before, or given out by our
    own feed; and the UIDs of those that are not for this person to see, or are given out by nobody."""
    host = _our_host()
    ours = {
        uid: int(found["key"]) for uid in uids if (found := OUR_UID.fullmatch(uid)) and found["host"] == host
    }
    by_uid, by_key = Q(uid__in=uids - ours.keys() - {""}), Q(pk__in=ours.values())
    known = set(Engagement.objects.filter(by_uid).values_list("uid", flat=True))
    seen = list(Engagement.objects.filter(by_uid | by_key).visible_to(user))
    keys = {one.pk: one for one in seen}
    rows = {one.uid: one for one in seen if one.uid} | {
        uid: keys[key] for uid, key in ours.items() if key in keys
    }
    return rows, (known | ours.keys()) - rows.keys()


# ── Carrying it out ─────────────────────────────────────────────────────────────────────────


def may_apply(plan: Plan, user: User) -> bool:
    """Whether this person may change all that the plan changes; whoever registers may add. One query."""
    keys = {row["pk"] for row in [*plan["changed"], *plan["cancelled"]]}
    rows = Engagement.objects.filter(pk__in=keys).visible_to(user)
    return len([one for one in rows if changes_it.test(user, one)]) == len(keys)


def _steps_of(row: Plan) -> list[str]:
    """The steps by which a changed row is carried out."""
    names = {name for name, _old, _new in row["changes"]}
    moves = bool(names & {"starts_at", "ends_at"}) or row["is_back"]
    return [*(["reschedule"] if moves else []), *(["correct"] if names & {"title", "place"} else [])]


def apply(bringing: EngagementImport, *, by: User, now: datetime) -> EngagementImport:
    """Write exactly what was shown; a second time finds it written.

    Raises PlanMovedOn when it would be another now, StepRefused where a step is not open to this person.
    """
    with transaction.atomic():
        locked = EngagementImport.objects.select_for_update().get(pk=bringing.pk)
        if locked.applied_at:
            return locked
        keys = [row["pk"] for row in [*locked.plan["changed"], *locked.plan["cancelled"]]]
        list(Engagement.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
        plan = make_plan(locked)
        is_the_same = plan == locked.plan
        if is_the_same:
            _write(locked, by, now)
            locked.applied_at, locked.applied_by = now, by
        locked.plan = plan
        locked.save(update_fields=["plan", "applied_at", "applied_by"])
    if not is_the_same:
        raise PlanMovedOn
    return locked


def _write(bringing: EngagementImport, by: User, now: datetime) -> None:
    plan, actor = bringing.plan, Actor(user=by)
    why = gettext("From the calendar file %(name)s") % {"name": bringing.file_name}
    for row in plan["new"]:
        _register(row, actor, by, now)
    for row in plan["changed"]:
        _carry_out(row, actor, now, why)
    for row in plan["cancelled"]:
        engagement = Engagement.objects.get(pk=row["pk"])
        perform(engagement, "cancel", actor=actor, seen=None, now=now, reason=why)
    _note_sequences([*plan["changed"], *plan["cancelled"]])


def _register(row: Plan, actor: Actor, by: User, now: datetime) -> None:
    engagement = Engagement(
        title=row["title"],
        engagement_kind=EngagementKind.OTHER,
        starts_at=datetime.fromisoformat(row["starts_at"]),
        ends_at=datetime.fromisoformat(row["ends_at"]),
        place=row["place"],
        note=row["note"],
        is_public=row["is_public"],
        uid=row["uid"],
        uid_sequence=row["sequence"],
        received_at=now,
        owner=by,
    )
    engagement.receive(actor=actor, now=now)


def _carry_out(row: Plan, actor: Actor, now: datetime, why: str) -> None:
    given = {name: new for name, _old, new in row["changes"]}
    engagement = Engagement.objects.get(pk=row["pk"])
    for name in _steps_of(row):
        if name == "correct":
            facts = {field: given[field] for field in ("title", "place") if field in given}
        else:
            facts = {
                field: datetime.fromisoformat(given[field]) if field in given else getattr(engagement, field)
                for field in ("starts_at", "ends_at")
            }
        perform(engagement, name, actor=actor, seen=None, now=now, reason=why, **facts)


def _note_sequences(rows: Sequence[Plan]) -> None:
    """An older file that comes later changes nothing back."""
    for row in rows:
        Engagement.objects.filter(pk=row["pk"]).update(uid_sequence=row["sequence"])
