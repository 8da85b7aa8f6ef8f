"""Addresses of this room."""

from django.urls import path

from certification.decisions.web import appeals, bars, deciding

app_name = "decisions"
urlpatterns = [
    path("agencies/<uuid:agency_id>/bars/", bars.bars, name="bars"),
    path("decisions/votes/", deciding.desk, name="desk"),
    path("decisions/<uuid:decision_id>/", deciding.decision, name="decision"),
    path("decisions/<uuid:decision_id>/appeal/", appeals.begin, name="begin_appeal"),
    path("appeals/<uuid:appeal_id>/", appeals.appeal, name="appeal"),
    path("appeals/<uuid:appeal_id>/document/", appeals.document, name="document"),
    path("appeals/<uuid:appeal_id>/acknowledge/", appeals.acknowledge, name="acknowledge"),
    path("appeals/<uuid:appeal_id>/withdraw/", appeals.withdraw, name="withdraw_appeal"),
]
