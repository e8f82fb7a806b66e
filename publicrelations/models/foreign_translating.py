"""Translating a foreign document: its text in Thai, version after version, beside the original."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.documents import Upload, attach
from office.models import Deadline, Document
from office.permissions import carries_it, may_take_it
from office.steps import Act, staff, step
from publicrelations.models.foreign_screening import ForeignScreeningSteps
from publicrelations.models.foreign_state import ForeignState
from publicrelations.models.translation import Translation

State = ForeignState


class ForeignTranslatingSteps(ForeignScreeningSteps):
    """The part of a foreign document's path on which it comes to be read in Thai."""

    class Meta:
        abstract = True

    def newest_translation(self) -> Translation | None:
        """The version that is being worked on, or was put to the minister."""
        return Translation.objects.filter(document_id=self.pk).order_by("-version").first()

    @property
    def translation_text(self) -> str:
        """The newest version's words; empty before there is one."""
        newest = self.newest_translation()
        return newest.text if newest else ""

    def _write_version(self, act: Act, text: str, note: str) -> None:
        """The text as the next version; none when nothing of it was changed."""
        words = text.replace("\r\n", "\n").strip()
        newest = self.newest_translation()
        if not words or (newest and newest.text == words):
            return
        if act.actor.user is None:
            raise ValueError("A translation is written by somebody of the office.")
        version = Translation.objects.create(
            document_id=self.pk,
            version=(newest.version if newest else 0) + 1,
            text=words,
            note=note.strip(),
            written_by=act.actor.user,
            written_at=act.now,
        )
        act.changes["translation"] = [str(newest.version) if newest else "", str(version.version)]
        if version.note:
            act.changes["translation_note"] = ["", version.note]

    @step(
        field="state",
        source=State.TRANSLATING,
        target=None,
        allowed=staff(carries_it | may_take_it),
        verb=_("Save the translation so far"),
        done=_("Translation saved"),
        rank=15,
    )
    def save_translation(
        self, act: Act, *, translation_text: str = "", note: str = "", files: Sequence[Upload] = ()
    ) -> None:
        """Keep what is translated so far as the next version; the clock runs on."""
        self._take_on(act)
        self._write_version(act, translation_text, note)
        self._attach(act, files)

    @step(
        field="state",
        source=State.TRANSLATING,
        target=State.SUMMARISING,
        allowed=staff(carries_it | may_take_it),
        verb=_("Record the translation"),
        done=_("Translated"),
        rank=10,
    )
    def translate(
        self, act: Act, *, translation_text: str = "", note: str = "", files: Sequence[Upload] = ()
    ) -> None:
        """The translation is whole: typed here, or as the file of whoever translated it."""
        if not translation_text.strip() and not files:
            raise ValidationError(
                {"translation_text": gettext("Write the translation, or attach it as a file.")}
            )
        self._take_on(act)
        self._write_version(act, translation_text, note)
        self._attach(act, files)
        deadlines.keep(self, Deadline.Kind.TRANSLATE, now=act.now)
        self.promise_now(act, Deadline.Kind.SUMMARISE, self.owner)

    @step(
        field="state",
        source=State.TRANSLATING,
        target=State.SUMMARISING,
        allowed=staff(carries_it),
        verb=_("Needs no translation"),
        done=_("Found to need no translation"),
        rank=40,
        needs_reason=True,
    )
    def skip_translation(self, act: Act) -> None:
        """It can be read as it is after all: it is summarised at once."""
        self.needs_translation = False
        self._let_rest(act, Deadline.Kind.TRANSLATE)
        self.promise_now(act, Deadline.Kind.SUMMARISE, self.owner)

    @step(
        field="state",
        source=[State.SUMMARISING, State.CHECKING],
        target=None,
        allowed=staff(carries_it),
        verb=_("Mend the translation"),
        done=_("Translation mended"),
        rank=45,
    )
    def mend_translation(self, act: Act, *, translation_text: str, note: str = "") -> None:
        """A word or two read better: a version of its own, up to the day it is put to the minister."""
        if not translation_text.strip():
            raise ValidationError({"translation_text": gettext("Write the translation.")})
        self._write_version(act, translation_text, note)

    def _attach(self, act: Act, files: Sequence[Upload]) -> None:
        added = attach(self, files, source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now)
        if added:
            act.changes["files"] = ["", ", ".join(document.name for document in added)]
