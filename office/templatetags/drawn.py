"""A field of a form written in one go: the form library's template for it costs as much as a card of a page."""

from __future__ import annotations

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms, template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# What has more to it than a label, a control, help and faults is left to the library.
SPECIAL = (
    forms.CheckboxInput,
    forms.RadioSelect,
    forms.CheckboxSelectMultiple,
    forms.FileInput,
    forms.MultiWidget,
)


@register.filter
def drawn(field: BoundField) -> SafeString:
    """Label, control, faults and help of a field, as `as_crispy_field` draws them."""
    widget = field.field.widget
    if widget.is_hidden or field.use_fieldset or isinstance(widget, SPECIAL):
        return as_crispy_field(field)
    own = "form-select" if isinstance(widget, forms.Select) else "form-control"
    classes = [*widget.attrs.get("class", "").split(), type(widget).__name__.lower(), own]
    classes += ["is-invalid"] if field.errors else []
    control = field.as_widget(attrs={"class": " ".join(dict.fromkeys(classes))})
    return format_html(
        '<div id="div_{}" class="mb-3{}">{}{}{}{}</div>',
        field.auto_id,
        f" {css}" if (css := field.css_classes()) else "",
        _label(field),
        control,
        _faults(field),
        _help(field),
    )


def _label(field: BoundField) -> SafeString | str:
    if not field.label:
        return ""
    must = field.field.required
    return format_html(
        '<label for="{}" class="form-label{}">{}{}</label>',
        field.id_for_label,
        " requiredField" if must else "",
        field.label,
        mark_safe('<span class="asteriskField">*</span>') if must else "",  # nosec B308 # written here
    )


def _faults(field: BoundField) -> SafeString | str:
    if not field.errors:
        return ""
    numbered = enumerate(field.errors, start=1)
    lines = format_html_join(
        "",
        '<p id="error_{}_{}"><strong>{}</strong></p>',
        ((one, field.auto_id, words) for one, words in numbered),
    )
    return format_html('<div id="{}_error" class="invalid-feedback">{}</div>', field.auto_id, lines)


def _help(field: BoundField) -> SafeString | str:
    if not field.help_text:
        return ""
    # As the library does: a help text is our own words, and may be marked up.
    words = mark_safe(str(field.help_text))  # nosec B308, B703 # help written in the code, links among it
    return format_html('<div id="{}_helptext" class="form-text">{}</div>', field.auto_id, words)
