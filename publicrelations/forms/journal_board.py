"""The board of an issue: the month's articles, which of them are in it, in which order, under which heading.

It works by numbers alone; with a script the rows are moved by buttons or dragged, and the numbers follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import ONE_DAY, month_of
from office.figures import figures
from office.form_fields import Line
from office.step_form import StepForm
from office.thai import to_arabic_digits
from publicrelations.models import Article, ArticleState, Journal, JournalEntry

MOST_OFFERED: Final = 120
"""Articles that the board offers: two months bring some eighty."""
LAST_PLACE: Final = 999
NOT_ON_THE_BOARD: Final = ("body", "lead", "search_text")
"""The long texts of an article, which a list of titles has no use for."""


@dataclass(frozen=True)
class BoardRow:
    """An article as the board shows it, with the fields for its place, its section and its heading."""

    article: Article
    place: Any
    section: Any
    heading: Any
    is_in: bool
    is_open: bool
    """Whether section and heading stand open: something is written there, or is wrong."""
    acts: Mapping[str, str]
    """What each button does, as it is read aloud."""


def offered(journal: Journal, now: datetime) -> list[Article]:
    """What was published since the month before the issue's began and stands in no issue, the newest first: one more
    than MOST_OFFERED where there are so many."""
    before = month_of(journal.month - ONE_DAY)
    rows = Article.objects.published(now).filter(
        published_at__gte=before.starts_at,
        published_at__lt=month_of(journal.month).ends_at,
        language=Article.Language.THAI,
        journal_entry=None,
    )
    return list(rows.select_related("category").defer(*NOT_ON_THE_BOARD)[: MOST_OFFERED + 1])


class PlaceField(forms.IntegerField):
    """A place in the order, in Thai or Arabic digits; empty: not in the issue."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            min_value=1,
            max_value=LAST_PLACE,
            widget=Line(inputmode="numeric", size="3", **{"data-place": ""}),
        )

    def to_python(self, value: Any) -> int | None:
        return super().to_python(to_arabic_digits(str(value or "")).strip())

    def prepare_value(self, value: Any) -> Any:
        return figures(value) if isinstance(value, int) else value


class ArrangeForm(StepForm):
    """Places by number; two of one number stand in the order in which the board had them."""

    body = "publicrelations/journal/board.html"

    def prepare(self) -> None:
        journal = cast(Journal, self.matter)
        entries = journal.entries_when_read
        self.articles = [entry.article for entry in entries]
        self.chosen_before = len(entries)
        of_article: dict[int, JournalEntry] = {entry.article_id: entry for entry in entries}
        found = offered(journal, self.moment)
        self.most_offered = MOST_OFFERED if len(found) > MOST_OFFERED else None
        self.articles += found[:MOST_OFFERED]
        self.labels = {
            "place": gettext("Place of “%(title)s”"),
            "section": gettext("Section"),
            "heading": gettext("Another heading in the issue"),
        }
        for article in self.articles:
            self._add_fields(article, of_article.get(article.pk))

    def _add_fields(self, article: Article, entry: JournalEntry | None) -> None:
        place = PlaceField()
        place.label = self.labels["place"] % {"title": article.title}
        place.initial = entry.order if entry else None
        section = forms.CharField(required=False, max_length=80, widget=Line(list="sections"))
        section.label = self.labels["section"]
        section.initial = entry.section if entry else ""
        heading = forms.CharField(required=False, max_length=200, widget=Line())
        heading.label = self.labels["heading"]
        heading.initial = entry.heading if entry else ""
        self.fields |= {
            f"place-{article.pk}": place,
            f"section-{article.pk}": section,
            f"heading-{article.pk}": heading,
        }

    @cached_property
    def rows(self) -> list[BoardRow]:
        """Those in the issue first; after a fault as they were typed."""
        return list(self._drawn())

    def _drawn(self) -> Iterator[BoardRow]:
        acts = {
            "add": gettext("Add: “%(title)s”"),
            "up": gettext("“%(title)s” further up"),
            "down": gettext("“%(title)s” further down"),
            "drop": gettext("Take off: “%(title)s”"),
        }
        for article in self.articles:
            section, heading = self[f"section-{article.pk}"], self[f"heading-{article.pk}"]
            place = self[f"place-{article.pk}"]
            yield BoardRow(
                article,
                place,
                section,
                heading,
                is_in=bool(place.value()),
                is_open=any(one.value() or (self.is_bound and one.errors) for one in (section, heading)),
                acts={name: said % {"title": article.title} for name, said in acts.items()},
            )

    @property
    def chosen_rows(self) -> list[BoardRow]:
        return [row for row in self.rows if row.is_in]

    @property
    def offered_rows(self) -> list[BoardRow]:
        return [row for row in self.rows if not row.is_in]

    def sections(self) -> list[str]:
        """Sections in use in the last issues, to be offered while one types."""
        named = JournalEntry.objects.exclude(section="").order_by("-pk").values_list("section", flat=True)
        return sorted(set(named[:MOST_OFFERED]))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not self._placed(given):
            raise ValidationError(_("Give at least one article a place."))
        return given

    def _placed(self, given: dict[str, Any]) -> list[Article]:
        placed = [article for article in self.articles if given.get(f"place-{article.pk}")]
        return sorted(placed, key=lambda article: given[f"place-{article.pk}"])

    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "chosen": [
                {
                    "article": article.pk,
                    "section": cleaned[f"section-{article.pk}"],
                    "heading": cleaned[f"heading-{article.pk}"],
                }
                for article in self._placed(cleaned)
            ]
        }


def state_words(article: Article) -> str:
    """Why an article of the issue can stand there no more; "" while it can."""
    return "" if article.state == ArticleState.PUBLISHED else str(article.get_state_display())
