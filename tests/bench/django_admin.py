"""The peer: Django's admin over the same rows, at its best (joined, no full count), rendered whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def changelist(database: Path) -> Callable[..., bytes]:
    """A function that renders the admin's list of cases: `show(p="3")`, `show(q="王伟")`."""
    import django
    from django.conf import settings

    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}},
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
            "django.contrib.admin",
        ],
        SECRET_KEY="bench", ROOT_URLCONF=__name__, USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {
            "context_processors": ["django.template.context_processors.request",
                                   "django.contrib.auth.context_processors.auth",
                                   "django.contrib.messages.context_processors.messages"]}}],
    )  # fmt: skip
    django.setup()
    _declare()
    return _show


urlpatterns: list[Any] = []
_admin: list[Any] = []


def _declare() -> None:
    from django.contrib import admin
    from django.db import models
    from django.urls import path

    class Person(models.Model):
        name = models.CharField(max_length=60)

        class Meta:
            app_label, managed, db_table = "admin", False, "person"

    class Union(models.Model):
        short_name = models.CharField(max_length=40)

        class Meta:
            app_label, managed, db_table = "admin", False, "union_org"

    class Case(models.Model):
        number = models.CharField(max_length=30)
        state = models.CharField(max_length=16)
        applicant = models.ForeignKey(Person, models.DO_NOTHING)
        union = models.ForeignKey(Union, models.DO_NOTHING)
        created_at = models.DateTimeField()

        class Meta:
            app_label, managed, db_table, ordering = "admin", False, "aid_case", ["-created_at", "-id"]

    class CaseAdmin(admin.ModelAdmin):
        list_display = ("number", "applicant", "union", "state", "created_at")
        list_select_related, list_per_page, show_full_result_count = True, 50, False
        search_fields = ("applicant__name",)

    site = admin.AdminSite()
    site.register(Case, CaseAdmin)
    urlpatterns.append(path("admin/", site.urls))
    _admin.append(site._registry[Case])


def _show(**query: str) -> bytes:
    from django.contrib.auth.models import User
    from django.contrib.messages.storage.cookie import CookieStorage
    from django.test import RequestFactory

    request = RequestFactory().get("/admin/admin/case/", query)
    request.user = User(id=1, username="bench", is_staff=True, is_superuser=True)
    request._messages = CookieStorage(request)
    request.session = {}
    return _admin[0].changelist_view(request).render().content
