"""rapidfuzz: token_sort_ratio of the query with every name."""

import time

from rapidfuzz import fuzz, process, utils

from tests.bench.peers import common


def main() -> None:
    """Every name is compared with every query."""
    options = common.arguments()
    began = time.perf_counter()
    rows = common.register(options.register)
    names = [utils.default_process(name) for _id, name, _country in rows]
    build = time.perf_counter() - began

    def ask(text: str, _country: str) -> list[common.Hit]:
        found = process.extract(utils.default_process(text), names, scorer=fuzz.token_sort_ratio, limit=10)
        return [(rows[index][0], score / 100) for _name, score, index in found if score]

    common.answer(common.questions(options.queries, options.sample), ask, options.out, build)


if __name__ == "__main__":
    main()
