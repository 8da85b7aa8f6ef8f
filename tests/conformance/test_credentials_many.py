"""The same on many (T10): five times 100 random certificates, each a credential in two forms, and 2,000 alterations.

Each part has a world of its own, so that two processes share them.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from certification.certificates import services as certificates
from certification.certificates.models import Certificate
from certification.credentials import services
from certification.credentials.models import Credential
from certification.credentials.rules import documents
from iris.core import files
from tests.certification.credentials.test_papers import pdfsig
from tests.conformance.alterations import Forger
from tests.conformance.credentials import Stranger
from tests.conformance.test_credentials import passed
from tests.factories import certificates as factory
from tests.figures import Tell

pytestmark = pytest.mark.django_db
PARTS = int(os.environ.get("IRIS_CREDENTIAL_PARTS", "5"))
CERTIFICATES, ALTERATIONS, PAPERS = 100, 2_000, 4
NAMES = (
    "Kalimaru Overseas",
    "कालिमारु ओभरसिज",
    "南洋人力服务",
    "شركة الواحة",
    "ሰላም",
    "O'Brien & Søn",
    "Ñandú <S.A.>",
)
STATES = ("active",) * 6 + ("conditional", "suspended", "withdrawn", "superseded")


def world(count: int, chance: random.Random) -> list[Certificate]:
    """Certificates of every state, issued while they ran, under four keys of two algorithms."""
    made = []
    for turn in range(count):
        row = factory.certificate(
            "conditional" if chance.random() < 0.2 else "active", name=f"{chance.choice(NAMES)} {turn}"
        )
        services.issue(certificate_id=row.pk)
        made.append(row)
        if turn % max(1, count // 4) == max(1, count // 4) - 1:
            services.rotate_by_command(use="credential", reason=f"After {turn + 1}.")
    for row in made:
        state = chance.choice(STATES)
        if state in ("suspended", "withdrawn", "superseded"):
            {"suspended": factory.suspend, "withdrawn": factory.withdraw, "superseded": factory.revise}[
                state
            ](row)
    return made


def run(shared: Path, folder: Path, part: int, figures: Tell) -> None:
    """Make them, let everybody verify them, alter them, and tell what was tried."""
    chance = random.Random(200 + part)
    made = world(CERTIFICATES, chance)
    stranger = Stranger.now(shared)
    rows = list(Credential.objects.filter(certificate__in=made).select_related("certificate"))
    assert len(rows) == CERTIFICATES
    wrong = misread(stranger, rows)
    papers = chance.sample([one for one in rows if one.revoked_at is None], PAPERS)
    for credential in papers:
        check_paper(credential, folder)
    tokens = [row.jwt for row in rows if row.revoked_at is None and row.suspended_at is None]
    forger = Forger(stranger.did, tokens, seed=200 + part)
    each = -(-ALTERATIONS // len(tokens))
    altered = [one for token in tokens for one in forger.alter(token, each)][:ALTERATIONS]
    through = passed(stranger, altered)
    figures(
        "credentials",
        certificates=len(rows),
        credentials=2 * len(rows),
        not_read_as_they_are=len(wrong),
        PDF_valid_to_pdfsig=len(papers),
        alterations=len(altered),
        passed=len(through),
        kinds=f"{len({one.what for one in altered})}",
        read_by="PyJWT, jsonschema, jose, ajv, vc-bitstring-status-list",
    )
    assert wrong == []
    assert len(altered) == ALTERATIONS
    assert through == []


def misread(stranger: Stranger, rows: list[Credential]) -> list[str]:
    """Credentials that a library takes for something else than they are worth, in UNTP's form or in the W3C's."""
    foreign = stranger.node([row.jwt for row in rows])
    twins = stranger.node([row.jwt_w3c for row in rows])
    wrong = []
    for row, theirs, twin in zip(rows, foreign, twins, strict=True):
        assert row.certificate is not None
        holds = factory.latest(row.certificate).state in ("active", "conditional")
        why = stranger.refuses(row.jwt)
        good = theirs["signature"] and theirs["schema"] and theirs["status"] == [["suspension", not holds]]
        if not good or why != ("" if holds else "status"):
            wrong.append(f"{row.pk}: {why} {theirs}")
        bits = [["revocation", row.revoked_at is not None], ["suspension", not holds]]
        ours = [list(one) for one in stranger.status(stranger.signed(row.jwt_w3c))]
        if not twin["signature"] or twin["status"] != bits or ours != bits:
            wrong.append(f"{row.pk}: {ours} {twin}")
    return wrong


def check_paper(credential: Credential, folder: Path) -> None:
    """The PDF's signature holds for poppler, and it carries this very credential."""
    assert credential.certificate_id is not None
    stored = certificates.render_pdf(certificate_id=credential.certificate_id).pdf
    assert stored is not None
    data = files.read(stored)
    assert "Signature is Valid" in pdfsig(data, folder)
    assert documents.attached(data) == credential.jwt


@pytest.mark.conformance
@pytest.mark.parametrize("part", range(PARTS))
def test_a_hundred_certificates(shared: Path, tmp_path: Path, part: int, figures: Tell) -> None:
    """T10, a fifth of it: all parts together are 1,000 credentials and 10,000 alterations."""
    run(shared, tmp_path, part, figures)
