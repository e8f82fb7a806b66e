"""What joining, linking and splitting ask: which other petition, which facts go on, what becomes a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.forms.step_form import StepForm
from complaints.models import Category, Petition
from complaints.models.splitting import MOST_PARTS, Part
from office.calendar import OFFICE_TZ
from office.models import Agency, Document, Matter
from office.search import numbered
from office.select import FastSelect

KEPT: Final = "kept"
OTHER: Final = "other"

# What is chosen as one, and the facts it stands for.
CHOICES: Final[list[tuple[str, Any, tuple[str, ...]]]] = [
    ("title", _("Subject"), ("title",)),
    ("petition_kind", _("Kind"), ("petition_kind",)),
    ("category", _("Category"), ("category",)),
    ("where", _("Province and education area"), ("province", "education_area")),
    ("place", _("Place"), ("place",)),
    ("agency", _("Agency concerned"), ("agency", "agency_text")),
    ("political_source", _("Passed on by"), ("political_source",)),
]


class WhichForm(StepForm):
    """Which other petition, by its number as people write it."""

    number = forms.CharField(
        label=_("Number of the other petition"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("For example 12/2553; the number alone means this fiscal year."),
        error_messages={"required": _("Write the number of the other petition.")},
    )

    def clean_number(self) -> str:
        typed: str = self.cleaned_data["number"]
        found = numbered(self.user, typed, self.moment.astimezone(OFFICE_TZ).date())
        keys = [matter.pk for matter in found if matter.kind == Matter.Kind.PETITION]
        other = Petition.objects.visible_to(self.user).filter(pk__in=keys).first()
        if other is None:
            raise ValidationError(gettext("There is no petition of this number."))
        if other.pk == self.matter.pk:
            raise ValidationError(gettext("This is the number of the petition itself."))
        self.other = other
        return typed

    def given(self) -> dict[str, Any]:
        return {"other": self.other}


class LinkForm(WhichForm):
    reason = forms.CharField(
        label=_("Why they belong together"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@dataclass(frozen=True)
class Pick:
    """One fact to choose: its field, and what each of the two says."""

    field: forms.BoundField
    kept: str
    other: str


class JoinForm(StepForm):
    """For each fact in which the two differ: whose goes on. The other keeps its own under its number."""

    other_seen = forms.IntegerField(widget=forms.HiddenInput)
    leading = forms.ChoiceField(
        label=_("Whose story is read first"),
        choices=[(KEPT, KEPT), (OTHER, OTHER)],
        initial=KEPT,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    reason = forms.CharField(
        label=_("Why the two are one"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why the two are one.")},
    )

    def __init__(self, *args: Any, other: Petition, **kwargs: Any) -> None:
        self.other = other
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        self.fields["other_seen"].initial = self.other.version
        for name, label, facts in CHOICES:
            mine, theirs = words_of(self.petition, facts), words_of(self.other, facts)
            if mine != theirs:
                self.fields[name] = forms.ChoiceField(
                    label=label,
                    choices=[(KEPT, mine), (OTHER, theirs)],
                    initial=KEPT if mine else OTHER,
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Choose one of the two.")},
                )

    def picks(self) -> list[Pick]:
        """The facts in which they differ, in the order of a petition's page."""
        return [
            Pick(self[name], words_of(self.petition, facts), words_of(self.other, facts))
            for name, _label, facts in CHOICES
            if name in self.fields
        ]

    def agreed(self) -> list[tuple[Any, str]]:
        """The facts that both say alike, which need no choice."""
        rows = [(name, label, words_of(self.petition, facts)) for name, label, facts in CHOICES]
        return [(label, words) for name, label, words in rows if name not in self.fields and words]

    def facts(self) -> dict[str, Any]:
        """The facts that the kept one takes over from the other."""
        taken: dict[str, Any] = {}
        for name, _label, facts in CHOICES:
            if name in self.fields and self.cleaned_data[name] == OTHER:
                taken |= {fact: getattr(self.other, fact) for fact in facts}
        return taken

    @property
    def leader(self) -> Petition | None:
        return self.other if self.cleaned_data["leading"] == OTHER else None


def words_of(petition: Petition, facts: Sequence[str]) -> str:
    """Some facts of a petition as one line; empty for what was not given."""
    said = []
    for name in facts:
        display = getattr(petition, f"get_{name}_display", None)
        value = display() if display else getattr(petition, name)
        if value:
            said.append(str(value))
    return " · ".join(said)


class PartForm(forms.Form):
    """One part to be split off; empty unless its subject or its story is written."""

    title = forms.CharField(
        label=_("Subject"),
        min_length=5,
        max_length=200,
        required=False,
        error_messages={"min_length": _("Write a few words more.")},
    )
    story = forms.CharField(
        label=_("What this part is about"),
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Empty: the whole story is copied."),
    )
    petition_kind = forms.ChoiceField(
        label=_("Kind"), choices=Petition.PetitionKind.choices, widget=FastSelect
    )
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.filter(is_active=True),
        required=False,
        widget=FastSelect,
    )
    agency = forms.ModelChoiceField(
        label=_("Agency concerned"),
        queryset=Agency.objects.filter(is_active=True),
        required=False,
        widget=FastSelect,
    )
    documents = forms.ModelMultipleChoiceField(
        label=_("Files that go along"),
        queryset=Document.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, petition: Petition, prefix: str) -> None:
        own = petition.documents.all()
        first = {"petition_kind": petition.petition_kind, "documents": own}
        super().__init__(data, initial=first, prefix=prefix)
        cast(forms.ModelMultipleChoiceField, self.fields["documents"]).queryset = own
        if not own:
            del self.fields["documents"]

    @property
    def is_written(self) -> bool:
        return any(self.data.get(self.add_prefix(name), "").strip() for name in ("title", "story"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.is_written and not given.get("title") and "title" not in self.errors:
            self.add_error("title", gettext("Write in one line what this part is about."))
        return given

    def part(self) -> Part:
        """What the step takes."""
        given = self.cleaned_data
        return Part(
            title=given["title"],
            story=given["story"],
            petition_kind=given["petition_kind"],
            category=given["category"],
            agency=given["agency"],
            documents=list(given.get("documents", ())),
        )


class SplitForm(StepForm):
    """The parts to be split off, and why."""

    reason = forms.CharField(
        label=_("Why it is split"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why it is split.")},
    )

    def prepare(self) -> None:
        data = self.data if self.is_bound else None
        self.part_forms = [
            PartForm(data, petition=self.petition, prefix=f"part{number}")
            for number in range(1, MOST_PARTS + 1)
        ]

    @property
    def written(self) -> list[PartForm]:
        return [part for part in self.part_forms if part.is_written]

    def is_valid(self) -> bool:
        """All of it: every fault is shown at once."""
        return all([super().is_valid(), *(part.is_valid() for part in self.written)])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.written:
            raise ValidationError(gettext("Write at least one part."))
        return given

    def given(self) -> dict[str, Any]:
        return {"parts": [part.part() for part in self.written]}
