"""What journeys share: a browser, a running product, and people who are signed in to it.

Both stay up from one journey to the next and are ended before the first test that is no journey: while a browser lives,
its event loop makes Django refuse queries, and a product that nobody walks through takes time from other tests.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from iris import env
from tests.journeys.people import FIRM, MORE_DECIDERS, OFFICE, PASSWORD
from tests.journeys.stack import Stack
from tests.journeys.walker import CHROMIUM, FLAGS, Walker

SHOTS = Path(env.text("IRIS_HOME")) / "shots"
HERE = Path(__file__).parent
MARKS = (pytest.mark.browser, pytest.mark.real_time, pytest.mark.real_broker)


class House:
    """What is up in this process."""

    def __init__(self) -> None:
        self.ends = ExitStack()
        self.browser: Browser | None = None
        self.stage: Stack | None = None
        self.sessions: dict[tuple[str, bool], list[Any]] = {}

    def close(self) -> None:
        """End everything."""
        self.browser = self.stage = None
        self.sessions.clear()
        self.ends.close()


HOUSE = House()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a journey; the two threads come first, because they are the longest."""
    for item in items:
        if HERE in item.path.parents:
            for mark in MARKS:
                item.add_marker(mark)
    items.sort(key=lambda item: not item.path.name.startswith("test_thread_"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Close the house behind the last journey."""
    try:
        yield
    finally:
        if nextitem is None or HERE not in nextitem.path.parents:
            HOUSE.close()


@pytest.fixture
def browser() -> Browser:
    """Headless Chromium."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"needs Chromium at {CHROMIUM} (IRIS_CHROMIUM names another)")
    if HOUSE.browser is None:
        player = HOUSE.ends.enter_context(sync_playwright())
        HOUSE.browser = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        HOUSE.ends.callback(HOUSE.browser.close)
    return HOUSE.browser


@pytest.fixture
def stage(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    """One product for all journeys: the scheme, three deciders, one audit firm. Each journey makes its own agencies.

    `stage.python(code)` prepares a state through tests.factories, whose people sign in with `accounts.PASSWORD`,
    and returns what the code printed, for example the id to go to.
    """
    if HOUSE.stage is None:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
        made = Stack(tmp_path_factory.mktemp("stage"), lane=int(worker.removeprefix("gw")) % 4)
        HOUSE.ends.callback(made.stop)
        made.start()
        for people in (OFFICE, MORE_DECIDERS, FIRM):
            made.python(people)
        HOUSE.stage = made
    return HOUSE.stage


@pytest.fixture
def walk(stage: Stack, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Walker]]:
    """`walk(email)` is that person signed in, through the page the first time; `walk()` is anyone.

    Afterwards nobody may have met an axe or script problem.
    With IRIS_SHOTS=1 pictures kept with `.shot(name)` land in .local/shots/<name of the test file>.
    """
    shots = SHOTS / request.path.stem.removeprefix("test_")
    walkers: list[Walker] = []

    def start(email: str = "", password: str = PASSWORD, *, script: bool = True) -> Walker:
        walker = Walker(browser, stage.url, shots, script=script)
        walkers.append(walker)
        if not email:
            return walker
        if session := HOUSE.sessions.get((email, script)):
            walker.context.add_cookies(session)
            return walker
        walker.sign_in(email, password)
        HOUSE.sessions[email, script] = walker.context.cookies()
        return walker

    yield start
    problems = [problem for walker in walkers for problem in walker.problems]
    for walker in walkers:
        walker.context.close()
    assert problems == []
