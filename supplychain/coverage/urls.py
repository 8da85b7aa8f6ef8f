"""Routes of coverage."""

from django.urls import path

from supplychain.coverage import web

app_name = "coverage"
urlpatterns = [
    path("coverage/", web.coverage, name="coverage"),
    path("coverage/coverage.csv", web.download, name="download"),
    path("coverage/recruiters/", web.recruiters, name="recruiters"),
    path("coverage/recruiters/<uuid:party_id>/", web.recruiter, name="recruiter"),
]
