"""Addresses of the petitions' public pages; no number and no code ever stands in one."""

from django.urls import path

from complaints.public import blank, drafts, filing, follow

app_name = "petition"
urlpatterns = [
    path("", filing.new, name="new"),
    path("receipt/", filing.receipt, name="receipt"),
    path("draft/", drafts.draft, name="draft"),
    path("draft/kept/", drafts.draft_kept, name="draft_kept"),
    path("draft/save/", drafts.autosave, name="draft_save"),
    path("blank/", blank.forms, name="blank_forms"),
    path("blank/<slug:kind>.pdf", blank.form, name="blank_form"),
    path("follow/", follow.follow, name="follow"),
    path("follow/answer/", follow.answer, name="answer"),
    path("follow/satisfaction/", follow.satisfaction, name="satisfaction"),
]
