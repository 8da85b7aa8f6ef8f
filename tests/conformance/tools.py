"""Node for the readers in tests/conformance/node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings

SCRIPTS = Path(__file__).with_name("node")


def node(script: str, given: Any) -> Any:
    """What a script answers to JSON on its standard input."""
    program = os.environ.get("PLAYWRIGHT_NODEJS_PATH") or shutil.which("node")
    assert program, "node is part of ./dev up"
    done = subprocess.run(
        [program, str(SCRIPTS / script)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=settings.BASE_DIR,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
