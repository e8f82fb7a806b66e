"""The project's results as administrators correct them: who belongs to the group, and what was trained or held.

Surveys stand here only to be read: an answer belongs to nobody and is changed by nobody.
"""

from __future__ import annotations

from django.contrib import admin

from office.admin_site import OfficeModelAdmin, ReadOnlyAdmin
from projectplan.models import Membership, Seminar, Survey, Training


@admin.register(Membership)
class MembershipAdmin(OfficeModelAdmin):
    list_display = ["person", "since_on", "until_on"]
    list_select_related = ["person"]
    search_fields = ["person__display_name"]
    fields = ["person", "since_on", "until_on"]


@admin.register(Training)
class TrainingAdmin(OfficeModelAdmin):
    may_add = False
    list_display = ["topic", "person", "kind", "from_on", "to_on", "hours"]
    list_select_related = ["person"]
    list_filter = ["kind"]
    search_fields = ["topic", "organiser", "person__display_name"]
    fields = ["person", "topic", "kind", "organiser", "from_on", "to_on", "hours"]
    readonly_fields = ["person"]


@admin.register(Seminar)
class SeminarAdmin(OfficeModelAdmin):
    may_add = False
    list_display = ["title", "place", "starts_on", "ends_on"]
    search_fields = ["title", "place"]
    fields = ["activity", "title", "topic", "place", "starts_on", "ends_on", "programme", "study_visit"]


@admin.register(Survey)
class SurveyAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "fiscal_year", "opened_at", "closes_at"]
    list_filter = ["kind", "fiscal_year"]
    search_fields = ["title"]
    fields = ["kind", "title", "fiscal_year", "threshold", "opened_at", "closes_at"]
