"""Addresses of the reports; `kind` and `code` as `manage.py issue_report` takes them."""

from django.urls import path

from complaints.views import information
from projectplan.views import books, reports

app_name = "reports"
urlpatterns = [
    path("", reports.report_list, name="list"),
    path("books/", books.books, name="books"),
    path("books/<slug:kind>/<slug:code>/", books.book, name="book"),
    path("books/<slug:kind>/<slug:code>/issue/", books.issue, name="book_issue"),
    path("trends/", information.trends, name="trends"),
    path("provinces/", information.places, name="places"),
    path("recurring/", information.recurring, name="recurring"),
    path("editions/<int:pk>/status/", reports.status, name="status"),
    path("editions/<int:pk>/pdf/", reports.pdf, name="pdf"),
    path("editions/<int:pk>/report.docx", reports.edition_word, name="edition_word"),
    path("editions/<int:pk>/tables.xlsx", books.tables, name="tables"),
    path("<slug:kind>/<slug:code>/", reports.period, name="period"),
    path("<slug:kind>/<slug:code>/issue/", reports.issue, name="issue"),
    path("<slug:kind>/<slug:code>/figures.xlsx", reports.xlsx, name="xlsx"),
    path("<slug:kind>/<slug:code>/report.docx", reports.word, name="word"),
    path("<slug:kind>/<slug:code>/figures.csv", reports.csv, name="csv"),
    path("<slug:kind>/<slug:code>/matters.csv", reports.matters, name="matters"),
]
