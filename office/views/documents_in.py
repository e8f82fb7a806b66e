"""One document in: entering it, its page with the stamp, what is done with it, its files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from office import incoming
from office.http import StaffRequest
from office.incoming import MovedOn, may_receive
from office.incoming_forms import FactsForm, PassForm, PracticeForm, ReceiveForm, StrikeForm
from office.kept_files import hand_out
from office.matter_picker import PickForm
from office.models import IncomingDocument, IncomingFile, Matter, User
from office.paper import render_pdf
from office.register_as import kinds_for
from office.views.documents import pdf_response
from office.views.links import seen_matter

SECTION: Final = "documents_in"
Act = Callable[[IncomingDocument, Any, int], None]


def only_receivers(user: User) -> None:
    """Executives read the register, administrators do not even that."""
    if not may_receive.test(user):
        raise PermissionDenied(_("Documents are received by officers and section heads."))


def fetch(user: User, pk: int) -> IncomingDocument:
    """A document this person may see; else not found."""
    rows = IncomingDocument.objects.visible_to(user)
    return get_object_or_404(rows.select_related("subgroup", "passed_to", "received_by", "matter"), pk=pk)


def fetch_open(user: User, pk: int) -> IncomingDocument:
    """A document with which something may still be done, for those who do it."""
    only_receivers(user)
    found = fetch(user, pk)
    if found.voided_at:
        raise PermissionDenied(_("This line is struck out: nothing is done with it any more."))
    return found


def new(request: StaffRequest) -> HttpResponse:
    """Enter a document; the page that follows shows its receipt number for the stamp."""
    only_receivers(request.user)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReceiveForm(data, files, user=request.user, now=timezone.now())
    if form.is_valid():
        made = incoming.receive(
            form.all_facts(),
            form.cleaned_data["attachments"],
            ticket=form.cleaned_data["ticket"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Received as %(number)s.") % {"number": made.label})
        return redirect(made)
    context = {"section": SECTION, "form": form}
    return render(request, "office/documents/new.html", context, status=422 if form.is_bound else 200)


def document(request: StaffRequest, pk: int) -> HttpResponse:
    """One line of the register: the stamp, what stands on the document, what was done, what may be done."""
    return _page(request, fetch(request.user, pk))


def _page(request: StaffRequest, found: IncomingDocument, status: int = 200, **forms: Any) -> HttpResponse:
    acts = may_receive.test(request.user) and found.voided_at is None
    matter = found.matter
    if matter and not Matter.objects.visible_to(request.user).filter(pk=matter.pk).exists():
        matter = None
    context: dict[str, Any] = {
        "section": SECTION,
        "document": found,
        "matter": matter,
        "entries": list(found.entries.select_related("by")),
        "files": list(found.files.all()),
        "acts": acts,
    }
    if acts:
        seen = {"seen": found.version}
        context |= {
            "practice_form": PracticeForm(initial=seen, prefix="practice"),
            "pass_form": PassForm(initial=seen | _held_by(found), prefix="pass"),
            "form": PickForm(user=request.user, today=timezone.localdate(), without=()),
            "kinds": kinds_for(request.user),
        }
    return render(request, "office/documents/document.html", context | forms, status=status)


def _held_by(found: IncomingDocument) -> dict[str, Any]:
    return {"subgroup": found.subgroup_id, "passed_to": found.passed_to_id}


def _act(request: StaffRequest, found: IncomingDocument, form: Any, act: Act, done: str) -> bool:
    """Take an act that a valid form asks for; or say in the form why not."""
    if not form.is_valid():
        return False
    try:
        act(found, form.cleaned_data, form.cleaned_data["seen"] or 0)
    except MovedOn:
        form.add_error(
            None,
            _("Somebody changed this line meanwhile. Compare with what stands there now and send once more."),
        )
    except ValidationError as refused:
        form.add_error(None, refused)
    else:
        messages.success(request, done)
        return True
    return False


def practice(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down what was done."""
    found = fetch_open(request.user, pk)
    if request.method != "POST":
        return redirect(found)
    form = PracticeForm(request.POST, request.FILES, prefix="practice")

    def act(line: IncomingDocument, given: Any, seen: int) -> None:
        words, files = given["words"], given["attachments"]
        incoming.note_practice(line, words, files, seen=seen, by=request.user, now=timezone.now())

    if _act(request, found, form, act, _("Written down.")):
        return redirect(found)
    return _page(request, fetch(request.user, pk), 422, practice_form=_as_it_is(form, found))


