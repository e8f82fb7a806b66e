"""Article (ข่าว): what the office publishes, from its draft to its correction or withdrawal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.calendar import OFFICE_TZ, fiscal_year_of
from office.models import Deadline, Document, Event, Matter, RegisterQuerySet, Secrecy, Subgroup
from office.search import normalise
from office.steps import Act, Actor, open_matter
from publicrelations.clean_html import words_of
from publicrelations.models.article_state import ENDED, ArticleState, Language
from publicrelations.models.category import Tag
from publicrelations.models.released import ReleasedSteps
from publicrelations.models.site_edition import SiteEdition


class ArticleQuerySet(RegisterQuerySet):
    """Articles in the words of the office."""

    subgroup = Subgroup.Code.PUBLIC_RELATIONS
    kinds = (Matter.Kind.ARTICLE,)

    def published(self, at: datetime) -> ArticleQuerySet:
        """What readers have before them at a moment, the newest first."""
        public = self.filter(state=ArticleState.PUBLISHED, published_at__lte=at, secrecy=Secrecy.ORDINARY)
        return public.order_by("-published_at", "-pk")

    def withdrawn(self) -> ArticleQuerySet:
        """What readers once had and are told the end of."""
        return self.filter(state=ArticleState.WITHDRAWN)

    def due(self, now: datetime) -> ArticleQuerySet:
        """Approved for a time that has come, the longest waiting first."""
        waiting = self.filter(state=ArticleState.SCHEDULED, publish_from__lte=now)
        return waiting.order_by("publish_from", "pk")


class Article(ReleasedSteps):
    """One article; its headline is the matter's title. Its columns are what readers see once it is published.

    Being written it owes its draft, then the head's check, then to appear at the time that was set. A correction
    waits beside it (`proposal`) until the head releases it: until then readers see what they saw.
    """

    State = ArticleState
    Language = Language

    is_unclosed = models.GeneratedField(
        expression=Case(
            When(state__in=["published", "withdrawn", "dropped"], then=Value(False)), default=Value(True)
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    translation_of = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="english",
        verbose_name=_("English version of"),
    )
    tags = models.ManyToManyField(
        Tag, through="Tagging", related_name="articles", blank=True, verbose_name=_("tags")
    )

    objects = ArticleQuerySet.as_manager()  # type: ignore[misc]  # the stubs take Matter's for a class variable

    class Meta:
        verbose_name = _("news article")
        verbose_name_plural = _("news articles")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ArticleState.values), name="article_state_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="article_language_known"),
            models.CheckConstraint(
                condition=Q(translation_of__isnull=True) | Q(language="en"),
                name="article_translation_english",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "withdrawn"])
                | (Q(published_at__isnull=False) & Q(category__isnull=False) & ~Q(slug="") & ~Q(body="")),
                name="article_published_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(publish_from__isnull=False), name="article_scheduled_for"
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")
                | ~Q(state="withdrawn") & Q(withdrawn_at__isnull=True),
                name="article_withdrawn_why",
            ),
            models.CheckConstraint(
                condition=Q(corrected_at__isnull=True, correction_note="")
                | Q(corrected_at__isnull=False, published_at__isnull=False) & ~Q(correction_note=""),
                name="article_corrected_note",
            ),
            models.CheckConstraint(
                condition=Q(video_url="") | Q(video_url__startswith="https://"), name="article_video_https"
            ),
        ]
        indexes = [
            # The public site: home and day or month, a category; the newest first.
            models.Index(
                fields=["language", "published_at", "matter"],
                condition=Q(state="published"),
                name="article_newest",
            ),
            models.Index(
                fields=["category", "language", "published_at", "matter"],
                condition=Q(state="published"),
                name="article_newest_of_category",
            ),
            # In every language at once: the sitemap, the journal's month.
            models.Index(
                fields=["published_at", "matter"], condition=Q(state="published"), name="article_published"
            ),
            # The clock: what is to appear by now.
            models.Index(fields=["publish_from"], condition=Q(state="scheduled"), name="article_due"),
            # Corrections that wait for the head.
            models.Index(
                fields=["matter"], condition=Q(proposal__isnull=False), name="article_correction_waits"
            ),
            # A register's filters, in the order of registration.
            models.Index(fields=["is_unclosed", "matter"], name="article_unclosed"),
            models.Index(fields=["state", "matter"], name="article_state"),
            models.Index(fields=["category", "matter"], name="article_category"),
            models.Index(fields=["language", "matter"], name="article_language"),
            # Most articles tell of neither; without those, SQLite knows that few rows bear one key.
            models.Index(
                fields=["about_engagement", "matter"],
                condition=Q(about_engagement__isnull=False),
                name="article_engagement",
            ),
            models.Index(
                fields=["press_conference", "matter"],
                condition=Q(press_conference__isnull=False),
                name="article_press_conference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def is_published(self) -> bool:
        """Readers have it before them."""
        return self.state == ArticleState.PUBLISHED

    @property
    def text(self) -> str:
        """Its text without any element, as it is read beside another."""
        return words_of(self.body)

    @property
    def counted_at(self) -> datetime:
        """Articles are counted by the month in which readers first had them; until then, of their beginning."""
        return self.published_at or self.received_at

    def public_path(self) -> str:
        """Its address on the public site: fiscal year (B.E.), number, words."""
        return reverse("site:article", args=[self.year, self.number, self.slug])

    # ── Registration ────────────────────────────────────────────────────────────────────────

    @transaction.atomic(savepoint=False)
    def receive(self, *, actor: Actor, now: datetime) -> Article:
        """Begin this new article: its number, and that its draft is owed."""
        self.kind = Matter.Kind.ARTICLE
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.PUBLIC_RELATIONS)
        self.refuse_untranslatable()
        act = open_matter(
            self,
            prefix=settings.SERIES_PREFIXES["article"],
            year=fiscal_year_of(self.received_at.astimezone(OFFICE_TZ).date()),
            actor=actor,
            now=now,
        )
        deadlines.promise(
            self,
            Deadline.Kind.WRITING,
            start=self.received_at,
            calendar=act.calendar,
            responsible=self.owner,
        )
        return self

    def refuse_untranslatable(self) -> None:
        """An English version stands beside one article in Thai, and there is one of them."""
        original = self.translation_of
        if original is None:
            return
        if self.language != Language.ENGLISH or original.language != Language.THAI:
            raise ValidationError(
                {"language": gettext("An English version stands beside an article in Thai.")}
            )
        if Article.objects.filter(translation_of=original).exists():
            raise ValidationError(gettext("The article has an English version already."))

    # ── What `perform` asks of every matter ─────────────────────────────────────────────────

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event; of the text its versions say what was changed."""
        return super().tracked() | {
            "category": str(self.category or ""),
            "about_engagement": str(self.about_engagement or ""),
            "press_conference": str(self.press_conference or ""),
            "video_url": self.video_url,
            "is_press_release": gettext("Yes") if self.is_press_release else gettext("No"),
            "publish_from": (
                self.publish_from.astimezone(OFFICE_TZ).isoformat(timespec="minutes")
                if self.publish_from
                else ""
            ),
            "correction_note": self.correction_note,
            "withdrawal_reason": self.withdrawal_reason,
        }

    def searchable(self) -> str:
        """The words it is found by: headline, lead, text, tags, the words of its pictures."""
        tags = " ".join(self.tags.values_list("name", flat=True)) if self.pk else ""
        captions = self.caption_words() if self.pk else ""
        return normalise(self.label, self.title, self.lead, words_of(self.body), tags, captions)

    def after_step(self, act: Act, event: Event) -> None:
        """What follows every step: what it tells of is covered by it, or no more; readers see it as it is now."""
        super().after_step(act, event)
        if {event.from_state, self.state} & {ArticleState.PUBLISHED, ArticleState.WITHDRAWN}:
            SiteEdition.renew()
        if self.state in ENDED:
            from publicrelations import covering

            for key in {self.about_engagement_id, self.left_engagement_id}:
                covering.settle(key, actor=act.actor, now=act.now)


class Tagging(models.Model):
    """That an article bears a tag; with when it was published, so that a tag's page is read from one index."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings", db_index=False)
    language = models.CharField(max_length=2, choices=Language)
    published_at = models.DateTimeField(null=True, help_text=_("Empty: readers do not see it."))

    class Meta:
        verbose_name = _("tag of an article")
        verbose_name_plural = _("tags of articles")
        constraints = [models.UniqueConstraint(fields=["article", "tag"], name="tagging_once")]
        indexes = [
            # A tag's page: the newest first.
            models.Index(fields=["tag", "language", "published_at", "article"], name="tagging_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.tag_id}"


class ArticleFile(models.Model):
    """A file that readers may take with an article: one of its documents, under a name for them."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="files")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    title = models.CharField(_("name for readers"), max_length=200)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("file of an article")
        verbose_name_plural = _("files of articles")
        ordering = ["article", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "document"], name="article_file_once")]

    def __str__(self) -> str:
        return self.title

    def public_path(self) -> str:
        """Where readers fetch it, once the article is published."""
        return reverse("site:file", args=[self.article.year, self.article.number, self.pk])
