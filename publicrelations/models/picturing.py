"""The pictures and files of an article: added, described, put in order and taken away by one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.documents import Upload, attach
from office.figures import figures
from office.models import Document
from office.permissions import carries_it, is_head_of_it, may_take_it
from office.queue import start_by_name_after_commit
from office.steps import Act, Actor, staff, step
from publicrelations.models.article_state import ArticleState
from publicrelations.models.picture import Picture
from publicrelations.models.writing import WritingSteps

State = ArticleState

RENDER_TASK: Final = "publicrelations.tasks.render_picture"
MOST_PICTURES: Final = 30
"""In one article; more are an album, which nobody reads on a telephone."""


@dataclass(frozen=True, kw_only=True)
class PictureWords:
    """What is said of one picture that is there already; `place` orders them, the smallest first."""

    key: int
    place: int
    alternative_text: str = ""
    caption: str = ""
    credit: str = ""
    focus_x: int = 50
    focus_y: int = 50
    is_taken_away: bool = False


@dataclass(frozen=True, kw_only=True)
class NewPicture:
    """A picture that came in: where it waits, how large it is upright, in pixels."""

    upload: Upload
    width: int
    height: int
    alternative_text: str = ""
    caption: str = ""
    credit: str = ""


def works_on_it(article: PicturingSteps, actor: Actor) -> bool:
    """Whoever carries it, while it is being written; from the check on the head, whose word it then is."""
    who = carries_it | may_take_it if article.state == State.DRAFT else is_head_of_it
    return staff(who)(article, actor)


class PicturingSteps(WritingSteps):
    """The part of an article's path that its pictures and files take."""

    cover = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", db_index=False
    )

    files: Any

    class Meta:
        abstract = True

    def lacks(self) -> dict[str, str]:
        """As the words, and every picture ready and described."""
        lacking = super().lacks()
        pictures = list(self.pictures.all()) if self.pk else []
        if any(not picture.alternative_text for picture in pictures):
            lacking["pictures"] = gettext("Say of every picture what is to be seen.")
        elif any(picture.state == Picture.State.FAILED for picture in pictures):
            lacking["pictures"] = gettext(
                "One picture could not be made ready. Take it away or send it anew."
            )
        elif any(not picture.has_sizes for picture in pictures):
            lacking["pictures"] = gettext("The pictures are still being made ready. Try again in a moment.")
        return lacking

    @step(
        field="state",
        source=[State.DRAFT, State.CHECKING, State.SCHEDULED, State.PUBLISHED],
        target=None,
        allowed=works_on_it,
        verb=_("Arrange pictures"),
        done=_("Pictures arranged"),
        rank=14,
    )
    def arrange_pictures(
        self,
        act: Act,
        *,
        pictures: Sequence[PictureWords] = (),
        added: Sequence[NewPicture] = (),
        correction_note: str = "",
    ) -> None:
        """Words, order and focus of the pictures there are; new ones behind them. Of a published article readers are
        told what was changed."""
        published = self.state == State.PUBLISHED
        before = self.caption_words()
        kept = self._arrange(act, pictures)
        if len(kept) + len(added) > MOST_PICTURES:
            words = gettext("An article has at most %(most)s pictures.") % {"most": figures(MOST_PICTURES)}
            raise ValidationError({"added": words})
        kept += self._add(act, added, place=len(kept))
        self.cover = kept[0] if kept else None
        if published:
            self.refuse_undescribed(kept)
            self.note_correction(act, correction_note)
        if self.caption_words() != before:
            version = self.write_version(act, title=self.title, lead=self.lead, body=self.body)
            if published:
                version.release(by=act.actor.user, now=act.now)
        act.changes["pictures"] = [before, self.caption_words()]

    def refuse_undescribed(self, pictures: Sequence[Picture]) -> None:
        """Readers never get a picture that is not described, nor one that has no sizes yet."""
        if any(not picture.alternative_text for picture in pictures):
            raise ValidationError(gettext("Say of every picture what is to be seen."))

    def note_correction(self, act: Act, note: str) -> None:
        """Readers are told what was corrected and when."""
        raise NotImplementedError

    def _arrange(self, act: Act, given: Sequence[PictureWords]) -> list[Picture]:
        """The pictures that stay, in their new order; one with another focus is cut anew."""
        words = {one.key: one for one in given}
        there: dict[int, Picture] = {picture.pk: picture for picture in self.pictures.all()}
        for key in [key for key, one in words.items() if one.is_taken_away and key in there]:
            there.pop(key).delete()
        places = {
            key: words[key].place if key in words else picture.position for key, picture in there.items()
        }
        kept = sorted(there.values(), key=lambda picture: (places[picture.pk], picture.position, picture.pk))
        for position, picture in enumerate(kept, start=1):
            picture.position = position
            if picture.pk in words:
                self._say(act, picture, words[picture.pk])
            picture.save()
        return kept

    def _say(self, act: Act, picture: Picture, words: PictureWords) -> None:
        is_moved = (picture.focus_x, picture.focus_y) != (words.focus_x, words.focus_y)
        for name in ("alternative_text", "caption", "credit", "focus_x", "focus_y"):
            setattr(picture, name, getattr(words, name))
        if is_moved:
            picture.ask_anew(now=act.now, by=act.actor.user)
            start_by_name_after_commit(RENDER_TASK, picture.pk)

    def _add(self, act: Act, added: Sequence[NewPicture], *, place: int) -> list[Picture]:
        """Rows for new pictures; their sizes are made by the worker after the commit. The same file once."""
        uploads = {one.upload.sha256: one for one in added}
        originals = attach(
            self,
            [one.upload for one in uploads.values()],
            source=Document.Source.OFFICE,
            added_by=act.actor.user,
            now=act.now,
        )
        made = []
        for position, original in enumerate(originals, start=place + 1):
            one = uploads[original.sha256]
            picture = Picture.objects.create(
                article_id=self.pk,
                position=position,
                original=original,
                alternative_text=one.alternative_text,
                caption=one.caption,
                credit=one.credit,
                width=one.width,
                height=one.height,
                asked_at=act.now,
                asked_by=act.actor.user,
            )
            start_by_name_after_commit(RENDER_TASK, picture.pk)
            made.append(picture)
        return made

    @step(
        field="state",
        source=[State.DRAFT, State.CHECKING, State.SCHEDULED, State.PUBLISHED],
        target=None,
        allowed=works_on_it,
        verb=_("Choose files for readers"),
        done=_("Files for readers chosen"),
        rank=92,
    )
    def offer_files(self, act: Act, *, offered: Sequence[tuple[Document, str]]) -> None:
        """Which of its documents readers may take, in this order, under these names; all others stay the office's."""
        before = ", ".join(self.files.order_by("position").values_list("title", flat=True))
        if any(document.matter_id != self.pk for document, _title in offered):
            raise ValidationError(gettext("Choose among the files of this article."))
        self.files.all().delete()
        self.files.bulk_create(
            self.files.model(article_id=self.pk, document=document, title=title, position=place)
            for place, (document, title) in enumerate(offered, start=1)
        )
        act.changes["article_files"] = [before, ", ".join(title for _document, title in offered)]
