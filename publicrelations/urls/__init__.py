"""Addresses of the public relations subgroup's own pages, one module for each noun."""

from publicrelations.urls import articles, engagements, foreign_documents, journals, papers, press

app_name = "publicrelations"

urlpatterns = [
    *articles.patterns,
    *papers.patterns,
    *engagements.patterns,
    *foreign_documents.patterns,
    *journals.patterns,
    *press.patterns,
]
