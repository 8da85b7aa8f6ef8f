"""The thread with JavaScript switched off."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.stack import Stack
from tests.journeys.whole_thread import walk_the_thread


def test_thread_without_script(stage: Stack, browser: Browser, tmp_path: Path) -> None:
    walk_the_thread(stage, browser, tmp_path, script=False, name="Lantangir Overseas House")
