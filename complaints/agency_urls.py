"""The address an agency answers at; its secret is masked in every log (office.logs)."""

from django.urls import path

from complaints import agency

app_name = "agency"
urlpatterns = [path("<str:secret>/", agency.answer, name="answer")]
