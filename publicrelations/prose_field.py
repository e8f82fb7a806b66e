"""The field for an article's text: an editor where a script runs, else a box in which a few signs are typed.

Whatever is sent is cleaned on the server; the editor is a help for writing and never a guard.
"""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from office.figures import figures
from publicrelations.clean_html import clean_html
from publicrelations.simple_markup import from_markup, to_markup

FORM: Final = "-form"
"""The hidden field beside the text: `html` once the editor has taken it over."""


class ProseInput(forms.Textarea):
    """The box with what the editor is to begin with beside it."""

    template_name = "publicrelations/widgets/prose.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """HTML in either case, not yet cleaned."""
        sent = data.get(name)
        if sent is None:
            return None
        return str(sent) if data.get(f"{name}{FORM}") == "html" else from_markup(str(sent))

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: the editor hides the box, and a browser cannot point at what is hidden."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context, the text as signs in the box and as HTML beside it."""
        clean = clean_html(str(value or ""))
        context = super().get_context(name, to_markup(clean), attrs)
        context["widget"] |= {"html": clean, "form_name": f"{name}{FORM}"}
        return context


class ProseField(forms.CharField):
    """Cleans to HTML of the few elements that news is written in."""

    widget: type[forms.Widget] | forms.Widget = ProseInput

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """The cleaned text; a ValidationError for one that is too long to be looked at."""
        sent = str(value or "")
        if len(sent) > 2 * self.longest:
            raise self._too_long()
        clean = clean_html(sent)
        if len(clean) > self.longest:
            raise self._too_long()
        return clean

    def _too_long(self) -> ValidationError:
        words = _("The text is too long: at most %(most)s characters.")
        return ValidationError(words, code="max_length", params={"most": figures(self.longest)})
