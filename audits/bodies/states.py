"""Kinds of tie between an auditor and an agency, and the languages of audits."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from django.db import models
from django.utils.translation import gettext_lazy as _


class TieKind(models.TextChoices):
    """Why an auditor may not be independent of an agency."""

    CONSULTED = "consulted", _("Consulted for the agency")
    TRAINED = "trained", _("Trained the agency")
    EMPLOYED = "employed", _("Worked for the agency")
    FAMILY = "family", _("Family or other close tie")


@cache
def language_table() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Labels of languages, and the languages of each country's workers."""
    data = yaml.safe_load((Path(__file__).parent / "languages.yaml").read_text(encoding="utf-8"))
    return dict(data["labels"]), {code: list(codes) for code, codes in data["countries"].items()}


def language_choices() -> list[tuple[str, str]]:
    """Languages an auditor can be approved for."""
    return sorted(language_table()[0].items(), key=lambda item: item[1])


def language_name(code: str) -> str:
    """The language in words; the code where it is unknown."""
    return language_table()[0].get(code, code)
