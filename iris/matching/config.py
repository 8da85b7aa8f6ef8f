"""The numbers of the kernel: what each feature weighs, and from which score an answer counts. Dated, with evidence."""

import numpy as np

from iris.matching.outcome import Thresholds

DEEP = 150_000  # postings read in the blocks of the query's country (in all blocks without one)
WIDE = 30_000  # postings read in the other countries' blocks, each side

WEIGHTS = np.array(
    [
        -4.341,
        0.844,
        0.291,
        -0.090,
        3.064,
        1.674,
        -1.909,
        -0.219,
        -2.653,
        1.919,
        1.472,
        -1.240,
        -2.194,
        1.824,
        -3.353,
        0.619,
        -4.407,
        -0.287,
        -1.382,
        -0.203,
        -0.490,
        0.000,
        0.099,
        3.051,
    ],
    np.float32,
)

CURRENT = Thresholds(upper=0.6, lower=0.2, gap=0.1)
