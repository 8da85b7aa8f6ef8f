"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from iris.accounts.web import organisation, session, start, vetting

app_name = "accounts"
urlpatterns = [
    path("start/", start.start, name="start"),
    path("start/apply/<slug:kind>/", start.apply, name="apply"),
    path("start/applied/<uuid:organisation_id>/", start.applied, name="applied"),
    path("start/invitations/<uuid:invitation_id>/accept/", start.accept, name="accept"),
    path("invitation/<str:token>/", start.invitation, name="invitation"),
    path("you/", session.profile, name="profile"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/switch/", session.switch, name="switch"),
    path("organisation/contact/", organisation.facts, name="facts"),
    path("organisation/people/invite/", organisation.invite, name="invite"),
    path("organisation/people/<uuid:membership_id>/", organisation.member, name="member"),
    path("organisation/people/<uuid:membership_id>/remove/", organisation.remove, name="remove"),
    path("organisation/invitations/<uuid:invitation_id>/resend/", organisation.resend, name="resend"),
    path(
        "organisation/invitations/<uuid:invitation_id>/take-back/", organisation.take_back, name="take_back"
    ),
    path("organisation/keys/new/", organisation.new_key, name="new_key"),
    path("organisation/keys/<uuid:client_id>/rotate/", organisation.rotate_key, name="rotate_key"),
    path("organisation/keys/<uuid:client_id>/revoke/", organisation.revoke_key, name="revoke_key"),
    path("scheme/organisations/", vetting.organisations, name="organisations"),
    path("scheme/organisations/<uuid:organisation_id>/", vetting.vet, name="vet"),
    path(
        "scheme/organisations/<uuid:organisation_id>/keys/<uuid:client_id>/end/",
        vetting.end_key,
        name="end_key",
    ),
]
