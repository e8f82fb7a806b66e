"""Addresses of the binder, and of the rows behind the reports' figures."""

from django.urls import URLPattern, URLResolver, path

from parliament.views import binders, counted

patterns: list[URLPattern | URLResolver] = [
    path("counted/", counted.counted, name="counted"),
    path("binders/meeting/<int:pk>/", binders.binder, name="binder"),
    path("binders/meeting/<int:pk>/card/", binders.card, name="binder_card"),
    path("binders/meeting/<int:pk>/make/", binders.make, name="binder_make"),
    path("binders/<int:pk>/status/", binders.status, name="binder_status"),
    path("binders/<int:pk>/pdf/", binders.pdf, name="binder_pdf"),
]
