"""Every address, by who answers at it. Each context keeps its own addresses in its `urls`."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wenlock.portal.urls")),
    path("", include("wenlock.partners.urls")),
    path("", include("wenlock.security.urls")),
    path("work/", include("wenlock.workspace.urls")),
    path("", include("wenlock.returns.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("", include("wenlock.demo.urls")))

# 403 and 404 are Django's own: they draw the templates of those names.
handler400 = "wenlock.portal.errors.bad_request"
handler500 = "wenlock.portal.errors.server_error"
