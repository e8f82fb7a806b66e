"""Splitting one petition that asks several things into several, each with a number and a path of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.joining import AT_WORK, JoiningSteps
from office import deadlines
from office.models import Agency, Deadline, Document
from office.permissions import carries_it
from office.steps import Act, staff, step

if TYPE_CHECKING:
    from complaints.models.category import Category
    from complaints.models.petition import Petition

MOST_PARTS: Final = 4


@dataclass(frozen=True)
class Part:
    """What one new petition takes over: its subject, its part of the story (empty: the whole), and which files."""

    title: str
    story: str = ""
    petition_kind: str = ""
    category: Category | None = None
    agency: Agency | None = None
    documents: Sequence[Document] = ()


class SplittingSteps(JoiningSteps):
    """The part of a petition's path on which others come out of it."""

    SHARED_FACTS = (
        "channel",
        "province",
        "education_area",
        "place",
        "political_source",
        "check_result",
        "subgroup",
        "owner",
        "secrecy",
        "received_at",
        "code_fingerprint",
    )
    """What every part has from the whole; by the same code its petitioner follows them all."""

    class Meta:
        abstract = True

    @step(
        field="state",
        source=AT_WORK,
        target=None,
        allowed=staff(carries_it),
        verb=_("Split into several"),
        done=_("Other petitions were split from it"),
        rank=93,
        held_by_lock=True,
        needs_reason=True,
    )
    def split(self: Any, act: Act, *, parts: Sequence[Part]) -> None:
        """Whoever carries it registers the other things it asks for as petitions of their own.

        This one keeps its number and goes on with what is left. A part was received when the whole was, so its first
        promise is the whole's: due, kept or late at the same moments.
        """
        if not parts:
            raise ValidationError(gettext("Write at least one part."))
        made = [self._part(act, part) for part in parts]
        act.changes["petitions"] = ["", ", ".join(one.label for one in made)]

    def _part(self: Any, act: Act, part: Part) -> Petition:
        new = type(self)(
            title=part.title,
            story=part.story or self.story,
            petition_kind=part.petition_kind or self.petition_kind,
            category=part.category or self.category,
            agency=part.agency or self.agency,
            agency_text="" if part.agency else self.agency_text,
            split_from=self,
            **{name: getattr(self, name) for name in self.SHARED_FACTS},
        )
        person = getattr(self, "petitioner", None)
        new.enter(
            actor=act.actor, now=act.now, petitioner=person.twin() if person else None, reason=act.reason
        )
        self._promise_of(act, new)
        Document.objects.bulk_create(_copy(document, new) for document in part.documents)
        return new

    def _promise_of(self: Any, act: Act, new: Petition) -> None:
        """The whole's first promise, which the part has with it; if that was kept, the part owes an opinion anew."""
        promise = self.deadlines.filter(kind=Deadline.Kind.OPINION, dropped_at=None).order_by("-pk").first()
        if promise is None:
            new.promise_opinion(act)
            return
        deadlines.carry_over(promise, new, calendar=act.calendar, responsible=new.owner)
        if promise.met_at is not None:
            new.promise_now(act, Deadline.Kind.REVISION, new.owner)


def _copy(document: Document, petition: Petition) -> Document:
    """The same file as a paper of another petition; the bytes lie there once."""
    return Document(
        matter_id=petition.pk,
        name=document.name,
        sha256=document.sha256,
        size=document.size,
        content_type=document.content_type,
        source=document.source,
        added_at=document.added_at,
        added_by=document.added_by,
    )
