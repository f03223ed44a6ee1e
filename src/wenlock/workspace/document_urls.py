"""The addresses of a record's documents, under `people/<uuid:person>/documents/` of the worker's pages."""

from django.urls import path

from wenlock.workspace import documents

urlpatterns = [
    path("", documents.listed, name="documents"),
    path("add/", documents.add, name="document-add"),
    path("<uuid:document>/version/", documents.add_version, name="document-version"),
    path("<uuid:document>/<uuid:version>/", documents.download, name="document-download"),
]
