"""rigour's organisation types without rigour's Python package."""

import subprocess
import sys

from iris.matching.forms import organisation_types


def test_known_types_are_found_as_written() -> None:
    # ISO 20275 knows these legal forms: Germany's GmbH & Co. KG, Poland's limited liability company.
    assert [found for found, _form in organisation_types("muster gmbh & co. kg")] == ["gmbh & co. kg"]
    assert organisation_types("kowalski spółka z ograniczoną odpowiedzialnością")
    assert organisation_types("no such thing") == []


def test_matching_needs_no_icu() -> None:
    code = "import sys, iris.matching; sys.exit('icu' in sys.modules or 'normality' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
