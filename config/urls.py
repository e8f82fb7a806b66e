"""The addresses of the whole project."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("", include("complaints.urls")),
    path("petition/", include("complaints.public_urls")),
    path("a/", include("complaints.agency_urls")),
    path("reports/", include("complaints.report_urls")),
    path("kpis/", include("projectplan.urls")),
    path("", include("office.urls")),
]
