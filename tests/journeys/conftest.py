"""What journeys share: a browser, a running product, and people who are signed in to it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from iris import env
from tests.journeys.people import FIRM, MORE_DECIDERS, OFFICE, PASSWORD
from tests.journeys.stack import Stack
from tests.journeys.walker import CHROMIUM, FLAGS, Walker

SHOTS = Path(env.text("IRIS_HOME")) / "shots"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium, until the end of the file: while it lives, its event loop makes Django refuse queries."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"needs Chromium at {CHROMIUM} (IRIS_CHROMIUM names another)")
    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One product for all journeys that make their own agencies: the scheme, three deciders, one audit firm.

    `stage.python(code)` prepares a state through tests.factories, whose people sign in with `accounts.PASSWORD`,
    and returns what the code printed, for example the id to go to.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    made = Stack(tmp_path_factory.mktemp("stage"), lane=2 + int(worker.removeprefix("gw")) % 2)
    try:
        made.start()
        for people in (OFFICE, MORE_DECIDERS, FIRM):
            made.python(people)
        yield made
    finally:
        made.stop()


@pytest.fixture
def walk(stage: Stack, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Walker]]:
    """`walk(email)` is that person signed in, `walk()` anyone; afterwards nobody may have met an axe or script problem.

    Pictures kept with `.shot(name)` land in .local/shots/<name of the test file>.
    """
    shots = SHOTS / request.path.stem.removeprefix("test_")
    shots.mkdir(parents=True, exist_ok=True)
    walkers: list[Walker] = []

    def start(email: str = "", password: str = PASSWORD, *, script: bool = True) -> Walker:
        walker = Walker(browser, stage.url, shots, script=script)
        walkers.append(walker)
        return walker.sign_in(email, password) if email else walker

    yield start
    problems = [problem for walker in walkers for problem in walker.problems]
    for walker in walkers:
        walker.context.close()
    assert problems == []
