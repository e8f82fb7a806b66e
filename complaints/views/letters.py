"""One letter: begun from a template, edited, looked at, issued, sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from complaints.access import record_access
from complaints.forms.letters import LetterForm, NewLetterForm, SendForm
from complaints.letter_fields import FIELDS
from complaints.letter_mail import address_of
from complaints.letter_paper import keep_paper, matter_of
from complaints.letter_writing import (
    has_personal_fields,
    keep_draft,
    templates_for,
    why_not,
    write_draft,
)
from complaints.models import Petition, RelatedMatter
from complaints.models.letter_steps import LetterChanged, may_post_letters
from complaints.permissions import may_open_petitioner
from office.history import told
from office.http import StaffRequest
from office.models import LetterDelivery, LetterTemplate, Matter, Notice, OutgoingLetter, Secrecy, User
from office.models.letter import WORDS
from office.models.matter import matters_visible_to
from office.paper import PaperError
from office.permissions import carries_it
from office.plain_number import plain_number
from office.steps import Actor, ChangedMeanwhile, StepRefused, perform


def fetch(user: User, pk: int) -> OutgoingLetter:
    """A letter whose matter this person may see; else not found."""
    letters = OutgoingLetter.objects.filter(matters_visible_to(user, "matter__"))
    related = ("matter__owner", "agency", "signer__position", "document", "made_by", "issued_by", "template")
    return get_object_or_404(letters.select_related(*related), pk=pk)


def fetch_matter(user: User, pk: int) -> Any:
    """The petition or related matter of a key, if this person may see it and letters are written about its kind."""
    matter = get_object_or_404(Matter.objects.visible_to(user), pk=pk)
    if matter.kind not in FIELDS:
        raise Http404
    kind: Any = Petition if matter.kind == Matter.Kind.PETITION else RelatedMatter
    return get_object_or_404(kind.objects.select_related("agency", "owner"), pk=pk)


def log_look(user: User, letter: OutgoingLetter, matter: Any) -> None:
    """A paper with a petitioner's data on it is opened: only by those who may, and logged."""
    if not has_personal_fields(letter) or not isinstance(matter, Petition):
        return
    if not may_open_petitioner.test(user):
        raise PermissionDenied(_("The petitioner's data is open to those who handle the matter."))
    record_access(user, matter)


# ── Beginning ───────────────────────────────────────────────────────────────────────────────