def pass_on(request: StaffRequest, pk: int) -> HttpResponse:
    """Pass it to a subgroup, and there to somebody."""
    found = fetch_open(request.user, pk)
    if request.method != "POST":
        return redirect(found)
    form = PassForm(request.POST, prefix="pass")

    def act(line: IncomingDocument, given: Any, seen: int) -> None:
        to = given["subgroup"], given["passed_to"]
        incoming.pass_on(line, *to, seen=seen, by=request.user, now=timezone.now())

    if _act(request, found, form, act, _("Passed on.")):
        still = IncomingDocument.objects.visible_to(request.user).filter(pk=pk).exists()
        return redirect(found if still else "office:documents_in")
    return _page(request, fetch(request.user, pk), 422, pass_form=_as_it_is(form, found))


def _as_it_is(form: Any, found: IncomingDocument) -> Any:
    """The form with its faults and the version that is there now: whoever has read it may send it once more."""
    now = IncomingDocument.objects.only("version").get(pk=found.pk).version
    form.data = form.data.copy()
    form.data[form.add_prefix("seen")] = str(now)
    return form


def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Put right what was entered."""
    found = fetch_open(request.user, pk)
    data = request.POST if request.method == "POST" else None
    form = FactsForm(data, today=timezone.localdate(), initial=FactsForm.of(found))

    def act(line: IncomingDocument, given: Any, seen: int) -> None:
        incoming.correct(line, form.facts(), seen=seen, by=request.user, now=timezone.now())

    if _act(request, found, form, act, _("Saved.")):
        return redirect(found)
    if form.is_bound:
        _as_it_is(form, found)
    context = {"section": SECTION, "document": found, "form": form, "heading": _("Put right")}
    return render(request, "office/documents/edit.html", context, status=422 if form.is_bound else 200)


def strike_out(request: StaffRequest, pk: int) -> HttpResponse:
    """Strike a line out that was entered by mistake; its number stays."""
    found = fetch_open(request.user, pk)
    data = request.POST if request.method == "POST" else None
    form = StrikeForm(data, initial={"seen": found.version})

    def act(line: IncomingDocument, given: Any, seen: int) -> None:
        incoming.strike_out(line, given["reason"], seen=seen, by=request.user, now=timezone.now())

    if _act(request, found, form, act, _("The line is struck out.")):
        return redirect(found)
    if form.is_bound:
        _as_it_is(form, found)
    context = {"section": SECTION, "document": found, "form": form, "heading": _("Strike out")}
    return render(request, "office/documents/edit.html", context, status=422 if form.is_bound else 200)


def go_on_as(request: StaffRequest, pk: int) -> HttpResponse:
    """Say as which matter it goes on: one that is there already."""
    found = fetch_open(request.user, pk)
    if request.method != "POST":
        return redirect(found)
    form = PickForm(request.POST, user=request.user, today=timezone.localdate(), without=())
    if "look" in request.POST:
        if request.htmx:
            return render(request, "matter/links/found.html", {"form": form})
        return _page(request, found, form=form)
    if form.is_valid():
        matter = seen_matter(request.user, form.cleaned_data["other"].pk)
        incoming.go_on_as(found, matter, by=request.user, now=timezone.now())
        messages.success(request, _("It goes on as %(number)s.") % {"number": matter.label})
        return redirect(found)
    return _page(request, found, 422, form=form)


@require_GET
def file(request: StaffRequest, pk: int) -> HttpResponseBase:
    """A file of a document in; who may not see the document is told that there is none."""
    visible = IncomingDocument.objects.visible_to(request.user)
    return hand_out(get_object_or_404(IncomingFile.objects.filter(incoming__in=visible), pk=pk))


@require_GET
def stamp(request: StaffRequest, pk: int) -> HttpResponse:
    """The stamp of receipt (ตรารับ) at the size of the regulation, to be printed on the document's corner."""
    found = fetch(request.user, pk)
    context = {"document": found, "office_name": settings.OFFICE_NAME, "title": found.label}
    with override(settings.LANGUAGE_CODE):
        pdf = render_pdf(render_to_string("office/documents/stamp.html", context), title=found.label)
    return pdf_response(pdf, "stamp.pdf")
