"""Agreements as administrators read them: whose they are, where they stand. What was signed nobody corrects."""

from __future__ import annotations

from django.contrib import admin

from office.admin_site import ReadOnlyAdmin
from projectplan.models import Agreement


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "fiscal_year", "edition", "state", "signer", "superior", "score"]
    list_filter = ["fiscal_year", "state"]
    list_select_related = ["person", "signer", "superior"]
    fields = ["fiscal_year", "person", "edition", "reason", "signer", "superior", "state", "score"]
