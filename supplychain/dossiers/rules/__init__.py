"""Laws, redaction, and how an archive is built and checked. Pure."""

from supplychain.dossiers.rules.laws import PIECES, Ask, Fact, Law, law_of, laws

__all__ = ["PIECES", "Ask", "Fact", "Law", "law_of", "laws"]
