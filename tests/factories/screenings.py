"""Screenings, walked through the real services."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from iris.accounts.models import User
from iris.core import outbox
from supplychain.screenings import services
from supplychain.screenings.models import Screening
from tests.stock import stocked

LIST = """Supplier,Ctry,Licence no
Blue Lotus Recruitment Ltd,Nepal,
blue lotus recrutment,NP,
Everest Staffing,Nepal,
Zanzibar Ferry Crews,Atlantis,
,Nepal,
"=HYPERLINK(""x"")",,
"""


@stocked
def upload(buyer: User, text: str = LIST, name: str = "suppliers.csv") -> Screening:
    """A list as somebody uploads it."""
    return services.upload_list(actor=buyer, upload=SimpleUploadedFile(name, text.encode("cp1252")))


@stocked
def ready(buyer: User, text: str = LIST, name: str = "suppliers.csv") -> Screening:
    """A list that is mapped as guessed."""
    made = upload(buyer, text, name)
    return services.map_columns(screening_id=made.pk, actor=buyer, mapping=made.mapping)


def fresh(screening: Screening) -> Screening:
    """The screening as the database has it."""
    return Screening.objects.get(pk=screening.pk)


def run(screening: Screening, buyer: User) -> Screening:
    """Started and checked to its end."""
    services.start_screening(screening_id=screening.pk, actor=buyer)
    outbox.run_all()
    return fresh(screening)


@stocked
def done(buyer: User, text: str = LIST, name: str = "suppliers.csv") -> Screening:
    """A list that is checked."""
    return run(ready(buyer, text, name), buyer)
