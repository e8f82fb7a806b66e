"""Who sits in parliament: chambers, sessions, recesses, parties, members, committees, constitutional organisations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Province
from office.thai import sort_key, to_thai_digits


class Chamber(models.TextChoices):
    """The chambers that the constitution names, and both sitting together."""

    HOUSE = "house", _("House of Representatives")
    SENATE = "senate", _("Senate")
    JOINT = "joint", _("National Assembly")


SEATS = [choice for choice in Chamber.choices if choice[0] != Chamber.JOINT]
"""The chambers that somebody has a seat in, and asks in."""


class Session(models.Model):
    """A session of parliament (สมัยประชุม), within which its sittings are numbered."""

    class Kind(models.TextChoices):
        GENERAL = "general", _("Ordinary session, general")
        LEGISLATIVE = "legislative", _("Ordinary session, legislative")
        EXTRAORDINARY = "extraordinary", _("Extraordinary session")

    parliament_number = models.PositiveSmallIntegerField(
        _("parliament no."), help_text=_("The House that was elected, such as 23 (ชุดที่ ๒๓).")
    )
    year = models.PositiveSmallIntegerField(_("year of the term"))
    kind = models.CharField(_("kind of session"), max_length=20, choices=Kind)
    number = models.PositiveSmallIntegerField(
        _("number of the session"), default=1, help_text=_("Of extraordinary sessions: which of the year.")
    )
    begins_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        verbose_name = _("session of parliament")
        verbose_name_plural = _("sessions of parliament")
        ordering = ["-begins_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["parliament_number", "year", "kind", "number"], name="session_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="session_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        parts = [
            f"ชุดที่ {to_thai_digits(self.parliament_number)}",
            f"ปีที่ {to_thai_digits(self.year)}",
            str(self.get_kind_display()),
        ]
        if self.kind == self.Kind.EXTRAORDINARY:
            parts.append(f"ครั้งที่ {to_thai_digits(self.number)}")
        return " ".join(parts)

    @classmethod
    def on(cls, day: date) -> Session | None:
        """The session that parliament is in on a day; None in a recess."""
        going_on = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        return cls.objects.filter(going_on, begins_on__lte=day).order_by("-begins_on").first()


class RecessQuerySet(models.QuerySet["Recess"]):
    """Recesses in the words of the office."""

    def unfinished(self, day: date) -> RecessQuerySet:
        """Those that go on on a day or begin after it."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).order_by("begins_on")


class Recess(models.Model):
    """That the office counts on no sitting (ปิดสมัยประชุม): what waits for one is not reminded of until it is over."""

    begins_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True, help_text=_("The last day; empty: open."))
    reason = models.CharField(_("reason"), max_length=300)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = RecessQuerySet.as_manager()

    class Meta:
        verbose_name = _("recess")
        verbose_name_plural = _("recesses")
        ordering = ["-begins_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="recess_ends_after_it_begins",
            ),
            # A second click on “declare” finds the first one's row.
            models.UniqueConstraint(fields=["begins_on"], name="recess_begins_once"),
        ]

    def __str__(self) -> str:
        return f"{self.begins_on} – {self.ends_on or ''}"

    def contains(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)

    @classmethod
    def on(cls, day: date) -> Recess | None:
        """The recess in force on a day."""
        return cls.objects.unfinished(day).filter(begins_on__lte=day).last()


class Party(models.Model):
    """A political party; one that was dissolved is switched off, not deleted."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    short_name = models.CharField(_("short name"), max_length=20, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    """Members in the words of the office."""

    def sitting_on(self, day: date) -> MemberQuerySet:
        """Those who had their seat on a day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), since_on__lte=day)

    def former_on(self, day: date) -> MemberQuerySet:
        """Those who had left their seat by a day."""
        return self.filter(until_on__lt=day)

    def named_like(self, words: str) -> MemberQuerySet:
        """Those in whose name each of these words stands."""
        found = self
        for word in words.split():
            found = found.filter(name__icontains=word)
        return found


