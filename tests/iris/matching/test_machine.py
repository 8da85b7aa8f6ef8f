"""The kernels as machine code: kept, loaded without a compiler, and never run when broken."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import numpy as np
import pytest

from iris.matching import machine
from iris.matching.machine import Machine

SEARCH = """
import sys
from iris.matching import Entry, Index, warm
warm()
index = Index.build([Entry("1", "Kali Maru Overseas", country="NP"), Entry("2", "Blue Lotus Crews")])
index = index.apply([Entry("3", "Red Falcon Crews")], ["2"])
print(index.search("Kalimaru Overseas").matches[0].candidate.id, index.search("red falcon").matches[0].candidate.id)
print(sorted({"numba", "llvmlite"} & set(sys.modules)))
"""


def test_search_loads_kept_code_and_no_compiler() -> None:
    for name in ("find_words", "answer_questions", "fill_table", "fill_masks", "count_grams", "fill_grams"):
        machine.ready(name)  # kept by now, whoever was first
    done = subprocess.run([sys.executable, "-c", SEARCH], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["1 3", "['llvmlite']"]


def test_run_refuses_arrays_of_another_kind() -> None:
    chars, offsets, table = np.zeros(4, np.uint8), np.zeros(2, np.int32), np.full(16, -1, np.int32)
    machine.run("fill_table", chars, offsets, table)
    with pytest.raises(TypeError, match="expected an array of int32 in one piece, found int64"):
        machine.run("fill_table", chars, offsets.astype(np.int64), table)
    with pytest.raises(TypeError, match="in one piece"):
        machine.run("fill_table", chars, offsets, np.full(32, -1, np.int32)[::2])


@pytest.mark.parametrize("damage", ["cut", "changed", "no head"])
def test_broken_code_is_not_run(tmp_path: Path, damage: str) -> None:
    machine.ready("find_words")
    whole = Machine().file_of("find_words").read_bytes()
    broken = {
        "cut": whole[:-100],
        "changed": whole[:-1] + bytes([whole[-1] ^ 1]),
        "no head": whole.partition(b"\n")[2],
    }
    other = Machine(tmp_path)
    other.file_of("find_words").write_bytes(broken[damage])
    assert other._loaded("find_words") == 0
    other.file_of("find_words").write_bytes(whole)
    assert other._loaded("find_words") > 0


def test_kept_code_asks_nothing_of_who_would_have_to_be_loaded() -> None:
    """What the code would call of numba is never called: it raises nothing and makes no arrays of its own."""
    machine.ready("answer_questions")
    head = json.loads(Machine().file_of("answer_questions").read_bytes().partition(b"\n")[0])
    assert not [name for name in head["outside"] if name.startswith("NRT_MemInfo_alloc")]


def test_two_that_begin_at_once_compile_once(tmp_path: Path) -> None:
    machine.ready("find_words")
    head, _line, code = Machine().file_of("find_words").read_bytes().partition(b"\n")
    about = json.loads(head)
    compiled, begun, done = [], threading.Event(), threading.Event()

    def compiler(name: str) -> machine.Compiled:
        compiled.append(name)
        begun.set()
        assert done.wait(20)
        return 8, about["symbol"], code, about["outside"]

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(Machine(tmp_path, compiler=compiler).ready, "find_words")
        assert begun.wait(20)
        second = pool.submit(Machine(tmp_path, compiler=compiler).ready, "find_words")
        wait([second], timeout=0.3)  # the time in which it would begin to compile
        done.set()
        assert first.result(20)
        assert second.result(20)
    assert compiled == ["find_words"]
