"""The people of the office: who they are, where they sit, what their role lets them do."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, Group, UserManager
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person comes to the office for; each role is a Django group of the same name."""

    OFFICER = "officer", _("Officer")
    HEAD = "head", _("Section head")
    EXECUTIVE = "executive", _("Executive")
    ADMINISTRATOR = "administrator", _("Administrator")
    DATA_PROTECTION = "data_protection", _("Data protection officer")


class Subgroup(models.Model):
    """One of the three subgroups (กลุ่ม) of the office; its code is the plan's own."""

    class Code(models.TextChoices):
        POLITICS = "politics", _("Political Affairs")
        PUBLIC_RELATIONS = "publicrelations", _("Public Relations")
        COMPLAINTS = "complaints", _("Petitions and Complaints")

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("subgroup")
        verbose_name_plural = _("subgroups")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A civil-service position (ตำแหน่ง) that somebody of the office holds."""

    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OfficeUserManager(UserManager["User"]):
    """Finds people by what they do."""

    def with_role(self, role: Role) -> models.QuerySet[User]:
        return self.filter(is_active=True, groups__name=role.value)

    def heads_of(self, subgroup_id: int) -> models.QuerySet[User]:
        """The active heads of a subgroup: whom a late matter is told to next."""
        return self.with_role(Role.HEAD).filter(subgroup_id=subgroup_id)


class SignedInManager(OfficeUserManager):
    """How sign-in fetches a person: with the subgroup, which every page asks for."""

    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet[User]:
        return super().get_queryset().select_related("subgroup")


class User(AbstractUser):
    """A person of the office. People leave, their matters stay: an account is switched off, never deleted."""

    class Delivery(models.TextChoices):
        IMMEDIATELY = "immediately", _("At once, within office hours")
        DIGEST = "digest", _("One summary at 08:00 on working days")

    display_name = models.CharField(
        _("full name"), max_length=200, help_text=_("With its title, as on documents.")
    )
    subgroup = models.ForeignKey(
        Subgroup, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("subgroup")
    )
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("position")
    )
    seconded_from = models.CharField(_("seconded from"), max_length=200, blank=True)
    email_delivery = models.CharField(
        _("e-mail notices"), max_length=20, choices=Delivery, default=Delivery.IMMEDIATELY
    )
    wants_sitting_digest = models.BooleanField(
        _("summary at 07:30 on sitting days"),
        default=True,
        help_text=_(
            "What came in, what sits today and what is due; for those who carry parliament's business."
        ),
    )
    toured_at = models.DateTimeField(_("walked the first round"), null=True, blank=True, editable=False)

    objects: ClassVar[OfficeUserManager] = OfficeUserManager()
    signed_in: ClassVar[OfficeUserManager] = SignedInManager()

    class Meta:
        default_manager_name = "signed_in"
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["display_name"]
        constraints = [
            # One letter to one person: an address is also a way to sign in.
            models.UniqueConstraint(fields=["email"], condition=~models.Q(email=""), name="user_email_once"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def short_name(self) -> str:
        """The name as colleagues write it: given name and the first letter of the surname (ทัศนีย์ น.)."""
        return short_name(str(self))

    @cached_property
    def roles(self) -> frozenset[str]:
        """The person's role codes, read once for this object (so for one request)."""
        if not self.is_active:
            return frozenset()
        return frozenset(self.groups.values_list("name", flat=True))

    def has_role(self, role: Role) -> bool:
        return role.value in self.roles

    def give_role(self, role: Role) -> None:
        """Put the person into the role's group; administrators may enter Django admin."""
        self.groups.add(Group.objects.get_or_create(name=role.value)[0])
        if role is Role.ADMINISTRATOR and not self.is_staff:
            self.is_staff = True
            self.save(update_fields=["is_staff"])
        self.__dict__.pop("roles", None)


TITLES = ("นางสาว", "นาง", "นาย", "ดร.")


def short_name(full_name: str) -> str:
    """`นางทัศนีย์ นิมิตสมานจิตต์` → `ทัศนีย์ น.`; a leading vowel is passed over, as Thai initials do."""
    given, _space, surname = without_title(full_name).partition(" ")
    initial = surname.lstrip("เแโใไ")[:1]
    return f"{given} {initial}." if initial else given


def without_title(full_name: str) -> str:
    """`นางทัศนีย์ นิมิตสมานจิตต์` → `ทัศนีย์ นิมิตสมานจิตต์`."""
    title = next((one for one in TITLES if full_name.startswith(one)), "")
    return full_name.removeprefix(title).strip()
