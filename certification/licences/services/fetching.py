"""Registers that publish open data are fetched by themselves; a failure is kept and makes their answers unknown."""

from __future__ import annotations

from datetime import timedelta

from certification.licences import selectors
from certification.licences.models import Snapshot
from certification.licences.rules.registers import RegisterSpec, register
from iris.core import clocks
from iris.core.errors import BadInput
from iris.core.models import Heartbeat

from .connectors import Client, SourceDown, configured_client
from .snapshots import import_snapshot, record_failure

HEARTBEAT = "licence registers"


def fetch(code: str, client: Client | None = None) -> Snapshot:
    """Fetch one register now. What fails is kept as a failed attempt; nothing is raised for it."""
    spec = register(code)
    if spec is None or not spec.automatic:
        raise BadInput(f"{code}: lists of this register are uploaded, not fetched.")
    try:
        data = (client or configured_client()).get(spec.address)
        return import_snapshot(
            code=spec.code,
            data=data,
            name=spec.address.rsplit("/", 1)[-1],
            source=spec.address,
            actor=None,
        )
    except SourceDown as error:
        return record_failure(code=spec.code, source=spec.address, why=str(error))
    except BadInput as error:
        sentences = [str(text) for texts in error.fields.values() for text in texts] or [str(error.message)]
        return record_failure(code=spec.code, source=spec.address, why=" ".join(sentences))


def fetch_due(client: Client | None = None) -> int:
    """Fetch what is due by its own pace; returns how many attempts were made. Run again, it makes none."""
    made = 0
    for line in selectors.register_lines():
        if _due(line.spec, line.last):
            fetch(line.spec.code, client)
            made += 1
    Heartbeat.beat(HEARTBEAT)
    return made


def _due(spec: RegisterSpec, last: Snapshot | None) -> bool:
    if not spec.automatic:
        return False
    return last is None or clocks.now() - last.retrieved_at >= timedelta(hours=spec.refresh_hours)
