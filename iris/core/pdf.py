"""The only door to WeasyPrint: a closed fetcher, tagged output, QR codes.

Templates name their assets as `asset:name.css`; those are files of templates/pdf/. Every other address is refused and
the refusal is fatal: a document that asks for anything else is not made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

ASSETS = Path("templates") / "pdf"
_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}


class RefusedAddress(BaseException):
    """A document asked for something other than a named asset. WeasyPrint swallows ordinary exceptions."""


@dataclass(frozen=True)
class PdfAttachment:
    """A file embedded into the PDF."""

    name: str
    data: bytes
    description: str


def render(
    template: str, context: Mapping[str, Any], *, lang: str = "en", attachments: Sequence[PdfAttachment] = ()
) -> bytes:
    """Render a template as a tagged PDF (pdf/ua-1 profile asked for; conformance is not claimed)."""
    from weasyprint import HTML, Attachment

    with override(lang):
        html = render_to_string(template, {**context, "lang": lang})
    files = [
        Attachment(file_obj=BytesIO(one.data), name=one.name, description=one.description)
        for one in attachments
    ]
    document = HTML(string=html, base_url="asset:", url_fetcher=_fetcher())
    data: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, attachments=files)
    return data


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Assets(URLFetcher):  # type: ignore[misc] # weasyprint ships no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix("asset:").lstrip("/")
            root = (Path(settings.BASE_DIR) / ASSETS).resolve()
            path = (root / name).resolve()
            if not url.startswith("asset:") or root not in path.parents or path.suffix not in _TYPES:
                raise RefusedAddress(f"a PDF may not load {url[:200]!r}")
            found = Message()
            found["Content-Type"] = _TYPES[path.suffix]
            return URLFetcherResponse(url, path.read_bytes(), headers=found)

    return Assets(allow_redirects=False, fail_on_errors=True)


def qr_svg(text: str, *, scale: int = 4, css_class: str = "qr") -> SafeString:
    """A QR code (error level M) as inline SVG: dark ink on white, so that it scans in dark mode too."""
    svg = segno.make(text, error="m").svg_inline(
        scale=scale, dark="#14212b", light="#ffffff", svgclass=css_class, omitsize=True
    )
    return mark_safe(svg)  # noqa: S308 - made by segno from our own text, which it encodes as modules
