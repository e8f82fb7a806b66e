"""Beginning a situation brief, and what each of its steps asks."""

from __future__ import annotations

from typing import Any, Final, cast

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.figures import figures
from office.file_field import FilesField
from office.form_fields import Line, NumberField
from office.intake_form import IntakeForm
from office.step_form import CARRYING_FORMS, ReasonForm, StepForm
from publicrelations.forms.to_minister import TO_MINISTER_FORMS, box
from publicrelations.models import BriefOption, BriefSource, SituationBrief
from publicrelations.models.brief import Option, Source

OPTIONS_MOST: Final = 5
SOURCES_MOST: Final = 6


class BriefIntakeForm(IntakeForm):
    """Beginning a brief: what it is about, and since when it is known. The rest is written on its page."""

    attachments = FilesField(label=_("Files"), help_text=_("What it is written from, if there is any yet."))

    def matter(self) -> SituationBrief:
        """As told, not yet registered."""
        return SituationBrief(**self.common)


class BriefStepForm(StepForm):
    """A step's form that knows its brief."""

    @property
    def brief(self) -> SituationBrief:
        return cast(SituationBrief, self.matter)


class WriteForm(BriefStepForm):
    """The whole brief: its text, up to five options in the order of their numbers, its sources.

    The options and sources are numbered fields, so that everything is written without a script.
    """

    draft_step = "save_draft"
    body = "publicrelations/bodies/brief.html"

    title = forms.CharField(label=_("Subject"), min_length=5, max_length=200)
    since_on = ThaiDateField(label=_("Situation since"), required=False)
    until_on = ThaiDateField(label=_("Situation until"), required=False)
    situation = forms.CharField(label=_("Situation"), max_length=20000, widget=box(6))
    meaning = forms.CharField(label=_("What it means for education"), max_length=20000, widget=box(5))
    opinion = forms.CharField(label=_("Opinion for the minister"), max_length=10000, widget=box(5))
    papers = FilesField(label=_("Documents as sources"))

    def prepare(self) -> None:
        brief = self.brief
        for name in ("title", "since_on", "until_on", "situation", "meaning", "opinion"):
            self.fields[name].initial = getattr(brief, name)
        self._add_options(list(brief.options.all()))
        self._add_sources([one for one in brief.sources.all() if one.document_id is None])
        self.kept = [one for one in brief.sources.all() if one.document_id]
        if self.kept:
            self.fields["dropped"] = forms.MultipleChoiceField(
                label=_("Take off as a source"),
                required=False,
                choices=[(str(one.pk), one.title) for one in self.kept],
                widget=forms.CheckboxSelectMultiple,
            )

    def _add_options(self, there: list[BriefOption]) -> None:
        for number in range(1, OPTIONS_MOST + 1):
            one = there[number - 1] if number <= len(there) else BriefOption()
            self.fields[f"place_{number}"] = NumberField(
                label=_("Order of reading"),
                min_value=1,
                max_value=OPTIONS_MOST,
                required=False,
                initial=figures(number),
                widget=Line(inputmode="numeric"),
            )
            self.fields[f"option_{number}"] = forms.CharField(
                label=_("Option"), max_length=500, required=False, initial=one.text, widget=box(2)
            )
            self.fields[f"for_{number}"] = forms.CharField(
                label=_("For it"), max_length=2000, required=False, initial=one.reasons_for, widget=box(2)
            )
            self.fields[f"against_{number}"] = forms.CharField(
                label=_("Against it"),
                max_length=2000,
                required=False,
                initial=one.reasons_against,
                widget=box(2),
            )

    def _add_sources(self, there: list[BriefSource]) -> None:
        for number in range(1, SOURCES_MOST + 1):
            one = there[number - 1] if number <= len(there) else BriefSource()
            self.fields[f"source_{number}"] = forms.CharField(
                label=_("Source"), max_length=300, required=False, initial=one.title
            )
            self.fields[f"link_{number}"] = forms.CharField(
                label=_("Address"),
                max_length=500,
                required=False,
                initial=one.link,
                validators=[URLValidator(schemes=["http", "https"])],
                widget=forms.TextInput({"inputmode": "url", "placeholder": "https://"}),
            )

    # ── For the template ────────────────────────────────────────────────────────────────────

    def option_rows(self) -> list[dict[str, Any]]:
        """The fields of each option; those of an empty one are shown folded from the third on."""
        rows = []
        for number in range(1, OPTIONS_MOST + 1):
            names = (f"place_{number}", f"option_{number}", f"for_{number}", f"against_{number}")
            place, option, reasons_for, reasons_against = (self[name] for name in names)
            rows.append(
                {
                    "number": number,
                    "place": place,
                    "option": option,
                    "reasons_for": reasons_for,
                    "reasons_against": reasons_against,
                    "is_shown": number <= 2 or bool(option.value()) or any(self.errors.get(n) for n in names),
                }
            )
        return rows

    def source_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"source_{number}"], self[f"link_{number}"]) for number in range(1, SOURCES_MOST + 1)]

    # ── What was given ──────────────────────────────────────────────────────────────────────

    def clean(self) -> dict[str, Any]:
        """The days follow one another; no reason without its option, no address without its words."""
        given = super().clean() or self.cleaned_data
        since, until = given.get("since_on"), given.get("until_on")
        if since and until and until < since:
            self.add_error("until_on", gettext("It ends before it begins. Check both dates."))
        for number in range(1, OPTIONS_MOST + 1):
            reasons = given.get(f"for_{number}") or given.get(f"against_{number}")
            if reasons and not given.get(f"option_{number}"):
                self.add_error(f"option_{number}", gettext("Write the option these reasons are about."))
        for number in range(1, SOURCES_MOST + 1):
            if given.get(f"link_{number}") and not given.get(f"source_{number}"):
                self.add_error(f"source_{number}", gettext("Write what this address leads to."))
        return given

    def given(self) -> dict[str, Any]:
        """What the steps take: the words, the options in their order, the sources, new files."""
        given = self.cleaned_data
        names = ("title", "since_on", "until_on", "situation", "meaning", "opinion")
        dropped = set(given.get("dropped", ()))
        typed = [
            Source(given[f"source_{number}"], given[f"link_{number}"])
            for number in range(1, SOURCES_MOST + 1)
            if given[f"source_{number}"]
        ]
        kept = [Source(one.title, document=one.document) for one in self.kept if str(one.pk) not in dropped]
        return {
            **{name: given[name] for name in names},
            "options": self._options_in_order(),
            "sources": [*typed, *kept],
            "files": given["papers"],
        }

    def _options_in_order(self) -> list[Option]:
        given = self.cleaned_data
        placed = [
            (
                given.get(f"place_{number}") or number,
                number,
                Option(given[f"option_{number}"], given[f"for_{number}"], given[f"against_{number}"]),
            )
            for number in range(1, OPTIONS_MOST + 1)
            if given[f"option_{number}"]
        ]
        return [option for _place, _number, option in sorted(placed, key=lambda one: one[:2])]


