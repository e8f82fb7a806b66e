"""The administrators' site: who enters it, and that only pages of our own rooms stand in it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.admin_groups import grouped
from office.models import Role
from office.recent_sign_in import ask_unless_recent

ROWS_COUNTED = 10_000


class OfficeAdminSite(admin.AdminSite):
    """Django admin for people with the role of administrator, behind the office's own sign-in and second step."""

    site_header = _("Prasan: system")
    site_title = _("Prasan")
    index_title = _("What administrators look after")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(
            request.user.is_active
            and request.user.is_authenticated
            and request.user.has_role(Role.ADMINISTRATOR)
        )

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Deny by default: what the libraries would show (groups, sessions, secrets of second steps) stays out."""
        if admin_class is not None and issubclass(admin_class, OfficeModelAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The first page lists what there is by what one comes for, not by where it lies in the code."""
        groups = grouped(self.get_app_list(request))
        return super().index(request, {**(extra_context or {}), "groups": groups})

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one sign-in; whoever is signed in already and comes here lacks the role."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", request.get_full_path()))
        if not self.has_permission(request):
            raise PermissionDenied(gettext("These pages are for administrators."))
        return redirect("admin:index")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        logout(request)
        return redirect("account_login")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")


class CappedPaginator(Paginator):
    """Counts no further than anybody pages, so a trail of millions opens as quickly as one of ten."""

    @cached_property
    def count(self) -> int:
        if isinstance(self.object_list, QuerySet):
            return self.object_list.order_by()[:ROWS_COUNTED].count()
        return len(self.object_list)


class OfficeModelAdmin(admin.ModelAdmin):
    """A page of the administrators' site: the role may see it; adding, changing and deleting are said page by page."""

    may_add = True
    may_change = True
    may_delete = False
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    view_on_site = False

    def _is_administrator(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._is_administrator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and self._is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_change and self._is_administrator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may_delete and self._is_administrator(request)


class FarReachingAdmin(OfficeModelAdmin):
    """A page on which every change asks once more who one is: accounts, roles, tokens."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST":
            ask_unless_recent(request)
        return super().changeform_view(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST":
            ask_unless_recent(request)
        return super().changelist_view(request, *args, **kwargs)


class ReadOnlyAdmin(OfficeModelAdmin):
    """A page on which nothing can be changed."""

    may_add = False
    may_change = False
