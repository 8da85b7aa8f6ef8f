"""Each rule of normalisation on an example worked by hand, with where the rule comes from."""

import pytest

from iris.matching import key, normalise, tokens


@pytest.mark.parametrize(
    ("name", "words", "source"),
    [
        ("Ｋａｌｉｍａｒｕ　Ｌｔｄ", "kalimaru", "Unicode NFKC: full-width letters and space"),
        ("KALIMARU", "kalimaru", "Unicode case folding"),
        ("Straße Personal", "strasse personal", "Unicode case folding of the sharp s"),
        ("Müller", "mueller", "German: DIN 5007-2 writes the umlaut as two letters"),
        ("Łódź Práce", "lodz prace", "anyascii: letters with marks"),
        ("Агенція Праці", "agentsiya pratsi", "anyascii: Cyrillic"),
        ("東方人力", "dong fang ren li", "Pinyin, a word per character"),
        ("S.A.I.L. Crews", "sail crews", "dotted initials are one word"),
        ("A B C Travel", "abc travel", "letters side by side are one word"),
        ("Bridge & Sons", "bridge sons", "the ampersand is a word that says nothing"),
        ("Nat'l Svcs", "national services", "usual abbreviations with apostrophes"),
        ("Intl Mgmt Grp", "international management group", "usual abbreviations"),
        ("Universidad del Sur", "university sur", "one class for a word in several languages"),
        ("1st Choice", "first choice", "ordinals in words"),
        ("School No. 7", "school 7", "the number sign says nothing"),
        ("L'Atelier d'Emploi", "atelier emploi", "French elision"),
        ("The House of the Sun", "house sun", "stop words"),
        ("The Of", "the of", "stop words stay when there is nothing else"),
        ("x\u200by\u0007z", "xyz", "Unicode: zero-width and control characters"),
    ],
)
def test_normalise_follows_the_rule(name: str, words: str, source: str) -> None:
    assert normalise(name) == words, source


@pytest.mark.parametrize(
    ("name", "legal", "source"),
    [
        ("Kalimaru Sp. z o.o.", "spzoo", "Poland, KSH art. 160"),
        ("Kalimaru Gesellschaft mit beschränkter Haftung", "gmbh", "Germany, GmbHG par. 4, by rigour"),
        ("Kalimaru GmbH & Co. KG", "gmbhcokg", "Germany, HGB par. 19"),
        ("Kalimaru s. r. o.", "sro", "Czechia, zakon 90/2012 par. 132"),
        ("Kalimaru Societe Anonyme", "sa", "France, Code de commerce L225-1, without accents"),
        ("Công ty TNHH Kalimaru", "tnhh", "Vietnam, Law on Enterprises 2020 art. 37"),
        ("Công ty Cổ phần Kalimaru", "ctycp", "Vietnam, Law on Enterprises 2020 art. 111, by rigour"),
        ("PT Kalimaru Tbk", "pt tbk", "Indonesia, UU 40/2007 art. 16"),
        ("ООО Калимару", "ooo", "Russia, Civil Code art. 87"),
    ],
)
def test_tokens_marks_the_legal_form_and_keeps_the_name(name: str, legal: str, source: str) -> None:
    found = tokens(name)
    assert found.words == ("kalimaru",), source
    assert " ".join(found.legal) == legal, source


@pytest.mark.parametrize(
    ("with_form", "without"),
    [
        ("株式会社東方", "東方"),  # Japan, Companies Act art. 6
        ("東方股份有限公司", "東方"),  # Taiwan, Company Act art. 2
        ("东方有限责任公司", "东方"),  # China, Company Law art. 7
        ("주식회사 삼성", "삼성"),  # Korea, Commercial Act art. 19
        ("(주)삼성", "삼성"),
        ("㈜삼성", "삼성"),
    ],
)
def test_key_is_the_same_without_a_form_written_without_spaces(with_form: str, without: str) -> None:
    assert key(with_form) == key(without)


def test_legal_form_is_found_across_the_syllables_of_a_transliteration() -> None:
    assert tokens("Jiuguang Zhiyao Zhushihui She").words == ("jiuguang", "zhiyao")


def test_short_form_inside_a_name_is_a_word() -> None:
    assert tokens("SA Health").words == ("sa", "health")
    assert tokens("Health SA").words == ("health",)


def test_key_sorts_the_words() -> None:
    assert key("Beta Alpha Ltd") == key("Limited, Alpha Beta") == "alpha beta"


@pytest.mark.parametrize("text", ["", " ", "\x00\x01", "🙂🙂", "-- //", "．。、"])
def test_normalise_of_nothing_is_nothing(text: str) -> None:
    assert normalise(text) == ""
