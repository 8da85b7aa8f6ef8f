"""Word lists of names: legal forms, words that mean the same, words that say little.

Facts about company names as registries write them; extended by hand. All entries are lower case ASCII, as normalise()
leaves them.
"""

LEGAL_FORMS: frozenset[str] = frozenset(
    """
    ab ag aps as asa bhd bv bvba co coop corp corporation company cooperative cv dd doo eirl ei eood eurl fze fzco fzc fz
    gie gmbh hb holdings holding inc incorporated jsc kb kda kg kft kk llc llp lp ltd ltda limited mbh nv od oao ooo oy oyj
    ou plc pllc pte private prop pt pty public pvt ptv sa sae sal sarl sas sasu scs sdn sl slu snc spa spk spzoo srl sro
    tbk tov uab ug unlimited vof wll zao zoo zrt
    """.split()
)

# Runs of words that are one legal form once joined ("sp z o o", "d o o", "s r o", "l l c").
LEGAL_RUNS: tuple[tuple[str, ...], ...] = (
    ("sp", "z", "o", "o"),
    ("sp", "z", "oo"),
    ("spolka", "z", "o", "o"),
    ("spol", "s", "r", "o"),
    ("s", "r", "o"),
    ("d", "o", "o"),
    ("l", "l", "c"),
    ("l", "t", "d"),
    ("w", "l", "l"),
    ("s", "a", "r", "l"),
    ("s", "p", "a"),
    ("s", "a"),
    ("p", "t"),
    ("g", "m", "b", "h"),
)

# Legal forms written without spaces; taken off before transliteration.
LEGAL_SUFFIXES: tuple[str, ...] = (
    "股份有限公司",
    "有限责任公司",
    "有限責任公司",
    "有限公司",
    "株式会社",
    "株式會社",
    "合同会社",
    "有限会社",
    "주식회사",
    "(주)",
)

SAME_WORDS: dict[str, str] = {
    "agencies": "agency",
    "and": "and",
    "assoc": "associates",
    "assocs": "associates",
    "bros": "brothers",
    "centre": "center",
    "centres": "center",
    "centers": "center",
    "cons": "consultancy",
    "consult": "consultancy",
    "consultants": "consultancy",
    "consulting": "consultancy",
    "dev": "development",
    "emp": "employment",
    "ent": "enterprise",
    "enterprises": "enterprise",
    "grp": "group",
    "hr": "humanresources",
    "intl": "international",
    "int": "international",
    "internl": "international",
    "labor": "labour",
    "manpower": "manpower",
    "mgmt": "management",
    "mgt": "management",
    "natl": "national",
    "o/s": "overseas",
    "oversea": "overseas",
    "placements": "placement",
    "rec": "recruitment",
    "recr": "recruitment",
    "recruiters": "recruitment",
    "recruiting": "recruitment",
    "recruitments": "recruitment",
    "saint": "st",
    "sol": "solutions",
    "solution": "solutions",
    "svc": "services",
    "svcs": "services",
    "serv": "services",
    "service": "services",
    "tech": "technology",
    "technologies": "technology",
    "trdg": "trading",
    "univ": "university",
}

STOP_WORDS: frozenset[str] = frozenset({"the", "of", "and", "de", "la", "le", "el", "al", "und", "et", "y", "i", "for"})

# Words so common among recruiters that agreeing on them says little.
COMMON_WORDS: frozenset[str] = frozenset(
    """
    agency consultancy employment enterprise group human humanresources international jobs labour management manpower
    overseas personnel placement recruitment resources services solutions staffing trading work workers global company
    """.split()
)
