"""Addresses of outgoing letters: the register, the mail day, letters for many, and one letter."""

from django.urls import path

from complaints.views import letter_batch, letter_desk, letter_papers, letter_sending, letters

letter_paths = [
    path("", letter_desk.register, name="letters"),
    path("mail-day/", letter_desk.mail_day, name="mail_day"),
    path("mail-day/print/", letter_desk.print_all, name="mail_day_print"),
    path("mail-day/labels/", letter_desk.labels, name="mail_day_labels"),
    path("mail-day/posted/", letter_desk.posted, name="mail_day_posted"),
    path("mail-day/mailed/", letter_desk.mailed, name="mail_day_mailed"),
    path("batch/", letter_batch.choose, name="letter_batch"),
    path("batch/sample/", letter_batch.sample, name="letter_batch_sample"),
    path("batch/make/", letter_batch.make, name="letter_batch_make"),
    path("batch/<uuid:batch>/", letter_batch.progress, name="letter_batch_done"),
    path("new/<int:pk>/", letters.new, name="letter_new"),
    path("<int:pk>/", letters.letter, name="letter"),
    path("<int:pk>/preview/", letter_papers.preview, name="letter_preview"),
    path("<int:pk>/preview/word/", letter_papers.preview_word, name="letter_preview_word"),
    path("<int:pk>/issue/", letters.issue, name="letter_issue"),
    path("<int:pk>/discard/", letters.discard, name="letter_discard"),
    path("<int:pk>/make-paper/", letters.make_paper, name="letter_make_paper"),
    path("<int:pk>/paper/", letter_papers.paper, name="letter_paper"),
    path("<int:pk>/paper/word/", letter_papers.paper_word, name="letter_paper_word"),
    path("<int:pk>/send/", letter_sending.send, name="letter_send"),
    path("<int:pk>/mail/", letter_sending.mail, name="letter_mail"),
]
