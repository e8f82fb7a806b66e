"""The address behind a survey's link, which needs no account; its secret is masked in every log (office.logs)."""

from django.urls import path

from projectplan import answering

app_name = "survey_links"
urlpatterns = [path("<str:secret>/", answering.answer_page, name="answer")]
