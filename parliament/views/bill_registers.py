"""The registers of bills and of consultations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from office.models import User
from office.models.calendar import current_calendar
from office.registers import Register
from parliament import bill_worklist, consultation_worklist
from parliament.bill_filters import BillFilter
from parliament.bill_tables import BillTable
from parliament.consultation_filters import ConsultationFilter
from parliament.consultation_tables import ConsultationTable
from parliament.forms.consultations import RAISERS
from parliament.models import Bill, Consultation
from parliament.permissions import may_register


def _bill_table(keys: Sequence[int], user: User) -> BillTable:
    return BillTable(bill_worklist.rows_of(keys), calendar=current_calendar())


def _consultation_table(keys: Sequence[int], user: User) -> ConsultationTable:
    return ConsultationTable(consultation_worklist.rows_of(keys), calendar=current_calendar())


def _registering(user: User) -> dict[str, Any]:
    return {"may_register": may_register.test(user), "raisers": RAISERS}


BILL_REGISTER = Register(
    model=Bill,
    filter=BillFilter,
    table=_bill_table,
    name=_("Bills"),
    section="bills",
    page="parliament:bills",
    filter_page="parliament:bill_filter",
    none_fits=_("No bill fits these filters. Take one away, or show all."),
    none_yet=_("Bills that concern the ministry stand here, each with its way through parliament."),
    template="parliament/bills.html",
    more=_registering,
)

CONSULTATION_REGISTER = Register(
    model=Consultation,
    filter=ConsultationFilter,
    table=_consultation_table,
    name=_("Consultations"),
    section="consultations",
    page="parliament:consultations",
    filter_page="parliament:consultation_filter",
    none_fits=_("No consultation fits these filters. Take one away, or show all."),
    none_yet=_(
        "What members and constitutional organisations raise with the minister stands here, "
        "until both they and the minister have been told the result."
    ),
    template="parliament/consultations.html",
    more=_registering,
    is_costly_to_count=lambda query: bool(query.get("promise") or query.get("late")),
)
