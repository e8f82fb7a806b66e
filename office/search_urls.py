"""Addresses of what was found, of saved searches and of similar matters; the box itself is `office:search`.

All views take the facets that the rooms know of (`rooms`).
"""

from django.urls import path

from office.views import alike, saved_searches, search

app_name = "search"
urlpatterns = [
    path("results/", search.results, name="results"),
    path("save/", saved_searches.save, name="save"),
    path("saved/<int:pk>/", saved_searches.saved, name="saved"),
    path("saved/<int:pk>/change/", saved_searches.change, name="change"),
    path("saved/<int:pk>/pause/", saved_searches.pause, name="pause"),
    path("saved/<int:pk>/delete/", saved_searches.delete, name="delete"),
    path("alike/<int:pk>/", alike.alike, name="alike"),
]
