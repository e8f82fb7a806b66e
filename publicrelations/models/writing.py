"""Writing an article: its words in their versions, from the officer's draft to the head's desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.carrying import StateField
from office.models import Deadline, Notice
from office.permissions import carries_it, is_head_of_it, may_take_it
from office.steps import Act, staff, step
from publicrelations.clean_html import clean_html
from publicrelations.models.article_state import ArticleState, Language
from publicrelations.models.category import Category, Tag
from publicrelations.models.counted import CountedMatter
from publicrelations.models.engagement import Engagement
from publicrelations.models.press_conference import PressConference
from publicrelations.models.unsaved import UnsavedText
from publicrelations.models.version import LONGEST_BODY, LONGEST_LEAD, ArticleRemark, ArticleVersion

State = ArticleState

FACTS = (
    "title",
    "lead",
    "category",
    "video_url",
    "is_press_release",
    "about_engagement",
    "press_conference",
    "secrecy",
)
"""What is written beside the text and the tags."""


class WritingSteps(CountedMatter):
    """The part of an article's path on which it is written."""

    state = StateField(_("state"), choices=ArticleState, default=ArticleState.DRAFT)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.THAI)
    lead = models.TextField(_("lead"), max_length=LONGEST_LEAD, blank=True)
    body = models.TextField(_("text"), max_length=LONGEST_BODY, blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("category")
    )
    about_engagement = models.ForeignKey(
        Engagement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("engagement"),
        db_index=False,
    )
    press_conference = models.ForeignKey(
        PressConference,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("press conference"),
        db_index=False,
    )
    is_press_release = models.BooleanField(
        _("press release"), default=False, help_text=_("Handed to the press as it stands.")
    )
    video_url = models.URLField(
        _("video"),
        max_length=300,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Shown as a link, never inside the page: no foreign site learns who reads."),
    )

    versions: Any
    taggings: Any
    pictures: Any

    if TYPE_CHECKING:
        category_id: int | None
        about_engagement_id: int | None

    class Meta:
        abstract = True

    # ── The words in their versions ─────────────────────────────────────────────────────────

    def newest_version(self) -> ArticleVersion | None:
        """The version that is being worked on, or waits as a correction."""
        return ArticleVersion.objects.filter(article_id=self.pk).order_by("-version").first()

    def caption_words(self) -> str:
        """The words of its pictures in their order, as a version keeps them."""
        return "\n".join(picture.words for picture in self.pictures.order_by("position", "pk"))

    def write_version(
        self, act: Act, *, title: str, lead: str, body: str, note: str = "", captions: str | None = None
    ) -> ArticleVersion:
        """These words as the next version; the newest one as it is, when nothing of it was changed."""
        if act.actor.user is None:
            raise ValueError("An article is written by somebody of the office.")
        words = {
            "title": title,
            "lead": lead,
            "body": body,
            "captions": self.caption_words() if captions is None else captions,
        }
        newest = self.newest_version()
        if newest and all(getattr(newest, name) == value for name, value in words.items()):
            return newest
        version = ArticleVersion.objects.create(
            article_id=self.pk,
            version=(newest.version if newest else 0) + 1,
            note=note.strip(),
            written_by=act.actor.user,
            written_at=act.now,
            **words,
        )
        act.changes["article_version"] = [str(newest.version) if newest else "", str(version.version)]
        return version

    @cached_property
    def tags_when_read(self) -> list[str]:
        """Its tags when this article was read: for a page, which asks once."""
        if not getattr(self, "has_tags", True):
            return []
        return list(Tag.objects.filter(articles=self.pk).order_by("name").values_list("name", flat=True))

    def set_tags(self, names: Sequence[str]) -> None:
        """Bear these tags and no others; a name that no article had before becomes a tag."""
        tags = [Tag.named(name) for name in names]
        self.taggings.exclude(tag__in=tags).delete()
        known = set(self.taggings.values_list("tag", flat=True))
        self.taggings.bulk_create(
            self.taggings.model(
                article_id=self.pk, tag=tag, language=self.language, published_at=self.shown_since()
            )
            for tag in tags
            if tag.pk not in known
        )

    def shown_since(self) -> Any:
        """Since when readers have it before them; None for one they have not."""
        raise NotImplementedError

    def _write(self, act: Act, body: str, tags: Sequence[str], note: str, **facts: Any) -> None:
        """What was typed is the article now: the text cleaned, and every save a version of its own."""
        if self.owner_id is None:
            self._give_to(act, act.actor.user)
        for name, value in facts.items():
            if name not in FACTS:
                raise TypeError(f"Not written with an article: {name}")
            setattr(self, name, value)
        self.body = clean_html(body)
        self.set_tags(tags)
        self.write_version(act, title=self.title, lead=self.lead, body=self.body, note=note)
        self.let_go_unsaved(act)

    def let_go_unsaved(self, act: Act) -> None:
        """What this person has saved need not be kept beside the article any more."""
        UnsavedText.objects.filter(article_id=self.pk, user=act.actor.user).delete()

    def was_given(self, name: str, given: dict[str, Any]) -> bool:
        """The words of a second window are never taken for those of the first."""
        if "body" not in given:
            return super().was_given(name, given)
        newest = self.newest_version()
        words = {"title": given.get("title"), "lead": given.get("lead"), "body": clean_html(given["body"])}
        return newest is not None and all(getattr(newest, key) == value for key, value in words.items())

    # ── What is still lacking ───────────────────────────────────────────────────────────────

    def lacks(self) -> dict[str, str]:
        """What readers would miss, by the field it is about, in words; empty when it could be published."""
        missing = {
            "lead": (not self.lead, gettext("Write the lead: one paragraph that says it all.")),
            "body": (not self.body, gettext("Write the text of the article.")),
            "category": (self.category_id is None, gettext("Choose the category.")),
        }
        return {name: words for name, (is_missing, words) in missing.items() if is_missing}

    def refuse_unless_whole(self) -> None:
        """Raise ValidationError while something is lacking that readers, or the law, ask for."""
        lacking = self.lacks()
        if lacking:
            raise ValidationError({name: [words] for name, words in lacking.items()})

    # ── The officer's steps ─────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.DRAFT,
        target=None,
        allowed=staff(carries_it | may_take_it),
        verb=_("Save draft"),
        done=_("Draft saved"),
        rank=12,
    )
    def save_draft(
        self, act: Act, *, body: str, tags: Sequence[str] = (), note: str = "", **facts: Any
    ) -> None:
        """Keep what is written so far as the next version; anything may still be missing."""
        self._write(act, body, tags, note, **facts)

    @step(
        field="state",
        source=State.DRAFT,
        target=State.CHECKING,
        allowed=staff(carries_it | may_take_it),
        verb=_("Put to the head"),
        done=_("Article put to the head"),
        rank=11,
    )
    def submit(self, act: Act, *, body: str, tags: Sequence[str] = (), note: str = "", **facts: Any) -> None:
        """The officer puts the whole article to the head, with its pictures described."""
        self._write(act, body, tags, note, **facts)
        self.refuse_unless_whole()
        deadlines.keep(self, Deadline.Kind.WRITING, now=act.now)
        heads = self._heads()
        self.promise_now(act, Deadline.Kind.CHECK, heads[0] if heads else self.owner)
        act.tell(heads, Notice.Kind.YOUR_TURN)

    # ── The head's ──────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=[State.CHECKING, State.SCHEDULED],
        target=None,
        allowed=staff(is_head_of_it),
        verb=_("Mend the article"),
        done=_("Article mended by the head"),
        rank=30,
    )
    def mend(self, act: Act, *, body: str, tags: Sequence[str] = (), note: str = "", **facts: Any) -> None:
        """The head mends a word or two instead of sending it back: a version of its own."""
        self._write(act, body, tags, note, **facts)
        self.refuse_unless_whole()

    @step(
        field="state",
        source=State.CHECKING,
        target=State.DRAFT,
        allowed=staff(is_head_of_it),
        verb=_("Send back"),
        done=_("Article sent back by the head"),
        rank=40,
        needs_reason=True,
    )
    def send_back(self, act: Act) -> None:
        """The head wants it written otherwise and says how; that stands as a remark on its version."""
        self.remark(act)
        deadlines.keep(self, Deadline.Kind.CHECK, now=act.now)
        self.promise_now(act, Deadline.Kind.WRITING, self.owner)
        act.tell([self.owner], Notice.Kind.YOUR_TURN, act.reason)

    def remark(self, act: Act) -> None:
        """Why a version came back stands beside it."""
        newest = self.newest_version()
        if newest and act.actor.user:
            ArticleRemark.objects.create(version=newest, by=act.actor.user, at=act.now, text=act.reason)

    @step(
        field="state",
        source=[State.DRAFT, State.CHECKING, State.SCHEDULED],
        target=State.DROPPED,
        allowed=staff(carries_it),
        verb=_("Give the article up"),
        done=_("Article given up"),
        rank=95,
        held_by_lock=True,
        needs_reason=True,
    )
    def give_up(self, act: Act) -> None:
        """It will not be published, for a reason; what was late stays late."""
        deadlines.settle(self, now=act.now, late_reason=act.reason)
        self.closed_at = max(act.now, self.received_at)
        act.tell([self.owner, *self._heads()], Notice.Kind.STEP_TAKEN, act.reason)
