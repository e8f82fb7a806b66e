"""Which papers of a press conference those invited may take by their link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.documents import Upload, attach
from office.models import Document, Secrecy
from office.steps import Act, staff, step
from publicrelations.models.press_inviting import InvitingSteps, invites
from publicrelations.models.press_state import PressState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from publicrelations.models.handout import Handout

State = PressState


class HandingSteps(InvitingSteps):
    """The part of a press conference's path on which papers are laid out for the press."""

    handouts: QuerySet[Handout]

    class Meta:
        abstract = True

    @property
    def gives_papers(self) -> bool:
        """Whether those invited may take what is marked for them; of a graded one nothing leaves the office."""
        return self.secrecy == Secrecy.ORDINARY

    @step(
        field="state",
        source=[state for state in PressState if state not in (State.CANCELLED, State.CLOSED)],
        target=None,
        allowed=staff(invites),
        verb=_("Choose papers for the press"),
        done=_("Papers for the press chosen"),
        rank=50,
    )
    def hand_out(
        self, act: Act, *, offered: Sequence[tuple[Document, str]] = (), files: Sequence[Upload] = ()
    ) -> None:
        """Which of its documents those invited may take, in this order, under these names, and new ones besides."""
        if (offered or files) and not self.gives_papers:
            raise ValidationError(gettext("What has a grade of secrecy is not given to the press."))
        if any(document.matter_id != self.pk for document, _title in offered):
            raise ValidationError(gettext("Choose among the files of this press conference."))
        before = ", ".join(self.handouts.order_by("position").values_list("title", flat=True))
        added = attach(self, files, source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now)
        papers = [*offered, *((document, stem_of(document.name)) for document in added)]
        self.handouts.all().delete()
        self.handouts.bulk_create(
            self.handouts.model(conference_id=self.pk, document=document, title=title, position=place)
            for place, (document, title) in enumerate(papers, start=1)
        )
        act.changes["handouts"] = [before, ", ".join(title for _document, title in papers)]


def stem_of(name: str) -> str:
    """The name of a file without its ending: what it is called until somebody calls it otherwise."""
    return name.rpartition(".")[0] or name
