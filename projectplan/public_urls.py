"""The address of a personal calendar; its secret is masked in every log (office.logs)."""

from django.urls import path

from projectplan import public

app_name = "feeds"
urlpatterns = [path("<str:secret>/calendar.ics", public.calendar_feed, name="personal")]
