"""sparse-dot-topn: TF-IDF of character trigrams, the ten largest products."""

import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

from tests.bench.peers import common


def main() -> None:
    """One query at a time against the whole matrix, as a lookup would."""
    options = common.arguments()
    began = time.perf_counter()
    rows = common.register(options.register)
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), lowercase=True)
    matrix = vectors.fit_transform(name for _id, name, _country in rows).T.tocsr()
    build = time.perf_counter() - began

    def ask(text: str, _country: str) -> list[common.Hit]:
        found = sp_matmul_topn(vectors.transform([text]), matrix, top_n=10, sort=True)
        return [
            (rows[index][0], float(score)) for index, score in zip(found.indices, found.data, strict=True)
        ]

    common.answer(common.questions(options.queries, options.sample), ask, options.out, build)


if __name__ == "__main__":
    main()
