"""Addresses of this room."""

from django.urls import path, re_path

from supplychain.diligence.web import decisions

UUID = "[0-9a-f-]{36}"

app_name = "diligence"
urlpatterns = [
    path("diligence/decisions/", decisions.log, name="list"),
    path("diligence/decisions/new/", decisions.add, name="add"),
    path("diligence/decisions/approval/", decisions.approval, name="approval"),
    path("diligence/decisions/<uuid:decision_id>/", decisions.decision, name="decision"),
    path("diligence/decisions/<uuid:decision_id>/approve/", decisions.approve, name="approve"),
    path("diligence/decisions/<uuid:decision_id>/decline/", decisions.decline, name="decline"),
    path("diligence/decisions/<uuid:decision_id>/withdraw/", decisions.withdraw, name="withdraw"),
    re_path(
        rf"^diligence/decisions/conditions/(?P<condition_id>{UUID})/(?P<name>meet|waive)/$",
        decisions.condition,
        name="condition",
    ),
    path("diligence/decisions/conditions/<uuid:condition_id>/document/", decisions.evidence, name="evidence"),
]
