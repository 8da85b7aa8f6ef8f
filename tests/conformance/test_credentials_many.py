"""The same on many: 200 random certificates and 2,000 alterations, and in the campaign 1,000 and 10,000 (T10)."""

from __future__ import annotations

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

pytestmark = pytest.mark.django_db
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


def run(shared: Path, tmp_path: Path, count: int, alterations: int, papers: int) -> None:
    """Make them, let everybody verify them, alter them, and print what was tried."""
    chance = random.Random(count)
    made = world(count, chance)
    stranger = Stranger.now(shared)
    rows = list(Credential.objects.filter(certificate__in=made).select_related("certificate"))
    assert len(rows) == count
    foreign = stranger.node([row.jwt for row in rows])
    wrong = []
    for row, theirs in zip(rows, foreign, strict=True):
        assert row.certificate is not None
        holds = factory.latest(row.certificate).state in ("active", "conditional")
        why = stranger.refuses(row.jwt)
        good = theirs["signature"] and theirs["schema"] and theirs["status"] == [["suspension", not holds]]
        if not good or why != ("" if holds else "status"):
            wrong.append(f"{row.pk}: {why} {theirs}")
    assert wrong == []
    for credential in chance.sample([one for one in rows if one.revoked_at is None], papers):
        assert credential.certificate_id is not None
        stored = certificates.render_pdf(certificate_id=credential.certificate_id).pdf
        assert stored is not None
        data = files.read(stored)
        assert "Signature is Valid" in pdfsig(data, tmp_path)
        assert documents.attached(data) == credential.jwt
    tokens = [row.jwt for row in rows if row.revoked_at is None and row.suspended_at is None]
    forger = Forger(stranger.did, tokens, seed=count)
    each = -(-alterations // len(tokens))
    altered = [one for token in tokens for one in forger.alter(token, each)][:alterations]
    assert len(altered) == alterations
    through = passed(stranger, altered)
    kinds = len({one.what for one in altered})
    print(f"\n{count} certificates verified by PyJWT, jsonschema, jose, ajv and the status reader: 0 failed.")
    print(
        f"{papers} PDF said valid by pdfsig. {alterations} alterations of {kinds} kinds: {len(through)} passed."
    )
    assert through == []


@pytest.mark.conformance
def test_two_hundred_certificates(shared: Path, tmp_path: Path) -> None:
    run(shared, tmp_path, 200, 2_000, 20)


@pytest.mark.campaign
def test_a_thousand_certificates(shared: Path, tmp_path: Path) -> None:
    run(shared, tmp_path, 1_000, 10_000, 40)
