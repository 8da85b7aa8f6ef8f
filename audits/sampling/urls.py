from django.urls import path

from .web import downloads, lists, members, samples

app_name = "sampling"

_ONE = "audits/<uuid:audit_id>/sampling/"
_LIST = _ONE + "lists/<uuid:frame_id>/"
_SAMPLE = _ONE + "samples/<uuid:sample_id>/"

urlpatterns = [
    path(_ONE, lists.overview, name="overview"),
    path(_ONE + "ask/", lists.ask, name="ask"),
    path(_ONE + "begin/<slug:kind>/", lists.begin, name="begin"),
    path(_LIST, lists.one_list, name="list"),
    path(_LIST + "send/", lists.send, name="send"),
    path(_LIST + "check/", lists.check, name="check"),
    path(_LIST + "draw/", lists.draw, name="draw"),
    path(_LIST + "again/", lists.again, name="again"),
    path(_LIST + "aside/", lists.aside, name="aside"),
    path(_LIST + "empty.csv", downloads.empty_list, name="empty_list"),
    path(_LIST + "list-<int:number>.csv", downloads.published_list, name="published_list"),
    path(_SAMPLE, samples.sample, name="sample"),
    path(_SAMPLE + "names/", samples.names, name="names"),
    path(_SAMPLE + "release/", samples.release, name="release"),
    path(_SAMPLE + "marks/", samples.marks, name="marks"),
    path(_SAMPLE + "draw.csv", downloads.draw_list, name="draw_list"),
    path(_SAMPLE + "strata/<int:number>/", members.stratum, name="stratum"),
    path(_SAMPLE + "places/<uuid:member_id>/", members.member, name="member"),
    path("audits/sampling/verify_sample.py", downloads.script, name="script"),
]
