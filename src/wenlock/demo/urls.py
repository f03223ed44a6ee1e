"""The addresses of a demonstration; `web.urls` includes them in no other mode."""

from django.urls import path

from wenlock.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/sign-in/<slug:slug>/", views.sign_in, name="sign_in"),
    path("demo/confirm/", views.confirm, name="confirm"),
]
