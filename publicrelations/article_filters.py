"""The filters of the register of articles; their state lives in the address."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from office.models import Matter, Subgroup
from office.register_filter import RegisterFilter
from office.select import FastSelect
from publicrelations.models import Article, ArticleState, Category
from publicrelations.models.article import ArticleQuerySet
from publicrelations.models.article_state import Language


class ArticleFilter(RegisterFilter):
    """What the newsroom asks of the register; each question has its index."""

    subgroup = Subgroup.Code.PUBLIC_RELATIONS
    kind_of_matter = Matter.Kind.ARTICLE

    state = filters.ChoiceFilter(label=_("State"), choices=ArticleState.choices, widget=FastSelect)
    category = filters.ModelChoiceFilter(
        label=_("Category"), queryset=Category.objects.all(), widget=FastSelect
    )
    language = filters.ChoiceFilter(label=_("Language"), choices=Language.choices, widget=FastSelect)
    correction = filters.ChoiceFilter(
        label=_("Correction"),
        choices=[("waits", _("A correction waits for the head"))],
        method="by_correction",
        widget=FastSelect,
    )
    engagement = filters.NumberFilter(label=_("Engagement, by its key"), field_name="about_engagement")
    press_conference = filters.NumberFilter(
        label=_("Press conference, by its key"), field_name="press_conference"
    )
    tag = filters.CharFilter(label=_("Tag"), method="by_tag")

    class Meta:
        model = Article
        fields: list[str] = []

    def by_correction(self, rows: ArticleQuerySet, name: str, value: str) -> QuerySet[Article]:
        return rows.filter(proposal__isnull=False)

    def by_tag(self, rows: ArticleQuerySet, name: str, value: str) -> QuerySet[Article]:
        return rows.filter(taggings__tag__name=value.strip())
