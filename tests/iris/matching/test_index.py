"""The index: what must be found whatever the writing, what must not, and that small steps equal a fresh build."""

import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iris.matching import Entry, Index, Outcome, Thresholds, UnreadableIndex
from iris.matching.config import FEATURES
from iris.matching.query import ask
from iris.matching.reference import features

NAMES = [
    Entry("1", "Kalimaru Overseas Services Private Limited", "legal", "NP"),
    Entry("1", "कालिमारु ओभरसिज सर्भिसेज", "local", "NP"),
    Entry("2", "Kalimaru Construction Materials", "legal", "IN"),
    Entry("3", "Sagarmatha Manpower Agency", "legal", "NP"),
    Entry("4", "Blue Lotus Recruitment Ltd", "legal", "BD"),
    Entry("4", "Green Lantern Staffing", "former", "BD"),
    Entry("5", "東方人力資源有限公司", "local", "HK"),
    Entry("6", "Müller & Söhne Personaldienst GmbH", "legal", "DE"),
    Entry("7", "Agency 24 Crewing", "legal", "PH"),
    Entry("8", "Agency 25 Crewing", "legal", "PH"),
    Entry("9", "Everest Pathway Ltd t/a Himal Crews", "legal", "NP"),
    Entry("10", "Zanzibar Ferries", "legal", "TZ"),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(NAMES)


def best(index: Index, text: str, country: str = "") -> str:
    matches = index.search(text, country=country, thresholds=Thresholds(lower=0.0)).matches
    return matches[0].candidate.id if matches else ""


@pytest.mark.parametrize(
    ("text", "wanted", "relation"),
    [
        ("Kalimaru Overseas Services", "1", "legal form left out"),
        ("Kalimaru Overseas Services LLC", "1", "another legal form"),
        ("kalimaru OVERSEAS services pvt ltd", "1", "case"),
        ("Services, Kalimaru Overseas", "1", "order"),
        ("Kali Maru Overseas Services", "1", "spacing"),
        ("Kalimaru  Over seas Services", "1", "spacing"),
        ("Kálimarú Överseas Sérvices", "1", "diacritics"),
        ("Kalimaru Ovreseas Servises", "1", "two misspellings"),
        ("Muller und Sohne Personaldienst", "6", "umlauts left out"),
        ("Mueller Soehne Personaldienst", "6", "umlauts written as two letters"),
        ("dong fang ren li zi yuan", "5", "transliteration, syllable by syllable"),
        ("Dongfang Renli Ziyuan", "5", "transliteration, by words"),
        ("Green Lantern Staffing", "4", "a former name is a row"),
        ("Himal Crews", "9", "a trading name is a row"),
        ("Blue Lotus Recruitment - Chattogram", "4", "a branch behind a dash"),
    ],
)
def test_search_finds_the_same_name_however_it_is_written(
    index: Index, text: str, wanted: str, relation: str
) -> None:
    assert best(index, text) == wanted, relation


def test_a_changed_digit_is_another_name(index: Index) -> None:
    assert (best(index, "Agency 24 Crewing"), best(index, "Agency 25 Crewing")) == ("7", "8")
    assert index.search("Agency 26 Crewing").outcome is not Outcome.FOUND


@pytest.mark.parametrize("text", ["Red Falcon Recruitment Ltd", "Overseas Services Private Limited", "Qqqq"])
def test_search_does_not_find_what_is_not_there(index: Index, text: str) -> None:
    assert index.search(text).outcome in {Outcome.NOT_FOUND, Outcome.POSSIBLE}


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("", {Outcome.INVALID}),
        (" \t", {Outcome.INVALID}),
        ("\x00\x01\x02", {Outcome.INVALID}),
        ("🙂🙂", {Outcome.INVALID}),
        ("k", {Outcome.NOT_FOUND, Outcome.POSSIBLE}),
        ("Limited", {Outcome.NOT_FOUND, Outcome.POSSIBLE}),
        ("a" * 5_000, {Outcome.NOT_FOUND}),
        ("ab " * 1_700, {Outcome.NOT_FOUND, Outcome.POSSIBLE}),
        ("東方 Kali मारु Ωμέγα", {Outcome.NOT_FOUND, Outcome.POSSIBLE}),
        ("\"Zanzibar\" 'Ferries'", {Outcome.FOUND}),
        ("Zanzibar 🙂 Ferries\x07", {Outcome.FOUND}),
    ],
)
def test_search_answers_bad_input_with_an_outcome(index: Index, text: str, outcomes: set[Outcome]) -> None:
    result = index.search(text)
    assert result.outcome in outcomes
    assert result.matches or result.outcome in {Outcome.INVALID, Outcome.NOT_FOUND}


