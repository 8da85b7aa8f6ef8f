"""Addresses of the agencies' pages."""

from django.urls import path

from .web import enrolling, reading, rows
from .web.rows import LISTS

app_name = "agencies"

ONE = "agencies/<uuid:agency_id>/"

urlpatterns = [
    path("agencies/", reading.agency_list, name="list"),
    path("agencies/mine/", reading.mine, name="mine"),
    path("agencies/enrol/", enrolling.enrol, name="enrol"),
    path(ONE, reading.agency_page, name="agency"),
    path(f"{ONE}events/", reading.agency_events, name="events"),
    path(f"{ONE}licences/<uuid:licence_id>/copy/", reading.licence_copy, name="licence_copy"),
    path(f"{ONE}enrolment/", enrolling.enrolment, name="enrolment"),
    path(f"{ONE}enrolment/entity/", enrolling.entity, name="entity"),
    path(f"{ONE}enrolment/contact/", enrolling.contact, name="contact"),
    path(f"{ONE}enrolment/sectors/", enrolling.sectors, name="sectors"),
    path(f"{ONE}enrolment/sanctions/", enrolling.sanctions, name="sanctions"),
    path(f"{ONE}enrolment/check/", enrolling.check, name="check"),
    path(f"{ONE}enrolment/done/", enrolling.done, name="done"),
    *(path(f"{ONE}enrolment/{page}/", rows.row_list, {"page": page}, name=page) for page in LISTS),
    path(f"{ONE}enrolment/<slug:page>/add/", rows.row_add, name="row_add"),
    path(f"{ONE}enrolment/<slug:page>/<uuid:row_id>/", rows.row_change, name="row_change"),
    path(f"{ONE}enrolment/<slug:page>/<uuid:row_id>/remove/", rows.row_remove, name="row_remove"),
]
