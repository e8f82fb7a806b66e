"""Surveys: the list, a new one, who is asked, its opening and closing, forms on paper, comments, results."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from office.calendar import fiscal_year_of
from office.figures import figures
from office.http import StaffRequest
from office.plain_number import plain_number
from office.views.form_page import form_page
from projectplan import survey_mail, survey_words, surveying
from projectplan.models import AnswerSheet, Seminar, Survey
from projectplan.results_access import keepers_only, may_keep, readers_only
from projectplan.survey_forms import AskForm, NewSurveyForm, PaperForm, SurveyForm, last_day
from projectplan.survey_results import results_of
from projectplan.year_asked import year_asked

SECTION: Final = "surveys"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Standing = Survey.Standing


@require_GET
@readers_only
def surveys(request: StaffRequest) -> HttpResponse:
    """The surveys of a fiscal year, or of all; of one kind, if it is asked for."""
    now = timezone.now()
    year = year_asked(request.GET.get("year", ""))
    kind = request.GET.get("kind", "")
    rows = Survey.objects.with_counts().select_related("seminar")
    if year:
        rows = rows.filter(fiscal_year=year)
    if kind in Survey.Kind.values:
        rows = rows.filter(kind=kind)
    context = {
        "section": SECTION,
        "rows": [(one, one.standing(now), last_day(one)) for one in rows],
        "year": year,
        "kind": Survey.Kind(kind).label if kind in Survey.Kind.values else "",
        "may_keep": may_keep.test(request.user),
    }
    return render(request, "projectplan/surveys/list.html", context)


@keepers_only
def survey_new(request: StaffRequest) -> HttpResponse:
    """First of what, then what is asked."""
    if "kind" not in request.GET and "seminar" not in request.GET:
        return _choose(request)
    survey = _begun(request)
    form = SurveyForm(request.POST or None, instance=survey, today=timezone.localdate())
    if form.is_valid():
        with transaction.atomic():
            form.save()
            asked = surveying.ask_participants(survey) if survey.seminar else surveying.ask_executives(survey)
        messages.success(
            request,
            _("The survey is written down; %(number)s people are on its list.") % {"number": figures(asked)},
        )
        return redirect(survey)
    return form_page(
        request, form, heading=_("New survey"), back=reverse("projectplan:surveys"), section=SECTION
    )


def _choose(request: StaffRequest) -> HttpResponse:
    """The first question: of a seminar, or of public relations."""
    form = NewSurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seminar = form.cleaned_data["seminar"]
        query = f"seminar={seminar.pk}" if seminar else f"kind={Survey.Kind.PUBLIC_RELATIONS.value}"
        return redirect(f"{reverse('projectplan:survey_new')}?{query}")
    back = reverse("projectplan:surveys")
    return form_page(request, form, heading=_("New survey"), back=back, section=SECTION, button=_("Go on"))


def _begun(request: StaffRequest) -> Survey:
    """The survey to be written down, as the address says of what."""
    key = request.GET.get("seminar", "")
    now = timezone.now()
    facts: dict[str, Any] = {"made_at": now, "made_by": request.user}
    if key:
        seminar = get_object_or_404(Seminar, pk=plain_number(key))
        title = _("Satisfaction with the seminar “%(title)s”") % {"title": seminar.title[:200]}
        return Survey(kind=Survey.Kind.SEMINAR, seminar=seminar, title=title, **facts)
    year = fiscal_year_of(timezone.localdate())
    title = _("Executives' satisfaction with public relations, fiscal year %(year)s") % {
        "year": figures(year)
    }
    return Survey(kind=Survey.Kind.PUBLIC_RELATIONS, title=title, **facts)


@keepers_only
@transaction.atomic
def survey_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A survey in preparation is changed; of an open one only its words and its closing day; a closed one stands."""
    found = get_object_or_404(Survey.objects.select_for_update(of=("self",)).select_related("seminar"), pk=pk)
    if found.standing(timezone.now()) == Standing.CLOSED:
        messages.warning(request, _("The survey is closed; it is changed no more."))
        return redirect(found)
    form = SurveyForm(request.POST or None, instance=found, today=timezone.localdate())
    if form.is_valid():
        saved = form.save()
        messages.success(request, _("%(name)s is saved.") % {"name": saved})
        return redirect(saved)
    back = reverse("projectplan:survey", args=[pk])
    return form_page(request, form, heading=_("Change the survey"), back=back, section=SECTION)


@require_GET
@readers_only
def survey(request: StaffRequest, pk: int) -> HttpResponse:
    """One survey: its list while it is open, its results when it is closed."""
    found = get_object_or_404(Survey.objects.with_counts().select_related("seminar"), pk=pk)
    standing = found.standing(timezone.now())
    keeps = may_keep.test(request.user)
    context: dict[str, Any] = {
        "section": SECTION,
        "survey": found,
        "standing": standing,
        "is_draft": standing == Standing.DRAFT,
        "is_open": standing == Standing.OPEN,
        "is_closed": standing == Standing.CLOSED,
        "last_day": last_day(found),
        "may_keep": keeps,
        "invitees": list(found.invitees.all()) if keeps else [],
    }
    if standing == Standing.CLOSED:
        context |= _results(found, keeps=keeps)
    else:
        context["questions"] = list(found.questions.all())
    return render(request, "projectplan/surveys/survey.html", context)


