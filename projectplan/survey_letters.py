"""The letter to somebody who is asked: what about, the link by which they answer, until when; once more to remind."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ
from office.letters import Letter
from office.models import Notice
from office.thai import format_weekday
from projectplan.models import Invitee, Survey, SurveyLink

GAP: Final = "\n\n"


def compose(notice: Notice, *, now: datetime) -> Letter | None:
    """The letter of a notice, in the office's language; None when it is of another kind or true no more: answered,
    closed, or no address known."""
    if notice.kind != Notice.Kind.SURVEY_INVITATION:
        return None
    one = Invitee.objects.select_related("survey").filter(pk=notice.subject_id or 0).first()
    if one is None or not one.email or one.has_answered or not one.survey.is_open(now):
        return None
    if notice.made_at not in (one.mail_at, one.reminded_at):
        return None
    link = SurveyLink.issue(one, notice.made_at, occasion=f"notice-{notice.pk}")
    address = f"{settings.SITE_URL}{reverse('survey_links:answer', args=[link.secret])}"
    with override(settings.LANGUAGE_CODE):
        is_reminder = notice.made_at == one.reminded_at
        return Letter(
            one.email, _subject(one.survey, is_reminder=is_reminder), _body(one, address, is_reminder)
        )


def last_day(survey: Survey) -> str:
    """The last day on which one can answer, as a letter has it."""
    last = (survey.closes_at - timedelta(seconds=1)).astimezone(OFFICE_TZ).date()
    return format_weekday(last, language=get_language() or "th")


def _subject(survey: Survey, *, is_reminder: bool) -> str:
    said = _("Reminder: please answer “%(title)s”") if is_reminder else _("Please answer “%(title)s”")
    return said % {"title": survey.title}


def _body(one: Invitee, address: str, is_reminder: bool) -> str:
    survey = one.survey
    parts = [_("Dear %(name)s") % {"name": one.name}]
    if is_reminder:
        parts.append(_("The office has no answer from you yet; it would help to have it."))
    if survey.introduction:
        parts.append(survey.introduction)
    parts.append(
        _("It takes about two minutes. You can answer until the end of %(day)s:\n%(address)s")
        % {"day": last_day(survey), "address": address}
    )
    parts.append(
        _(
            "The link is yours alone and can be used once. What you answer is kept without your name: the office "
            "sees that you have answered, not what."
        )
    )
    parts.append(f"{settings.OFFICE_NAME}\n{settings.OFFICE_PARENT_NAME}")
    return GAP.join(parts)
