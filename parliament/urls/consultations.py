"""Addresses of consultations."""

from django.urls import URLPattern, URLResolver, include, path

from office.views.matter import matter_page
from office.views.registers import register_filter, register_page
from office.views.steps import step
from parliament.views import registering
from parliament.views.bill_registers import CONSULTATION_REGISTER
from parliament.views.desks import CONSULTATIONS

_consultations = [
    path("", register_page, {"register": CONSULTATION_REGISTER}, name="consultations"),
    path("filter/", register_filter, {"register": CONSULTATION_REGISTER}, name="consultation_filter"),
    path("new/<slug:raiser>/", registering.new_consultation, name="consultation_new"),
    path("<int:pk>/", matter_page, {"desk": CONSULTATIONS}, name="consultation"),
    path("<int:pk>/<slug:name>/", step, {"desk": CONSULTATIONS}, name="consultation_step"),
]

patterns: list[URLPattern | URLResolver] = [path("consultations/", include(_consultations))]