def test_country_lifts_and_never_filters(index: Index) -> None:
    assert best(index, "Blue Lotus Recruitment", country="NP") == "4"
    assert best(index, "Blue Lotus Recruitment", country="??") == "4"
    twins = Index.build(
        [Entry("a", "Everest Crews", country="NP"), Entry("b", "Everest Crews", country="IN")]
    )
    assert [best(twins, "Everest Crews", country=one) for one in ("NP", "IN")] == ["a", "b"]


def test_twins_are_ambiguous() -> None:
    twins = Index.build([Entry("a", "Everest Crews"), Entry("b", "Everest Crews Ltd"), *NAMES])
    result = twins.search("Everest Crews")
    assert result.outcome is Outcome.AMBIGUOUS
    assert {match.candidate.id for match in result.matches[:2]} == {"a", "b"}


def test_one_match_per_id_best_first_below_one(index: Index) -> None:
    matches = index.search("Kalimaru Overseas Services", thresholds=Thresholds(lower=0.0)).matches
    ids = [match.candidate.id for match in matches]
    scores = [match.score for match in matches]
    assert len(ids) == len(set(ids))
    assert scores == sorted(scores, reverse=True)
    assert scores[0] < 1.0


def test_explanation_names_words_how_and_weight(index: Index) -> None:
    why = index.search("Kalimaru Ovreseas").matches[0].explanation
    assert [(one.query, one.found, one.how) for one in why.matched] == [
        ("kalimaru", "kalimaru", "exact"),
        ("ovreseas", "overseas", "typo"),
    ]
    assert why.matched[0].weight > why.matched[1].weight
    assert why.extra == ("services",)
    assert dict(why.parts)["bias"] != 0


def test_kernel_and_plain_python_give_the_same_features(index: Index) -> None:
    texts = [entry.name for entry in NAMES] + [
        "Kalimaru Ovreseas 24",
        "Over seas Kali Maru t/a Blue",
        "Recruit Ltd",
    ]
    names = [name for name, _rank, _belief in FEATURES]
    compared = 0
    for text in texts:
        asked = ask(text, "NP", index._df)
        assert asked is not None
        for part, rows, found in index.features(text, "NP"):
            for row, numbers in zip(rows, found, strict=True):
                if row >= 0:
                    slow = features(asked, part.segment, part.weights, int(row), index._weights(asked))
                    assert [slow[name] for name in names] == pytest.approx(numbers.tolist(), abs=1e-4)
                    compared += 1
    assert compared > 50


def test_saved_index_is_mapped_and_answers_alike(index: Index, tmp_path: Path) -> None:
    index.save(tmp_path)
    again = Index.open(tmp_path)
    assert (again.version, again.size) == (index.version, index.size)
    for entry in NAMES:
        assert again.search(entry.name).matches == index.search(entry.name).matches


def test_index_of_another_format_is_refused_with_a_sentence(index: Index, tmp_path: Path) -> None:
    index.save(tmp_path)
    about = tmp_path / "index.json"
    about.write_text(about.read_text().replace("iris-names-", "iris-names-9"))
    with pytest.raises(UnreadableIndex, match=r"expected format iris-names-\d, found iris-names-9"):
        Index.open(tmp_path)
    with pytest.raises(UnreadableIndex, match="no saved index"):
        Index.open(tmp_path / "nowhere")


