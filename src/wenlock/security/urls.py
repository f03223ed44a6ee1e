"""Every address by which somebody signs in, confirms, or signs out. There is no other: the library's own
are not here."""

from django.urls import path

from wenlock.security import account_views, first_time_views, views

app_name = "security"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/council/", views.council, name="council"),
    path("sign-in/council/return/", views.council_returned, name="council_returned"),
    path("sign-in/passkey/", views.by_passkey, name="by_passkey"),
    path("sign-in/password/", views.by_password, name="by_password"),
    path("sign-in/first-time/", first_time_views.first_time, name="first_time"),
    path("sign-in/first-time/choose/", first_time_views.choose, name="first_time_choose"),
    path("sign-in/first-time/passkey/", first_time_views.passkey, name="first_time_passkey"),
    path("sign-in/first-time/password/", first_time_views.password, name="first_time_password"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("signed-out/", views.signed_out, name="signed_out"),
    path("confirm/", account_views.confirm, name="confirm"),
    path("confirm/passkey/", account_views.confirm_passkey, name="confirm_passkey"),
    path("confirm/code/", account_views.confirm_code, name="confirm_code"),
    path("confirm/council/", account_views.confirm_council, name="confirm_council"),
    path("confirm/continue/", account_views.continue_, name="continue"),
    path("my-sessions/", account_views.my_sessions, name="my_sessions"),
]
