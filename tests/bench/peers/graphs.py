"""networkx and igraph on the bench's graph: `python -m tests.bench.peers.graphs NAME FILE.npz` prints JSON."""

import json
import statistics
import sys
import time
from typing import Any

import numpy as np

TURNS = 5


def with_networkx(data: Any) -> Any:
    """Breadth first from several roots at once, by a node above them all."""
    import networkx as nx

    n = data["flagged"].size
    graph = nx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(zip(data["upper"].tolist(), data["lower"].tolist(), strict=True))
    flagged = data["flagged"].tolist()

    def ask(roots: list[int]) -> tuple[int, int, int]:
        parents: dict[int, int] = dict.fromkeys(roots, -1)
        graph.add_node("top")
        graph.add_edges_from(("top", root) for root in roots)
        for above, node in nx.bfs_edges(graph, "top"):
            if above != "top":
                parents[node] = above
        graph.remove_node("top")
        return _ways(parents, flagged)

    return ask


def with_igraph(data: Any) -> Any:
    """igraph's own breadth-first search, with a node above the roots."""
    import igraph

    n = data["flagged"].size
    flagged = data["flagged"].tolist()
    base = igraph.Graph(
        n=n + 1, edges=np.column_stack([data["upper"], data["lower"]]).tolist(), directed=True
    )

    def ask(roots: list[int]) -> tuple[int, int, int]:
        base.add_edges([(n, root) for root in roots])
        order, _starts, above = base.bfs(n, mode="out")
        base.delete_edges(range(base.ecount() - len(roots), base.ecount()))
        parents = {node: (-1 if above[node] == n else above[node]) for node in order if node != n}
        return _ways(parents, flagged)

    return ask


def _ways(parents: dict[int, int], flagged: list[bool]) -> tuple[int, int, int]:
    found = steps = 0
    for node in parents:
        if flagged[node]:
            found += 1
            way = []
            while node >= 0:
                way.append(node)
                node = parents[node]
            steps += len(way)
    return len(parents), found, steps


def main() -> None:
    """One library, both reaches."""
    data = np.load(sys.argv[2])
    ask = {"networkx": with_networkx, "igraph": with_igraph}[sys.argv[1]](data)
    told = {}
    for name in (one for one in data.files if one.startswith("roots_")):
        roots, times, answer = data[name].tolist(), [], None
        for _turn in range(TURNS):
            began = time.perf_counter()
            answer = ask(roots)
            times.append((time.perf_counter() - began) * 1000)
        told[name.removeprefix("roots_")] = {"ms": statistics.median(times), "answer": answer}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