def _results(found: Survey, *, keeps: bool) -> dict[str, Any]:
    results = results_of(found)
    comments = found.sheets.exclude(comment="").order_by("pk")
    if not keeps:
        comments = comments.filter(comment_state=AnswerSheet.Comment.SHOWN)
    return {
        "results": results,
        "whole": survey_words.line(_("All together"), results.whole),
        "percent": survey_words.figure(results.whole.percent),
        "lines": survey_words.lines(results),
        "groups": [
            survey_words.line(name or _("The others"), spread, number=n) for name, n, spread in results.groups
        ],
        "comments": list(comments),
    }


@require_GET
@readers_only
def results_file(request: StaffRequest, pk: int) -> HttpResponse:
    """The results of a closed survey as XLSX."""
    found = get_object_or_404(Survey.objects.closed(timezone.now()), pk=pk)
    content = survey_words.as_workbook(results_of(found), with_comments=True)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="survey-{pk}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


# ── What is done with it ────────────────────────────────────────────────────────────────────


@require_POST
@keepers_only
def survey_open(request: StaffRequest, pk: int) -> HttpResponse:
    """It is opened, and everybody on its list is written to."""
    found = get_object_or_404(Survey, pk=pk)
    try:
        written = surveying.open_survey(found, timezone.now())
    except surveying.NotNow:
        messages.warning(request, _("It is open already, has no questions, or its last day is over."))
    else:
        said = _("The survey is open; letters are on their way to %(number)s people.")
        messages.success(request, said % {"number": figures(written)})
    return redirect(found)


@require_POST
@keepers_only
def survey_close(request: StaffRequest, pk: int) -> HttpResponse:
    """Nobody answers any more; the results stand."""
    found = get_object_or_404(Survey, pk=pk)
    try:
        surveying.close_survey(found, timezone.now())
    except surveying.NotNow as refused:
        messages.warning(request, surveying.words_of_refusal(refused))
    else:
        messages.success(request, _("The survey is closed. Its results stand below."))
    return redirect(found)


@require_POST
@keepers_only
def survey_remind(request: StaffRequest, pk: int) -> HttpResponse:
    """Who has not answered is written to once more; who came onto the list later, for the first time."""
    now = timezone.now()
    found = get_object_or_404(Survey.objects.open(now), pk=pk)
    written = survey_mail.invite(found, now) + survey_mail.remind(found, now)
    if written:
        messages.success(
            request, _("Letters are on their way to %(number)s people.") % {"number": figures(written)}
        )
    else:
        messages.info(
            request, _("Nobody is left to be reminded: each is reminded once, a day after the first letter.")
        )
    return redirect(found)


@keepers_only
def survey_ask(request: StaffRequest, pk: int) -> HttpResponse:
    """People are put onto the list by hand."""
    found = get_object_or_404(Survey, pk=pk)
    if found.standing(timezone.now()) == Standing.CLOSED:
        messages.warning(request, _("The survey is closed; it is changed no more."))
        return redirect(found)
    form = AskForm(request.POST or None)
    if form.is_valid():
        with transaction.atomic():
            asked = surveying.ask(found, form.cleaned_data["people"])
        messages.success(request, _("%(number)s people are new on the list.") % {"number": figures(asked)})
        return redirect(found)
    back = reverse("projectplan:survey", args=[pk])
    return form_page(request, form, heading=_("Put people onto the list"), back=back, section=SECTION)


@keepers_only
def survey_paper(request: StaffRequest, pk: int) -> HttpResponse:
    """A stack of forms, one after the other."""
    found = get_object_or_404(Survey, pk=pk)
    now = timezone.now()
    if not found.is_open(now):
        messages.warning(request, surveying.words_of_refusal(surveying.NotNow()))
        return redirect(found)
    groups = sorted({name for name in found.invitees.values_list("group", flat=True) if name})
    form = PaperForm(request.POST or None, questions=list(found.questions.all()), groups=groups)
    if form.is_valid():
        given = form.cleaned_data
        surveying.type_in(
            found, form.levels, given["comment"], group=given["group"], by=request.user, now=now
        )
        messages.success(request, _("The form is kept. The next one, please."))
        return redirect("projectplan:survey_paper", pk)
    context = {
        "section": SECTION,
        "survey": found,
        "form": form,
        "typed": found.sheets.filter(is_paper=True).count(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "projectplan/surveys/paper.html", context, status=status)


@require_POST
@keepers_only
def comment(request: StaffRequest, pk: int, sheet: UUID) -> HttpResponse:
    """A comment is shown to all readers, or kept back because it names somebody."""
    found = get_object_or_404(AnswerSheet, pk=sheet, survey=pk)
    state = request.POST.get("state", "")
    if state not in (AnswerSheet.Comment.SHOWN, AnswerSheet.Comment.HIDDEN):
        raise Http404
    found.comment_state = state
    found.save(update_fields=["comment_state"])
    return redirect(f"{reverse('projectplan:survey', args=[pk])}#comments")
