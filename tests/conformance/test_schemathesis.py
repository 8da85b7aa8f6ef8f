"""schemathesis over the whole OpenAPI document, as every role: no 5xx, no answer outside the document, no ignored key.

`./dev test` runs a bounded share; `./dev conformance` at least 20,000 cases (T11: IRIS_SCHEMATHESIS_CASES=100000), in
parts of a few operations each, so that two processes share them and one failure does not hide another.
"""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
from django.urls import resolve, reverse
from rest_framework.response import Response

from certification.agencies.models import Agency
from iris.accounts.models import ApiClient, User
from iris.accounts.services import issue_api_key
from iris.accounts.states import MANAGING_ROLES, ApiScope
from iris.core import clocks
from supplychain.lookups import services as lookups
from supplychain.lookups.states import Via
from tests.conformance import sending
from tests.conformance.sending import Known, Sender
from tests.factories import accounts, certificates
from tests.figures import Tell
from tests.iris.api.conftest import World, made, world

__all__ = ["made", "world"]
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
CAMPAIGN = int(os.environ.get("IRIS_SCHEMATHESIS_CASES", "20000"))
SEED = int(os.environ.get("IRIS_SCHEMATHESIS_SEED", "6"))
PARTS = 36
EVERY = [str(one) for one in ApiScope]


def _key(person: User, scopes: list[str], mode: str = "live") -> dict[str, str]:
    organisation = person.organisation
    assert organisation is not None
    roles = MANAGING_ROLES[organisation.kind]
    issuer = person
    if person.role not in roles:
        issuer = accounts.person(organisation.kind, roles[0], organisation=organisation)
    _client, secret = issue_api_key(organisation, issuer, "tool", scopes, mode=mode)
    return {"Authorization": f"Api-Key {secret}"}


def _heads(owner: User, agency: User, auditor: User) -> sending.Heads:
    """Heads of every role: no key, keys that do not hold, one of each kind with every scope, one for each scope."""
    found = {
        "nobody": {},
        "wrong": {"Authorization": "Api-Key aaaa.bbbb"},
        "owner": _key(owner, EVERY),
        "other": _key(accounts.person("employer", "sourcing_manager"), EVERY),
        "agency": _key(agency, EVERY),
        "auditor": _key(auditor, EVERY),
        "sandbox": _key(owner, EVERY, "sandbox"),
        "expired": _key(owner, EVERY),
    }
    prefix = found["expired"]["Authorization"].split()[1].split(".")[0]
    ApiClient.objects.filter(prefix=prefix).update(expires_at=clocks.now() - timedelta(days=1))
    return found | {scope: _key(owner, [scope]) for scope in EVERY}


