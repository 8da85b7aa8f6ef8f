"""Addresses of the applications' pages."""

from django.urls import path

from .web import agency, reading, screening

app_name = "applications"

ONE = "applications/<uuid:application_id>/"

urlpatterns = [
    path("applications/", reading.queue, name="queue"),
    path("applications/start/", agency.start, name="start"),
    path(ONE, reading.application_page, name="application"),
    path(f"{ONE}events/", reading.application_events, name="events"),
    path(f"{ONE}declare/", agency.declare, name="declare"),
    path(f"{ONE}sent/", agency.sent, name="sent"),
    path(f"{ONE}information/", agency.information, name="information"),
    path(f"{ONE}withdraw/", agency.withdraw, name="withdraw"),
    path(f"{ONE}request-fee/", screening.request_fee, name="request_fee"),
    path(f"{ONE}record-fee/", screening.record_fee, name="record_fee"),
    path(f"{ONE}accept/", screening.accept, name="accept"),
    path(f"{ONE}defer/", screening.defer, name="defer"),
    path(f"{ONE}reject/", screening.reject, name="reject"),
]
