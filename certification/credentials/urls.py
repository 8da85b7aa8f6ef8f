"""Addresses of this room. Other people's systems keep them: they do not change."""

from django.urls import path

from certification.credentials.web import public

app_name = "credentials"
urlpatterns = [
    path(".well-known/did.json", public.did, name="did"),
    path("did.json", public.did, name="did_in_path"),
]
