"""The trail: which rows were changed by whom, and who opened which petitioner's data, by number and never by name."""

from __future__ import annotations

from typing import Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from office.admin_site import ReadOnlyAdmin
from office.templatetags.prasan import moment

ACTIONS = [
    (LogEntry.Action.CREATE, _("Added")),
    (LogEntry.Action.UPDATE, _("Changed")),
    (LogEntry.Action.DELETE, _("Deleted")),
    (LogEntry.Action.ACCESS, _("Personal data opened")),
]


class ActionFilter(admin.SimpleListFilter):
    """What was done; «opened» is the page of who looked at which petitioner's data."""

    title = _("What was done")
    parameter_name = "done"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(action), label) for action, label in ACTIONS]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = self.value()
        return (
            queryset.filter(action=int(asked))
            if asked in {str(action) for action, _label in ACTIONS}
            else queryset
        )


@admin.register(LogEntry)
class TrailAdmin(ReadOnlyAdmin):
    list_display = ["when", "who", "done", "kind_of_row", "row", "fields_changed"]
    list_display_links = ["when"]
    list_filter = [ActionFilter]
    list_select_related = ["actor"]
    search_fields = ["object_repr", "actor__display_name"]
    search_help_text = _("The number of a matter, the name of a row, or of the person who acted.")
    ordering = ["-timestamp"]
    fields = ["when", "who", "done", "kind_of_row", "row", "before_and_after"]

    @admin.display(description=_("When"), ordering="timestamp")
    def when(self, entry: LogEntry) -> str:
        return moment(entry.timestamp)

    @admin.display(description=_("Who"))
    def who(self, entry: LogEntry) -> str:
        return str(entry.actor) if entry.actor else str(_("The system"))

    @admin.display(description=_("What was done"))
    def done(self, entry: LogEntry) -> str:
        return str(dict(ACTIONS)[entry.action])

    @admin.display(description=_("Kind"))
    def kind_of_row(self, entry: LogEntry) -> str:
        # The manager keeps the few content types there are: no query for each row.
        model = ContentType.objects.get_for_id(entry.content_type_id).model_class()
        return str(model._meta.verbose_name) if model else ""

    @admin.display(description=_("Row"))
    def row(self, entry: LogEntry) -> str:
        return str(entry.object_repr)

    @admin.display(description=_("Fields changed"))
    def fields_changed(self, entry: LogEntry) -> str:
        return ", ".join(_words_of(entry, name) for name in entry.changes_dict)

    @admin.display(description=_("Before and after"))
    def before_and_after(self, entry: LogEntry) -> SafeString | str:
        rows = [(_words_of(entry, name), _said(change)) for name, change in entry.changes_dict.items()]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", rows)) if rows else "–"


def _words_of(entry: LogEntry, name: str) -> str:
    model = ContentType.objects.get_for_id(entry.content_type_id).model_class()
    if model is None:
        return name
    said = auditlog.get_model_fields(model)["mapping_fields"].get(name) if auditlog.contains(model) else None
    fields = {field.name: field for field in model._meta.get_fields()}
    return str(said or getattr(fields.get(name), "verbose_name", name))


def _said(change: Any) -> str:
    """Before → after; for roles and the like, which were added or taken away."""
    if isinstance(change, dict):
        return f"{change.get('operation', '')} {', '.join(change.get('objects', []))}"
    before, after = change
    return f"{before or '–'} → {after or '–'}"
