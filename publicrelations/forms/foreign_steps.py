"""What each step of a foreign document asks."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.file_field import FilesField
from office.models import Agency, Secrecy
from office.select import FastSelect
from office.step_form import CARRYING_FORMS, ReasonForm, StepForm
from publicrelations.countries import CHOICES as COUNTRIES
from publicrelations.forms.foreign_documents import refuse_nobodys
from publicrelations.forms.to_minister import TO_MINISTER_FORMS, box
from publicrelations.languages import CHOICES as LANGUAGES
from publicrelations.languages import READ_HERE
from publicrelations.models import ForeignDocument, ForeignKind
from publicrelations.models.translation import LONGEST_TEXT


class ForeignStepForm(StepForm):
    """A step's form that knows its document."""

    @property
    def document(self) -> ForeignDocument:
        return cast(ForeignDocument, self.matter)

    def begin_with(self, *names: str) -> None:
        """First values as the document has them."""
        for name in names:
            self.fields[name].initial = getattr(self.document, name)


class CorrectForm(ForeignStepForm):
    """The facts as registered; before and after go into the history."""

    title = forms.CharField(label=_("Subject"), min_length=5, max_length=200)
    document_kind = forms.ChoiceField(
        label=_("Kind of document"), choices=ForeignKind.choices, widget=FastSelect
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=FastSelect)
    sender_organisation = forms.CharField(
        label=_("Organisation of the sender"), max_length=200, required=False
    )
    sender_name = forms.CharField(label=_("Name of the sender"), max_length=200, required=False)
    sender_country = forms.ChoiceField(
        label=_("Country"), choices=COUNTRIES, required=False, widget=FastSelect
    )
    reference = forms.CharField(label=_("Number of their paper"), max_length=100, required=False)
    dated_on = ThaiDateField(label=_("Dated"), required=False)
    original_text = forms.CharField(
        label=_("Text of the original"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 8, "dir": "auto"}),
    )
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, widget=FastSelect
    )

    def prepare(self) -> None:
        self.begin_with(*(name for name in self.fields if name != "seen"))
        dated = self.fields["dated_on"]
        assert isinstance(dated, ThaiDateField)
        dated.max_date = self.document.received_at.astimezone(OFFICE_TZ).date()

    def clean(self) -> dict[str, Any]:
        """Somebody sent it."""
        given = super().clean() or self.cleaned_data
        refuse_nobodys(self, given)
        return given


class AcceptForm(ForeignStepForm):
    needs_translation = forms.TypedChoiceField(
        label=_("Is it to be translated?"),
        choices=[("yes", _("Yes, into Thai")), ("no", _("No, it is read as it is"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def prepare(self) -> None:
        is_read_here = self.document.language in READ_HERE
        self.fields["needs_translation"].initial = "no" if is_read_here else "yes"


class PassOnForm(ForeignStepForm):
    passed_to = forms.ModelChoiceField(
        label=_("Agency of the ministry"),
        queryset=Agency.objects.none(),
        widget=FastSelect,
        empty_label=_("Choose"),
    )
    screening_note = forms.CharField(label=_("Why it is theirs"), max_length=500, widget=box(3))

    def prepare(self) -> None:
        self.choose_from("passed_to", Agency.objects.filter(is_active=True))


class InformationForm(ForeignStepForm):
    screening_note = forms.CharField(label=_("Why nothing is to be ordered"), max_length=500, widget=box(3))


class TranslationForm(ForeignStepForm):
    """The original on one side, the box for the translation on the other."""

    draft_step = "save_translation"
    body = "publicrelations/bodies/translation.html"

    translation_text = forms.CharField(
        label=_("Translation"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 18, "lang": "th"}),
    )
    note = forms.CharField(label=_("What was changed"), max_length=300, required=False)
    papers = FilesField(label=_("Translation as a file"))

    def prepare(self) -> None:
        self.fields["translation_text"].initial = self.document.translation_text

    def given(self) -> dict[str, Any]:
        """A form has files of its own, so those given are called papers here."""
        given = super().given()
        return given | {"files": given.pop("papers")} if "papers" in given else given


class SaveTranslationForm(TranslationForm):
    draft_step = ""


class MendTranslationForm(TranslationForm):
    draft_step = ""

    def prepare(self) -> None:
        super().prepare()
        del self.fields["papers"]
        self.fields["translation_text"].required = True


class SummaryForm(ForeignStepForm):
    """Summary and opinion; a draft may leave any of them empty."""

    draft_step = "save_draft"

    summary = forms.CharField(label=_("Summary"), widget=box(5), max_length=10000)
    opinion = forms.CharField(label=_("Opinion for the minister"), widget=box(5), max_length=10000)

    def prepare(self) -> None:
        self.begin_with("summary", "opinion")


class DraftForm(SummaryForm):
    draft_step = ""

    def prepare(self) -> None:
        super().prepare()
        for name in ("summary", "opinion"):
            self.fields[name].required = False


class OrderForm(ForeignStepForm):
    order_text = forms.CharField(label=_("Order to be carried out"), widget=box(3), max_length=4000)
    is_to_be_answered = forms.BooleanField(label=_("The sender is to be answered"), required=False)

    def prepare(self) -> None:
        self.fields["order_text"].initial = gettext("Proceed as proposed.")
        self.fields["is_to_be_answered"].initial = self.document.answer_by is not None


class AnswerForm(ForeignStepForm):
    answered_on = ThaiDateField(label=_("Answered on"))
    answer_reference = forms.CharField(label=_("Number of our letter"), max_length=100, required=False)
    answer_text = forms.CharField(
        label=_("What was answered"), max_length=LONGEST_TEXT, required=False, widget=box(6)
    )
    papers = FilesField(label=_("The letter as a file"))

    def prepare(self) -> None:
        day = self.fields["answered_on"]
        assert isinstance(day, ThaiDateField)
        decided = self.document.decided_at or self.document.received_at
        today = self.moment.astimezone(OFFICE_TZ).date()
        day.min_date, day.max_date, day.initial = decided.astimezone(OFFICE_TZ).date(), today, today

    def given(self) -> dict[str, Any]:
        """A form has files of its own, so those given are called papers here."""
        given = super().given()
        return given | {"files": given.pop("papers")}


class FileForm(ForeignStepForm):
    filed_where = forms.CharField(
        label=_("Filed where"),
        max_length=200,
        help_text=_("The file or the shelf in which it is found again."),
    )


FOREIGN_STEP_FORMS: dict[str, type[StepForm]] = {
    **CARRYING_FORMS,
    **TO_MINISTER_FORMS,
    "correct": CorrectForm,
    "accept": AcceptForm,
    "pass_on": PassOnForm,
    "keep_for_information": InformationForm,
    "confirm_screening": StepForm,
    "save_translation": SaveTranslationForm,
    "translate": TranslationForm,
    "skip_translation": ReasonForm,
    "mend_translation": MendTranslationForm,
    "save_draft": DraftForm,
    "summarise": SummaryForm,
    "order": OrderForm,
    "answer": AnswerForm,
    "file": FileForm,
    "close": StepForm,
    "withdraw": ReasonForm,
    "reopen": ReasonForm,
}