class SaveForm(WriteForm):
    """A draft may leave anything empty but its subject."""

    draft_step = ""

    def prepare(self) -> None:
        super().prepare()
        for name in ("situation", "meaning", "opinion"):
            self.fields[name].required = False


class OptionField(forms.ModelChoiceField):
    """One of a brief's options, by its number and its words."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{figures(obj.position)}. {obj.text}"


class OrderForm(BriefStepForm):
    """One of the options, or something else in words."""

    chosen = OptionField(
        label=_("Option"),
        queryset=BriefOption.objects.none(),
        required=False,
        empty_label=_("None of them, as written below"),
        widget=forms.RadioSelect,
    )
    order_text = forms.CharField(label=_("Order"), widget=box(3), max_length=4000, required=False)

    def prepare(self) -> None:
        self.choose_from("chosen", self.brief.options.all())
        if not self.brief.options.all():
            del self.fields["chosen"]
            self.fields["order_text"].initial = gettext("Proceed as proposed.")


BRIEF_STEP_FORMS: dict[str, type[StepForm]] = {
    **CARRYING_FORMS,
    **TO_MINISTER_FORMS,
    "save_draft": SaveForm,
    "submit": WriteForm,
    "order": OrderForm,
    "close": StepForm,
    "withdraw": ReasonForm,
    "reopen": ReasonForm,
}
