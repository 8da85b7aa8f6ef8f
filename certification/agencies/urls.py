"""Addresses of the agencies' pages."""

from django.urls import path

from .web import changes, ending, enrolling, importing, likeness, reading, rows
from .web.rows import LISTS

app_name = "agencies"

ONE = "agencies/<uuid:agency_id>/"
CHANGE = "changes/<uuid:report_id>/"
SHEET = "agencies/sheets/<uuid:import_id>/"

urlpatterns = [
    path("agencies/", reading.agency_list, name="list"),
    path("agencies/mine/", reading.mine, name="mine"),
    path("agencies/enrol/", enrolling.enrol, name="enrol"),
    path("agencies/changes/", changes.changes_queue, name="changes_queue"),
    path("agencies/likeness/", likeness.likenesses, name="likenesses"),
    path("agencies/likeness/<uuid:signal_id>/", likeness.likeness, name="likeness"),
    path(ONE, reading.agency_page, name="agency"),
    path(f"{ONE}events/", reading.agency_events, name="events"),
    path(f"{ONE}licences/<uuid:licence_id>/copy/", reading.licence_copy, name="licence_copy"),
    path(
        f"{ONE}sub-agents/<uuid:sub_agent_id>/agreement/",
        reading.sub_agent_agreement,
        name="sub_agent_agreement",
    ),
    path(f"{ONE}likeness/", likeness.likenesses_of, name="likenesses_of"),
    path(f"{ONE}end/", ending.end, name="end"),
    path(f"{ONE}changes/", changes.changes, name="changes"),
    path(f"{ONE}changes/report/", changes.report_change, name="report_change"),
    path(CHANGE, changes.change, name="change"),
    path(f"{CHANGE}report/", changes.change_complete, name="change_complete"),
    path(f"{CHANGE}documents/<uuid:document_id>/", changes.change_document, name="change_document"),
    path(f"{CHANGE}<slug:name>/", changes.change_act, name="change_act"),
    path(f"{ONE}enrolment/", enrolling.enrolment, name="enrolment"),
    path(f"{ONE}enrolment/entity/", enrolling.entity, name="entity"),
    path(f"{ONE}enrolment/contact/", enrolling.contact, name="contact"),
    path(f"{ONE}enrolment/sectors/", enrolling.sectors, name="sectors"),
    path(f"{ONE}enrolment/sanctions/", enrolling.sanctions, name="sanctions"),
    path(f"{ONE}enrolment/check/", enrolling.check, name="check"),
    path(f"{ONE}enrolment/done/", enrolling.done, name="done"),
    *(path(f"{ONE}enrolment/{page}/", rows.row_list, {"page": page}, name=page) for page in LISTS),
    path(f"{ONE}enrolment/<slug:page>/import/", importing.imports, name="import"),
    path(f"{ONE}enrolment/<slug:page>/list.csv", importing.list_csv, name="list_csv"),
    path(f"{SHEET}columns/", importing.columns, name="import_columns"),
    path(SHEET, importing.preview, name="import_preview"),
    path(f"{SHEET}rejects.csv", importing.rejects, name="import_rejects"),
    path(f"{SHEET}<slug:name>/", importing.act, name="import_act"),
    path(f"{ONE}enrolment/<slug:page>/add/", rows.row_add, name="row_add"),
    path(f"{ONE}enrolment/<slug:page>/<uuid:row_id>/", rows.row_change, name="row_change"),
    path(f"{ONE}enrolment/<slug:page>/<uuid:row_id>/remove/", rows.row_remove, name="row_remove"),
]
