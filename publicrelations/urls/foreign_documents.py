"""Addresses of foreign documents and of situation briefs."""

from django.urls import URLPattern, URLResolver, include, path

from office.views.matter import matter_page
from office.views.registers import register_filter, register_page
from office.views.steps import step
from publicrelations.views import briefs, foreign_documents
from publicrelations.views.foreign_desks import BRIEFS, FOREIGN_DOCUMENTS
from publicrelations.views.foreign_registers import BRIEF_REGISTER, FOREIGN_REGISTER

_documents = [
    path("", register_page, {"register": FOREIGN_REGISTER}, name="foreign_documents"),
    path("filter/", register_filter, {"register": FOREIGN_REGISTER}, name="foreign_document_filter"),
    path("new/", foreign_documents.new_document, name="foreign_document_new"),
    path("<int:pk>/", matter_page, {"desk": FOREIGN_DOCUMENTS}, name="foreign_document"),
    # Before the steps of a document: reading it is none of them.
    path("<int:pk>/read/", foreign_documents.read, name="foreign_document_read"),
    path("<int:pk>/read/<int:number>/", foreign_documents.read, name="foreign_document_version"),
    path("<int:pk>/compare/", foreign_documents.compare, name="foreign_document_compare"),
    path("<int:pk>/<slug:name>/", step, {"desk": FOREIGN_DOCUMENTS}, name="foreign_document_step"),
]

_briefs = [
    path("", register_page, {"register": BRIEF_REGISTER}, name="briefs"),
    path("filter/", register_filter, {"register": BRIEF_REGISTER}, name="brief_filter"),
    path("new/", foreign_documents.new_brief, name="brief_new"),
    path("<int:pk>/", matter_page, {"desk": BRIEFS}, name="brief"),
    path("<int:pk>/memo/", briefs.memo, name="brief_memo"),
    path("<int:pk>/memo/word/", briefs.memo_file, name="brief_memo_word"),
    path("<int:pk>/<slug:name>/", step, {"desk": BRIEFS}, name="brief_step"),
]

patterns: list[URLPattern | URLResolver] = [
    path("foreign/", include(_documents)),
    path("briefs/", include(_briefs)),
]
