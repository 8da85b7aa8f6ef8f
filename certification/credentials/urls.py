"""Addresses of this room. Other people's systems keep them: they do not change."""

from django.urls import path

from certification.credentials.web import keys, public

app_name = "credentials"
urlpatterns = [
    path(".well-known/did.json", public.did, name="did"),
    path("did.json", public.did, name="did_in_path"),
    path("developers/credentials/", public.guide, name="guide"),
    path("did/firms/<uuid:firm_id>/did.json", public.firm_did, name="firm_did"),
    path("did/firms/<uuid:firm_id>/anchor/", public.anchor, name="firm_anchor"),
    path("credentials/keys/", keys.keys, name="keys"),
    path("credentials/keys/<str:use>/change/", keys.rotate, name="rotate"),
    path("credentials/terms/v1", public.terms, name="terms"),
    path("credentials/status/<str:purpose>/<int:number>/", public.status, name="status"),
    path("credentials/<uuid:credential_id>/", public.credential, name="credential"),
]
