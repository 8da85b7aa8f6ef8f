"""Where the bars, columns and points of a chart stand. Pure: numbers in, coordinates out; templates only draw."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

WIDTH = 320.0
GAP = 1.0
ROW = 38
BAR = 13


@dataclass(frozen=True)
class Segment:
    """One piece of a stacked bar. `kind` is yes, partly, no or na."""

    kind: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Bar:
    """One row: its code and name above, its pieces below."""

    code: str
    label: str
    text_y: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class StackedBars:
    """All rows of a share chart, with the height the drawing needs."""

    bars: tuple[Bar, ...]
    height: int
    axis_end: int
    caption_y: int
    totals: Mapping[str, int]


def share(part: float, whole: float) -> float:
    """Part of whole between 0 and 1; 0 where there is nothing to divide by."""
    return max(0.0, min(1.0, part / whole)) if whole else 0.0


def stacked_bars(rows: Iterable[Mapping[str, Any]]) -> StackedBars:
    """Rows carry code, label, yes, partly, no, na. Each bar is the whole width; pieces of 0 are left out."""
    listed = list(rows)
    bars = tuple(_bar(row, index) for index, row in enumerate(listed))
    axis_end = ROW * len(bars) - 4
    totals = {kind: sum(int(row[kind]) for row in listed) for kind in ("yes", "partly", "no", "na")}
    return StackedBars(
        bars=bars, height=axis_end + 22, axis_end=axis_end, caption_y=axis_end + 18, totals=totals
    )


def _bar(row: Mapping[str, Any], index: int) -> Bar:
    counts = [(kind, int(row[kind])) for kind in ("yes", "partly", "no", "na") if int(row[kind]) > 0]
    whole = sum(count for _, count in counts)
    room = WIDTH - GAP * max(0, len(counts) - 1)
    top, x, segments = index * ROW + 18, 0.0, []
    for kind, count in counts:
        width = room * share(count, whole)
        # The hatched piece has a hairline frame: half a pixel inside keeps it sharp.
        inset = 0.5 if kind == "partly" else 0.0
        segments.append(
            Segment(
                kind=kind,
                x=f"{x + inset:.1f}",
                y=f"{top + inset:.1f}",
                width=f"{max(width - 2 * inset, 0.5):.1f}",
                height=f"{BAR - 2 * inset:.1f}",
            )
        )
        x += width + GAP
    return Bar(
        code=str(row["code"]), label=str(row["label"]), text_y=index * ROW + 13, segments=tuple(segments)
    )


@dataclass(frozen=True)
class Tick:
    """A line of the grid with its number."""

    y: str
    text_y: str
    label: str


@dataclass(frozen=True)
class Column:
    """One column with its value above and its name below."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    value_y: str
    value: str
    label: str


