"""Puts the office's administrators' site in the place of Django's own."""

from django.contrib.admin.apps import AdminConfig


class OfficeAdminConfig(AdminConfig):
    """Django admin, with the site of office.admin_site as the one that `@admin.register` means."""

    default_site = "office.admin_site.OfficeAdminSite"
