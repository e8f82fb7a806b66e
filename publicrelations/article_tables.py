"""The register of articles as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from office.calendar import WorkCalendar
from office.register_table import RegisterTable
from office.templatetags.prasan import moment
from publicrelations.article_worklist import Listed, Row
from publicrelations.models import Article, ArticleState
from publicrelations.models.article_state import Language

State = ArticleState


class ArticleTable(RegisterTable):
    """A row says besides when it appears or appeared, and whether a correction waits."""

    matters = Article

    def __init__(self, rows: Sequence[Row], *, calendar: WorkCalendar) -> None:
        self.english = gettext("English")
        self.no_category = gettext("no category yet")
        self.waits = gettext("a correction waits")
        self.corrected = gettext("corrected")
        super().__init__(rows, calendar=calendar)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        page = reverse("publicrelations:article", args=[0])
        for row in self.data:
            address = page.replace("/0/", f"/{row.matter.pk}/")
            yield [
                ("subject", self.subject_cell(row.matter, address, self._below(row.matter))),
                ("holder", row.with_whom or self.nobody),
                ("standing", self._standing(row.matter)),
                ("time", self.time_cell(row.due_at, row.step, address)),
            ]

    def _below(self, matter: Listed) -> str:
        """Under which heading, in which language, of what it tells."""
        words = [matter.category or self.no_category]
        if matter.language == Language.ENGLISH:
            words.append(self.english)
        if matter.engagement:
            words.append(matter.engagement)
        return " · ".join(escape(word) for word in words)

    def _standing(self, matter: Listed) -> SafeString:
        state = self.standing_cell(matter.state)
        at = matter.publish_from if matter.state == State.SCHEDULED else matter.published_at
        notes = [str(moment(at))] if at else []
        if matter.proposal:
            notes.append(self.waits)
        elif matter.corrected_at:
            notes.append(self.corrected)
        if not notes:
            return state
        return format_html('{}<div class="small muted mt-1">{}</div>', state, " · ".join(notes))
