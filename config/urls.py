"""The addresses of the whole project."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from projectplan.brought_registers import REGISTERS
from projectplan.searched import FACETS
from projectplan.views import health, metrics

# Nothing but the reader's own language: pages that are kept for everybody have no token to send along.
choose_language = csrf_exempt(login_not_required(set_language))

handler400 = "office.views.trouble.bad_request"
handler500 = "office.views.trouble.server_error"
handler429 = "office.views.trouble.too_many_tries"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("i18n/setlang/", choose_language, name="set_language"),
    path("", include("complaints.urls")),
    path("petition/", include("complaints.public_urls")),
    path("a/", include("complaints.agency_urls")),
    path("reports/", include("projectplan.report_urls")),
    path("parliament/", include("parliament.urls")),
    path("p/", include("parliament.public_urls")),
    path("public-relations/", include("publicrelations.urls")),
    path("api/v1/", include("config.api")),
    path("n/", include("publicrelations.preview_urls")),
    path("m/", include("publicrelations.link_urls")),
    path("w/", include("office.contact_urls")),
    path("c/", include("projectplan.public_urls")),
    path("", include("projectplan.house_urls")),
    path("s/", include("projectplan.survey_urls")),
    path("open-data/", include("projectplan.open_data_urls")),
    path("retention/", include("projectplan.retention_urls")),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("metrics", metrics.figures, name="metrics"),
    path("administration/", include("projectplan.administration_urls")),
    path("imports/", include("office.import_urls"), {"registers": REGISTERS}),
    path("search/", include("office.search_urls"), {"rooms": FACETS}),
    path("", include("publicrelations.public_urls")),
    path("", include("office.urls")),
]
