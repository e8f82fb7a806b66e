"""The templates of letters: their words are the office's own, their fields those of a fixed list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.letter_fields import FIELDS, examples_of
from complaints.letter_paper import paper
from complaints.letter_writing import check_fields
from office.admin_site import OfficeModelAdmin
from office.calendar import OFFICE_TZ
from office.models import LetterParagraph, LetterTemplate, Matter, OutgoingLetter, Secrecy
from office.paper import render_pdf


class LetterTemplateForm(forms.ModelForm):
    """Addressee and subject; what stands in double braces must be a field of the kind of matter."""

    class Meta:
        model = LetterTemplate
        fields = ["matter_kind", "kind", "name", "to_whom", "subject", "rank", "is_active"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in ("to_whom", "subject"):
            try:
                check_fields(given.get(name, ""), given.get("matter_kind", ""))
            except ValidationError as wrong:
                self.add_error(name, wrong)
        return given


class ParagraphFormSet(forms.BaseInlineFormSet):
    """The paragraphs of one template, checked against the list of its kind of matter; at least one."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form.has_changed() or form.instance.pk]
        kept = [form for form in kept if not form.cleaned_data.get("DELETE")]
        for form in kept:
            try:
                check_fields(form.cleaned_data.get("text", ""), self.instance.matter_kind)
            except ValidationError as wrong:
                form.add_error("text", wrong)
        if not kept:
            raise ValidationError(gettext("Write at least one paragraph."))


class ParagraphInline(admin.StackedInline):
    """A template's paragraphs, in their order."""

    model = LetterParagraph
    formset = ParagraphFormSet
    fields = ["text", ("is_optional", "is_chosen", "label", "rank")]
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.admin_site.has_permission(request))

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(LetterTemplate)
class LetterTemplateAdmin(OfficeModelAdmin):
    """A template that letters were made from is switched off, not deleted; drafts keep the words they began with."""

    form = LetterTemplateForm
    inlines = [ParagraphInline]
    list_display = ["name", "kind", "matter_kind", "rank", "is_active"]
    list_filter = ["matter_kind", "kind", "is_active"]
    readonly_fields = ["fields_to_take", "preview_link"]

    def get_fields(self, request: HttpRequest, obj: LetterTemplate | None = None) -> Any:
        return [*LetterTemplateForm.Meta.fields, "fields_to_take", *(["preview_link"] if obj else [])]

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only the kinds of matter that letters are written about."""
        if db_field.name == "matter_kind":
            kwargs["choices"] = [(kind, Matter.Kind(kind).label) for kind in FIELDS]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    @admin.display(description=_("Fields"))
    def fields_to_take(self, template: LetterTemplate | None) -> SafeString:
        """Each field as it is written, and what it stands for."""
        kinds = [template.matter_kind] if template and template.pk else list(FIELDS)
        parts = []
        for kind in kinds:
            rows = format_html_join(
                "", "<li><strong>{}</strong> {}</li>", ((f.token, f.means) for f in FIELDS[kind])
            )
            parts.append(format_html("<strong>{}</strong><ul>{}</ul>", Matter.Kind(kind).label, rows))
        return format_html_join("", "{}", ((part,) for part in parts))

    @admin.display(description=_("Preview"))
    def preview_link(self, template: LetterTemplate) -> SafeString:
        address = reverse("admin:office_lettertemplate_preview", args=[template.pk])
        return format_html(
            '<a href="{}" target="_blank" rel="noopener">{}</a>', address, gettext("Open as PDF")
        )

    def get_urls(self) -> list[URLPattern]:
        preview = path(
            "<int:pk>/preview/",
            self.admin_site.admin_view(self.preview),
            name="office_lettertemplate_preview",
        )
        return [preview, *super().get_urls()]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The template on paper with every paragraph and invented values; nothing of any matter."""
        template = get_object_or_404(LetterTemplate.objects.prefetch_related("paragraphs"), pk=pk)
        letter = OutgoingLetter(
            kind=template.kind,
            to_whom=template.to_whom,
            subject=template.subject,
            body="\n".join(one.text for one in template.paragraphs.all()),
        )
        today = timezone.now().astimezone(OFFICE_TZ).date()
        html = paper(letter, Secrecy.ORDINARY, examples_of(template.matter_kind), today)
        response = HttpResponse(render_pdf(html, title=template.name), content_type="application/pdf")
        response["Content-Disposition"] = 'inline; filename="preview.pdf"'
        return response
