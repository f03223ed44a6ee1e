"""The addresses of the public's pages. They are printed on letters, so they stay as they are."""

from django.urls import path, re_path

from wenlock.portal.errors import HEALTH
from wenlock.portal.views import notice, plain, proof, tell

app_name = "portal"

urlpatterns = [
    path("", plain.home, name="home"),
    path("privacy-notice/", notice.notice, name="notice"),
    path("privacy-notice/versions/", notice.versions, name="versions"),
    path("privacy-notice/versions/<int:number>/", notice.version, name="version"),
    path("privacy-notice/versions/<int:number>/page.html", notice.version_page, name="version-page"),
    path("privacy-notice/versions/<int:number>/notice.json", notice.version_data, name="version-data"),
    path("privacy-notice/compare/", notice.compare, name="compare"),
    path("proof/", proof.proof, name="proof"),
    path("proof/regulator/", proof.regulator, name="proof-regulator"),
    path("proof/proof.json", proof.report_file, name="proof-file"),
    re_path(r"^proof/(?P<code>N[0-9]{1,2}[a-g]?)/$", proof.statement, name="proof-statement"),
    path("tell-us/", tell.start, name="tell-us"),
    *(path(f"tell-us/{kind}/", tell.ask, {"kind": kind}, name=f"tell-{kind}") for kind in tell.TITLES),
    path("tell-us/sent/<str:token>/", tell.sent, name="tell-sent"),
    path("cookies/", plain.cookies, name="cookies"),
    path("complaints/", plain.complaints, name="complaints"),
    path("accessibility/", plain.accessibility, name="accessibility"),
    path("brand.css", plain.brand_css, name="brand"),
    path("robots.txt", plain.robots, name="robots"),
    path(HEALTH.lstrip("/"), plain.health, name="health"),
]
