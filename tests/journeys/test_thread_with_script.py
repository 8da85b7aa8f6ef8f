"""The thread with JavaScript and axe."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.stack import Stack
from tests.journeys.whole_thread import walk_the_thread


def test_thread_with_script(stage: Stack, browser: Browser, tmp_path: Path) -> None:
    walk_the_thread(stage, browser, tmp_path, script=True, name="Kalimaru Overseas Services")
