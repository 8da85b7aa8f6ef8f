"""Acts on dossiers."""

from supplychain.dossiers.services.making import MAKE_JOB, build_copy, make, make_dossier, render_copy
from supplychain.dossiers.services.retention import delete_expired, fingerprint, place_hold, release_hold
from supplychain.dossiers.services.writing import (
    DossierEntry,
    draft_dossier,
    note_download,
    revise_dossier,
    save_words,
)

__all__ = [
    "MAKE_JOB",
    "DossierEntry",
    "build_copy",
    "delete_expired",
    "draft_dossier",
    "fingerprint",
    "make",
    "make_dossier",
    "note_download",
    "place_hold",
    "release_hold",
    "render_copy",
    "revise_dossier",
    "save_words",
]
