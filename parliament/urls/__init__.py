"""Addresses of the politics subgroup's own pages, one module for each noun."""

from parliament.urls import bills, consultations, houses, meetings, papers, questions

app_name = "parliament"

urlpatterns = [
    *papers.patterns,  # before the steps of a meeting: its binder is none of them
    *houses.patterns,
    *meetings.patterns,
    *questions.patterns,
    *bills.patterns,
    *consultations.patterns,
]
