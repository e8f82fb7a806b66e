"""The result of a consultation by e-mail to its raiser, and what follows when it has left."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from office.letters import Letter
from office.models import Notice, Secrecy
from office.steps import Actor, StepRefused, perform
from office.thai import format_long
from parliament.models import Consultation
from parliament.models.consultation_state import ConsultationState

GAP = "\n\n"
LEFT_PER_ROUND = 100


def compose(notice: Notice, now: datetime) -> Letter | None:
    """The letter to the raiser; None when the raiser knows by another way meanwhile, or it got a grade of secrecy."""
    consultation = (
        Consultation.objects.select_related("member", "body").filter(pk=notice.subject_id or 0).first()
    )
    if consultation is None or consultation.raiser_mail_at is None or not consultation.raiser_email:
        return None
    is_another = notice.once_key != consultation.mail_key
    if is_another or consultation.raiser_told_at or consultation.secrecy != Secrecy.ORDINARY:
        return None
    subject = _("Result of consultation %(number)s") % {"number": consultation.label}
    raised_on = format_long(consultation.raised_on, language=settings.LANGUAGE_CODE)
    about = _("You raised with the minister on %(date)s: %(title)s") % {
        "date": raised_on,
        "title": consultation.title,
    }
    parts = [
        _("To %(raiser)s") % {"raiser": consultation.raiser},
        about,
        consultation.text_for(consultation.raiser_line),
        f"{settings.OFFICE_NAME}\n{settings.OFFICE_PARENT_NAME}",
    ]
    return Letter(consultation.raiser_email, subject, GAP.join(parts))


def confirm_sent(now: datetime, *, most: int = LEFT_PER_ROUND) -> int:
    """The raisers whose letter has left have been told, at the moment when it left; safe to run twice and at once.

    Returns how many.
    """
    left = Notice.objects.filter(
        matter=OuterRef("pk"),
        kind=Notice.Kind.CONSULTATION_RESULT,
        sent_at__gte=OuterRef("raiser_mail_at"),
    )
    waiting = Consultation.objects.filter(
        Exists(left), state=ConsultationState.ORDERED, raiser_mail_at__isnull=False, raiser_told_at=None
    )
    clock = Actor(label=_("The clock of the office"), is_clock=True)
    done = 0
    for consultation in waiting.order_by("raiser_mail_at")[:most]:
        try:
            perform(consultation, "confirm_mail", actor=clock, seen=None, now=now)
        except StepRefused:  # another worker's round has written it down in this moment
            continue
        done += 1
    return done
