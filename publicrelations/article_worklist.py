"""What a list or page says of an article at a glance: where it stands, what is next, who has it, when it appears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from office.models.number import number_label
from office.worklist import Owed, holder, owed_first
from publicrelations.models import Article, ArticleState

State = ArticleState

NEXT_STEP: dict[str, str] = {State.DRAFT: "submit", State.CHECKING: "publish"}


def next_of(state: str, has_proposal: bool) -> str:
    """The step that is due where an article stands."""
    if state == State.PUBLISHED and has_proposal:
        return "release_correction"
    return NEXT_STEP.get(state, "")


def next_step(article: Article, now: datetime) -> str:
    """The step that is due on the page of one article; writing has a page of its own."""
    return next_of(article.state, article.proposal_id is not None)


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows of an article itself, as plain values."""

    pk: int
    series: str
    number: int
    year: int
    title: str
    state: str
    language: str
    received_at: datetime
    publish_from: datetime | None
    published_at: datetime | None
    corrected_at: datetime | None
    proposal: int | None
    category: str
    engagement: str

    @property
    def label(self) -> str:
        """The number as the register writes it."""
        return number_label(self.series, self.number, self.year)


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a list: the most urgent it owes, and who has it ("": nobody)."""

    matter: Listed
    owed: Owed | None
    with_whom: str

    @property
    def due_at(self) -> datetime | None:
        return self.owed.due_at if self.owed else None

    @property
    def step(self) -> str:
        return next_of(self.matter.state, self.matter.proposal is not None)


COLUMNS: list[str] = [
    "pk", "series", "number", "year", "title", "state", "language", "received_at", "publish_from", "published_at",
    "corrected_at", "proposal", "category__name", "about_engagement__title", "owner__display_name",
]  # fmt: skip


def rows_of(keys: Sequence[int]) -> list[Row]:
    """The rows of these articles in this order, in two queries however many."""
    owed = owed_first(keys)
    found = {}
    for *own, category, engagement, owner in Article.objects.filter(pk__in=keys).values_list(*COLUMNS):
        matter = Listed(*[*own, category or "", engagement or ""])
        found[matter.pk] = Row(matter, owed.get(matter.pk), holder(owed.get(matter.pk), owner))
    return [found[key] for key in keys]
