"""Addresses of bills, and of the names of members that forms offer."""

from django.urls import URLPattern, URLResolver, include, path

from office.views.matter import matter_page
from office.views.registers import register_filter, register_page
from office.views.steps import step
from parliament.views import registering
from parliament.views.bill_registers import BILL_REGISTER
from parliament.views.desks import BILLS

_bills = [
    path("", register_page, {"register": BILL_REGISTER}, name="bills"),
    path("filter/", register_filter, {"register": BILL_REGISTER}, name="bill_filter"),
    path("new/", registering.new_bill, name="bill_new"),
    path("<int:pk>/", matter_page, {"desk": BILLS}, name="bill"),
    path("<int:pk>/<slug:name>/", step, {"desk": BILLS}, name="bill_step"),
]

patterns: list[URLPattern | URLResolver] = [
    path("bills/", include(_bills)),
    path("member-names/", registering.member_names, name="member_names"),
]
