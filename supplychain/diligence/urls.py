"""Addresses of this room."""

from django.urls import path, re_path

from supplychain.diligence.web import decisions, nominations, public, requests, steps

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
    path("diligence/steps/", steps.cycle, name="steps"),
    path("diligence/steps/<int:number>/", steps.step, name="step"),
    path("diligence/nominations/", nominations.own, name="nominations"),
    path("diligence/nominations/new/", nominations.add, name="nominate"),
    path(
        "diligence/nominations/<uuid:nomination_id>/withdraw/",
        nominations.withdraw,
        name="nomination_withdraw",
    ),
    path("diligence/nominees/", nominations.nominees, name="nominees"),
    path("diligence/nominees/<uuid:nominee_id>/", nominations.nominee, name="nominee"),
    path("diligence/requests/", requests.inbox, name="requests"),
    path("diligence/requests/new/", requests.record, name="record"),
    path("diligence/requests/settings/", requests.settings, name="inbox"),
    path("diligence/requests/log.csv", requests.log, name="request_log"),
    path("diligence/requests/<uuid:request_id>/", requests.one, name="request"),
    path("diligence/requests/<uuid:request_id>/papers/<uuid:paper_id>/", requests.paper, name="paper"),
    path("diligence/requests/<uuid:request_id>/<slug:name>/", requests.act, name="request_act"),
    path("ask/", public.inboxes, name="inboxes"),
    path("ask/<uuid:organisation_id>/", public.ask, name="ask"),
    path("asked/<str:code>/", public.follow, name="follow"),
    path("asked/<str:code>/papers/<uuid:paper_id>/", public.paper, name="asker_paper"),
    path("invited/<str:token>/", public.invited, name="invited"),
]
