"""Dossiers with their frozen versions and copies; holds, and what retention has deleted."""

from supplychain.dossiers.models.dossier import Copy, Dossier, DossierSequence, DossierVersion, Words
from supplychain.dossiers.models.retention import Hold, Tombstone

__all__ = ["Copy", "Dossier", "DossierSequence", "DossierVersion", "Hold", "Tombstone", "Words"]
