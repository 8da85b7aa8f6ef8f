"""Addresses of the applications' pages."""

from django.urls import path

from .web import agency, claiming, deferring, queue, reading, screening

app_name = "applications"

ONE = "applications/<uuid:application_id>/"

urlpatterns = [
    path("applications/", queue.queue, name="queue"),
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
    path(f"{ONE}waive-fee/", screening.waive_fee, name="waive_fee"),
    path(f"{ONE}defer/", deferring.defer, name="defer"),
    path(f"{ONE}more-time/", deferring.extend, name="extend"),
    path(f"{ONE}claim/", claiming.claim, name="claim"),
    path(f"{ONE}release/", claiming.release, name="release"),
    path(f"{ONE}notes/", claiming.add_note, name="add_note"),
    path(f"{ONE}letters/<int:number>/", claiming.letter, name="letter"),
    path(f"{ONE}letters/<int:number>/pdf/", claiming.letter_pdf, name="letter_pdf"),
    path(f"{ONE}reject/", screening.reject, name="reject"),
]