class Member(models.Model):
    """A member of the House or a senator, for one term: whoever is elected again is a new row that follows it."""

    class Seat(models.TextChoices):
        """How somebody came to their seat."""

        CONSTITUENCY = "constituency", _("Constituency")
        PARTY_LIST = "party_list", _("Party list")
        ELECTED_SENATOR = "elected_senator", _("Elected senator")
        SELECTED_SENATOR = "selected_senator", _("Selected senator")

    chamber = models.CharField(_("chamber"), max_length=10, choices=SEATS)
    parliament_number = models.PositiveSmallIntegerField(_("parliament no."))
    title = models.CharField(_("title before the name"), max_length=40, blank=True)
    name = models.CharField(_("name and surname"), max_length=160)
    sort_name = models.CharField(max_length=340, editable=False)
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("party")
    )
    seat = models.CharField(_("kind of seat"), max_length=20, choices=Seat)
    province = models.ForeignKey(Province, models.PROTECT, null=True, blank=True, verbose_name=_("province"))
    constituency = models.PositiveSmallIntegerField(_("constituency no."), null=True, blank=True)
    list_group = models.CharField(_("party-list group or selecting body"), max_length=120, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    since_on = models.DateField(_("has the seat since"))
    until_on = models.DateField(_("had the seat until"), null=True, blank=True)
    continues = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("the same person before"),
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of parliament")
        verbose_name_plural = _("members of parliament")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chamber", "parliament_number", "name"], name="member_once_a_parliament"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")), name="member_since_until"
            ),
        ]
        indexes = [
            # The list, in the order of a Thai dictionary, and by its filters.
            models.Index(fields=["sort_name", "id"], name="member_by_name"),
            models.Index(fields=["chamber", "sort_name", "id"], name="member_chamber_name"),
            models.Index(fields=["party", "sort_name", "id"], name="member_party_name"),
            models.Index(fields=["province", "sort_name", "id"], name="member_province_name"),
            # Whether somebody sat in an earlier parliament.
            models.Index(fields=["name"], name="member_name"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        """`นายสมชาย ใจดี`, as on documents."""
        return f"{self.title}{self.name}"

    @property
    def area(self) -> str:
        """Whom the member stands for: `เชียงราย เขต ๒`, a list, a selecting body."""
        if self.seat == self.Seat.CONSTITUENCY and self.province:
            zone = f" เขต {to_thai_digits(self.constituency)}" if self.constituency else ""
            return f"{self.province}{zone}"
        return str(self.province) if self.province else self.list_group

    def terms(self) -> list[Member]:
        """All the terms of this person, the newest first: rows that `continues` joins, this one among them."""
        before, after, one = [], [], self
        while one.continues is not None:
            one = one.continues
            before.append(one)
        one = self
        while (later := getattr(one, "continued_by", None)) is not None:
            one = later
            after.append(one)
        return [*reversed(after), self, *before]


class Committee(models.Model):
    """A committee of a chamber (คณะกรรมาธิการ) or the whips; one that is dissolved keeps its row."""

    class Kind(models.TextChoices):
        STANDING = "standing", _("Standing committee")
        AD_HOC = "ad_hoc", _("Ad hoc committee")
        JOINT = "joint", _("Joint committee")
        WHIPS = "whips", _("Whips")

    chamber = models.CharField(_("chamber"), max_length=10, choices=Chamber)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    parliament_number = models.PositiveSmallIntegerField(_("parliament no."))
    since_on = models.DateField(_("since"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    members: models.ManyToManyField[Member, CommitteeSeat] = models.ManyToManyField(
        Member, through="CommitteeSeat", related_name="committees", verbose_name=_("members")
    )

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["chamber", "parliament_number", "name"], name="committee_once"),
        ]

    def __str__(self) -> str:
        return self.name


class CommitteeSeat(models.Model):
    """A member's place on a committee."""

    class Office(models.TextChoices):
        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice_chair", _("Vice-chair")
        SECRETARY = "secretary", _("Secretary")
        MEMBER = "member", _("Committee member")

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="seats")
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="committee_seats", verbose_name=_("member")
    )
    office = models.CharField(_("office"), max_length=20, choices=Office, default=Office.MEMBER)

    class Meta:
        verbose_name = _("seat on a committee")
        verbose_name_plural = _("seats on a committee")
        ordering = ["committee", "pk"]
        constraints = [models.UniqueConstraint(fields=["committee", "member"], name="committee_seat_once")]

    def __str__(self) -> str:
        return f"{self.committee_id} {self.member_id}"


class ConstitutionalBody(models.Model):
    """A constitutional organisation (องค์กรตามรัฐธรรมนูญ), such as the Ombudsman, that consults the minister."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("constitutional organisation")
        verbose_name_plural = _("constitutional organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.short_name or self.name
