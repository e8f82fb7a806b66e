"""Addresses of press conferences, and of the media network."""

from django.urls import URLPattern, URLResolver, include, path

from office.views.matter import matter_page
from office.views.registers import register_filter, register_page
from office.views.steps import step
from publicrelations.views import media, media_files, press
from publicrelations.views.press_desks import PRESS_CONFERENCES, PRESS_REGISTER

_conferences = [
    path("", register_page, {"register": PRESS_REGISTER}, name="press_conferences"),
    path("filter/", register_filter, {"register": PRESS_REGISTER}, name="press_conference_filter"),
    path("new/", press.new_press_conference, name="press_conference_new"),
    path("<int:pk>/", matter_page, {"desk": PRESS_CONFERENCES}, name="press_conference"),
    path("<int:pk>/mark/", press.mark, name="press_mark"),
    path("<int:pk>/letter/", press.letter, name="press_letter"),
    path("<int:pk>/door/", press.door, name="press_door"),
    path("<int:pk>/door/walk-in/", press.walk_in_came, name="press_walk_in"),
    path("<int:pk>/sign-in-sheet/", press.sign_in_sheet, name="press_sign_in"),
    path("<int:pk>/<slug:name>/", step, {"desk": PRESS_CONFERENCES}, name="press_conference_step"),
]

_media = [
    path("", media.outlets, name="media"),
    path("export.xlsx", media_files.export, name="media_export"),
    path("import/", media_files.bring, name="media_import"),
    path("import/confirm/", media_files.confirm, name="media_import_confirm"),
    path("new/", media.outlet_new, name="outlet_new"),
    path("<int:pk>/", media.outlet, name="outlet"),
    path("<int:pk>/edit/", media.outlet_edit, name="outlet_edit"),
    path("<int:pk>/merge/", media.outlet_merge, name="outlet_merge"),
    path("<int:pk>/reporters/new/", media.reporter_new, name="reporter_new"),
    path("reporters/<int:pk>/", media.reporter_contact, name="reporter_contact"),
    path("reporters/<int:pk>/edit/", media.reporter_edit, name="reporter_edit"),
    path("reporters/<int:pk>/confirm/", media.reporter_confirm, name="reporter_confirm"),
    path("reporters/<int:pk>/merge/", media.reporter_merge, name="reporter_merge"),
]

patterns: list[URLPattern | URLResolver] = [
    path("press-conferences/", include(_conferences)),
    path("media/", include(_media)),
]
