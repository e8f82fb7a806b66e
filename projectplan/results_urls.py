"""Addresses of the project's results: seminars, surveys, training of each person; part of projectplan.urls."""

from django.urls import path

from projectplan.views import participant_import, seminars, surveys, training

urlpatterns = [
    path("seminars/", seminars.seminars, name="seminars"),
    path("seminars/new/", seminars.seminar_new, name="seminar_new"),
    path("seminars/participants.xlsx", participant_import.template, name="participants_template"),
    path("seminars/<int:pk>/", seminars.seminar, name="seminar"),
    path("seminars/<int:pk>/change/", seminars.seminar_edit, name="seminar_edit"),
    path("seminars/<int:pk>/sign-in.pdf", seminars.sign_in, name="seminar_sign_in"),
    path("seminars/<int:pk>/attendance/", seminars.attendance, name="seminar_attendance"),
    path("seminars/<int:pk>/participants/new/", seminars.participant_new, name="participant_new"),
    path("seminars/<int:pk>/import/", participant_import.bring, name="participants_import"),
    path("seminars/<int:pk>/import/confirm/", participant_import.confirm, name="participants_confirm"),
    path("seminars/files/<int:pk>/", seminars.seminar_file, name="seminar_file"),
    path("seminars/participants/<int:pk>/", seminars.participant_edit, name="participant_edit"),
    path("seminars/participants/<int:pk>/contact/", seminars.participant_contact, name="participant_contact"),
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/new/", surveys.survey_new, name="survey_new"),
    path("surveys/<int:pk>/", surveys.survey, name="survey"),
    path("surveys/<int:pk>/change/", surveys.survey_edit, name="survey_edit"),
    path("surveys/<int:pk>/open/", surveys.survey_open, name="survey_open"),
    path("surveys/<int:pk>/close/", surveys.survey_close, name="survey_close"),
    path("surveys/<int:pk>/remind/", surveys.survey_remind, name="survey_remind"),
    path("surveys/<int:pk>/ask/", surveys.survey_ask, name="survey_ask"),
    path("surveys/<int:pk>/paper/", surveys.survey_paper, name="survey_paper"),
    path("surveys/<int:pk>/comments/<uuid:sheet>/", surveys.comment, name="survey_comment"),
    path("surveys/<int:pk>/results.xlsx", surveys.results_file, name="survey_results"),
    path("training/", training.training, name="training"),
    path("training/new/", training.training_new, name="training_new"),
    path("training/all.xlsx", training.export, name="training_export"),
    path("training/<int:pk>/", training.training_edit, name="training_edit"),
    path("training/people/<int:pk>/", training.person, name="trained_person"),
    path("training/evidence/<int:pk>/", training.evidence, name="training_evidence"),
]
