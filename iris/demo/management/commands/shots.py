"""`manage.py shots`: pictures of the main pages of the running demonstration, into docs/screenshots/.

Needs `./dev run` on the same PORT and the test tools (Playwright, Chromium).
"""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from certification.applications.models import Application
from certification.assessments.models import Assessment
from certification.certificates.models import Certificate
from iris.accounts.models import User
from iris.demo.building.scheme import PASSWORD
from supplychain.lookups.models import Lookup

WIDTHS = (1280, 768, 320)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
]


def pages() -> list[tuple[str, str, str]]:
    """(name, demo person's first name or empty for anyone, path)."""
    case = Application.objects.filter(state="under_audit").order_by("number").first()
    draft = Assessment.objects.filter(state="draft").order_by("created_at").first()
    certificate = Certificate.objects.filter(state="active").order_by("number").first()
    lookup = Lookup.objects.order_by("created_at").first()
    if not (case and draft and certificate and lookup):
        raise CommandError("There is no demonstration in this database. Type: ./dev seed")
    owner = User.objects.filter(demo=True, memberships__organisation=draft.agency.organisation).first()
    rows = [
        ("home", "", "/"),
        ("register", "", "/register/"),
        ("verify", "", f"/verify/{certificate.number}/"),
        ("standard", "", "/standard/"),
        ("today-scheme", "Tomas", "/today/"),
        ("queue", "Tomas", "/applications/"),
        ("case", "Tomas", f"/applications/{case.pk}/"),
        ("certificate", "Tomas", f"/certificates/{certificate.pk}/"),
        ("today-auditor", "Ilse", "/today/"),
        ("today-employer", "Anneke", "/today/"),
        ("lookup", "Anneke", f"/lookups/{lookup.pk}/"),
        ("screenings", "Anneke", "/screenings/"),
        ("chain", "Anneke", "/chain/"),
    ]
    if owner is not None:
        rows.append(("assessment", owner.email, f"/assessments/{draft.pk}/"))
    return rows


class Command(BaseCommand):
    """Take the pictures."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", default=str(Path(settings.BASE_DIR) / "docs" / "screenshots"))
        parser.add_argument("--all-widths", action="store_true", help="also 768 and 320 px")
        parser.add_argument("--theme", default="light", choices=("light", "dark"))

    def handle(self, *args: Any, folder: str, all_widths: bool, theme: str, **options: Any) -> None:
        """One browser, one context per person and width."""
        os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
        from playwright.sync_api import sync_playwright

        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        wanted = pages()
        with sync_playwright() as player:
            browser = player.chromium.launch(
                executable_path=os.environ.get("IRIS_CHROMIUM", "/usr/bin/chromium"), args=FLAGS
            )
            for width in WIDTHS if all_widths else WIDTHS[:1]:
                self._take(browser, wanted, width, target, theme)
            browser.close()

    def _take(
        self, browser: Any, wanted: list[tuple[str, str, str]], width: int, target: Path, theme: str
    ) -> None:
        contexts: dict[str, Any] = {}
        for name, who, path in wanted:
            if who not in contexts:
                contexts[who] = self._context(browser, who, width, theme)
            page = contexts[who].new_page()
            page.goto(path)
            suffix = "" if width == WIDTHS[0] else f"-{width}"
            page.screenshot(path=target / f"{name}{suffix}.png", full_page=width != WIDTHS[0])
            page.close()
            self.stdout.write(f"{name}{suffix}.png")

    def _context(self, browser: Any, who: str, width: int, theme: str) -> Any:
        context = browser.new_context(
            base_url=settings.IRIS_PUBLIC_URL, viewport={"width": width, "height": 1000}
        )
        context.add_cookies([{"name": "theme", "value": theme, "url": settings.IRIS_PUBLIC_URL}])
        if who:
            person = (
                User.objects.filter(demo=True).filter(email=who).first()
                or User.objects.filter(demo=True, full_name__startswith=who).get()
            )
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill('input[name="login"]', person.email)
            page.fill('input[name="password"]', PASSWORD)
            page.locator('form:has(input[name="password"]) button[type=submit]').first.click()
            page.wait_for_url("**/today/")
            page.close()
        return context
