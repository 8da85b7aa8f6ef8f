"""Letters of long ago have no PDF waiting: it is made when somebody asks for it."""

from datetime import datetime, timedelta

from certification.applications.models import Letter
from iris.core import outbox
from iris.demo.building.scheme import World

RECENT = timedelta(days=12)


def build(world: World, now: datetime) -> None:
    """Leave the PDFs of the last days to the worker; drop the jobs of all older letters."""
    old = {str(pk) for pk in Letter.objects.filter(sent_at__lt=now - RECENT).values_list("pk", flat=True)}
    outbox.forget("applications.render_letter", lambda kwargs: kwargs.get("letter_id") in old)
