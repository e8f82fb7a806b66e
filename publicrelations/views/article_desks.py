"""What the pages of articles differ in; everything else about them is the office's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from office.desk import Desk, StageOf
from office.models import MatterQuerySet, User
from office.models.calendar import current_calendar
from office.registers import Register
from office.there_is import there_is
from publicrelations import article_worklist
from publicrelations.article_cards import article_card, article_lines
from publicrelations.article_filters import ArticleFilter
from publicrelations.article_tables import ArticleTable
from publicrelations.forms.article_steps import ARTICLE_STEP_FORMS
from publicrelations.models import Article, ArticleState
from publicrelations.permissions import may_register

State = ArticleState

ON_AN_ARTICLE = {
    "has_documents": there_is(Article, ("office_document", "matter_id")),
    "has_files": there_is(Article, ("publicrelations_articlefile", "article_id")),
    "has_tags": there_is(Article, ("publicrelations_tagging", "article_id")),
    "has_previews": there_is(Article, ("publicrelations_previewlink", "article_id")),
    "has_unsaved": there_is(Article, ("publicrelations_unsavedtext", "article_id")),
}
"""What the desk fetches with an article, for its cards and forms to ask no further where there is nothing."""


def _articles() -> MatterQuerySet:
    rows = Article.objects.select_related(
        "owner",
        "category",
        "cover",
        "about_engagement",
        "press_conference",
        "approved_by",
        "proposal__written_by",
    )
    english = Article.objects.filter(translation_of=OuterRef("pk")).values("pk")
    return rows.annotate(**ON_AN_ARTICLE, english_id=Subquery(english))


def _kind_of(article: Article) -> str:
    words = str(article.category or _("no category yet"))
    return f"{words} · {article.get_language_display()}"


STAGES: list[StageOf] = [
    (_("Writing"), {State.DRAFT}, {"submit"}),
    (_("Head's check"), {State.CHECKING}, {"publish", "schedule"}),
    (_("Publication"), {State.SCHEDULED}, {"publish", "publish_on_time"}),
]

ARTICLES = Desk(
    model=Article,
    rows=_articles,
    forms=ARTICLE_STEP_FORMS,
    stages=STAGES,
    next_step=article_worklist.next_step,
    name=_("News"),
    section="articles",
    list_page="publicrelations:articles",
    page="publicrelations:article",
    step_page="publicrelations:article_step",
    kind_line=_kind_of,
    template="publicrelations/article.html",
    cards=[article_card],
    step_aside="publicrelations/cards/article_aside.html",
    event_lines=article_lines,
    scripts=["js/article-editor.js", "js/article-pictures.js"],
)


def _table(keys: Sequence[int], user: User) -> ArticleTable:
    return ArticleTable(article_worklist.rows_of(keys), calendar=current_calendar())


def _beside(user: User) -> dict[str, Any]:
    return {"may_register": may_register.test(user)}


ARTICLE_REGISTER = Register(
    model=Article,
    filter=ArticleFilter,
    table=_table,
    name=_("News"),
    section="articles",
    page="publicrelations:articles",
    filter_page="publicrelations:article_filter",
    none_fits=_("No article fits these filters. Take one away, or show all."),
    none_yet=_("Articles appear here from their first headline on. Begin with one."),
    template="publicrelations/articles.html",
    more=_beside,
)
