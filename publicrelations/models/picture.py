"""Picture (ภาพข่าว): an article's picture with its words, its point of focus, and the sizes made of it for the web."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.models import Document, User
from office.models.making import Made

WIDTHS: Final = (480, 960, 1600)
"""What is made of a picture as it is, in pixels, never wider than the original."""
CARD: Final = (720, 480)
"""Cut around the focus for lists, whatever the original's shape."""
SHARE: Final = (1200, 630)
"""Cut around the focus for the card that a shared link shows (Open Graph)."""


@dataclass(frozen=True)
class Rendition:
    """One size made of a picture: where it is fetched, how large it is in pixels."""

    path: str
    width: int
    height: int

    @property
    def as_jpeg(self) -> str:
        """The same for browsers that know no webp."""
        return f"{self.path.removesuffix('webp')}jpg" if self.path.endswith("webp") else self.path


class Picture(Made):
    """One picture of an article, in its order; the first is its cover.

    The original stays private, with all that the camera wrote into it. What the web gets is made anew by the worker
    (`publicrelations.rendering`) and lies under one checksum over all sizes: another focus gives another address.
    """

    article = models.ForeignKey("publicrelations.Article", models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField(_("order"))
    original = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("original"))
    alternative_text = models.CharField(
        _("what is to be seen"),
        max_length=300,
        blank=True,
        help_text=_(
            "Read aloud to those who do not see the picture. Needed before the article can be published."
        ),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("photograph by"), max_length=120, blank=True)
    focus_x = models.PositiveSmallIntegerField(
        _("focus from the left, in percent"), default=50, validators=[MaxValueValidator(100)]
    )
    focus_y = models.PositiveSmallIntegerField(
        _("focus from the top, in percent"), default=50, validators=[MaxValueValidator(100)]
    )
    width = models.PositiveIntegerField(_("width in pixels"), help_text=_("Of the original, upright."))
    height = models.PositiveIntegerField(_("height in pixels"), help_text=_("Of the original, upright."))

    shown_by: str = ""
    """The secret of the link to a preview on whose page it is drawn; empty: the public site."""

    class Meta:
        verbose_name = _("picture of an article")
        verbose_name_plural = _("pictures of articles")
        ordering = ["article", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(focus_x__lte=100, focus_y__lte=100), name="picture_focus_inside"
            ),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="picture_has_size"),
            models.CheckConstraint(
                condition=~Q(state="issued") | (Q(issued_at__isnull=False) & ~Q(sha256="")),
                name="picture_made_is_whole",
            ),
        ]
        indexes = [
            # An article's pictures in their order.
            models.Index(fields=["article", "position"], name="picture_order"),
            # Which picture an address of the public site means.
            models.Index(fields=["sha256"], condition=~Q(sha256=""), name="picture_checksum"),
            # What the next maker takes, and what a killed one left.
            models.Index(
                fields=["asked_at"], condition=Q(state__in=["waiting", "making"]), name="picture_to_make"
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.alternative_text or f"{self.article_id} {self.position}"

    @property
    def words(self) -> str:
        """What is said of it, in one line of a version."""
        credit = f"({self.credit})" if self.credit else ""
        return " · ".join(part for part in (self.alternative_text, self.caption, credit) if part)

    def ask_anew(self, *, now: datetime, by: User | None) -> None:
        """Have its sizes made again: its focus was moved. Until they are there readers get those there were."""
        self.state, self.asked_at, self.asked_by, self.held_until = self.State.WAITING, now, by, None

    # ── What was made of it ─────────────────────────────────────────────────────────────────

    @property
    def has_sizes(self) -> bool:
        """There is something to show; while its focus is cut anew, that of before."""
        return bool(self.sha256)

    @property
    def widths(self) -> list[int]:
        """The widths it is made in as it is: none wider than the original."""
        largest = min(self.width, WIDTHS[-1])
        return [*(width for width in WIDTHS if width < largest), largest]

    @property
    def small_name(self) -> str:
        """The smallest size that shows it whole."""
        return f"{self.widths[0]}.webp"

    def height_at(self, width: int) -> int:
        """How high it is at a width, in whole pixels."""
        return max(1, round(width * self.height / self.width))

    def file_path(self, name: str) -> str:
        """Where one made size lies in the private storage: `960.webp`, `card.webp`, `share.jpg`."""
        return f"pictures/{self.sha256[:2]}/{self.sha256}/{name}"

    def public_path(self, name: str) -> str:
        """Where readers fetch one made size, once the article is published; before, whoever has a preview's link."""
        if self.shown_by:
            return reverse("preview:picture", args=[self.shown_by, self.pk, name])
        return reverse("site:picture", args=[self.sha256, name])

    @property
    def names(self) -> list[str]:
        """Every made size by its name."""
        wide = [f"{width}.{ending}" for width in self.widths for ending in ("webp", "jpg")]
        return [*wide, "card.webp", "card.jpg", "share.jpg"]

    @property
    def srcset(self) -> str:
        """The webp sizes as an `srcset` has them."""
        return ", ".join(f"{self.public_path(f'{width}.webp')} {width}w" for width in self.widths)

    @property
    def fallback(self) -> Rendition:
        """The JPEG for browsers that know no webp: the middle size, or the largest there is."""
        width = max(wide for wide in self.widths if wide <= WIDTHS[1] or wide == self.widths[0])
        return Rendition(self.public_path(f"{width}.jpg"), width, self.height_at(width))

    @property
    def card(self) -> Rendition:
        """Cut for lists."""
        return Rendition(self.public_path("card.webp"), *CARD)

    @property
    def share(self) -> Rendition:
        """Cut for the card of a shared link."""
        return Rendition(self.public_path("share.jpg"), *SHARE)
