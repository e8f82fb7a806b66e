"""A form field for files that outlive the form's faults: what was accepted once stays attached."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.widgets import Input
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.documents import MEGABYTE, Upload, UploadGone, accept
from office.figures import figures
from office.file_types import ACCEPT

KEPT: Final = "-kept"
REMOVED: Final = "-removed"


@dataclass
class FilesGiven:
    """What one sending of the form brought: new files, tokens of those accepted before, which of them to let go."""

    new: list[UploadedFile] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)


class FilesInput(Input):
    """Several files at once, with the list of those attached already; each can be taken off without script.

    Not one of Django's file inputs: crispy-forms draws those itself, and would leave out the list.
    """

    input_type = "file"
    needs_multipart_form = True
    template_name = "office/widgets/files.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "form-control", "multiple": True, "accept": ACCEPT, **(attrs or {})})
        self.accepted: list[Upload] = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> FilesGiven:
        """Everything under the field's name and under its two hidden ones."""
        return FilesGiven(
            _all(files, name),
            _all(data, f"{name}{KEPT}"),
            {str(key) for key in _all(data, f"{name}{REMOVED}")},
        )

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: what was accepted before counts, and a browser does not know of it."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context, with the files accepted so far and the names of the hidden fields."""
        context = super().get_context(name, None, attrs)
        context["widget"]["attrs"]["data-max-bytes"] = settings.FILE_MAX_MEGABYTES * MEGABYTE
        context["widget"] |= {
            "accepted": self.accepted,
            "kept_name": f"{name}{KEPT}",
            "removed_name": f"{name}{REMOVED}",
        }
        return context


class FilesField(forms.Field):
    """Cleans to a list of `Upload` for `office.documents.attach`; at most settings.FILES_MAX_PER_FORM of them."""

    widget: type[forms.Widget] | forms.Widget = FilesInput
    default_error_messages = {
        "too_many": _("At most %(limit)s files. “%(name)s” was not attached."),
        "gone": _("A file attached earlier is no longer kept. Attach it again."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", lazy(files_hint, str)())
        super().__init__(**kwargs)

    def clean(self, value: FilesGiven) -> list[Upload]:
        """The accepted files. Those in order stay accepted although the others raise a ValidationError."""
        accepted: list[Upload] = []
        errors: list[ValidationError] = []
        for token in value.kept:
            try:
                accepted.append(Upload.from_token(token))
            except UploadGone:
                errors.append(ValidationError(self.error_messages["gone"], code="gone"))
        accepted = [upload for upload in accepted if upload.key not in value.removed]
        for file in value.new:
            try:
                self._check_number(len(accepted), file)
                accepted.append(self.take(file))
            except ValidationError as wrong:
                errors.append(wrong)
        if isinstance(self.widget, FilesInput):
            self.widget.accepted = accepted
        if errors:
            raise ValidationError(errors)
        if self.required and not accepted:
            raise ValidationError(self.error_messages["required"], code="required")
        return accepted

    def take(self, file: UploadedFile) -> Upload:
        """Check one new file and let it wait; a field for one kind of file looks closer. Raises ValidationError."""
        return accept(file)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether anything was attached."""
        return bool(data and (data.new or data.kept))

    def _check_number(self, so_far: int, file: UploadedFile) -> None:
        if so_far >= settings.FILES_MAX_PER_FORM:
            limit = figures(settings.FILES_MAX_PER_FORM)
            params = {"limit": limit, "name": file.name}
            raise ValidationError(self.error_messages["too_many"], code="too_many", params=params)


def files_hint() -> str:
    """What may be attached, in one line under the field."""
    return gettext(
        "Up to %(number)s files, %(size)s MB each: PDF, pictures (JPEG, PNG, WEBP, GIF), Word, Excel, "
        "PowerPoint (.docx .xlsx .pptx), ODT, ODS, plain text (UTF-8)."
    ) % {
        "number": figures(settings.FILES_MAX_PER_FORM),
        "size": figures(settings.FILE_MAX_MEGABYTES),
    }


def _all(source: Any, name: str) -> list[Any]:
    """Every value under a name, from a request's QueryDict or a plain dict."""
    if hasattr(source, "getlist"):
        return list(source.getlist(name))
    value = source.get(name, []) if source else []
    return list(value) if isinstance(value, list | tuple) else [value]
