"""tantivy: an index of trigrams, BM25, any trigram may match."""

import tempfile
import time

import tantivy

from tests.bench.peers import common


def main() -> None:
    """The query is cut into the same trigrams by the same analyser."""
    options = common.arguments()
    began = time.perf_counter()
    rows = common.register(options.register)
    cut = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(3, 3, False))
        .filter(tantivy.Filter.lowercase())
        .build()
    )
    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("row", stored=True)
    schema.add_text_field("name", stored=False, tokenizer_name="trigram")
    index = tantivy.Index(schema.build(), path=tempfile.mkdtemp())
    index.register_tokenizer("trigram", cut)
    writer = index.writer(heap_size=256_000_000)
    for number, (_id, name, _country) in enumerate(rows):
        writer.add_document(tantivy.Document(row=number, name=name))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    build = time.perf_counter() - began

    def ask(text: str, _country: str) -> list[common.Hit]:
        grams = sorted(set(cut.analyze(text)))
        if not grams:
            return []
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "name", gram)) for gram in grams
        ]
        found = searcher.search(tantivy.Query.boolean_query(terms), limit=10)
        return [(rows[searcher.doc(at)["row"][0]][0], score) for score, at in found.hits]

    common.answer(common.questions(options.queries, options.sample), ask, options.out, build)


if __name__ == "__main__":
    main()
