"""The numbers of the kernel: what each feature weighs, and from which score an answer counts. Dated, with evidence."""

import numpy as np

from iris.matching.outcome import Thresholds

CANDIDATES = 64  # rows of a part that are compared word by word
DEEP = 80_000  # postings read in the blocks of the query's country (in all blocks without one)
WIDE = 15_000  # postings read in the other countries' blocks, each side

FITTED = "2026-11-22"
EVIDENCE = (
    "fitted to half of 6,258 labelled queries against registers of 10,000, 98,472 and 1,000,000 names, a quarter"
    " of them also without a country; judged on the other half (docs/adr/0033)"
)

# Features in the kernel's order: what each adds to the rank of a candidate, and to the belief in it.
FEATURES: tuple[tuple[str, float, float], ...] = (
    ("bias", -0.002, -1.097),
    ("query", 1.995, -0.086),
    ("name", 1.814, -0.908),
    ("joined", 1.646, -0.302),
    ("both", 2.976, 1.374),
    ("same", 1.885, 0.880),
    ("foreign", -1.887, -1.000),
    ("unseen", -0.363, -0.855),
    ("lacks", -1.504, -1.279),
    ("typo", 0.554, 1.052),
    ("joined_unseen", 1.682, 1.653),
    ("legal_same", 1.512, -0.903),
    ("legal_differs", -0.595, -0.769),
    ("country_same", 3.574, 0.680),
    ("country_differs", -2.851, -2.222),
    ("raw", 2.033, -0.586),
    ("part", -3.943, -1.043),
    ("short", 0.001, -0.453),
    ("order", -0.269, -1.349),
    ("digits", -0.091, -0.010),
    ("tail", -0.461, 0.507),
    ("former", 0.000, 0.000),
    ("established", 0.401, 0.245),
    ("joined_square", 2.734, 1.148),
    ("country_unknown", -0.801, 0.446),
)
RANK = np.array([rank for _name, rank, _belief in FEATURES], np.float32)
BELIEF = np.array([belief for _name, _rank, belief in FEATURES], np.float32)
CLEAR = 0.334  # belief per point of rank that a candidate is clear of the next, at most MOST_CLEAR points
FIRST_POINT = 1.117  # and for the first point of it
MOST_CLEAR = 6.0
CLEAR_BY = 1.0  # points of rank within which two good candidates make an answer ambiguous

CURRENT = Thresholds(upper=0.75, lower=0.2, gap=0.1, valid_from=FITTED, evidence=EVIDENCE)
