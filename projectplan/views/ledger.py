"""The pages of the ledger: an activity with its entries, one entry, and the forms that write, reverse and decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse as address_of
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from office.http import StaffRequest
from office.lists import COUNT_CAP, Order, capped_count, count_label, page_of
from office.models import User
from office.registers import link
from office.views.documents import handed_out, pdf_response
from projectplan import ledger
from projectplan.activity_result import result_of
from projectplan.budget import budget_of
from projectplan.budget_access import (
    enterers_only,
    may_decide,
    may_enter,
    may_withdraw,
    readers_only,
)
from projectplan.budget_exports import ledger_workbook
from projectplan.budget_forms import DecisionForm, EntryForm, LedgerFilterForm, ReversalForm, refusal
from projectplan.budget_paper import voucher_context, voucher_pdf
from projectplan.burn_chart import burn_chart
from projectplan.ledger import NotEnough, NotPending, NotReversible
from projectplan.models import Activity, BudgetEntry, BudgetFile
from projectplan.subjects import SUBJECTS

SECTION: Final = "project"
NEWEST: Final = Order("pk", descending=True)
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Kind = BudgetEntry.Kind
DOING: Final[dict[str, Callable[..., BudgetEntry]]] = {
    "approve": ledger.approve,
    "turn_down": ledger.turn_down,
    "withdraw": ledger.withdraw,
}
ENTERED: Final = [kind for kind in Kind if kind != Kind.REVERSAL]


def _activity(pk: int) -> Activity:
    return get_object_or_404(Activity.objects.select_related("project__plan", "balance"), pk=pk)


def _entry(pk: int) -> BudgetEntry:
    entries = BudgetEntry.objects.with_whom().select_related("activity__project__plan")
    return get_object_or_404(entries, pk=pk)


@require_GET
@readers_only
def activity(request: StaffRequest, pk: int) -> HttpResponse:
    """An activity: its result, its money, its spending by month, its ledger, its milestones."""
    found = _activity(pk)
    now = timezone.now()
    budget = budget_of(found, now)
    opens = {subject.subgroup for subject in SUBJECTS if subject.may_read(request.user)}
    form = LedgerFilterForm(request.GET.copy())
    rows = form.rows(BudgetEntry.objects.of(found))
    page = page_of(
        rows.with_whom(), NEWEST, after=request.GET.get("after", ""), upto=request.GET.get("upto", "")
    )
    context = {
        "section": SECTION,
        "activity": found,
        "budget": budget,
        "result": result_of(found, now, opens),
        "chart": burn_chart(_("Spending by month against the plan"), budget.months, now),
        "form": form,
        "page": page,
        "count": count_label(capped_count(rows), COUNT_CAP),
        "next_link": link(request.GET, after=page.next_cursor) if page.next_cursor else "",
        "back_link": link(request.GET, upto=page.back_cursor) if page.back_cursor else "",
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "milestones": [(one, one.is_late(timezone.localdate())) for one in found.milestones.all()],
        "kinds": ENTERED if may_enter.test(request.user) else [],
    }
    status = 200 if form.is_valid() else 422
    return render(request, "projectplan/project/activity.html", context, status=status)


@require_GET
@readers_only
def activity_xlsx(request: StaffRequest, pk: int) -> HttpResponse:
    """The ledger as its page is narrowed."""
    found = _activity(pk)
    rows = LedgerFilterForm(request.GET).rows(BudgetEntry.objects.of(found)).with_whom().order_by("pk")
    response = HttpResponse(ledger_workbook(found, rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="ledger-{found.number}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@enterers_only
def enter(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """An entry is written down; the money is held from now on."""
    if kind not in ENTERED:
        raise Http404
    found, now = _activity(pk), timezone.now()
    form = EntryForm(
        request.POST or None,
        request.FILES or None,
        activity=found,
        kind=kind,
        today=timezone.localdate(now),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            entry = ledger.enter(
                found,
                kind,
                given["amount"],
                form.paper(),
                by=request.user,
                now=now,
                against=given.get("against"),
                to_activity=given.get("to_activity"),
            )
        except NotEnough as short:
            form.refuse(short)
        else:
            messages.success(request, _("Written down. A head has to approve it."))
            return redirect(entry)
    return _form(request, form, heading=f"{Kind(kind).label} · {found}", back=_address(found))


@enterers_only
def reverse(request: StaffRequest, pk: int) -> HttpResponse:
    """An approved entry was wrong: its reversal is written down."""
    undone, now = _entry(pk), timezone.now()
    form = ReversalForm(request.POST or None, request.FILES or None, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            entry = ledger.reverse(undone, form.paper(), by=request.user, now=now)
        except NotEnough as short:
            form.refuse(short)
        except NotReversible:
            form.add_error(None, _("Only an approved entry is reversed, and only once."))
        else:
            messages.success(request, _("Written down. A head has to approve it."))
            return redirect(entry)
    heading = _("Reverse %(entry)s") % {"entry": undone}
    return _form(request, form, heading=heading, back=undone.get_absolute_url())


def _form(request: StaffRequest, form: EntryForm | ReversalForm, *, heading: str, back: str) -> HttpResponse:
    context = {"section": SECTION, "form": form, "heading": heading, "back": back}
    status = 422 if form.is_bound else 200
    return render(request, "projectplan/project/enter.html", context, status=status)


def _address(activity: Activity) -> str:
    return address_of("projectplan:budget_activity", args=[activity.pk])


@require_GET
@readers_only
def entry(request: StaffRequest, pk: int) -> HttpResponse:
    """One entry: its paper, its people, what came of it, and what may be done with it now."""
    return _entry_page(request, _entry(pk), DecisionForm())


def _entry_page(
    request: StaffRequest, found: BudgetEntry, form: DecisionForm, *, status: int = 200
) -> HttpResponse:
    user: User = request.user
    related = BudgetEntry.objects.filter(reverses=found) | BudgetEntry.objects.filter(against=found)
    undone = [one for one in related if one.kind == Kind.REVERSAL and one.state in ("pending", "approved")]
    context = {
        **voucher_context(found),
        "section": SECTION,
        "form": form,
        "related": list(related),
        "open": getattr(found, "open", None),
        "may_decide": may_decide(user, found),
        "may_withdraw": may_withdraw(user, found),
        "may_reverse": may_enter.test(user)
        and found.state == BudgetEntry.State.APPROVED
        and found.kind != Kind.REVERSAL
        and not undone,
    }
    return render(request, "projectplan/project/entry.html", context, status=status)


@require_POST
@readers_only
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """An entry that waits is approved or turned down by a head, or withdrawn by whoever wrote it down."""
    found, form = _entry(pk), DecisionForm(request.POST)
    if not form.is_valid():
        return _entry_page(request, found, form, status=422)
    act, note = form.cleaned_data["act"], form.cleaned_data["note"]
    is_own = found.entered_by_id == request.user.pk
    if found.is_pending and not (is_own if act == "withdraw" else may_decide(request.user, found)):
        raise PermissionDenied(_("Heads decide, and nobody on what they entered themselves."))
    doing = DOING[act]
    try:
        doing(found, by=request.user, now=timezone.now(), note=note)
    except NotPending as late:
        words = _("Nothing was changed: %(who)s decided already. It is: %(state)s.")
        said = {"who": late.entry.decided_by, "state": late.entry.get_state_display()}
        messages.warning(request, words % said)
    except ledger.NotTheSame as own:
        raise PermissionDenied(_("Heads decide, and nobody on what they entered themselves.")) from own
    except NotEnough as short:
        messages.error(request, refusal(short))
    return redirect(found)


@require_GET
@readers_only
def voucher(request: StaffRequest, pk: int) -> HttpResponse:
    """The paper of an entry, for signatures and the file."""
    found = _entry(pk)
    return pdf_response(voucher_pdf(found), f"entry-{found.pk}.pdf")


@require_GET
@readers_only
def file(request: StaffRequest, pk: int) -> HttpResponseBase:
    """A document that proves an entry."""
    response = handed_out(get_object_or_404(BudgetFile, pk=pk))
    response["Cache-Control"] = "private, no-store"
    return response
