"""Recipients of the journal: the groups with their sums, the list, one recipient with what was sent."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Model, Q, Sum
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from office.http import StaffRequest
from office.list_export import write_down
from office.lists import COUNT_CAP, Order, capped_count, count_label, in_its_order, page_of
from office.recent_sign_in import takes_much
from office.registers import link
from office.spreadsheets import csv_lines
from publicrelations.forms.recipients import RecipientFilterForm, RecipientForm
from publicrelations.journal_balance import Balance
from publicrelations.models import Journal, Recipient, RecipientGroup
from publicrelations.permissions import may_register
from publicrelations.recipient_columns import export_rows
from publicrelations.views.access import carriers_only, readers_only

SENT_SHOWN: Final = 24
_KEY: Final = re.compile(r"[0-9]{1,18}")


class ByName(Order):
    """The order of a Thai dictionary; of two of one name the one registered first."""

    def cursor_of(self, row: Model) -> str:
        return f"{row.pk}_{getattr(row, self.column)}"

    def parse(self, text: str) -> list[Any] | None:
        key, _dash, name = text.partition("_")
        return [name, int(key)] if name and _KEY.fullmatch(key) else None


BY_NAME: Final = ByName("sort_name")


def balance_now(today: date) -> tuple[Journal | None, Balance]:
    """The recipients against the copies of the issue that is to be mailed next, else against the plan's print run."""
    coming = Journal.objects.to_be_mailed().filter(list_closed_at=None).first()
    if coming:
        return coming, coming.balance(today)
    recipients = Recipient.objects.on(today).copies()
    return None, Balance(settings.JOURNAL_PRINT_RUN, recipients, settings.JOURNAL_STOCK)


def groups_on(today: date) -> list[RecipientGroup]:
    """Each group with how many recipients it has, their copies, and of how many the mail came back."""
    now = Q(recipients__since_on__lte=today) & (
        Q(recipients__until_on=None) | Q(recipients__until_on__gte=today)
    )
    returned = now & Q(recipients__returned_on__isnull=False)
    rows = RecipientGroup.objects.annotate(
        number=Count("recipients", filter=now),
        copies=Sum("recipients__copies", filter=now, default=0),
        returned=Count("recipients", filter=returned),
    )
    return list(in_its_order(rows))


@readers_only
def recipients(request: StaffRequest) -> HttpResponse:
    """The groups with their sums, the balance, and the recipients, 25 a page."""
    query, today = request.GET.copy(), timezone.localdate()
    form = RecipientFilterForm(query)
    rows = form.rows(today)
    page = page_of(
        rows.select_related("group"), BY_NAME, after=query.get("after", ""), upto=query.get("upto", "")
    )
    coming, balance = balance_now(today)
    context = {
        "section": "recipients",
        "form": form,
        "page": page,
        "count": count_label(capped_count(rows), COUNT_CAP),
        "next_link": link(query, after=page.next_cursor) if page.next_cursor else "",
        "back_link": link(query, upto=page.back_cursor) if page.back_cursor else "",
        "query": link(query),
        "is_narrowed": any(query.get(name) for name in form.fields),
        "groups": groups_on(today),
        "balance": balance,
        "balance_of": coming,
        "today": today,
        "may_register": may_register.test(request.user),
    }
    return render(
        request, "publicrelations/recipients/list.html", context, status=200 if form.is_valid() else 422
    )


@takes_much
@readers_only
def recipients_export(request: StaffRequest) -> StreamingHttpResponse:
    """The recipients that the list would show, as a file that can be mended and imported again."""
    rows = RecipientFilterForm(QueryDict(request.GET.urlencode())).rows(timezone.localdate()).for_labels()
    write_down(request.user, Recipient, rows.count())
    response = StreamingHttpResponse(
        csv_lines(export_rows(rows.iterator(500))), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="recipients.csv"'
    return response


@readers_only
def recipient(request: StaffRequest, pk: int) -> HttpResponse:
    """Address and copies, and which issues were sent and came back."""
    found = get_object_or_404(Recipient.objects.select_related("group", "agency", "area"), pk=pk)
    sent = found.consignments.select_related("journal").order_by("-journal__month")[:SENT_SHOWN]
    context = {
        "section": "recipients",
        "recipient": found,
        "sent": sent,
        "today": timezone.localdate(),
        "may_register": may_register.test(request.user),
    }
    return render(request, "publicrelations/recipients/recipient.html", context)


@carriers_only
def recipient_new(request: StaffRequest) -> HttpResponse:
    """A recipient is written down by hand."""
    group = RecipientGroup.objects.filter(pk=_key(request.GET.get("group", ""))).first()
    initial: dict[str, Any] = {"since_on": timezone.localdate(), "group": group}
    initial["copies"] = group.default_copies if group else 1
    form = RecipientForm(request.POST or None, initial=initial)
    return _form(request, form, heading=_("New recipient"), back=reverse("publicrelations:recipients"))


@carriers_only
def recipient_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A recipient's row is put right."""
    found = get_object_or_404(Recipient, pk=pk)
    form = RecipientForm(request.POST or None, instance=found)
    return _form(request, form, heading=found.name, back=found.get_absolute_url())


def _form(request: StaffRequest, form: RecipientForm, *, heading: str, back: str) -> HttpResponse:
    today = timezone.localdate()
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("%(name)s is saved.") % {"name": saved.name})
        return redirect(saved)
    coming, balance = balance_now(today)
    context = {
        "form": form,
        "heading": heading,
        "back": back,
        "section": "recipients",
        "balance": balance,
        "balance_of": coming,
        "groups": groups_on(today),
    }
    return render(
        request, "publicrelations/recipients/form.html", context, status=422 if form.is_bound else 200
    )


def _key(typed: str) -> int:
    return int(typed) if _KEY.fullmatch(typed) else 0
