"""The real files of ../shared/data/input, as they are. Names of real organisations are only looked up."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from iris.core import outbox
from supplychain.screenings import selectors, services
from supplychain.screenings.models import Screening
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter", "columns", "rows"),
    [
        ("recruiters_uk.csv", "utf-8-sig", ";", ["Organisation name", "Country"], 690),
        ("suppliers_uk_20k.csv", "cp1252", ",", ["Supplier", "Ctry"], 20_000),
    ],
)
def test_real_list_is_read_mapped_and_screened(  # type: ignore[no-untyped-def]
    shared: Path, name: str, encoding: str, delimiter: str, columns: list[str], rows: int
) -> None:
    agencies.agency("Quokka Meadow Invented Recruiters Ltd", country="GB")
    buyer = accounts.person("employer", "sourcing_manager")
    upload = SimpleUploadedFile(name, (shared / "data" / "input" / name).read_bytes())
    made = services.upload_list(actor=buyer, upload=upload)
    assert (made.layout["encoding"], made.layout["delimiter"], made.columns) == (encoding, delimiter, columns)
    assert made.mapping == {"name": 0, "country": 1}
    services.map_columns(screening_id=made.pk, actor=buyer, mapping=made.mapping)
    outbox.run_all()  # a long list is read by a job
    ready = Screening.objects.get(pk=made.pk)
    assert ready.state == "ready"
    assert ready.rows.count() == rows
    assert not ready.rows.exclude(problem="").exists()
    assert set(ready.rows.values_list("country", flat=True)) == {"GB"}
    services.start_screening(screening_id=made.pk, actor=buyer)
    outbox.run_all()
    assert Screening.objects.get(pk=made.pk).state == "done"
    assert selectors.progress_of(ready).done == rows
    assert selectors.counts_by_result(ready)["certified"] == 0
