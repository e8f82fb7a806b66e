"""The letter to somebody who is told of a meeting: what the meeting is now, what is asked, and the link to say so.

Who is told of several items in one press gets one letter about all of them: the notices of the others go with the
first. Of a meeting with a grade of secrecy it says only the number and the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from office.calendar import OFFICE_TZ
from office.figures import figures
from office.letters import Letter
from office.models import Notice, Secrecy
from office.thai import format_time, format_weekday
from parliament.models import Meeting, Need, Telling, TellingLink
from parliament.models.meeting_state import TAKEN_PLACE

GAP: Final = "\n\n"
State = Meeting.State
WITHOUT_A_DAY: Final = (State.POSTPONED, State.CANCELLED)
FETCHED: Final = ("item__meeting", "agency", "person")


def compose(notice: Notice, now: datetime) -> Letter | None:
    """The letter of a notice and of those that go with it; None when it is true no more, or no address is known."""
    said = Notice.objects.filter(Q(pk=notice.pk) | Q(digest=notice)).values("subject_id")
    # A mark taken back, or a later notice, gives the telling another moment than this notice's.
    told = Telling.objects.filter(pk__in=said, told_at=notice.made_at, way=Telling.Way.EMAIL)
    in_order = told.select_related(*FETCHED).order_by("item__position", "pk")
    together = [one for one in in_order if one.address]
    if not together:
        return None
    telling, was_told = together[0], _was_told_before(notice, said)
    meeting = telling.item.meeting
    if meeting.state in TAKEN_PLACE or (meeting.state in WITHOUT_A_DAY and not was_told):
        return None
    return Letter(
        telling.address,
        _subject(meeting, was_moved=was_told),
        _body(meeting, together, telling.message, _address(notice, telling), was_moved=was_told),
    )


def _address(notice: Notice, telling: Telling) -> str:
    """The page on which one says that one knows; a letter written twice brings the same."""
    link = TellingLink.issue(telling, notice.made_at, occasion=f"notice-{notice.pk}")
    return f"{settings.SITE_URL}{reverse('parliament_links:told', args=[link.secret])}"


def sample(meeting: Meeting, telling: Telling, *, message: str = "") -> str:
    """The letter as it would be, before it is sent; where the link stands is said in brackets."""
    with override(settings.LANGUAGE_CODE):
        return _body(meeting, [telling], message or _("[what you write]"), _("[link]"), was_moved=False)


def _was_told_before(notice: Notice, said: QuerySet[Notice, Any]) -> bool:
    """An earlier letter has left and told the same of another day: this one says that it was moved."""
    earlier = Notice.objects.filter(matter=notice.matter, kind=notice.kind, made_at__lt=notice.made_at)
    return earlier.filter(subject_id__in=said, sent_at__isnull=False).exists()


def _subject(meeting: Meeting, *, was_moved: bool) -> str:
    params = {"number": meeting.label, "moment": _moment(meeting.begins_at)}
    if meeting.state == State.POSTPONED:
        return _("Postponed: meeting %(number)s") % params
    if meeting.state == State.CANCELLED:
        return _("Cancelled: meeting %(number)s") % params
    if was_moved:
        return _("Moved: meeting %(number)s, %(moment)s") % params
    return _("Meeting %(number)s, %(moment)s") % params


def _body(
    meeting: Meeting, together: Sequence[Telling], message: str, address: str, *, was_moved: bool
) -> str:
    takes_place = meeting.state not in WITHOUT_A_DAY
    paragraphs = [_("To %(whom)s") % {"whom": together[0].addressee}, _standing(meeting, was_moved=was_moved)]
    if meeting.secrecy == Secrecy.ORDINARY:
        paragraphs.append(_facts(meeting, together))
        paragraphs += [_needed(together), message] if takes_place else []
    if takes_place:
        paragraphs.append(_("Say on your own page that you know, without an account:") + f"\n{address}")
    paragraphs.append(f"{settings.OFFICE_NAME}\n{settings.OFFICE_PARENT_NAME}")
    return GAP.join(one for one in paragraphs if one)


def _standing(meeting: Meeting, *, was_moved: bool) -> str:
    """What the meeting is now."""
    number, at = meeting.label, _moment(meeting.begins_at)
    office = f"{settings.OFFICE_NAME} {settings.OFFICE_PARENT_NAME}"
    params = {"number": number, "moment": at, "office": office}
    if meeting.state == State.POSTPONED:
        return (
            _("%(office)s: meeting %(number)s of %(moment)s is postponed. A new day is not known yet.")
            % params
        )
    if meeting.state == State.CANCELLED:
        return _("%(office)s: meeting %(number)s of %(moment)s is cancelled.") % params
    if was_moved:
        return _("%(office)s: meeting %(number)s now begins at %(moment)s.") % params
    return _("%(office)s tells you of meeting %(number)s, which begins at %(moment)s.") % params


def _facts(meeting: Meeting, together: Sequence[Telling]) -> str:
    lines = [_("Meeting: %(title)s") % {"title": meeting.title}]
    if meeting.place:
        lines.append(_("Place: %(place)s") % {"place": meeting.place})
    lines += [_("Agenda item: %(item)s") % {"item": figures(str(one.item))} for one in together]
    return "\n".join(lines)


def _needed(together: Sequence[Telling]) -> str:
    """What is asked of the very agency that is told."""
    agency = together[0].agency_id
    if agency is None:
        return ""
    items = {one.item_id: one.item for one in together}.values()
    asked = [need for item in items for need in item.needs.all()]
    needs = [need for need in asked if need.agency_id == agency and need.ready_at is None]
    if not needs:
        return ""
    lines = [
        _("%(what)s, by %(moment)s") % {"what": _what(need), "moment": _moment(need.due_at)} for need in needs
    ]
    return "\n".join([_("To have ready:"), *(f"- {line}" for line in lines)])


def _what(need: Need) -> str:
    return _("%(person)s to attend") % {"person": need.what} if need.kind == Need.Kind.PERSON else need.what


def _moment(at: datetime) -> str:
    local, language = at.astimezone(OFFICE_TZ), settings.LANGUAGE_CODE
    return f"{format_weekday(local.date(), language=language)} {format_time(local, language=language)}"
