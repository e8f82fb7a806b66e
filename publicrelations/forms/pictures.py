"""The pictures and files of an article: words, order and focus of each, and new ones."""

from __future__ import annotations

from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.documents import Upload
from office.figures import figures
from office.file_field import FilesField, FilesInput
from office.form_fields import Box, Line
from office.step_form import StepForm
from publicrelations.models import Article, ArticleState, Picture
from publicrelations.models.picturing import NewPicture, PictureWords
from publicrelations.picture_check import MEGA, MOST_PIXELS, look_at

ACCEPT: Final = ".jpg,.jpeg,.png,.webp"


def pictures_hint() -> str:
    """What may be sent, in one line under the field."""
    return gettext("JPEG, PNG or WEBP, up to %(most)s megapixels. Several at once.") % {
        "most": figures(MOST_PIXELS["JPEG"] // MEGA)
    }


class PicturesField(FilesField):
    """Files that are pictures; what cannot be shown is said beside the field, and the good ones stay attached."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=FilesInput({"accept": ACCEPT}), help_text=lazy(pictures_hint, str)(), **kwargs
        )

    def take(self, file: UploadedFile) -> Upload:
        """A file the office takes, opened to its end as a picture."""
        upload = super().take(file)
        look_at(cast(Any, file), upload.name)
        return upload


class PictureRow:
    """One picture on the page: itself, and the fields about it."""

    def __init__(self, picture: Picture, form: PicturesForm) -> None:
        self.picture, self.form = picture, form

    def field(self, name: str) -> BoundField:
        return self.form[f"{name}_{self.picture.pk}"]

    @property
    def alternative_text(self) -> BoundField:
        return self.field("alternative_text")

    @property
    def caption(self) -> BoundField:
        return self.field("caption")

    @property
    def credit(self) -> BoundField:
        return self.field("credit")

    @property
    def focus_x(self) -> BoundField:
        return self.field("focus_x")

    @property
    def focus_y(self) -> BoundField:
        return self.field("focus_y")

    @property
    def place(self) -> BoundField:
        return self.field("place")

    @property
    def is_taken_away(self) -> BoundField:
        return self.field("is_taken_away")

    @property
    def errors(self) -> list[str]:
        names = ("alternative_text", "caption", "credit", "focus_x", "focus_y", "place")
        return [str(fault) for name in names for fault in self.field(name).errors]


def percent(label: Any) -> forms.IntegerField:
    """A share of a side, moved by arrow keys."""
    widget = forms.NumberInput({"type": "range", "class": "form-range", "step": 1})
    return forms.IntegerField(label=label, min_value=0, max_value=100, widget=widget)


class PicturesForm(StepForm):
    """Every picture with its words, in its place; new ones behind them."""

    body = "publicrelations/bodies/pictures.html"
    stays = True

    added = PicturesField(label=_("Add pictures"))
    correction_note = forms.CharField(
        label=_("Note for readers: what was corrected"),
        max_length=500,
        widget=Box(2),
        error_messages={"required": _("Write for readers what was corrected.")},
    )

    def prepare(self) -> None:
        article = cast(Article, self.matter)
        if article.state != ArticleState.PUBLISHED:
            del self.fields["correction_note"]
        self.pictures = list(article.pictures.all())
        for place, picture in enumerate(self.pictures, start=1):
            self._ask_about(picture, place)

    def _ask_about(self, picture: Picture, place: int) -> None:
        key = picture.pk
        described = Line(maxlength=300)
        self.fields |= {
            f"alternative_text_{key}": forms.CharField(
                label=_("What is to be seen"),
                max_length=300,
                required=False,
                initial=picture.alternative_text,
                widget=described,
                help_text=_("Read aloud to those who do not see it. Needed before publication."),
            ),
            f"caption_{key}": forms.CharField(
                label=_("Caption"), max_length=500, required=False, initial=picture.caption, widget=Box(2)
            ),
            f"credit_{key}": forms.CharField(
                label=_("Photograph by"),
                max_length=120,
                required=False,
                initial=picture.credit,
                widget=Line(),
            ),
            f"focus_x_{key}": percent(_("Focus, left to right")),
            f"focus_y_{key}": percent(_("Focus, top to bottom")),
            f"place_{key}": forms.IntegerField(
                label=_("Order of the picture"),
                min_value=1,
                max_value=99,
                initial=place,
                widget=forms.NumberInput({"class": "form-control"}),
            ),
            f"is_taken_away_{key}": forms.BooleanField(
                label=_("Take away"),
                required=False,
                widget=forms.CheckboxInput({"class": "form-check-input"}),
            ),
        }
        self.fields[f"focus_x_{key}"].initial = picture.focus_x
        self.fields[f"focus_y_{key}"].initial = picture.focus_y

    @property
    def rows(self) -> list[PictureRow]:
        """The pictures as the page draws them."""
        return [PictureRow(picture, self) for picture in self.pictures]

    def given(self) -> dict[str, Any]:
        """What the step takes: words for each picture, and the new ones with their sizes."""
        given = self.cleaned_data
        asked = ("alternative_text", "caption", "credit", "focus_x", "focus_y", "place", "is_taken_away")
        words = [
            PictureWords(
                key=picture.pk,
                **{name: given[f"{name}_{picture.pk}"] for name in asked},
            )
            for picture in self.pictures
        ]
        taken = {"pictures": words, "added": [_new(upload) for upload in given["added"]]}
        if "correction_note" in given:
            taken["correction_note"] = given["correction_note"]
        return taken


def _new(upload: Upload) -> NewPicture:
    """A picture that was looked at when it came in; its size is read from its head once more."""
    with default_storage.open(upload.path) as file:
        size = look_at(cast(Any, file), upload.name)
    return NewPicture(upload=upload, width=size.width, height=size.height)


class FilesForReadersForm(StepForm):
    """Each document of the article: whether readers may take it, and under which name."""

    body = "publicrelations/bodies/files.html"

    def prepare(self) -> None:
        article = cast(Article, self.matter)
        originals = set(article.pictures.values_list("original", flat=True))
        self.documents = [one for one in article.documents.all() if one.pk not in originals]
        offered = {one.document_id: one.title for one in article.files.all()}
        for document in self.documents:
            self.fields[f"is_offered_{document.pk}"] = forms.BooleanField(
                label=document.name,
                required=False,
                initial=document.pk in offered,
                widget=forms.CheckboxInput({"class": "form-check-input"}),
            )
            self.fields[f"title_{document.pk}"] = forms.CharField(
                label=_("Name for readers"),
                max_length=200,
                required=False,
                initial=offered.get(document.pk, document.name.rpartition(".")[0]),
                widget=Line(),
            )

    @property
    def rows(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"is_offered_{one.pk}"], self[f"title_{one.pk}"]) for one in self.documents]

    def clean(self) -> dict[str, Any]:
        """What is offered has a name for readers."""
        given = super().clean() or self.cleaned_data
        for document in self.documents:
            if given.get(f"is_offered_{document.pk}") and not given.get(f"title_{document.pk}"):
                self.add_error(f"title_{document.pk}", ValidationError(gettext("Write a name for readers.")))
        return given

    def given(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "offered": [
                (one, given[f"title_{one.pk}"]) for one in self.documents if given[f"is_offered_{one.pk}"]
            ]
        }
