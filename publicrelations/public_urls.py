"""Addresses of the public site: for readers, for programs that follow it, and for those that list it."""

from django.urls import path, re_path

from publicrelations.public import (
    articles,
    conferences,
    feeds,
    files,
    journals,
    news,
    programs,
    search,
    standing,
)

app_name = "site"
urlpatterns = [
    path("", news.front, name="home"),
    path("news/", news.news, name="news"),
    path("news/search/", search.search_news, name="search"),
    path("news/archive/", news.archive, name="archive"),
    path("news/month/<str:code>/", news.month, name="month"),
    path("news/category/<slug:slug>/", news.category, name="category"),
    path("news/tag/<str:slug>/", news.tag, name="tag"),
    path("news/<int:year>/<int:number>/<str:slug>/", articles.article, name="article"),
    path("news/<int:year>/<int:number>/files/<int:pk>/", files.file, name="file"),
    re_path(
        r"^news/pictures/(?P<checksum>[0-9a-f]{64})/(?P<name>(?:[0-9]{1,4}|card|share)\.(?:webp|jpg))$",
        files.picture,
        name="picture",
    ),
    path("journals/", journals.journals, name="journals"),
    path("journals/<int:issue>/", journals.journal, name="journal"),
    path("journals/<int:issue>/journal.pdf", journals.pages, name="journal_pages"),
    re_path(
        r"^journals/(?P<issue>[0-9]{1,6})/cover-(?P<checksum>[0-9a-f]{64})\.webp$",
        journals.cover,
        name="journal_cover",
    ),
    path("press-conferences/", conferences.conferences, name="press"),
    path("press-conferences/<int:year>/<int:number>/", conferences.conference, name="conference"),
    path("about/", standing.about, name="about"),
    path("petitions-to-the-minister/", standing.petitions, name="petitions"),
    path("follow-us/", standing.follow, name="follow"),
    path("feeds/<str:language>/news.rss", feeds.feed, {"form": "rss"}, name="rss"),
    path("feeds/<str:language>/news.atom", feeds.feed, {"form": "atom"}, name="atom"),
    path("feeds/<str:language>/<slug:slug>.rss", feeds.feed, {"form": "rss"}, name="category_rss"),
    path("feeds/<str:language>/<slug:slug>.atom", feeds.feed, {"form": "atom"}, name="category_atom"),
    path("sitemap.xml", programs.sitemap, name="sitemap"),
    path("sitemap-pages.xml", programs.sitemap_standing, name="sitemap_standing"),
    path("sitemap-<str:code>.xml", programs.sitemap_month, name="sitemap_month"),
    path("robots.txt", programs.robots, name="robots"),
]
