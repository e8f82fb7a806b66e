"""Letters to agencies about what parliament brings: the request, the word before its date, the chaser after it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ
from office.letters import Letter
from office.models import Notice, Secrecy
from office.thai import format_long, format_time, to_thai_digits
from parliament.models import AgencyRequest, RequestLink

GAP: Final = "\n\n"


def request(notice: Notice, now: datetime) -> Letter | None:
    """What is asked, by when, and the agency's link."""
    asked = _still_asked(notice)
    if asked is None:
        return None
    subject = _("Please answer on %(kind)s %(number)s by %(date)s") % _facts(asked)
    opening = _(
        "%(office)s asks your agency about %(kind)s %(number)s%(about)s, which is put to the minister:"
    )
    lines = [opening % _facts(asked), asked.asked]
    if asked.is_to_be_accepted:
        lines.append(
            _(
                "Other agencies are asked the same. Whichever first presses “We will answer” on its page answers; "
                "the others then need do nothing."
            )
        )
    return _to_agency(notice, asked, subject, lines)


def chaser(notice: Notice, now: datetime) -> Letter | None:
    """A friendly word while there is time, a chaser when there is none left; what is true as the letter leaves."""
    asked = _still_asked(notice)
    if asked is None:
        return None
    if now <= asked.deadline.due_at:
        subject = _("Your answer on %(kind)s %(number)s is due on %(date)s")
        opening = _(
            "%(office)s looks forward to your agency's answer on %(kind)s %(number)s%(about)s. It was asked:"
        )
    else:
        subject = _("Reminder: your answer on %(kind)s %(number)s")
        opening = _(
            "%(office)s asked your agency about %(kind)s %(number)s%(about)s and has no answer yet. It was asked:"
        )
    lines = [opening % _facts(asked), asked.asked]
    if asked.chased_count:
        lines.append(_("This is reminder number %(count)s.") % {"count": to_thai_digits(asked.chased_count)})
    return _to_agency(notice, asked, subject % _facts(asked), lines)


def _to_agency(notice: Notice, asked: AgencyRequest, subject: str, said: list[str]) -> Letter:
    link = RequestLink.issue(asked, notice.made_at, occasion=f"notice-{notice.pk}")
    address = f"{settings.SITE_URL}{reverse('parliament_links:ask', args=[link.secret])}"
    paragraphs = [
        _("To the head of %(agency)s") % {"agency": asked.agency.name},
        *said,
        _("Answer by %(moment)s on your agency's own page, without an account:")
        % {"moment": _moment(asked.deadline.due_at)}
        + f"\n{address}",
        _(
            "The link serves for one answer, until %(date)s. Whoever holds it can answer for your agency: "
            "pass it on only to the one in charge. If the matter is not yours, say so on the same page."
        )
        % {"date": _day(link.expires_at)},
        f"{settings.OFFICE_NAME}\n{settings.OFFICE_PARENT_NAME}",
    ]
    return Letter(asked.agency.email, subject, GAP.join(paragraphs))


def _still_asked(notice: Notice) -> AgencyRequest | None:
    """The request still to be answered by an agency with an address; without one the officer sends paper."""
    known = AgencyRequest.objects.select_related("matter", "agency", "deadline")
    asked = known.filter(pk=notice.subject_id or 0).first()
    return asked if asked and asked.is_open and asked.agency.email else None


def _facts(asked: AgencyRequest) -> dict[str, str]:
    """The number and, unless the matter has a grade of secrecy, what it is about."""
    matter = asked.matter
    is_open = matter.secrecy == Secrecy.ORDINARY
    return {
        "office": f"{settings.OFFICE_NAME} {settings.OFFICE_PARENT_NAME}",
        "kind": str(matter.get_kind_display()),
        "number": matter.label,
        "about": _(" about “%(title)s”") % {"title": matter.title} if is_open else "",
        "date": _day(asked.deadline.due_at),
    }


def _day(at: datetime) -> str:
    return format_long(at.astimezone(OFFICE_TZ).date(), language=get_language() or "th")


def _moment(at: datetime) -> str:
    language = get_language() or "th"
    return f"{_day(at)} {format_time(at.astimezone(OFFICE_TZ), language=language)}"
