"""Addresses of the journal: its issues, their files, mailing lists and labels, and its recipients."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from office.views.matter import matter_page
from office.views.registers import register_filter, register_page
from office.views.steps import step
from publicrelations.views import journals, mailing, recipient_import, recipients
from publicrelations.views.journal_desk import JOURNALS
from publicrelations.views.journals import JOURNAL_REGISTER

_journals = [
    path("", register_page, {"register": JOURNAL_REGISTER}, name="journals"),
    path("filter/", register_filter, {"register": JOURNAL_REGISTER}, name="journal_filter"),
    path("open/", journals.open_next, name="journal_open"),
    path("editions/<int:pk>/status/", journals.edition_status, name="journal_edition_status"),
    re_path(
        r"^editions/(?P<pk>[0-9]+)/(?P<use>print|web)\.pdf$", journals.edition_pdf, name="journal_edition_pdf"
    ),
    path("labels/<int:pk>/status/", mailing.labels_status, name="labels_status"),
    path("labels/<int:pk>/pdf/", mailing.labels_pdf, name="labels_pdf"),
    path("<int:pk>/", matter_page, {"desk": JOURNALS}, name="journal"),
    path("<int:pk>/cover/", journals.cover, name="journal_cover"),
    path("<int:pk>/mailing/", mailing.mailing, name="mailing"),
    path("<int:pk>/mailing/xlsx/", mailing.mailing_xlsx, name="mailing_xlsx"),
    path("<int:pk>/labels/", mailing.labels, name="labels"),
    path("<int:pk>/<slug:name>/", step, {"desk": JOURNALS}, name="journal_step"),
]

_recipients = [
    path("", recipients.recipients, name="recipients"),
    path("new/", recipients.recipient_new, name="recipient_new"),
    path("export.csv", recipients.recipients_export, name="recipients_export"),
    path("import/", recipient_import.upload, name="recipients_import"),
    re_path(r"^import/template\.(?P<kind>csv|xlsx)$", recipient_import.template, name="recipients_template"),
    path("import/<int:pk>/", recipient_import.preview, name="recipient_import"),
    path("import/<int:pk>/confirm/", recipient_import.confirm, name="recipient_import_confirm"),
    path("import/<int:pk>/wrong/", recipient_import.wrong_rows, name="recipient_import_wrong"),
    path("<int:pk>/", recipients.recipient, name="recipient"),
    path("<int:pk>/edit/", recipients.recipient_edit, name="recipient_edit"),
]

patterns: list[URLPattern | URLResolver] = [
    path("journals/", include(_journals)),
    path("recipients/", include(_recipients)),
]
