"""The letters of the whole office: the register of those that left, and the mail day of those that wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from complaints.forms.letters import MailDayForm
from complaints.letter_paper import bytes_of, keep_paper, labels_pdf, matter_of
from complaints.permissions import carries_petitions
from complaints.taken_along import letter_file
from complaints.views.letters import log_look
from office.calendar import OFFICE_TZ
from office.http import StaffRequest
from office.list_export import asks_for_file, list_file
from office.lists import Order, page_of
from office.models import LetterDelivery, OutgoingLetter, User
from office.models.matter import matters_visible_to
from office.paper import PaperError, merge_pdfs
from office.plain_number import plain_numbers
from office.steps import Actor, StepRefused, perform
from office.thai import be_year
from office.views.documents import pdf_response

MOST_ROWS = 200
"""Letters of one mail day: what one person carries to the post."""
PROOF_LENGTH = 120


@dataclass(frozen=True)
class Row:
    """What became of one letter of a mail day."""

    letter: OutgoingLetter
    fault: str = ""


def only_the_subgroup(request: HttpRequest) -> None:
    """The mail day is the subgroup's own work."""
    if not carries_petitions.test(request.user):
        raise PermissionDenied(_("Letters are sent by the subgroup that carries petitions."))


def visible(user: User) -> QuerySet[OutgoingLetter]:
    """Issued letters about matters that this person may see."""
    letters = OutgoingLetter.objects.filter(matters_visible_to(user, "matter__"), issued_at__isnull=False)
    return letters.select_related("matter", "agency", "document", "signer__position").defer("enclosures")


def to_send(user: User) -> QuerySet[OutgoingLetter]:
    """Those that have not left, the longest issued first; as the index `outgoing_letter_to_send` holds them."""
    return visible(user).filter(sent_at=None).order_by("issued_at", "pk")


# ── The register ────────────────────────────────────────────────────────────────────────────


@require_GET
def register(request: StaffRequest) -> HttpResponseBase:
    """The register of outgoing letters (ทะเบียนหนังสือส่ง) of a calendar year, the newest number first."""
    this_year = be_year(timezone.now().astimezone(OFFICE_TZ).date())
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else this_year
    rows = visible(request.user).filter(year=year, number__isnull=False)
    if kind := asks_for_file(request.GET):
        return list_file(request, letter_file(rows.order_by("-number"), year), kind)
    order = Order("number", tie="number", descending=True)
    page = page_of(rows, order, after=request.GET.get("after", ""), upto=request.GET.get("upto", ""))
    context = {
        "section": "letters",
        "year": year,
        "query": f"year={year}",
        "year_after": year + 1 if year < this_year else None,
        "page": page,
    }
    return render(request, "complaints/letters/register.html", context)


# ── The mail day ────────────────────────────────────────────────────────────────────────────


@require_GET
def mail_day(request: StaffRequest) -> HttpResponse:
    """What is numbered and has not left: to be printed, labelled, and written down as posted."""
    only_the_subgroup(request)
    return _page(request, MailDayForm(now=timezone.now(), rows=list, needs_day=True))


def _page(request: StaffRequest, form: MailDayForm, *, status: int = 200) -> HttpResponse:
    letters = list(to_send(request.user)[: MOST_ROWS + 1])
    chosen = set(request.POST.getlist("letter")) if form.is_bound else {str(one.pk) for one in letters}
    rows = [
        (one, str(one.pk) in chosen, form.data.get(f"proof_{one.pk}", "") if form.is_bound else "")
        for one in letters[:MOST_ROWS]
    ]
    context = {
        "section": "letters",
        "rows": rows,
        "more": len(letters) > MOST_ROWS,
        "most": MOST_ROWS,
        "form": form,
    }
    return render(request, "complaints/letters/mail_day.html", context, status=status)


def _chosen(request: StaffRequest, *, needs_day: bool = False) -> tuple[MailDayForm, list[OutgoingLetter]]:
    """The form and the letters it chose, in the order of their numbers; none when something is wrong in it."""
    only_the_subgroup(request)
    keys = plain_numbers(request.POST.getlist("letter")[:MOST_ROWS])
    letters = list(visible(request.user).filter(pk__in=keys).order_by("year", "number"))
    form = MailDayForm(
        request.POST, now=timezone.now(), rows=lambda: [one.pk for one in letters], needs_day=needs_day
    )
    return form, letters if form.is_valid() else []


@require_POST
def print_all(request: StaffRequest) -> HttpResponse:
    """The chosen letters as one PDF in the order of their numbers; each with personal data is a look, and is logged."""
    form, letters = _chosen(request)
    if not letters:
        return _page(request, form, status=422)
    for letter in letters:
        if letter.document_id is None:
            keep_paper(letter.pk, timezone.now())
            letter.refresh_from_db()
        log_look(request.user, letter, matter_of(letter))
    return pdf_response(merge_pdfs(bytes_of(letter) for letter in letters), "letters.pdf")


@require_POST
def labels(request: StaffRequest) -> HttpResponse:
    """Address labels of the chosen letters, on sheets; the looks are logged."""
    form, letters = _chosen(request)
    if not letters:
        return _page(request, form, status=422)
    for letter in letters:
        if letter.is_to_the_petitioner:
            log_look(request.user, letter, matter_of(letter))
    return pdf_response(labels_pdf(letters), "labels.pdf")


@require_POST
def posted(request: StaffRequest) -> HttpResponse:
    """Write down that the chosen letters were posted on one day, each with its own proof; a result for each."""
    form, letters = _chosen(request, needs_day=True)
    if not letters:
        return _page(request, form, status=422)
    rows = [
        _send(
            request.user,
            letter,
            way=LetterDelivery.Way.POST,
            at=form.at,
            proof=request.POST.get(f"proof_{letter.pk}", "").strip()[:PROOF_LENGTH],
        )
        for letter in letters
    ]
    return _results(request, rows)


@require_POST
def mailed(request: StaffRequest) -> HttpResponse:
    """Send the chosen letters by e-mail; a result for each."""
    form, letters = _chosen(request)
    if not letters:
        return _page(request, form, status=422)
    return _results(request, [_send(request.user, one, way=LetterDelivery.Way.EMAIL) for one in letters])


def _send(user: User, letter: OutgoingLetter, **given: Any) -> Row:
    """One letter in a transaction of its own. Not the matter's version matters here but whether the letter has left."""
    try:
        if letter.document_id is None:
            keep_paper(letter.pk, timezone.now())
        perform(
            matter_of(letter),
            "send_letter",
            actor=Actor(user=user),
            seen=None,
            now=timezone.now(),
            letter=letter,
            first_time=True,
            **given,
        )
    except ValidationError as refused:
        return Row(letter, " ".join(refused.messages))
    except StepRefused as refused:
        return Row(letter, str(refused))
    except PaperError:
        return Row(letter, _("Its paper could not be made."))
    return Row(letter)


def _results(request: StaffRequest, rows: list[Row]) -> HttpResponse:
    context = {"section": "letters", "rows": rows, "done": sum(not row.fault for row in rows)}
    return render(request, "complaints/letters/mail_day_done.html", context)
