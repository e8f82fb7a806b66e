"""Links between matters (เรื่องที่เชื่อมโยง), and topics (ประเด็น) that hold many of them together."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.models.matter import Matter, matters_visible_to
from office.models.people import Role, User


class MatterLinkQuerySet(models.QuerySet):
    """Links in the words of the office."""

    def of(self, *matters: int) -> MatterLinkQuerySet:
        """Those that one of these matters is an end of."""
        return self.filter(Q(from_matter__in=matters) | Q(to_matter__in=matters))

    def visible_to(self, user: User) -> MatterLinkQuerySet:
        """A link is seen by whoever sees both its ends."""
        return self.filter(matters_visible_to(user, "from_matter__"), matters_visible_to(user, "to_matter__"))


class MatterLink(models.Model):
    """That one matter has to do with another, and how. There is one between two matters at most, read both ways."""

    class Kind(models.TextChoices):
        """How the first has to do with the second, as it is said of the first."""

        RELATED = "related", _("concerns the same as")
        RAISED_IN = "raised_in", _("is raised in")
        NEWS_ABOUT = "news_about", _("is news about")
        FOLLOWS = "follows", _("follows from")
        USED_FOR = "used_for", _("is used for")

    from_matter = models.ForeignKey(Matter, models.CASCADE, related_name="links_from")
    to_matter = models.ForeignKey(Matter, models.CASCADE, related_name="links_to")
    kind = models.CharField(_("kind of link"), max_length=20, choices=Kind)
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = MatterLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between matters")
        verbose_name_plural = _("links between matters")
        ordering = ["pk"]
        constraints = [
            # Read both ways, so the second of two who link the same pair finds that it is done.
            models.UniqueConstraint(
                Least("from_matter", "to_matter"),
                Greatest("from_matter", "to_matter"),
                name="matter_link_once",
            ),
            models.CheckConstraint(condition=~Q(from_matter=F("to_matter")), name="matter_link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.from_matter_id} {self.kind} {self.to_matter_id}"


SAID_BACK: Final[dict[str, Any]] = {
    MatterLink.Kind.RELATED: MatterLink.Kind.RELATED.label,
    MatterLink.Kind.RAISED_IN: _("raises"),
    MatterLink.Kind.NEWS_ABOUT: _("is in the news by"),
    MatterLink.Kind.FOLLOWS: _("led to"),
    MatterLink.Kind.USED_FOR: _("makes use of"),
}
"""The same link as it is said of the second matter."""


class TopicQuerySet(models.QuerySet):
    """Topics in the words of the office."""

    def visible_to(self, user: User) -> TopicQuerySet:
        """Whoever sees one of its matters sees the topic; so do its maker and executives."""
        if user.has_role(Role.EXECUTIVE):
            return self
        if not (user.has_role(Role.OFFICER) or user.has_role(Role.HEAD)):
            return self.none()
        seen = TopicMatter.objects.filter(matters_visible_to(user, "matter__"), topic=OuterRef("pk"))
        return self.filter(Q(made_by=user) | Exists(seen))


class Topic(models.Model):
    """Several matters that are one story to the office: a name, why they belong together, and their joint history."""

    name = models.CharField(pgettext_lazy("of a topic", "name"), max_length=150)
    note = models.TextField(pgettext_lazy("of a topic", "what it is about"), max_length=2000, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of matters", "topic")
        verbose_name_plural = _("topics")
        ordering = ["-pk"]

    def __str__(self) -> str:
        """By number: it stands in the log, whose readers may not see what the topic is about."""
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        """The page above all rooms, for a topic's history is told in the words of each."""
        return reverse("projectplan:topic", args=[self.pk])


class TopicMatter(models.Model):
    """That a matter belongs to a topic, since when and by whom."""

    topic = models.ForeignKey(Topic, models.CASCADE, db_index=False, related_name="entries")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="topic_entries")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("matter of a topic")
        verbose_name_plural = _("matters of a topic")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["topic", "matter"], name="topic_matter_once")]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.matter_id}"
