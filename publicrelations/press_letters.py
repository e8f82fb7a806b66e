"""The letter to one of the media who is invited: what, when and where, the link by which they answer, and the date as
a file for their calendar.

A later letter to the same person says what has changed, or that no answer has come yet. Of a press conference with a
grade of secrecy it says only the number, the time and the place.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from office.calendar import OFFICE_TZ
from office.feeds import Entry, calendar_file
from office.letters import Attachment, Letter
from office.models import Notice, Secrecy
from office.thai import format_time, format_weekday
from publicrelations.feeds import PRESS_LASTS, press_uid
from publicrelations.models import Invitation, InvitationLink, PressConference
from publicrelations.models.press_state import TAKEN_PLACE, WITHOUT_A_DAY

GAP: Final = "\n\n"
State = PressConference.State
FETCHED: Final = ("conference", "outlet", "reporter")
INVITES, MOVED, REMINDS, POSTPONED, CANCELLED = "invites", "moved", "reminds", "postponed", "cancelled"
WITHDRAWN: Final = "withdrawn"
"""What a letter says."""


def compose(notice: Notice, now: datetime) -> Letter | None:
    """The letter of a notice; None when it is true no more, or no address is known."""
    one = Invitation.objects.select_related(*FETCHED).filter(pk=notice.subject_id or 0).first()
    if (
        one is None
        or not one.address
        or notice.made_at
        not in (
            one.mail_at,
            one.reminded_at,
            one.withdrawn_at,
        )
    ):
        return None
    says = _says(notice, one, now)
    if says is None:
        return None
    link = InvitationLink.issue(one, notice.made_at, occasion=f"notice-{notice.pk}")
    address = f"{settings.SITE_URL}{reverse('publicrelations_links:invited', args=[link.secret])}"
    return Letter(
        one.address,
        _subject(one.conference, says),
        _body(one, says, one.message, address),
        (calendar_attachment(one.conference),),
    )


def sample(conference: PressConference, one: Invitation, *, message: str = "") -> str:
    """The letter as it would be, before it is sent; where the link stands is said in brackets."""
    with override(settings.LANGUAGE_CODE):
        return _body(one, INVITES, message or _("[what you write]"), _("[link]"), conference=conference)


def _says(notice: Notice, one: Invitation, now: datetime) -> str | None:
    """What the letter says as things stand when it is sent; None when there is nothing left to say."""
    conference, was_told = one.conference, _was_told_before(notice)
    if conference.state in TAKEN_PLACE:
        return None
    if one.withdrawn_at:
        return WITHDRAWN if was_told and notice.made_at == one.withdrawn_at else None
    if conference.state in WITHOUT_A_DAY:
        says = POSTPONED if conference.state == State.POSTPONED else CANCELLED
        return says if was_told else None
    if notice.made_at == one.reminded_at:
        return REMINDS if not one.answer and now < conference.starts_at else None
    return MOVED if was_told else INVITES


def _was_told_before(notice: Notice) -> bool:
    """An earlier letter to the same person has left: this one says what has changed."""
    earlier = Notice.objects.filter(matter=notice.matter_id, kind=notice.kind, pk__lt=notice.pk)
    return earlier.filter(subject_id=notice.subject_id, sent_at__isnull=False).exists()


def _subject(conference: PressConference, says: str) -> str:
    params = {"title": _title(conference), "moment": moment(conference.starts_at)}
    match says:
        case "postponed":
            return _("Postponed: press conference “%(title)s”") % params
        case "cancelled":
            return _("Cancelled: press conference “%(title)s”") % params
        case "withdrawn":
            return _("Invitation withdrawn: press conference “%(title)s”") % params
        case "moved":
            return _("Moved: press conference “%(title)s”, %(moment)s") % params
        case "reminds":
            return _("Do you come? Press conference “%(title)s”, %(moment)s") % params
    return _("Invitation: press conference “%(title)s”, %(moment)s") % params


def _title(conference: PressConference) -> str:
    return conference.title if conference.secrecy == Secrecy.ORDINARY else conference.label


def _body(
    one: Invitation,
    says: str,
    message: str,
    address: str,
    *,
    conference: PressConference | None = None,
) -> str:
    conference = conference or one.conference
    takes_place = says not in (POSTPONED, CANCELLED, WITHDRAWN)
    paragraphs = [_("To %(whom)s") % {"whom": one.addressee}, _standing(conference, says)]
    if takes_place:
        paragraphs += [facts(conference), message]
        paragraphs.append(
            _("Say on your own page whether you come, without an account; you may change it until it begins:")
            + f"\n{address}"
        )
        if conference.gives_papers and conference.handouts.exists():
            paragraphs.append(_("The papers for the press lie on the same page."))
    paragraphs.append(f"{settings.OFFICE_NAME}\n{settings.OFFICE_PARENT_NAME}")
    return GAP.join(part for part in paragraphs if part)


def _standing(conference: PressConference, says: str) -> str:
    """What this letter is about."""
    office = f"{settings.OFFICE_NAME} {settings.OFFICE_PARENT_NAME}"
    params = {"office": office, "title": _title(conference), "moment": moment(conference.starts_at)}
    match says:
        case "postponed":
            return (
                _("%(office)s: the press conference of %(moment)s is postponed. A new day is not known yet.")
                % params
            )
        case "cancelled":
            return _("%(office)s: the press conference of %(moment)s is cancelled.") % params
        case "withdrawn":
            return (
                _(
                    "%(office)s: your invitation to the press conference of %(moment)s is withdrawn. "
                    "You need do nothing more."
                )
                % params
            )
        case "moved":
            return _("%(office)s: the press conference now begins at %(moment)s.") % params
        case "reminds":
            return _("%(office)s has invited you and does not know yet whether you come.") % params
    return _("%(office)s invites you to a press conference.") % params


def facts(conference: PressConference) -> str:
    """What, when, where and by whom, one a line; of a graded one only its number, time and place."""
    lines = []
    is_open = conference.secrecy == Secrecy.ORDINARY
    lines.append(
        _("Topic: %(title)s") % {"title": conference.title}
        if is_open
        else _("Number: %(number)s") % {"number": conference.label}
    )
    lines.append(_("Time: %(moment)s") % {"moment": moment(conference.starts_at)})
    if conference.place:
        lines.append(_("Place: %(place)s") % {"place": conference.place})
    if is_open and conference.spokespersons:
        lines.append(_("With: %(people)s") % {"people": ", ".join(conference.spokespersons.splitlines())})
    if is_open and conference.brief:
        lines += ["", conference.brief]
    return "\n".join(lines)


def calendar_attachment(conference: PressConference) -> Attachment:
    """The date as a file; one that is called off or put off lets a calendar let it go."""
    is_open = conference.secrecy == Secrecy.ORDINARY
    entry = Entry(
        uid=press_uid(conference),
        summary=_title(conference),
        starts_at=conference.starts_at,
        ends_at=conference.ends_at or conference.starts_at + PRESS_LASTS,
        changed_at=conference.registered_at,
        sequence=conference.version - 1,
        place=conference.place,
        note=facts(conference) if is_open else "",
        is_cancelled=conference.state in WITHOUT_A_DAY,
    )
    content = calendar_file(str(_("Press conference")), [entry])
    return Attachment("press-conference.ics", content, "text/calendar; charset=utf-8")


def moment(at: datetime) -> str:
    """A day and an hour as letters of the office have them."""
    local, language = at.astimezone(OFFICE_TZ), settings.LANGUAGE_CODE
    return f"{format_weekday(local.date(), language=language)} {format_time(local, language=language)}"
