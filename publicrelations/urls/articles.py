"""Addresses of articles."""

from django.urls import URLPattern, URLResolver, include, path

from office.views.matter import matter_page
from office.views.registers import register_filter, register_page
from office.views.steps import step
from publicrelations.views import articles, newsroom
from publicrelations.views.article_desks import ARTICLE_REGISTER, ARTICLES

_desk = {"desk": ARTICLES}

_articles = [
    path("", register_page, {"register": ARTICLE_REGISTER}, name="articles"),
    path("filter/", register_filter, {"register": ARTICLE_REGISTER}, name="article_filter"),
    path("board/", newsroom.newsroom, name="newsroom"),
    path("new/", articles.new_article, name="article_new"),
    path("pictures/<int:pk>/<str:name>", articles.picture, name="article_picture"),
    path("<int:pk>/", matter_page, _desk, name="article"),
    path("<int:pk>/versions/<int:number>/", articles.version, _desk, name="article_version"),
    path("<int:pk>/compare/", articles.compare, _desk, name="article_compare"),
    path("<int:pk>/unsaved/", articles.keep_unsaved, _desk, name="article_unsaved"),
    path("<int:pk>/unsaved/drop/", articles.drop_unsaved, _desk, name="article_unsaved_drop"),
    path("<int:pk>/preview/", articles.share_preview, _desk, name="article_preview"),
    path("<int:pk>/preview/end/", articles.end_previews, _desk, name="article_preview_end"),
    path("<int:pk>/arrange_pictures/", articles.arrange_pictures, _desk, name="article_pictures"),
    # The step's name comes last, for it may be any word.
    path("<int:pk>/<slug:name>/", step, _desk, name="article_step"),
]

patterns: list[URLPattern | URLResolver] = [path("news/", include(_articles))]
