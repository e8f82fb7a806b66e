"""Journal (วารสาร สร.สาร): one month's issue, its articles in their order, and how it is registered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Max, Q, Value, When
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.calendar import OFFICE_TZ, Period, fiscal_year_of, month_of
from office.figures import figures, thousands
from office.models import Deadline, Event, Matter, RegisterQuerySet, Subgroup
from office.models.calendar import current_calendar
from office.queue import start_by_name_after_commit
from office.search import normalise
from office.steps import Act, Actor, open_matter
from office.thai import format_month, format_short
from publicrelations.models.article import Article
from publicrelations.models.article_state import ArticleState
from publicrelations.models.journal_content import Chosen
from publicrelations.models.journal_edition import JournalEdition, KeptFile
from publicrelations.models.journal_sending import SendingSteps
from publicrelations.models.journal_state import OUT, JournalState
from publicrelations.models.site_edition import SiteEdition

MAKE_TASK = "publicrelations.tasks.make_journal_pages"


class JournalQuerySet(RegisterQuerySet):
    """Issues in the words of the office."""

    subgroup = Subgroup.Code.PUBLIC_RELATIONS
    kinds = (Matter.Kind.JOURNAL,)

    def issued(self) -> JournalQuerySet:
        """Those that have left the office, the newest first: what the public site shows."""
        return self.filter(state__in=OUT, secrecy=0).order_by("-month")

    def to_be_mailed(self) -> JournalQuerySet:
        """Those whose copies are still to be shared out, the nearest month first."""
        return self.exclude(state__in=OUT).order_by("month")


class Journal(SendingSteps):
    """One issue, from the plan of its content to the archive.

    From its opening it owes that it is mailed within its month (the plan's promise), and what is next beside that.
    """

    State = JournalState

    is_unclosed = models.GeneratedField(
        expression=Case(When(state="archived", then=Value(False)), default=Value(True)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    issue = models.PositiveIntegerField(_("number of the issue"), editable=False)

    objects = JournalQuerySet.as_manager()  # type: ignore[misc]  # the stubs take Matter's for a class variable

    class Meta:
        verbose_name = _("journal")
        verbose_name_plural = _("journals")
        constraints = [
            models.UniqueConstraint(fields=["month"], name="journal_month_once"),
            models.UniqueConstraint(fields=["issue"], name="journal_issue_once"),
            models.CheckConstraint(condition=Q(state__in=JournalState.values), name="journal_state_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="journal_month_first_day"),
            models.CheckConstraint(condition=Q(print_run__gte=1), name="journal_print_run_positive"),
            models.CheckConstraint(
                condition=~Q(state__in=["printed", "mailed", "archived"])
                | Q(copies_printed__isnull=False, printed_on__isnull=False),
                name="journal_printed_how_many",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["mailed", "archived"])
                | Q(mailed_at__isnull=False, list_closed_at__isnull=False),
                name="journal_mailed_by_list",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "printed", "mailed", "archived"])
                | Q(approved_edition__isnull=False),
                name="journal_approved_edition",
            ),
        ]
        indexes = [
            # A register's filters, in the order of registration.
            models.Index(fields=["is_unclosed", "matter"], name="journal_unclosed"),
            models.Index(fields=["state", "matter"], name="journal_state"),
            # The public site: those that are out, the newest month first.
            models.Index(
                fields=["month"], condition=Q(state__in=["mailed", "archived"]), name="journal_out_by_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    # ── Names ───────────────────────────────────────────────────────────────────────────────

    @property
    def period(self) -> Period:
        return month_of(self.month)

    @property
    def counted_at(self) -> datetime:
        """An issue is counted by the month it is of, whenever it was opened."""
        return month_of(self.month).starts_at

    @property
    def month_words(self) -> str:
        """`ธันวาคม ๒๕๕๒`."""
        return format_month(self.month)

    @property
    def issue_words(self) -> str:
        """`ฉบับที่ ๑๕`."""
        return gettext("Issue %(number)s") % {"number": figures(self.issue)}

    # ── What the public site shows ──────────────────────────────────────────────────────────

    @property
    def published_on(self) -> date | None:
        """The day on which it went out; None while it has not."""
        return self.mailed_at.astimezone(OFFICE_TZ).date() if self.mailed_at else None

    @property
    def web_pdf(self) -> KeptFile | None:
        """The approved pages for the web: small pictures, no bleed."""
        return self.approved_edition.web_pdf if self.approved_edition else None

    @property
    def cover_thumbnail(self) -> KeptFile | None:
        """The approved first page as a small picture; its size in pixels stands with the edition."""
        return self.approved_edition.cover if self.approved_edition else None

    # ── Registration ────────────────────────────────────────────────────────────────────────

    @transaction.atomic(savepoint=False)
    def receive(self, *, actor: Actor, now: datetime) -> Journal:
        """Open this new issue: its number, its content owed by the month's schedule, and that it is mailed in time."""
        self.kind = Matter.Kind.JOURNAL
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.PUBLIC_RELATIONS)
        self.received_at = self.received_at or now
        self.print_run = self.print_run or settings.JOURNAL_PRINT_RUN
        self.stock = settings.JOURNAL_STOCK
        newest = Journal.objects.aggregate(newest=Max("issue"))["newest"] or 0
        self.issue = self.issue or newest + 1
        self.title = self.title or self._own_title()
        calendar = current_calendar()
        self.set_due_days(self.received_at, calendar)
        open_matter(
            self,
            prefix=settings.SERIES_PREFIXES["journal"],
            year=fiscal_year_of(self.month),
            actor=actor,
            now=now,
        )
        for kind in (Deadline.Kind.CONTENT, Deadline.Kind.MAIL):
            due = calendar.closing_of(self.due_days[kind])
            # An issue that is opened when its time has passed owes this from the first, and is late.
            start = min(self.received_at, due)
            deadlines.promise(self, kind, start=start, calendar=calendar, responsible=self.owner, due=due)
        return self

    def _own_title(self) -> str:
        with override(settings.LANGUAGE_CODE):
            return gettext("%(name)s, issue %(issue)s, %(month)s") % {
                "name": settings.JOURNAL_NAME,
                "issue": figures(self.issue),
                "month": self.month_words,
            }

    # ── The board ───────────────────────────────────────────────────────────────────────────

    def _write_entries(self, chosen: Sequence[Chosen]) -> None:
        keys = [one["article"] for one in chosen]
        self._refuse_articles(keys)
        self.entries.all().delete()
        JournalEntry.objects.bulk_create(
            JournalEntry(
                journal_id=self.pk,
                article_id=one["article"],
                order=order,
                section=one["section"],
                heading=one["heading"],
            )
            for order, one in enumerate(chosen, start=1)
        )

    def _refuse_articles(self, keys: Iterable[int]) -> None:
        """Only articles that readers have, each once, and in no other issue."""
        wanted = set(keys)
        if len(wanted) != len(list(keys)):
            raise ValidationError(gettext("An article stands in the issue twice."))
        public = Article.objects.filter(pk__in=wanted, state=ArticleState.PUBLISHED, secrecy=0)
        if public.count() != len(wanted):
            raise ValidationError(
                gettext("One of the articles is not published any more. Take it off the issue.")
            )
        other = JournalEntry.objects.filter(article__in=wanted).exclude(journal=self.pk).first()
        if other:
            raise ValidationError(
                gettext("“%(title)s” stands in another issue already."), params={"title": other.title}
            )

    def arranged_words(self) -> str:
        """The articles by number, in their order: what the history compares."""
        entries = self.entries.select_related("article")
        return ", ".join(entry.article.label for entry in entries)

    def content_key(self) -> str:
        """Own content by its version, the articles by when each was last changed for readers."""
        articles = [
            (one.pk, one.state, one.published_at, one.corrected_at, entry.section, entry.heading)
            for entry in self.entries_when_read
            for one in (entry.article,)
        ]
        made_from = [self.content_version, [[str(value) for value in row] for row in articles]]
        return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()

    def ask_for_pages(self, act: Act) -> None:
        """A row of the next edition, unless one waits that nobody has begun."""
        if self.editions.filter(state=JournalEdition.State.WAITING).exists():
            return
        newest = self.newest_when_read
        edition = JournalEdition.objects.create(
            journal_id=self.pk,
            edition=newest.edition + 1 if newest else 1,
            asked_at=act.now,
            asked_by=act.actor.user,
        )
        start_by_name_after_commit(MAKE_TASK, edition.pk)

    # ── What `perform` asks of every matter ─────────────────────────────────────────────────

    def after_step(self, act: Act, event: Event) -> None:
        """What follows every step: an issue that is out stands on the public site as it is now."""
        super().after_step(act, event)
        if self.state in OUT:
            SiteEdition.renew()

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after."""
        return super().tracked() | {
            "cover_line": self.cover_line,
            "cover_alt": self.cover_alt,
            "editorial_title": self.editorial_title,
            "editorial": self.editorial,
            "editorial_by": self.editorial_by,
            "copies_printed": "" if self.copies_printed is None else thousands(self.copies_printed),
            "printed_on": format_short(self.printed_on) if self.printed_on else "",
            "printer": self.printer,
            "printing_cost": "" if self.printing_cost is None else str(self.printing_cost),
            "stock": thousands(self.stock),
            "mailed_at": self.mailed_at.isoformat() if self.mailed_at else "",
        }

    def searchable(self) -> str:
        """The words it is found by: its month, the cover's words, the editorial."""
        return normalise(
            self.label, self.title, self.month_words, self.cover_line, self.editorial_title, self.editorial
        )


class JournalEntry(models.Model):
    """One article in an issue: its place, the section it stands in, and its heading there where it is another."""

    journal = models.ForeignKey(Journal, models.CASCADE, related_name="entries")
    article = models.OneToOneField(Article, models.PROTECT, related_name="journal_entry")
    order = models.PositiveSmallIntegerField(_("order"))
    section = models.CharField(_("section"), max_length=80, blank=True)
    heading = models.CharField(_("heading in the issue"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("article of a journal")
        verbose_name_plural = _("articles of journals")
        ordering = ["journal", "order"]
        constraints = [models.UniqueConstraint(fields=["journal", "order"], name="journal_entry_order_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What stands above it in the issue."""
        return self.heading or self.article.title
