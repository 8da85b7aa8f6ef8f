"""/api/v1/screenings/: lists screened by machine, from the upload to the export, by the rules of the pages."""

from django.urls import path

from supplychain.screenings.api.acts import Acts, Mapping, Resolution
from supplychain.screenings.api.lists import OneScreening, Rows, Screenings
from supplychain.screenings.api.results import Differences, ExportCsv, ExportXlsx, RowProof

ONE = "screenings/<uuid:screening_id>/"
api_urlpatterns = [
    path("screenings/", Screenings.as_view(), name="screenings"),
    path(ONE, OneScreening.as_view(), name="screening"),
    path(f"{ONE}mapping/", Mapping.as_view(), name="screening_mapping"),
    path(f"{ONE}acts/", Acts.as_view(), name="screening_acts"),
    path(f"{ONE}rows/", Rows.as_view(), name="screening_rows"),
    path(f"{ONE}rows/<int:number>/resolution/", Resolution.as_view(), name="screening_resolution"),
    path(f"{ONE}rows/<int:number>/proof/", RowProof.as_view(), name="screening_proof"),
    path(f"{ONE}differences/", Differences.as_view(), name="screening_differences"),
    path(f"{ONE}export.csv", ExportCsv.as_view(), name="screening_csv"),
    path(f"{ONE}export.xlsx", ExportXlsx.as_view(), name="screening_xlsx"),
]
