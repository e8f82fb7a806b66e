"""What a new office finds: headings for its news, which are its own from then on."""

from __future__ import annotations

import pytest

from publicrelations import reference
from publicrelations.models import Category
from tests.publicrelations.cast import make_news_officer
from tests.publicrelations.news_cast import make_article, take, words

pytestmark = pytest.mark.django_db


def test_a_new_office_can_put_an_article_to_its_head() -> None:
    officer = make_news_officer()
    article = make_article(officer)
    first = Category.objects.all()[0]
    given = words(article, category=first)
    assert take(article, "submit", officer, **given).category == first


def test_headings_stand_in_their_order_in_two_languages() -> None:
    rows = list(Category.objects.values_list("name", "name_en", "slug"))
    assert rows == reference.CATEGORIES


def test_what_the_office_has_changed_is_not_brought_back() -> None:
    Category.objects.exclude(slug="quality").delete()
    Category.objects.update(name="คุณภาพ")
    reference.load("default")
    assert list(Category.objects.values_list("name", flat=True)) == ["คุณภาพ"]
