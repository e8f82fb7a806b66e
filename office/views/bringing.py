"""Bringing a register of the past as a file: the file, its columns, what it would change, its loading, what is to be
mended. Which registers there are is said where these pages are put into the project's addresses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import wraps
from typing import Any, Final

from auditlog.models import LogEntry
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.access import View
from office.figures import thousands
from office.http import StaffRequest, kept_secret
from office.list_bringing import LAST_SHOWN, xlsx_file
from office.list_columns import LINE_HEADING, WHY_HEADING
from office.models import RegisterImport
from office.queue import start_by_name_after_commit
from office.recent_sign_in import reaches_far
from office.register_bringing import (
    ROWS_SHOWN,
    BroughtRegister,
    ask_to_load,
    faults_of_columns,
    forget_old,
    make_plan,
    throw_away,
    wrong_lines,
)
from office.register_form import ColumnsForm, RegisterFileForm
from office.spreadsheets import Cell

SECTION: Final = "imports"
LOAD: Final = "projectplan.tasks.load_register"
Registers = Mapping[str, BroughtRegister]


def hub(request: StaffRequest, registers: Registers) -> HttpResponse:
    """The registers that this person may bring."""
    mine = [one for one in registers.values() if one.may_bring.test(request.user)]
    if not mine:
        raise PermissionDenied(_refusal())
    return render(request, "office/imports/hub.html", {"section": SECTION, "registers": mine})


def _refusal() -> str:
    return _(
        "Administrators, and the head of the subgroup for its own register, bring registers. Ask one of them."
    )


def _of_one(view: View) -> View:
    """The page of one register, for those who may bring it."""

    @wraps(view)
    def guarded(
        request: StaffRequest, registers: Registers, register: str, **kwargs: Any
    ) -> HttpResponseBase:
        own = registers.get(register)
        if own is None:
            raise Http404
        if not own.may_bring.test(request.user):
            raise PermissionDenied(_refusal())
        return view(request, own, **kwargs)

    return kept_secret(guarded)


def _brought(register: BroughtRegister, pk: int) -> RegisterImport:
    rows = RegisterImport.objects.select_related("asked_by")
    return get_object_or_404(rows, register=register.key, pk=pk)


@_of_one
def upload(request: StaffRequest, register: BroughtRegister) -> HttpResponse:
    """The file is read and its changes are worked out; nothing of the register is written."""
    form = RegisterFileForm(register, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        forget_old(now)
        bringing = form.brought
        bringing.asked_at, bringing.asked_by = now, request.user
        if not faults_of_columns(register, bringing.fields):
            make_plan(register, bringing, now)
        bringing.save()
        return redirect("imports:preview", register.key, bringing.pk)
    last = RegisterImport.objects.filter(register=register.key).select_related("asked_by")
    context = {
        "section": SECTION,
        "register": register,
        "form": form,
        "columns": register.headings.columns,
        "last": last.defer("plan", "wrong", "header", "fields")[:LAST_SHOWN],
    }
    return render(request, "office/imports/upload.html", context, status=422 if form.is_bound else 200)


@_of_one
def sample(request: StaffRequest, register: BroughtRegister) -> HttpResponse:
    """A file to begin with: the headings, and rows to be written over."""
    head: list[Cell] = [column.heading for column in register.headings.columns]
    return xlsx_file([head, *map(list, register.sample)], str(register.title), f"{register.key}-sample")


@_of_one
def preview(request: StaffRequest, register: BroughtRegister, pk: int) -> HttpResponse:
    """What would change; after the word how far it is, and what has changed."""
    bringing = _brought(register, pk)
    return _page(request, register, bringing, ColumnsForm(register, bringing))


def _page(
    request: StaffRequest,
    register: BroughtRegister,
    bringing: RegisterImport,
    form: ColumnsForm,
    *,
    status: int = 200,
) -> HttpResponse:
    faults = faults_of_columns(register, bringing.fields) if bringing.is_draft else []
    counts = bringing.counts
    twin = RegisterImport.objects.filter(
        register=register.key, sha256=bringing.sha256, state=RegisterImport.State.ISSUED
    )
    context = {
        "section": SECTION,
        "register": register,
        "bringing": bringing,
        "form": form,
        "faults": faults,
        "counts": counts,
        "to_load": counts.get("new", 0) + counts.get("changed", 0),
        "plan": bringing.plan.get("shown", {}),
        "shown": ROWS_SHOWN,
        "loaded_before": twin.exclude(pk=bringing.pk).order_by("-pk").first() if bringing.is_draft else None,
    }
    return render(request, "office/imports/preview.html", context, status=status)


@require_POST
@_of_one
def match(request: StaffRequest, register: BroughtRegister, pk: int) -> HttpResponse:
    """Other columns were chosen: what would change is worked out anew, and the next such file is read so."""
    bringing = _brought(register, pk)
    if not bringing.is_draft:
        return redirect("imports:preview", register.key, pk)
    form = ColumnsForm(register, bringing, request.POST)
    if not form.is_valid():
        return _page(request, register, bringing, form, status=422)
    bringing.fields = form.chosen
    make_plan(register, bringing, timezone.now())
    bringing.save(update_fields=["fields", "plan", "wrong"])
    messages.success(
        request, _("The columns are read so from now on, also in the next file with these headings.")
    )
    return redirect("imports:preview", register.key, pk)


@require_POST
@_of_one
def load(request: StaffRequest, register: BroughtRegister, pk: int) -> HttpResponse:
    """The word: the rows are loaded in the background."""
    bringing = _brought(register, pk)
    whole = request.POST.get("how") == "all"
    if bringing.is_draft and faults_of_columns(register, bringing.fields):
        messages.warning(request, _("Choose the columns first."))
    elif bringing.is_draft and whole and bringing.counts.get("wrong"):
        said = _("%(number)s rows are wrong, so nothing is loaded. Mend them, or load the right ones now.")
        messages.warning(request, said % {"number": thousands(bringing.counts["wrong"])})
    elif ask_to_load(bringing, all_or_nothing=whole, by=request.user, now=timezone.now()):
        start_by_name_after_commit(LOAD, pk)
    return redirect("imports:preview", register.key, pk)


@_of_one
def state(request: StaffRequest, register: BroughtRegister, pk: int) -> HttpResponse:
    """How far it is: asked for by the page itself while it is being loaded; at its end the page is drawn anew."""
    bringing = _brought(register, pk)
    response = render(request, "office/imports/state.html", {"register": register, "bringing": bringing})
    if not bringing.is_being_made:
        response["HX-Refresh"] = "true"
    return response


@_of_one
def wrong(request: StaffRequest, register: BroughtRegister, pk: int) -> HttpResponse:
    """The wrong rows, as they came, each with what is wrong: to be mended and brought again. The trail says who."""
    bringing = _brought(register, pk)
    if not bringing.rows_path or not bringing.wrong:
        raise Http404
    LogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(RegisterImport),
        object_pk=str(pk),
        object_id=pk,
        object_repr=str(bringing),
        action=LogEntry.Action.ACCESS,
        changes={},
        actor=request.user,
    )
    rows = [[*bringing.header, LINE_HEADING, WHY_HEADING], *wrong_lines(bringing)]
    return xlsx_file(rows, str(register.title), f"{register.key}-to-mend")


@require_POST
@reaches_far
@_of_one
def throw(request: StaffRequest, register: BroughtRegister, pk: int) -> HttpResponse:
    """A file that shall not be loaded, or whose wrong rows nobody mends, is thrown away."""
    bringing = _brought(register, pk)
    if not bringing.is_being_made:
        throw_away(bringing)
        messages.success(request, _("The file is thrown away."))
    return redirect("imports:upload", register.key)
