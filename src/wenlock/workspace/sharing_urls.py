"""The addresses of sharing, under `people/<uuid:person>/sharing/` of the worker's pages."""

from django.urls import path

from wenlock.workspace import consents, sharing

urlpatterns = [
    path("", sharing.listed, name="sharing"),
    path("new/", sharing.where, name="share"),
    path("new/<uuid:destination>/<slug:rule>/", sharing.choose, name="share-choose"),
    path("consents/", consents.listed, name="consents"),
    path("consents/give/", consents.give, name="consent-give"),
    path("consents/<uuid:consent>/withdraw/", consents.withdraw, name="consent-withdraw"),
    path("<uuid:proposal>/", sharing.proposal, name="proposal"),
    path("<uuid:proposal>/decide/", sharing.decide, name="proposal-decide"),
    path("<uuid:proposal>/send/", sharing.send, name="proposal-send"),
    path("<uuid:proposal>/receipt/", sharing.receipt, name="proposal-receipt"),
]