@pytest.fixture
def undone(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each request can be undone; no address that a request names is looked up, and none is called."""
    settings.IRIS_OUTGOING_RESOLVER = lambda host: ["93.184.216.34"]
    monkeypatch.setattr("iris.core.outgoing._line_to", lambda target, seconds: pytest.fail(str(target)))
    with sending.one_connection():
        yield


def test_a_share_as_every_role(undone: None) -> None:
    """Every operation, valid and broken, by one whose key fits and by another role in turn."""
    certificates.certificate()
    owner = accounts.person("employer", "sourcing_manager")
    lookups.look_up(actor=owner, via=Via.API, text="Kalimaru")
    agency, auditor = accounts.person("agency", "signatory"), accounts.person("audit_firm", "firm_manager")
    sender = Sender(_heads(owner, agency, auditor), {})
    names = [name for name in sender.heads if name != "owner"]
    for number, operation in enumerate(sending.operations()):
        valid = sending.cases_of(operation, sending.VALID, 2, start=SEED)
        broken = sending.cases_of(operation, sending.BROKEN, 2, start=SEED)
        for case, role in zip(cycle(valid), ("owner", names[number % len(names)]), strict=False):
            sender.one(operation, case, role, None)
        for case in broken:
            sender.one(operation, case, "owner", None)
    tried = sender.tried
    assert tried.wrong == {}
    assert tried.sent > 150
    assert tried.statuses[200] > 10
    assert tried.statuses[400] > 10


def test_what_is_wrong_is_found(undone: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check can fail: a key that does not count, an answer outside the document, an error of ours."""
    owner = accounts.person("employer", "sourcing_manager")
    me = next(one for one in sending.operations() if one.label == "GET /api/v1/me/")
    (case, *_more) = sending.cases_of(me, sending.VALID, 1, start=SEED)
    view = resolve("/api/v1/me/").func.cls  # type: ignore[attr-defined]

    def found(answer: Callable[..., Any] | None, role: str = "owner") -> set[str]:
        sender = Sender({"owner": _key(owner, EVERY), "nobody": _key(owner, EVERY)}, {})
        with monkeypatch.context() as patch:
            if answer is not None:
                patch.setattr(view, "get", answer)
            sender.one(me, case, role, None)
        return {what.partition(": ")[2] for what in sender.tried.wrong}

    def broken(*_given: Any) -> Any:
        raise RuntimeError

    assert found(None) == set()
    assert found(None, "nobody") == {"nobody got 200"}
    assert "Server error, as owner" in found(broken)
    assert found(lambda *_given: Response({"odd": 1})) == {"Response violates schema, as owner"}


@pytest.mark.parametrize(
    ("role", "verify", "mine"), [("nobody", True, False), ("wrong", False, False), ("owner", True, True)]
)
def test_a_door_that_needs_no_key_is_open_to_nobody_and_not_to_a_wrong_key(
    role: str, verify: bool, mine: bool
) -> None:
    doors = {one.label: one for one in sending.operations()}
    assert sending.opens(role, doors["POST /api/v1/verify/"]) is verify
    assert sending.opens(role, doors["GET /api/v1/me/"]) is mine


def _known(world: World) -> dict[str, Known]:
    """Addresses of the document that lead to something, and for whom there is nothing."""
    found = {}
    for name, (kind, given) in world.args.items():
        others = ("other", "agency", "auditor") if kind == "employer" else ("owner", "other")
        found[_template(name, given)] = Known({key: str(one) for key, one in given.items()}, others)
    certificate = certificates.certificate()
    of_agency = {"agency_id": Agency.objects.get(pk=certificate.agency_id).pk}
    of_certificate = {"number": certificate.number}
    for name in ("agency", "agency_licences", "register_entry"):
        found[_template(name, of_agency)] = Known({"agency_id": str(certificate.agency_id)})
    for name in ("certificate", "certificate_revisions"):
        found[_template(name, of_certificate)] = Known({"number": certificate.number})
    return found


def _template(name: str, given: dict[str, Any]) -> str:
    address = reverse(f"api:{name}", kwargs=given)
    for key, value in given.items():
        address = address.replace(f"/{value}/", f"/{{{key}}}/")
    return address


@pytest.mark.conformance
@pytest.mark.parametrize("part", range(PARTS))
def test_the_campaign(part: int, world: World, undone: None, figures: Tell) -> None:
    """T11, one part of the operations: at least 20,000 cases in all, most at things that are there."""
    sender = Sender(_heads(world.buyer, world.speaker, world.lead), _known(world))
    every = sending.operations()
    share = -(-CAMPAIGN // len(every))
    paths = {one.path for one in every}
    assert set(sender.known) <= paths, set(sender.known) - paths
    for operation in every[part::PARTS]:
        sender.send(operation, share, start=SEED)
    tried = sender.tried
    figures(
        "schemathesis",
        operations=len(every[part::PARTS]),
        cases=tried.sent,
        wrong=len(tried.wrong),
        server_errors=sum(count for status, count in tried.statuses.items() if status >= 500),
        sent_as=f"{len(sender.heads)} roles",
        by_status={str(status): count for status, count in tried.statuses.items()},
    )
    assert not tried.wrong, "\n\n".join(f"{what}\n{example}" for what, example in tried.wrong.items())
