"""Addresses of the minister's engagements, their calendar and their day."""

from django.urls import URLPattern, URLResolver, include, path

from office.views.matter import matter_page
from office.views.registers import register_filter, register_page
from office.views.steps import step
from publicrelations.views import engagement_import, engagements
from publicrelations.views.engagement_desks import ENGAGEMENTS
from publicrelations.views.engagement_registers import ENGAGEMENT_REGISTER

_engagements = [
    path("", register_page, {"register": ENGAGEMENT_REGISTER}, name="engagements"),
    path("filter/", register_filter, {"register": ENGAGEMENT_REGISTER}, name="engagement_filter"),
    path("calendar/", engagements.calendar, name="engagement_calendar"),
    path("day/", engagements.day, name="engagement_day"),
    path("calendar/export/", engagements.export, name="engagement_export"),
    path("new/", engagements.new_engagement, name="engagement_new"),
    path("conflicts/", engagements.conflicts, name="engagement_conflicts"),
    path("import/", engagement_import.upload, name="engagement_import"),
    path("import/<int:pk>/", engagement_import.preview, name="engagement_import_preview"),
    path("import/<int:pk>/confirm/", engagement_import.confirm, name="engagement_import_confirm"),
    path("<int:pk>/", matter_page, {"desk": ENGAGEMENTS}, name="engagement"),
    path("<int:pk>/conflicts/", engagements.conflicts_of_new_time, name="engagement_time_conflicts"),
    path("<int:pk>/<slug:name>/", step, {"desk": ENGAGEMENTS}, name="engagement_step"),
]

patterns: list[URLPattern | URLResolver] = [path("engagements/", include(_engagements))]