def test_broken_part_of_an_index_is_refused(index: Index, tmp_path: Path) -> None:
    index.save(tmp_path)
    (tmp_path / "docs.npy").write_bytes(b"nonsense")
    with pytest.raises(UnreadableIndex, match="missing or broken"):
        Index.open(tmp_path)


def test_empty_index_finds_nothing() -> None:
    empty = Index.build([])
    assert (empty.size, empty.search("Kalimaru").outcome) == (0, Outcome.NOT_FOUND)
    grown = empty.apply([Entry("1", "Kalimaru Crews")], [])
    assert grown.search("Kalimaru Crews").matches[0].candidate.id == "1"


def test_many_at_once_and_one_by_one_are_the_same(index: Index) -> None:
    grown = index.apply([Entry("11", "Pokhara Crews", "legal", "NP")], ["3"])
    pairs = [(entry.name, entry.country) for entry in NAMES] + [("", "NP"), ("Pokhara Krews", ""), ("🙂", "")]
    pairs *= 20  # several turns of both threads
    alone = [grown.nearest(text, country=country, limit=3) for text, country in pairs]
    assert grown.nearest_many(pairs, limit=3) == alone
    assert [result.outcome for result in grown.search_many(pairs, limit=3)] == [one for one, _ids in alone]


def test_equal_candidates_stand_in_the_order_of_their_ids_wherever_they_lie() -> None:
    base = Index.build([Entry(one, "Everest Crews", country="NP") for one in ("m", "d", "x")])
    index = base.apply([Entry(one, "Everest Crews", country="NP") for one in ("n", "a", "z")], ["d"])
    outcome, found = index.nearest("everest crews", country="NP")
    assert (outcome, [own_id for own_id, _score in found]) == (Outcome.AMBIGUOUS, ["a", "m", "n", "x", "z"])
    assert index.nearest("everest crews", country="NP", limit=2)[1] == found[:2]


SAID = "kalimaru overseas everest lotus blue crews 24 himal services sagar über 東方"
WORDS = st.sampled_from(SAID.split(" "))
EDITS = st.lists(
    st.tuples(
        st.sampled_from([str(number) for number in range(6)]),
        st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=2),
    ),
    max_size=5,
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(EDITS, st.lists(WORDS, min_size=1, max_size=3).map(" ".join))
def test_base_and_delta_answer_as_a_fresh_build(edits: list[tuple[str, list[str]]], text: str) -> None:
    alive = {entry.id: [e for e in NAMES if e.id == entry.id] for entry in NAMES}
    index = Index.build(NAMES)
    for changed, names in edits:
        alive[changed] = [Entry(changed, name, "legal", "NP") for name in names]
        index = index.apply(alive[changed], [changed])
    fresh = Index.build([entry for entries in alive.values() for entry in entries])
    assert index.size == fresh.size
    for query in (text, "Kalimaru Overseas Services", "Agency 24 Crewing"):
        stepped, anew = index.search(query, country="NP"), fresh.search(query, country="NP")
        assert stepped.outcome is anew.outcome
        assert [(m.candidate.id, m.score) for m in stepped.matches] == [
            (m.candidate.id, m.score) for m in anew.matches
        ]


def test_index_changed_and_saved_is_whole(index: Index, tmp_path: Path) -> None:
    changed = index.apply([Entry("11", "Pokhara Crews", "legal", "NP")], ["3"])
    assert changed.version != index.version
    changed.save(tmp_path)
    again = Index.open(tmp_path)
    assert (again.changes, again.size, best(again, "Pokhara Crews")) == (0, changed.size, "11")


def test_many_threads_read_one_index(index: Index) -> None:
    queries = [(entry.name, entry.country) for entry in NAMES] * 20
    alone = [index.search(text, country=country) for text, country in queries]
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(index.search_many(queries))) for _turn in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 3
