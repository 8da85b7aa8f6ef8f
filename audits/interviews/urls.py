from django.urls import path

from .web import consent, guide, plan, safety, team, vault

app_name = "interviews"

_AUDIT = "audits/<uuid:audit_id>/interviews/"
_ONE = "interviews/<uuid:interview_id>/"

urlpatterns = [
    path(_AUDIT, team.listing, name="list"),
    path(_AUDIT + "plan/", plan.plan, name="plan"),
    path(_AUDIT + "vault/", vault.vault, name="vault"),
    path(_AUDIT + "earlier/", vault.earlier, name="earlier"),
    path(_ONE, team.interview, name="interview"),
    path(_ONE + "change/", plan.change, name="change"),
    path(_ONE + "identity/", vault.identity, name="identity"),
    path(_ONE + "consent/", consent.consent, name="consent"),
    path(_ONE + "guide/<slug:group>/", guide.guide, name="guide"),
    path(_ONE + "finish/", guide.finish, name="finish"),
    path(_ONE + "stop/", safety.stop, name="stop"),
    path(_ONE + "safeguard/", safety.safeguard, name="safeguard"),
    path(_ONE + "help/", safety.help_page, name="help"),
    path(_ONE + "withdraw/", team.withdraw, name="withdraw"),
    path("safeguarding/", safety.safeguarding, name="safeguarding"),
    path("safeguarding/<uuid:case_id>/close/", safety.close, name="close_case"),
    path("safeguarding/hotlines/", safety.hotlines, name="hotlines"),
]