@dataclass(frozen=True)
class Columns:
    """A chart of counts by month or year."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Point:
    """One point of a line with its value above and its name below."""

    x: str
    y: str
    value_y: str
    value: str
    label: str


@dataclass(frozen=True)
class Lines:
    """A line over years with a target, if there is one."""

    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    path: str
    target: str


_TOP, _BOTTOM, _LEFT, _RIGHT = 14.0, 104.0, 22.0, 310.0


@dataclass(frozen=True)
class PartBar:
    """One row of a share chart with parts of any kind."""

    label: str
    text_y: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class PartBars:
    """All rows of a share chart with parts of any kind, and the height the drawing needs."""

    bars: tuple[PartBar, ...]
    height: int
    axis_end: int
    caption_y: int


@dataclass(frozen=True)
class PartColumn:
    """One column of shares with its name below; `label` is empty where there is no room for one."""

    middle: str
    label: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class PartColumns:
    """Shares over time, each column the whole height where there is anything to share."""

    columns: tuple[PartColumn, ...]
    ticks: tuple[Tick, ...]


def part_bars(rows: Iterable[tuple[str, Iterable[tuple[str, int]]]]) -> PartBars:
    """Rows of a label and (kind, count) pairs. Each bar is the whole width; a row with nothing keeps its place."""
    drawn = []
    for index, (label, parts) in enumerate(rows):
        counts = [(kind, count) for kind, count in parts if count > 0]
        whole = sum(count for _, count in counts)
        room = WIDTH - GAP * max(0, len(counts) - 1)
        x, segments = 0.0, []
        for kind, count in counts:
            width = room * share(count, whole)
            segments.append(
                Segment(kind, f"{x:.1f}", f"{index * ROW + 18}", f"{max(width, 0.5):.1f}", f"{BAR}")
            )
            x += width + GAP
        drawn.append(PartBar(label, index * ROW + 13, tuple(segments)))
    axis_end = max(ROW * len(drawn) - 4, 0)
    return PartBars(tuple(drawn), axis_end + 22, axis_end, axis_end + 18)


def part_columns(points: Iterable[tuple[str, Iterable[tuple[str, int]]]], every: int = 1) -> PartColumns:
    """Points of a label and (kind, count) pairs, stacked from below. Each `every`-th label from the last is shown."""
    listed = [(label, list(parts)) for label, parts in points]
    step = (_RIGHT - _LEFT) / max(1, len(listed))
    width = min(28.0, step * 0.7)
    drawn = []
    for index, (label, parts) in enumerate(listed):
        whole = sum(count for _, count in parts)
        middle, below, segments = _LEFT + step * (index + 0.5), 0, []
        for kind, count in parts:
            if count <= 0:
                continue
            top, base = _height(below + count, whole), _height(below, whole)
            segments.append(
                Segment(
                    kind,
                    f"{middle - width / 2:.1f}",
                    f"{top:.1f}",
                    f"{width:.1f}",
                    f"{max(base - top, 0.5):.1f}",
                )
            )
            below += count
        named = (len(listed) - 1 - index) % every == 0
        drawn.append(PartColumn(f"{middle:.1f}", label if named else "", tuple(segments)))
    return PartColumns(tuple(drawn), _ticks([0, 50, 100], 100.0))


def columns(points: Iterable[Mapping[str, Any]]) -> Columns:
    """Points carry label and value (a count). The scale ends at an even number, so that its middle is whole."""
    listed = list(points)
    top = max([int(point["value"]) for point in listed] + [1])
    top += top % 2
    step = (_RIGHT - _LEFT) / max(1, len(listed))
    width = min(28.0, step * 0.6)
    drawn = []
    for index, point in enumerate(listed):
        middle = _LEFT + step * (index + 0.5)
        y = _height(float(point["value"]), float(top))
        drawn.append(
            Column(
                x=f"{middle - width / 2:.1f}",
                y=f"{y:.1f}",
                width=f"{width:.1f}",
                height=f"{_BOTTOM - y:.1f}",
                middle=f"{middle:.1f}",
                value_y=f"{y - 4:.1f}",
                value=str(point["value"]),
                label=str(point["label"]),
            )
        )
    return Columns(columns=tuple(drawn), ticks=_ticks([0, top // 2, top], float(top)))


def lines(points: Iterable[Mapping[str, Any]], *, top: float, target: float | None = None) -> Lines:
    """Points carry label and value between 0 and `top`."""
    listed = list(points)
    step = (_RIGHT - _LEFT) / max(1, len(listed))
    drawn = []
    for index, point in enumerate(listed):
        y = _height(float(point["value"]), top)
        drawn.append(
            Point(
                x=f"{_LEFT + step * (index + 0.5):.1f}",
                y=f"{y:.1f}",
                # Below its point where the target's dashes would run through it above.
                value_y=f"{y + 18:.1f}" if _crossed(float(point["value"]), top, target) else f"{y - 9:.1f}",
                value=str(point["value"]),
                label=str(point["label"]),
            )
        )
    path = "M" + "L".join(f"{point.x} {point.y}" for point in drawn) if drawn else ""
    marks = list(range(int(top) + 1)) if top <= 10 else [0, round(top / 2), round(top)]
    return Lines(
        points=tuple(drawn),
        ticks=_ticks(marks, top),
        path=path,
        target="" if target is None else f"{_height(target, top):.1f}",
    )


def _height(value: float, top: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * share(value, top)


def _crossed(value: float, top: float, target: float | None) -> bool:
    return target is not None and value < target and _height(value, top) - _height(target, top) < 26


def _ticks(marks: Iterable[float], top: float) -> tuple[Tick, ...]:
    return tuple(
        Tick(y=f"{_height(mark, top):.1f}", text_y=f"{_height(mark, top) + 4:.1f}", label=f"{mark:g}")
        for mark in marks
    )
