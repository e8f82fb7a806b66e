"""The page behind the link of somebody who is asked: the questions, the thanks, or why it is of no use any more. No
account, and it works without a script."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from office.http import kept_secret
from projectplan.models import Survey, SurveyLink
from projectplan.survey_forms import AnswerForm, last_day
from projectplan.surveying import AnsweredAlready, NotNow, answer

SENT: Final = "survey_link_sent"


@login_not_required
@kept_secret
def answer_page(request: HttpRequest, secret: str) -> HttpResponse:
    """What is asked. A GET only shows; an answer is sent once and is final, since it is kept without a name."""
    link = SurveyLink.find(secret)
    if link is None:
        return render(request, "links/broken.html", status=404)
    survey: Survey = link.invitee.survey
    if link.invitee.has_answered:
        return _answered(request, link)
    if not survey.is_open(timezone.now()):
        return render(request, "projectplan/answering/closed.html", _context(survey), status=410)
    posted = request.POST if request.method == "POST" else None
    form = AnswerForm(posted, questions=list(survey.questions.all()))
    if form.is_valid():
        return _take(request, link, form)
    context = _context(survey) | {"form": form, "last_day": last_day(survey)}
    status = 422 if form.is_bound else 200
    return render(request, "projectplan/answering/page.html", context, status=status)


def _take(request: HttpRequest, link: SurveyLink, form: AnswerForm) -> HttpResponse:
    try:
        answer(link, form.levels, form.cleaned_data["comment"], timezone.now())
    except (AnsweredAlready, NotNow):
        # By a second click, in another window or at the very moment it closed: shown anew, the page says which.
        return redirect(request.path)
    request.session[SENT] = link.invitee_id
    return redirect(request.path)


def _answered(request: HttpRequest, link: SurveyLink) -> HttpResponse:
    """Thanks to the browser that has just answered; to anybody else, that the link was used."""
    if request.session.get(SENT) == link.invitee_id:
        return render(request, "projectplan/answering/thanks.html", _context(link.invitee.survey))
    return render(request, "projectplan/answering/used.html", _context(link.invitee.survey), status=410)


def _context(survey: Survey) -> dict[str, Any]:
    return {"survey": survey}
