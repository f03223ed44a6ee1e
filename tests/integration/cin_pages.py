"""Addresses for the tests of the pages of returns: the site's own, and those of returns if the site has
them not.
"""

from django.urls import include, path

from wenlock.web.urls import urlpatterns as the_sites_own

urlpatterns = [*the_sites_own, path("", include("wenlock.returns.urls"))]
