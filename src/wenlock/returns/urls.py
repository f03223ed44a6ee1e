"""Where the pages of returns are."""

from django.urls import path

from wenlock.returns import views

app_name = "returns"
urlpatterns = [
    path("work/import/", views.bring_in, name="import"),
    path("work/import/<uuid:batch>/", views.report, name="import_report"),
    path("work/returns/", views.ledger, name="ledger"),
]
