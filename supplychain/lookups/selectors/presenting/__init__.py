"""A snapshot in words, for the page and the PDF alike: each kind by its own presenter, from the stored data only."""

from typing import Any

from supplychain.lookups.selectors.presenting import first, second, third

KIND = "iris.lookup/3"
_PRESENTERS = {"iris.lookup/1": first.present, "iris.lookup/2": second.present, KIND: third.present}
# The page of a receipt's PDF by kind of snapshot: an old receipt is printed again as it was.
PDF_TEMPLATES = {
    "iris.lookup/1": "pdf/receipt_1.html",
    "iris.lookup/2": "pdf/receipt_2.html",
    KIND: "pdf/receipt_3.html",
}


def present(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Everything a template shows of a snapshot, with dates as dates and codes as words."""
    return _PRESENTERS[snapshot["kind"]](snapshot)


def pdf_template(snapshot: dict[str, Any]) -> str:
    """The template that prints this kind of snapshot."""
    return PDF_TEMPLATES[snapshot["kind"]]


__all__ = ["KIND", "pdf_template", "present"]
