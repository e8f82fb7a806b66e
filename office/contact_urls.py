"""The address at which a contact confirms their own entry; its secret is masked in every log (office.logs)."""

from django.urls import path

from office import contact_page

app_name = "contact"
urlpatterns = [path("<str:secret>/", contact_page.own, name="own")]
