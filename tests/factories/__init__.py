"""Things for tests, made by the real services; their names are numbered so that no two are alike."""

import itertools
import os
from collections.abc import Iterator


def numbers() -> Iterator[int]:
    """1, 2, 3, … A process that adds to what another has made begins where FACTORY_NUMBERS_FROM says."""
    return itertools.count(int(os.environ.get("FACTORY_NUMBERS_FROM", "1")))
