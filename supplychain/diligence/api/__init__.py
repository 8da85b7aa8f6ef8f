"""Due diligence by machine: decisions and conditions, nominations, the inbox. A second person stays a person."""

from django.urls import path

from supplychain.diligence.api.asking import Nominations, OneNomination, OneRequest, Requests
from supplychain.diligence.api.decisions import Conditions, Decisions, MetCondition, OneDecision, Withdrawal

api_urlpatterns = [
    path("decisions/", Decisions.as_view(), name="decisions"),
    path("decisions/<uuid:decision_id>/", OneDecision.as_view(), name="decision"),
    path("decisions/<uuid:decision_id>/withdrawal/", Withdrawal.as_view(), name="decision_withdrawal"),
    path("conditions/", Conditions.as_view(), name="conditions"),
    path("conditions/<uuid:condition_id>/met/", MetCondition.as_view(), name="condition_met"),
    path("nominations/", Nominations.as_view(), name="nominations"),
    path("nominations/<uuid:nomination_id>/", OneNomination.as_view(), name="nomination"),
    path("requests/", Requests.as_view(), name="requests"),
    path("requests/<uuid:request_id>/", OneRequest.as_view(), name="request"),
]
