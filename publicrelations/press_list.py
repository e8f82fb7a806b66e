"""The list of those who are invited to a press conference: as it stands, and as it was the last time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ
from office.figures import figures
from office.models import Deadline, Document, User
from publicrelations.models import (
    Article,
    Attendance,
    Coverage,
    Handout,
    Invitation,
    PressConference,
    Taking,
)
from publicrelations.models.press_inviting import invites
from publicrelations.models.press_state import COMING, TAKEN_PLACE, WITHOUT_A_DAY

State = PressConference.State
MOST_ARTICLES: Final = 20


def last_list(conference: PressConference) -> tuple[set[int], set[int]]:
    """Outlets and reporters who were on the list of the one before: of the same occasion, the last that began."""
    before = PressConference.objects.filter(
        occasion=conference.occasion, starts_at__lt=conference.starts_at, invitations__isnull=False
    )
    last = before.exclude(pk=conference.pk).order_by("-starts_at", "-pk").values_list("pk", flat=True).first()
    if last is None:
        return set(), set()
    rows = Invitation.objects.standing().filter(conference=last).values_list("outlet_id", "reporter_id")
    outlets: set[int] = set()
    reporters: set[int] = set()
    for outlet, reporter in rows:
        if reporter is None:
            outlets.add(outlet)
        else:
            reporters.add(reporter)
    return outlets, reporters


# ── As its page shows it ────────────────────────────────────────────────────────────────────


def lists_of(user: User) -> list[Prefetch]:
    """All that a page shows of who was invited and who came, and of its files, in a query each."""
    invitations = Invitation.objects.select_related("outlet", "reporter", "attendance").defer(
        "reporter__telephone", "reporter__line_id", "outlet__note"
    )
    taken = Taking.objects.filter(invitation=OuterRef("pk")).order_by("taken_at")
    invitations = invitations.annotate(took_papers_at=Subquery(taken.values("taken_at")[:1]))
    attendances = Attendance.objects.select_related("outlet", "reporter").order_by("pk")
    return [
        Prefetch("invitations", invitations.order_by("outlet__kind", "outlet__sort_name", "pk")),
        Prefetch("attendances", attendances),
        Prefetch("documents", _with_handouts()),
    ]


@dataclass(frozen=True)
class Listed:
    """The list of one press conference, counted."""

    rows: Sequence[Invitation]
    walk_ins: Sequence[Attendance]
    withdrawn: Sequence[Invitation] = ()

    @property
    def uninvited(self) -> list[Invitation]:
        """Those still to be invited; who was written to is not among them, although the letter may not have left."""
        return [one for one in self.rows if one.invited_at is None and one.mail_at is None]

    @property
    def leaving(self) -> list[Invitation]:
        """Those whose letter is on its way out."""
        return [one for one in self.rows if one.invited_at is None and one.mail_at is not None]

    @property
    def silent(self) -> list[Invitation]:
        return [one for one in self.rows if one.is_silent and one.invited_at]

    @property
    def invited(self) -> int:
        return sum(one.invited_at is not None for one in self.rows)

    @property
    def coming(self) -> int:
        return sum(one.answer == Invitation.Answer.YES for one in self.rows)

    @property
    def people(self) -> int:
        """How many are expected: of an outlet that says no number, one."""
        return sum(one.people or 1 for one in self.rows if one.answer == Invitation.Answer.YES)

    @property
    def came(self) -> int:
        return sum(hasattr(one, "attendance") for one in self.rows) + len(self.walk_ins)

    @property
    def told_by_hand(self) -> list[Invitation]:
        """Those whom no letter reached: if it is put off, somebody telephones them."""
        return [one for one in self.rows if one.invited_at and one.way != Invitation.Way.EMAIL]

    @property
    def sum_words(self) -> str:
        """`Invited 12 of 14 · 8 come`."""
        if not self.rows:
            return _("Nobody chosen yet")
        counts = {"done": figures(self.invited), "all": figures(len(self.rows))}
        parts = [_("Invited %(done)s of %(all)s") % counts]
        if self.came:
            parts.append(_("%(count)s came") % {"count": figures(self.came)})
        elif self.coming:
            parts.append(_("%(count)s come") % {"count": figures(self.coming)})
        return " · ".join(parts)


def listed(conference: Any) -> Listed:
    """The list of one that was fetched with `lists_of`."""
    walk_ins = [one for one in conference.attendances.all() if one.is_walk_in]
    rows = list(conference.invitations.all())
    return Listed(
        [one for one in rows if one.withdrawn_at is None],
        walk_ins,
        [one for one in rows if one.withdrawn_at],
    )


@dataclass(frozen=True)
class Standing:
    """Whether the media were invited before it began: a tone and its words, and what has to be said besides."""

    tone: str
    words: str
    note: str = ""


def with_coordination(rows: Any, now: datetime) -> Any:
    """Each with how the promise stands that the media are invited before it begins, and why it was late."""
    newest = Deadline.objects.newest_of(Deadline.Kind.INVITED)
    return rows.annotate(
        invited_standing=Deadline.objects.newest_standing(Deadline.Kind.INVITED, now),
        invited_late_reason=Subquery(newest.values("late_reason")[:1]),
    )


def standing_of(conference: Any) -> Standing | None:
    """How one fetched `with_coordination` stands against its beginning; None for one that does not take place."""
    if conference.state in WITHOUT_A_DAY:
        return None
    match conference.invited_standing:
        case "late":
            return Standing("late", _("Not coordinated before it began"), conference.invited_late_reason)
        case "in_time":
            return Standing("ok", _("Media coordinated before it began"))
        case "pending":
            return Standing("soon", _("Media not all invited yet"))
    return None


def list_card(conference: PressConference, user: User, now: datetime) -> dict[str, Any]:
    """What the page shows of the list, the door and the coverage, and what this person may do there."""
    is_of_us = invites.test(user, conference)
    today = now.astimezone(OFFICE_TZ).date()
    return {
        "conference": conference,
        "listed": listed(conference),
        "coverage": _coverage(conference),
        "handouts": handouts_of(conference),
        "may_hand_out": is_of_us and conference.state not in (State.CANCELLED, State.CLOSED),
        "articles": _articles(conference, user),
        "standing": standing_of(conference),
        "may_invite": is_of_us and conference.state in COMING,
        "has_begun": conference.starts_at <= now,
        "may_note_came": is_of_us and conference.state in (*COMING, State.HELD, State.COVERED),
        "may_report": is_of_us and conference.state in (State.HELD, State.COVERED),
        "has_taken_place": conference.state in TAKEN_PLACE,
        "is_its_day": conference.starts_at.astimezone(OFFICE_TZ).date() <= today,
    }


def _coverage(conference: PressConference) -> list[Coverage]:
    """What was reported; not asked of one of which nothing is recorded."""
    if conference.reported != PressConference.Reported.YES:
        return []
    rows = conference.coverage.select_related("outlet", "clipping")
    return list(rows.order_by("reported_on", "pk"))


def handouts_of(conference: Any) -> list[Document]:
    """The documents of one fetched with `lists_of` that those invited may take, in order, each with its name for the
    press."""
    offered = [one for one in conference.documents.all() if one.handout_title is not None]
    return sorted(offered, key=lambda one: one.handout_position)


def _with_handouts() -> Any:
    """Documents, each with the name and the place that it has among the papers for the press, or None, and how many
    of those invited took it."""
    marked = Handout.objects.filter(document=OuterRef("pk"), conference=OuterRef("matter"))
    taken = Taking.objects.filter(document=OuterRef("pk")).order_by().values("document")
    return Document.objects.annotate(
        handout_title=Subquery(marked.values("title")[:1]),
        handout_position=Subquery(marked.values("position")[:1]),
        taken_by=Coalesce(Subquery(taken.annotate(count=Count("pk")).values("count")), 0),
    )


def _articles(conference: Any, user: User) -> list[Article]:
    """Which news of ours came of it, as far as this person may see them; the desk has said whether there are any."""
    if not conference.has_articles:
        return []
    rows = Article.objects.visible_to(user).filter(press_conference=conference.pk)
    return list(
        rows.only("kind", "title", "series", "year", "number", "state").order_by("pk")[:MOST_ARTICLES]
    )
