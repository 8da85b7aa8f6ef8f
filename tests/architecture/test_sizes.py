"""A module that a person cannot hold in mind becomes a folder of the same name, one noun per file."""

from tests.architecture import house

LONGEST_FILE = 450  # the aim is 400; this is where it ends
VAGUE_NAMES = {"utils.py", "helpers.py", "common.py", "misc.py"}


def test_files_are_short_enough_to_read() -> None:
    """No source file is longer than a person reads in one go."""
    tests = sorted((house.ROOT / "tests").rglob("*.py"))
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in (*house.sources(), *tests)
    }
    wrong = [f"{path.relative_to(house.ROOT)}: {n} lines" for path, n in lengths.items() if n > LONGEST_FILE]
    assert not wrong, "Make a folder of the same name, one noun per file:\n" + "\n".join(wrong)


def test_files_are_named_for_what_they_hold() -> None:
    """Nothing hides in a drawer for everything."""
    wrong = [str(path.relative_to(house.ROOT)) for path in house.sources() if path.name in VAGUE_NAMES]
    assert not wrong, "\n".join(wrong)


def test_no_file_is_empty_but_package_marks() -> None:
    """A room without rules has no rules.py, rather than an empty one."""
    wrong = [
        str(path.relative_to(house.ROOT))
        for path in house.sources()
        if path.name != "__init__.py" and not house.parsed(path).body
    ]
    assert not wrong, "\n".join(wrong)
