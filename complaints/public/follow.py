"""Following a petition with number and code, answering what the office asks, and saying how satisfied one is."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from complaints import follow as following
from complaints.forms.follow import AnswerForm, FollowForm, SatisfactionForm
from complaints.models import Petition, Question, Satisfaction
from complaints.models.question import QuestionQuerySet
from complaints.public import PETITIONER, TOO_MANY
from complaints.public.uploads import files_within_limit
from office import limits, seals
from office.plain_number import plain_number
from office.steps import Actor, StepRefused, perform

PASS: Final = "follow-pass"
PASS_HOURS: Final = 24  # as long as attached files wait


@login_not_required
@never_cache
@sensitive_post_parameters("number", "code")
@sensitive_variables("number", "code")
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for number and code, and show the plain history. The code travels by POST only, never in an address."""
    form = FollowForm(request.POST or None)
    status = 200
    if form.is_valid():
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        tries = _tries(request, number)
        if not all(limits.has_room(scope, settings.FOLLOW_LIMIT, who) for scope, who in tries):
            form.add_error(None, _("There were too many wrong tries. Wait a while, then try again."))
            status = TOO_MANY
        elif petition := following.find(number, code):
            return _history(request, petition, sealed=seal_pass(number, code, timezone.now()))
        else:
            for scope, who in tries:
                limits.allow(scope, settings.FOLLOW_LIMIT, who)
            form.add_error(None, _("No matter has this number and this code. Check both and try again."))
    return render(request, "complaints/public/follow.html", {"form": form}, status=status)


def _tries(request: HttpRequest, number: str) -> list[tuple[str, str]]:
    """What a wrong try is counted against: the address, and the number in whatever shape it was typed."""
    return [
        ("follow-address", limits.client_address(request)),
        ("follow-number", str(following.parse_number(number))),
    ]


# ── The page carries number and code sealed, so that what is sent from it is asked for them again ──


def seal_pass(number: str, code: str, now: datetime) -> str:
    """Number and code for a hidden field. It lives with the page: closing it takes it away, on a shared phone too."""
    until = now + timedelta(hours=PASS_HOURS)
    return seals.encrypt(json.dumps([number, code, until.isoformat()]), purpose=PASS)


def _petition_of_pass(request: HttpRequest, now: datetime) -> Petition | None:
    """The petition that the page was about, its number and code checked once more; None when they no longer hold."""
    try:
        number, code, until = json.loads(seals.decrypt(request.POST.get("pass", ""), purpose=PASS))
    except ValueError:
        return None
    return following.find(number, code) if now <= datetime.fromisoformat(until) else None


def _questions(petition: Petition) -> QuestionQuerySet:
    """What this petitioner was asked: about the petition, and about what was split from it."""
    theirs = Q(petition=petition) | Q(petition__split_from=petition)
    return Question.objects.filter(theirs).select_related("deadline", "petition").order_by("pk")


def _history(
    request: HttpRequest,
    petition: Petition,
    *,
    answering: tuple[int, AnswerForm] | None = None,
    rating: SatisfactionForm | None = None,
    said: str = "",
    status: int = 200,
    sealed: str = "",
) -> HttpResponse:
    """The petition's page: where it stands, what is asked of the petitioner, what has happened.

    `answering` is the form of one question (its key), as it was sent.
    """
    typed = dict([answering] if answering else [])
    may_rate = Satisfaction.may_be_given(petition)
    is_rated = may_rate and Satisfaction.objects.filter(petition=petition).exists()
    context: dict[str, Any] = {
        "history": following.history(petition),
        "pass": sealed or request.POST["pass"],
        "questions": [
            (question, typed.get(question.pk) or AnswerForm(auto_id=f"id_{question.pk}_%s"))
            for question in _questions(petition).open()
        ],
        "rating": (rating or SatisfactionForm()) if may_rate and not is_rated else None,
        "is_rated": is_rated,
        "said": said,
    }
    return render(request, "complaints/public/history.html", context, status=status)


@login_not_required
@never_cache
@require_POST
@sensitive_post_parameters("pass")
def answer(request: HttpRequest) -> HttpResponse:
    """The petitioner's answer to what was missing; the matter goes on with it. A second click is harmless."""
    now = timezone.now()
    petition = _petition_of_pass(request, now)
    if petition is None:
        return redirect("petition:follow")
    key = plain_number(request.POST.get("question", ""))
    question = _questions(petition).filter(pk=key or 0).first()
    if question is None or not question.is_open:
        return _history(request, petition, said=_no_longer_asked(question))
    files, too_much = files_within_limit(request)
    form = AnswerForm(request.POST, files, auto_id=f"id_{question.pk}_%s")
    if too_much:
        form.add_error("attachments", too_much)
    if not form.is_valid():
        return _history(request, petition, answering=(question.pk, form), status=422)
    if not limits.allow("answer", settings.PUBLIC_FORM_LIMIT, limits.client_address(request)):
        form.add_error(
            None,
            _(
                "Many answers came from this network in a short time. What you wrote is still here: "
                "wait a while and press send once more."
            ),
        )
        return _history(request, petition, answering=(question.pk, form), status=TOO_MANY)
    try:
        _answered(question, form, now)
    except StepRefused:
        question.refresh_from_db()
        return _history(request, petition, said=_no_longer_asked(question))
    except ValidationError as wrong:
        form.add_error(None, wrong.messages)
        return _history(request, petition, answering=(question.pk, form), status=422)
    said = _("Thank you. Your answer has arrived, and the matter goes on.")
    return _history(request, Petition.objects.get(pk=petition.pk), said=said)


def _answered(question: Question, form: AnswerForm, now: datetime) -> None:
    perform(
        question.petition,
        "petitioner_answers",
        actor=Actor(label=PETITIONER),
        seen=None,
        now=now,
        question=question,
        answer=form.cleaned_data["answer"],
        files=form.cleaned_data["attachments"],
    )


def _no_longer_asked(question: Question | None) -> str:
    """Why there is nothing to answer: it was answered, or the office went on without."""
    if question and question.answered_at:
        return _("Your answer has arrived already; nothing more is asked of you now.")
    return _("This is no longer asked: the office has gone on. Below stands how your matter is now.")


@login_not_required
@never_cache
@require_POST
@sensitive_post_parameters("pass")
def satisfaction(request: HttpRequest) -> HttpResponse:
    """Three answers of somebody who was told the result; given once, and never shown with a name."""
    now = timezone.now()
    petition = _petition_of_pass(request, now)
    if petition is None:
        return redirect("petition:follow")
    form = SatisfactionForm(request.POST)
    if not Satisfaction.may_be_given(petition):
        return _history(request, petition)
    if not form.is_valid():
        return _history(request, petition, rating=form, status=422)
    given = form.cleaned_data | {"given_at": now}
    _row, is_new = Satisfaction.objects.get_or_create(petition=petition, defaults=given)
    said = (
        _("Thank you. Your answers help us to serve better.")
        if is_new
        else _("Thank you. You have answered these questions already.")
    )
    return _history(request, petition, said=said)
