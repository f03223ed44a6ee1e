"""The addresses of the interface for partners, and of the page that explains it."""

from django.urls import include, path

from wenlock.partners import views
from wenlock.partners.api import api

APP = "partners"

interface = [
    path("partners/", views.interface, name="interface"),
    path("api/v1/openapi.json", views.openapi, name="openapi"),
]
urlpatterns = [path("", include((interface, APP))), path("api/v1/", api.urls)]
