"""The templates of letters: their words are the office's own, their fields those of a fixed list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.forms import all_valid
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.letter_fields import FIELDS
from complaints.letter_writing import check_fields
from complaints.template_editions import content_of, edition_pdf, keep_edition, saved_content
from office.admin_site import OfficeModelAdmin
from office.calendar import OFFICE_TZ
from office.figures import figures
from office.models import LetterParagraph, LetterTemplate, LetterTemplateEdition, Matter, User
from office.templatetags.prasan import moment

PREVIEW = "_preview"
EDITIONS_SHOWN = 20


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
    readonly_fields = ["fields_to_take", "preview_link", "kept_editions"]
    change_form_template = "admin/office/lettertemplate/change_form.html"

    def get_fields(self, request: HttpRequest, obj: LetterTemplate | None = None) -> Any:
        return [
            *LetterTemplateForm.Meta.fields,
            "fields_to_take",
            *(["preview_link", "kept_editions"] if obj else []),
        ]

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

    @admin.display(description=_("Kept editions"))
    def kept_editions(self, template: LetterTemplate) -> SafeString | str:
        """What was in force before: when it was saved and by whom, each to be opened on paper."""
        editions = template.editions.select_related("made_by")[:EDITIONS_SHOWN]
        rows = (
            (
                reverse("admin:office_lettertemplate_edition", args=[template.pk, one.number]),
                figures(one.number),
                moment(one.made_at),
                str(one.made_by or ""),
            )
            for one in editions
        )
        line = '<li><a href="{}" target="_blank" rel="noopener">{}</a> {} {}</li>'
        return format_html("<ol>{}</ol>", format_html_join("", line, rows)) if editions else "–"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", view(self.preview), name="office_lettertemplate_preview"),
            path("<int:pk>/editions/<int:number>/", view(self.edition), name="office_lettertemplate_edition"),
            *super().get_urls(),
        ]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The template on paper as it is saved."""
        template = get_object_or_404(LetterTemplate, pk=pk)
        return _on_paper(saved_content(template))

    def edition(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """One edition on paper, with the letter's form of today."""
        found = get_object_or_404(LetterTemplateEdition, template=pk, number=number)
        return _on_paper(found.content)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """With the button “Preview” what is typed is laid out and nothing is saved; what is wrong in it is said beside
        the fields, as when it is saved."""
        if request.method == "POST" and PREVIEW in request.POST:
            typed = self._typed(request, object_id)
            if typed:
                return _on_paper(typed)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _typed(self, request: HttpRequest, object_id: str | None) -> dict[str, Any] | None:
        """What is typed, if nothing in it is wrong."""
        there = self.get_object(request, unquote(object_id)) if object_id else None
        form = self.get_form(request, there, change=there is not None)(request.POST, instance=there)
        if not form.is_valid():
            return None
        template = form.save(commit=False)
        # As the library's own page makes them; it has no public name for that.
        make: Any = getattr(self, "_create_formsets")  # noqa: B009
        formsets, _inlines = make(request, template, change=there is not None)
        if not all_valid(formsets):
            return None
        paragraphs = [one.cleaned_data for one in formsets[0].forms if one.cleaned_data.get("text")]
        kept = [one for one in paragraphs if not one.get("DELETE")]
        return content_of(template, sorted(kept, key=lambda one: one["rank"]))

    def save_model(self, request: HttpRequest, obj: LetterTemplate, form: Any, change: bool) -> None:
        """The words that came with the system are the first edition, kept before they are changed."""
        there = LetterTemplate.objects.filter(pk=obj.pk, editions=None).first() if change else None
        if there:
            keep_edition(there, by=None, now=timezone.now())
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        assert isinstance(request.user, User)
        keep_edition(form.instance, by=request.user, now=timezone.now())


def _on_paper(content: dict[str, Any]) -> HttpResponse:
    today = timezone.now().astimezone(OFFICE_TZ).date()
    response = HttpResponse(edition_pdf(content, today), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="preview.pdf"'
    return response
