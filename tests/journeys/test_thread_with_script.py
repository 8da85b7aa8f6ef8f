"""The thread with JavaScript and axe. A file of its own, so that both threads run at the same time."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.whole_thread import walk_the_thread

pytestmark = [pytest.mark.browser, pytest.mark.real_time, pytest.mark.real_broker]


def test_thread_with_script(browser: Browser, tmp_path: Path) -> None:
    walk_the_thread(browser, tmp_path, script=True, name="Kalimaru Overseas Services", lane=0)
