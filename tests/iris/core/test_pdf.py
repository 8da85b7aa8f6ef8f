"""The only door to WeasyPrint loads named assets and nothing else."""

import pytest

from iris.core import pdf
from iris.core.pdf import RefusedAddress


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/x.png",
        "https://example.org/x.css",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x.svg",
        "asset:../../manage.py",
        "asset:../base.html",
        "data:text/css,body{}",
    ],
)
def test_render_refuses_every_other_address(address: str, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    page = tmp_path / "page.html"
    page.write_text(
        f'<html lang="en"><title>t</title><link rel="stylesheet" href="{address}"><p>x</p></html>'
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    with pytest.raises(RefusedAddress):
        pdf.render("page.html", {})


def test_qr_svg_has_modules_and_no_style() -> None:
    svg = pdf.qr_svg("http://localhost/verify/X")
    assert svg.startswith("<svg")
    assert "style=" not in svg
