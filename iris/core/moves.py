"""Whose move it is, and what a person can do now: small values that selectors make and components show."""

from dataclasses import dataclass, replace
from datetime import date

from iris.core import clocks
from iris.core.errors import Text


@dataclass(frozen=True)
class Move:
    """The banner on top of a case: who acts, what happens, until when, and the act when it is yours."""

    who: Text
    what: Text = ""
    yours: bool = False
    due: date | None = None
    act_label: Text = ""
    act_url: str = ""
    done: bool = False

    @property
    def late(self) -> bool:
        """Whether the date has passed."""
        return self.due is not None and self.due < clocks.today()

    def on_page(self, path: str) -> "Move":
        """The same move without its button where the button would lead to the page itself."""
        return replace(self, act_label="", act_url="") if self.act_url == path else self


@dataclass(frozen=True)
class Todo:
    """One line of "what now": title and link, what it is about, until when."""

    title: Text
    url: str
    what: Text = ""
    due: date | None = None
    icon: str = "checks"
    waiting: bool = False

    @property
    def late(self) -> bool:
        """Whether the date has passed."""
        return not self.waiting and self.due is not None and self.due < clocks.today()


@dataclass(frozen=True)
class Step:
    """One step of a case: `state` is done, now or todo; `when` a few words."""

    label: Text
    state: str
    when: Text = ""


@dataclass(frozen=True)
class Fact:
    """One row of a facts list; `url` makes the value a link."""

    label: Text
    value: object
    url: str = ""


def by_urgency(todos: list[Todo]) -> list[Todo]:
    """Yours first by date (no date last), then what you wait for."""
    return sorted(todos, key=lambda todo: (todo.waiting, todo.due or date.max, str(todo.title)))
