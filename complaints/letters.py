"""Letters to those outside: the petitioner who filed or is told, the agency that is asked or reminded.

The words and the address are found when a letter is sent, so neither secrets nor personal data lie in the outbox.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from complaints import letter_mail
from complaints.models import AgencyLink, Petition, Petitioner, Question, Referral
from office.calendar import OFFICE_TZ
from office.letters import Letter
from office.models import Deadline, Notice, Secrecy
from office.thai import format_long, format_time, to_thai_digits

GAP: Final = "\n\n"


def compose(notice: Notice) -> Letter | None:
    """The letter of a notice to somebody outside, in the office's language; None when there is nobody to send it
    to, or nothing left to say."""
    with override(settings.LANGUAGE_CODE):
        writer = _WRITERS.get(notice.kind)
        return writer(notice) if writer else None


def _received(notice: Notice) -> Letter | None:
    """To the petitioner: we have it, this is its number, this comes next. The code is not known here any more."""
    person = _petitioner(notice)
    if person is None:
        return None
    petition = person.petition
    opinion = petition.deadlines.filter(kind=Deadline.Kind.OPINION).first()
    paragraphs = [
        _("Dear petitioner"),
        _("%(office)s received your matter on %(date)s. Its number is %(number)s.")
        % {"office": _office(), "date": _day(petition.received_at), "number": petition.label},
    ]
    if opinion:
        paragraphs.append(
            _("What comes next: an officer writes a summary for the one in authority by %(moment)s.")
            % {"moment": _moment(opinion.due_at)}
        )
    paragraphs += [_how_to_follow(), _closing()]
    return Letter(
        person.email,
        _("We received your matter %(number)s") % {"number": petition.label},
        GAP.join(paragraphs),
    )


def _told(notice: Notice) -> Letter | None:
    """To the petitioner: the result. Of a matter with a grade of secrecy only that it can be read."""
    person = _petitioner(notice)
    carrier = person.petition.carried_by() if person else None
    if person is None or carrier is None or not carrier.told_text:
        return None
    petition = person.petition
    result = (
        carrier.told_text
        if max(petition.secrecy, carrier.secrecy) == Secrecy.ORDINARY
        else _("The result can be read on the page below.")
    )
    paragraphs = [
        _("Dear petitioner"),
        _("%(office)s tells you the result of your matter %(number)s of %(date)s.")
        % {"office": _office(), "number": petition.label, "date": _day(petition.received_at)},
        result,
        _how_to_follow(),
        _closing(),
    ]
    return Letter(
        person.email, _("Result of your matter %(number)s") % {"number": petition.label}, GAP.join(paragraphs)
    )


def _question(notice: Notice) -> Letter | None:
    """To the petitioner: what is missing, by when, and where to answer. Nothing once it was answered or taken back."""
    asked = Question.objects.open().select_related("petition__petitioner", "deadline")
    question = asked.filter(pk=notice.subject_id or 0).first()
    person = getattr(question.petition, "petitioner", None) if question else None
    if question is None or person is None or not person.email:
        return None
    petition = question.petition
    is_open = petition.secrecy == Secrecy.ORDINARY
    paragraphs = [
        _("Dear petitioner"),
        _("%(office)s needs to know more to go on with your matter %(number)s.")
        % {"office": _office(), "number": petition.label},
        question.asked if is_open else _("What is asked can be read on the page below."),
        _("Answer by %(date)s. Until then your matter waits; after that we may go on with what we have.")
        % {"date": _day(question.deadline.due_at)},
        _how_to_follow(),
        _closing(),
    ]
    subject = _("A question about your matter %(number)s") % {"number": petition.label}
    return Letter(person.email, subject, GAP.join(paragraphs))


def _request(notice: Notice) -> Letter | None:
    """To the agency: what is asked, by when, and its link."""
    referral = _open_referral(notice)
    if referral is None:
        return None
    subject = _("Please look into petition %(number)s, answer by %(date)s") % {
        "number": referral.petition.label,
        "date": _day(referral.deadline.due_at),
    }
    opening = _("%(office)s received petition %(number)s%(about)s and asks your agency to do the following.")
    return _to_agency(notice, referral, subject, [_about(opening, referral.petition), referral.asked])


def _reminder(notice: Notice) -> Letter | None:
    """To the agency, some days before the answer is due: a friendly word, and the link once more."""
    referral = _open_referral(notice)
    if referral is None:
        return None
    subject = _("Your answer to petition %(number)s is due on %(date)s") % {
        "number": referral.petition.label,
        "date": _day(referral.deadline.due_at),
    }
    opening = _(
        "%(office)s looks forward to your agency's answer to petition %(number)s%(about)s. It was asked:"
    )
    return _to_agency(notice, referral, subject, [_about(opening, referral.petition), referral.asked])


def _chaser(notice: Notice) -> Letter | None:
    """To the agency: the answer is missing; a fresh link, since the letter with the old one may be lost."""
    referral = _open_referral(notice)
    if referral is None:
        return None
    subject = _("Reminder: your answer to petition %(number)s") % {"number": referral.petition.label}
    opening = _(
        "%(office)s asked your agency about petition %(number)s%(about)s and has no answer yet. It was asked:"
    )
    times = _("This is reminder number %(count)s.") % {"count": to_thai_digits(referral.chased_count)}
    return _to_agency(notice, referral, subject, [_about(opening, referral.petition), referral.asked, times])


def _to_agency(notice: Notice, referral: Referral, subject: str, said: list[str]) -> Letter | None:
    link = AgencyLink.issue(referral, notice.made_at, occasion=f"notice-{notice.pk}")
    address = f"{settings.SITE_URL}{reverse('agency:answer', args=[link.secret])}"
    paragraphs = [
        _("To the head of %(agency)s") % {"agency": referral.agency.name},
        *said,
        _("Answer by %(moment)s on your agency's own page, without an account:")
        % {"moment": _moment(referral.deadline.due_at)}
        + f"\n{address}",
        _(
            "The link serves for one answer, until %(date)s. Whoever holds it can answer for your agency: "
            "pass it on only to the one in charge. If the matter is not yours, say so on the same page."
        )
        % {"date": _day(link.expires_at)},
        _closing(),
    ]
    return Letter(referral.agency.email, subject, GAP.join(paragraphs))


def _petitioner(notice: Notice) -> Petitioner | None:
    """The person behind the petition, if there is one with an address."""
    person = Petitioner.objects.select_related("petition").filter(pk=notice.subject_id or 0).first()
    return person if person and person.email else None


def _open_referral(notice: Notice) -> Referral | None:
    """The referral still to be answered by an agency with an address; without one the officer sends paper."""
    known = Referral.objects.select_related("petition", "agency", "deadline")
    referral = known.filter(pk=notice.subject_id or 0).first()
    return referral if referral and referral.is_open and referral.agency.email else None


def _about(sentence: str, petition: Petition) -> str:
    """The sentence with the subject in it, unless the matter has a grade of secrecy."""
    about = (
        _(" about “%(title)s”") % {"title": petition.title} if petition.secrecy == Secrecy.ORDINARY else ""
    )
    return sentence % {"office": _office(), "number": petition.label, "about": about}


def _how_to_follow() -> str:
    address = f"{settings.SITE_URL}{reverse('petition:follow')}"
    return _("Follow it with the number and the code on your receipt:") + f"\n{address}"


def _closing() -> str:
    return f"{settings.OFFICE_NAME}\n{settings.OFFICE_PARENT_NAME}"


def _office() -> str:
    return f"{settings.OFFICE_NAME} {settings.OFFICE_PARENT_NAME}"


def _day(at: datetime) -> str:
    return format_long(at.astimezone(OFFICE_TZ).date(), language=get_language() or "th")


def _moment(at: datetime) -> str:
    language = get_language() or "th"
    return f"{_day(at)} {format_time(at.astimezone(OFFICE_TZ), language=language)}"


_WRITERS: Final[dict[str, Callable[[Notice], Letter | None]]] = {
    Notice.Kind.PETITION_RECEIVED: _received,
    Notice.Kind.PETITIONER_RESULT: _told,
    Notice.Kind.PETITIONER_QUESTION: _question,
    Notice.Kind.AGENCY_REQUEST: _request,
    Notice.Kind.AGENCY_REMINDER: _reminder,
    Notice.Kind.AGENCY_CHASER: _chaser,
    Notice.Kind.OUTGOING_LETTER: letter_mail.compose,
}
