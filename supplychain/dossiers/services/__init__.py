"""Acts on dossiers."""

from supplychain.dossiers.services.making import MAKE_JOB, build_copy, make, make_dossier, render_copy
from supplychain.dossiers.services.writing import DossierEntry, draft_dossier, revise_dossier, save_words

__all__ = [
    "MAKE_JOB",
    "DossierEntry",
    "build_copy",
    "draft_dossier",
    "make",
    "make_dossier",
    "render_copy",
    "revise_dossier",
    "save_words",
]
