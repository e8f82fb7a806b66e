"""What each step of an issue asks."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.documents import Upload
from office.fields import ThaiDateField
from office.figures import figures
from office.file_field import FilesField
from office.form_fields import Line
from office.models import Deadline
from office.select import FastSelect
from office.step_form import CARRYING_FORMS, ReasonForm, StepForm
from office.thai import to_arabic_digits
from publicrelations.forms.journal_board import ArrangeForm
from publicrelations.models import Consignment, Journal, ReturnReason
from publicrelations.picture_check import look_at


def box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CopiesField(forms.IntegerField):
    """A number of copies, in Thai or Arabic digits, with or without thousands."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 100_000)
        super().__init__(widget=Line(inputmode="numeric"), **kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(to_arabic_digits(str(value or "")).replace(",", "").strip())

    def prepare_value(self, value: Any) -> Any:
        return figures(value) if isinstance(value, int) else value


class BahtField(forms.DecimalField):
    """A sum in baht, in Thai or Arabic digits, with or without thousands."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0, max_digits=12, decimal_places=2, widget=Line(inputmode="decimal"), **kwargs
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(to_arabic_digits(str(value or "")).replace(",", "").strip())


class JournalStepForm(StepForm):
    """A step's form that knows its issue."""

    @property
    def journal(self) -> Journal:
        return cast(Journal, self.matter)

    @property
    def today(self) -> date:
        return self.moment.astimezone(OFFICE_TZ).date()

    def begin_with(self, *names: str) -> None:
        """First values as the issue has them."""
        for name in names:
            self.fields[name].initial = getattr(self.journal, name)

    def not_after_today(self, name: str) -> None:
        field = self.fields[name]
        assert isinstance(field, ThaiDateField)
        field.max_date = field.initial = self.today


class EditorialForm(JournalStepForm):
    editorial_title = forms.CharField(label=_("Heading"), max_length=200, required=False)
    editorial = forms.CharField(
        label=_("Editorial"),
        max_length=8000,
        widget=box(12),
        help_text=_("An empty line begins a new paragraph."),
    )
    editorial_by = forms.CharField(label=_("Signed by"), max_length=120, required=False)

    def prepare(self) -> None:
        self.begin_with("editorial_title", "editorial", "editorial_by")


class CoverForm(JournalStepForm):
    cover_line = forms.CharField(
        label=_("Words on the cover"),
        max_length=200,
        required=False,
        help_text=_("Empty: the heading of the first article."),
    )
    picture = FilesField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WEBP, at least 1,200 pixels wide. Empty: the first article's picture."),
    )
    cover_alt = forms.CharField(
        label=_("What the picture shows"),
        max_length=300,
        required=False,
        help_text=_("Read aloud to whoever does not see it."),
    )
    cover_credit = forms.CharField(label=_("Photograph by"), max_length=120, required=False)

    def prepare(self) -> None:
        self.begin_with("cover_line", "cover_alt", "cover_credit")

    def clean_picture(self) -> list[Upload]:
        """At most one, a picture that can be printed."""
        given: list[Upload] = self.cleaned_data["picture"]
        if len(given) > 1:
            raise ValidationError(_("One picture is enough for a cover."))
        for upload in given:
            with default_storage.open(upload.path) as file:
                look_at(file, upload.name)
        return given

    def clean(self) -> dict[str, Any]:
        """A picture of its own needs words for whoever does not see it."""
        given = super().clean() or self.cleaned_data
        if given.get("picture") and not given.get("cover_alt"):
            self.add_error("cover_alt", _("Write in one line what the picture shows."))
        return given

    def given(self) -> dict[str, Any]:
        given = super().given()
        pictures = given.pop("picture")
        return given | {"picture": pictures[0] if pictures else None}


class NoteForm(JournalStepForm):
    note = forms.CharField(label=_("A word to the colleague"), max_length=300, required=False, widget=box(2))


class StockForm(JournalStepForm):
    stock = CopiesField(
        label=_("Copies kept in the office"),
        help_text=_("For visitors, the library, and addresses that are still to be found."),
    )

    def prepare(self) -> None:
        balance = self.journal.balance(self.today)
        self.fields["stock"].initial = max(0, balance.copies - balance.recipients)


class PrintingForm(JournalStepForm):
    copies_printed = CopiesField(label=_("Copies delivered"), min_value=1)
    printed_on = ThaiDateField(label=_("Delivered on"))
    printer = forms.CharField(label=_("Printer"), max_length=200)
    printing_cost = BahtField(label=_("Cost in baht"), required=False)
    printing_note = forms.CharField(
        label=_("Note on price and delivery"), max_length=300, required=False, widget=box(2)
    )

    def prepare(self) -> None:
        self.fields["copies_printed"].initial = self.journal.print_run
        self.not_after_today("printed_on")
        before = Journal.objects.exclude(printer="").order_by("-month").values_list("printer", flat=True)
        self.fields["printer"].initial = before.first()


class MendPrintingForm(PrintingForm, ReasonForm):
    def prepare(self) -> None:
        self.not_after_today("printed_on")
        self.begin_with("copies_printed", "printed_on", "printer", "printing_cost", "printing_note")


class MailForm(JournalStepForm):
    mailed_on = ThaiDateField(label=_("Handed to the post on"))
    posting_note = forms.CharField(
        label=_("Number of the posting slip, or a note"), max_length=300, required=False
    )
    late_reason = forms.CharField(
        label=_("Why it is late"),
        required=False,
        max_length=500,
        widget=box(2),
        help_text=_("Stands beside the matter in the monthly report."),
    )

    def prepare(self) -> None:
        self.not_after_today("mailed_on")
        late = Deadline.objects.late(self.moment).filter(matter_id=self.matter.pk)
        if not late.filter(kind=Deadline.Kind.MAIL).exists():
            del self.fields["late_reason"]


class ReturnForm(JournalStepForm):
    """Which parcel came back; the page of the list leads here with its line."""

    from_address = ("consignment",)

    consignment = forms.ModelChoiceField(
        label=_("Recipient"),
        queryset=Consignment.objects.none(),
        empty_label=_("Choose"),
        widget=FastSelect,
    )
    return_reason = forms.ChoiceField(
        label=_("Reason on the parcel"), choices=ReturnReason.choices, widget=forms.RadioSelect
    )
    returned_on = ThaiDateField(label=_("Came back on"))
    return_note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def prepare(self) -> None:
        self.not_after_today("returned_on")
        self.choose_from("consignment", self.journal.consignments.filter(returned_on=None))


JOURNAL_STEP_FORMS: dict[str, type[StepForm]] = {
    **CARRYING_FORMS,
    "arrange": ArrangeForm,
    "write_editorial": EditorialForm,
    "make_cover": CoverForm,
    "make_pages": StepForm,
    "close_content": StepForm,
    "reopen_content": ReasonForm,
    "submit_proof": NoteForm,
    "approve": NoteForm,
    "return_proof": ReasonForm,
    "keep_stock": StockForm,
    "record_printing": PrintingForm,
    "mend_printing": MendPrintingForm,
    "close_list": StepForm,
    "open_list": ReasonForm,
    "mail": MailForm,
    "note_return": ReturnForm,
    "archive": NoteForm,
}