def new(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose a template, then its optional paragraphs; the draft that comes of it is edited next."""
    matter = fetch_matter(request.user, pk)
    if not carries_it.test(request.user, matter):
        raise StepRefused(_("Letters of this matter are written by whoever carries it, or the head."))
    template = _chosen_template(request, matter)
    if template is None or why_not(matter, template.kind):
        templates = [(one, why_not(matter, one.kind)) for one in templates_for(matter.kind)]
        context = {"matter": matter, "templates": templates, "section": section_of(matter)}
        return render(request, "complaints/letters/choose.html", context)
    data = request.POST if request.method == "POST" else None
    start = {"agency": request.GET["agency"]} if plain_number(request.GET.get("agency", "")) else {}
    form = NewLetterForm(data, template=template, matter=matter, initial=start)
    if form.is_valid():
        try:
            return redirect("complaints:letter", _begin(request.user, template, matter, form).pk)
        except ValidationError as refused:
            form.add_error(None, refused)
    context = {
        "matter": matter,
        "template": template,
        "paragraphs": list(template.paragraphs.all()),
        "form": form,
        "section": section_of(matter),
    }
    return render(request, "complaints/letters/new.html", context, status=422 if form.is_bound else 200)


def _chosen_template(request: StaffRequest, matter: Any) -> LetterTemplate | None:
    """The template asked for by key, or the only one of a kind asked for; None when it is still to be chosen."""
    templates = templates_for(matter.kind).prefetch_related("paragraphs")
    key = request.POST.get("template") or request.GET.get("template") or ""
    number = plain_number(key)
    if number is not None:
        return get_object_or_404(templates, pk=number)
    of_kind = list(templates.filter(kind=request.GET.get("kind", ""))[:2])
    return of_kind[0] if len(of_kind) == 1 else None


def _begin(user: User, template: LetterTemplate, matter: Any, form: NewLetterForm) -> OutgoingLetter:
    given = form.cleaned_data
    return write_draft(
        template,
        matter,
        by=user,
        now=timezone.now(),
        chosen=given.get("paragraphs", []),
        agency=given.get("agency"),
        signer=given["signer"],
    )


def section_of(matter: Any) -> str:
    return "petitions" if matter.kind == Matter.Kind.PETITION else "related"


# ── The draft, and what became of it ────────────────────────────────────────────────────────


def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """A draft to be edited and saved; an issued letter with how it left."""
    found = fetch(request.user, pk)
    if request.method != "POST":
        return letter_page(request, found)
    _form, refusal = _keep(request, found)
    if refusal:
        return refusal
    messages.success(request, _("The draft is saved."))
    return redirect("complaints:letter", found.pk)


def _keep(request: StaffRequest, found: OutgoingLetter) -> tuple[LetterForm, HttpResponse | None]:
    """Save what was typed; the page to show instead when it may not be, is wrong, or the draft moved on."""
    matter = matter_of(found)
    if not carries_it.test(request.user, matter):
        raise StepRefused(_("Letters of this matter are written by whoever carries it, or the head."))
    form = LetterForm(request.POST, matter=matter, instance=found)
    if not form.is_valid():
        return form, letter_page(request, fetch(request.user, found.pk), form=form, status=422)
    if not keep_draft(found, form.words(), seen=form.cleaned_data["seen"]):
        return form, _moved_on(request, fetch(request.user, found.pk), form)
    return form, None


def _moved_on(request: StaffRequest, there: OutgoingLetter, form: LetterForm) -> HttpResponse:
    """Somebody else saved or issued the draft: both versions, and what was typed ready to be saved over a draft."""
    typed = [
        {"label": form.fields[name].label, "there": getattr(there, name), "typed": form.cleaned_data[name]}
        for name in WORDS
        if getattr(there, name) != form.cleaned_data[name]
    ]
    data = request.POST.copy()
    data["seen"] = str(there.version)
    again = LetterForm(data, matter=matter_of(there), instance=fetch(request.user, there.pk))
    return letter_page(request, there, form=again, status=409, typed=typed, moved_on=True)


def letter_page(
    request: StaffRequest,
    found: OutgoingLetter,
    *,
    form: LetterForm | None = None,
    send_form: SendForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    matter = matter_of(found)
    carries = carries_it.test(request.user, matter)
    now = timezone.now()
    context: dict[str, Any] = {
        "section": section_of(matter),
        "letter": found,
        "matter": matter,
        "carries": carries,
        "has_personal": has_personal_fields(found),
        "fields": FIELDS[matter.kind],
    }
    if found.is_issued:
        sends = may_post_letters.test(request.user, matter) and found.document_id is not None
        context |= {
            "sends": sends,
            "send_form": send_form or SendForm(now=now, initial={"seen": matter.version}),
            "deliveries": deliveries_of(found),
            "may_mail": sends and matter.secrecy == Secrecy.ORDINARY and bool(address_of(found)),
            "lines": [line for line in found.body.splitlines() if line.strip()],
        }
    elif carries:
        context["form"] = form or LetterForm(matter=matter, instance=found)
    else:
        context["lines"] = [line for line in found.body.splitlines() if line.strip()]
    return render(request, "complaints/letters/letter.html", context | more, status=status)


def deliveries_of(letter: OutgoingLetter) -> list[tuple[LetterDelivery, str]]:
    """How a letter left; of an e-mail also whether it is still in the outbox: "", "waiting", or "withdrawn"."""
    rows = list(letter.deliveries.select_related("by"))
    mails = Notice.objects.filter(kind=Notice.Kind.OUTGOING_LETTER, matter_id=letter.matter_id)
    sent = dict(mails.values_list("subject_id", "sent_at"))
    found = []
    for row in rows:
        standing = ""
        if row.way == LetterDelivery.Way.EMAIL:
            standing = "withdrawn" if row.pk not in sent else "" if sent[row.pk] else "waiting"
        found.append((row, standing))
    return found


@require_POST
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw a draft away; an issued letter stays."""
    found = fetch(request.user, pk)
    if not carries_it.test(request.user, found.matter):
        raise StepRefused(_("Letters of this matter are written by whoever carries it, or the head."))
    gone, _rows = OutgoingLetter.objects.filter(pk=found.pk, issued_at=None).delete()
    if gone:
        messages.success(request, _("The draft is thrown away."))
    return redirect(matter_of(found))


@require_POST
def issue(request: StaffRequest, pk: int) -> HttpResponse:
    """Save what is typed, give it its number, make its paper."""
    found = fetch(request.user, pk)
    if found.is_issued:  # a second click
        return redirect("complaints:letter", pk)
    form, refusal = _keep(request, found)
    if refusal:
        return refusal
    matter = matter_of(found)
    seen = request.POST.get("matter_seen", "")
    try:
        perform(
            matter,
            "issue_letter",
            actor=Actor(user=request.user),
            seen=plain_number(seen) or 0,
            now=timezone.now(),
            letter=found,
            drafted=form.cleaned_data["seen"] + 1,
        )
    except ChangedMeanwhile as changed:
        since = told(changed.events, type(matter))
        return letter_page(request, fetch(request.user, pk), status=409, since=since)
    except LetterChanged:
        return _moved_on(request, fetch(request.user, pk), form)
    except ValidationError as refused:
        data = request.POST.copy()
        data["seen"] = str(form.cleaned_data["seen"] + 1)  # what was typed is saved already
        again = LetterForm(data, matter=matter, instance=fetch(request.user, pk))
        again.is_valid()
        add_errors(again, refused)
        return letter_page(request, fetch(request.user, pk), form=again, status=422)
    _make_paper(request, pk)
    return redirect("complaints:letter", pk)


def add_errors(form: Any, refused: ValidationError) -> None:
    """Beside the field where the rule names one that the form has, else above the form."""
    if hasattr(refused, "error_dict") and set(refused.error_dict) <= set(form.fields):
        form.add_error(None, refused)
    else:
        form.add_error(None, refused.messages)


def _make_paper(request: StaffRequest, pk: int) -> None:
    try:
        keep_paper(pk, timezone.now())
    except PaperError:
        messages.error(request, _("It has its number, but its paper could not be made. Try again."))
    else:
        label = fetch(request.user, pk).label
        messages.success(request, _("Letter %(number)s is issued.") % {"number": label})


@require_POST
def make_paper(request: StaffRequest, pk: int) -> HttpResponse:
    """Make the paper of an issued letter that has none yet."""
    found = fetch(request.user, pk)
    if found.is_issued and found.document_id is None:
        _make_paper(request, pk)
    return redirect("complaints:letter", pk)
