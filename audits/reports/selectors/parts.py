"""What the rooms of the fieldwork say for a report: samples, what people answered, signs. Nobody is in it.

Each room decides itself what may be shown; here it is only put into words, rows and plain cells, so that a version of a
report can keep it as data.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.engagements.models import Audit
from audits.interviews import selectors as interviews
from audits.sampling import selectors as sampling

Part = dict[str, Any]


def parts_of(audit: Audit) -> list[Part]:
    """The parts that there are: title, texts, tables of plain cells."""
    parts = [_samples(audit), _answers(audit)]
    return [part for part in parts if part["texts"] or part["tables"]]


def interview_counts(audit: Audit) -> list[dict[str, Any]]:
    """People spoken with by kind; `held` is None where so few were that a number would point at them."""
    return [
        {"label": str(row.kind.label), "held": row.held, "note": row.note}
        for row in interviews.counted_by_kind(audit)
    ]


def _samples(audit: Audit) -> Part:
    found = sampling.statement(audit)
    texts, tables = [], []
    for one in found.samples:
        texts.append(
            _("%(what)s: %(n)s of %(all)s drawn on %(day)s. %(rule)s Seed: %(seed)s.")
            % {
                "what": one.what,
                "n": one.drawn,
                "all": one.population,
                "day": one.drawn_on.isoformat(),
                "rule": one.rule_text,
                "seed": one.seed,
            }
        )
        if one.empty_strata:
            texts.append(
                ngettext(
                    "%(n)s stratum of it got no place.", "%(n)s strata of it got no place.", one.empty_strata
                )
                % {"n": one.empty_strata}
            )
        for reason, count in one.replacements:
            texts.append(_("Replaced: %(reason)s, %(n)s.") % {"reason": reason, "n": count})
        rows = [[row.label, str(row.population), str(row.drawn)] for row in one.strata]
        if rows:
            tables.append(
                {"title": one.what, "head": [_("Stratum"), _("On the list"), _("Drawn")], "rows": rows}
            )
    texts += [_("%(what)s: no sample. %(why)s") % {"what": what, "why": why} for what, why in found.not_drawn]
    return {"title": _("Samples"), "texts": texts, "tables": tables}


def _answers(audit: Audit) -> Part:
    rows = [
        [
            one.question.text,
            str(one.n),
            "; ".join(f"{share.label} {share.n}" for share in one.shown if share.n),
        ]
        for one in interviews.aggregates(audit)
        if one.n is not None
    ]
    head = [_("Question"), _("Interviews"), _("Answers")]
    tables = [{"title": _("What people answered"), "head": head, "rows": rows}] if rows else []
    texts = [
        _(
            "Sign told in %(n)s interviews, number %(ilo)s of the ILO's list: %(words)s. One sign alone proves nothing."
        )
        % {"n": count, "ilo": number, "words": words}
        for number, words, count in interviews.signs(audit)
    ]
    if rows:
        texts.append(
            _("Answers that fewer than five gave, and those from which they could be computed, are left out.")
        )
    return {"title": _("Interviews in numbers"), "texts": texts, "tables": tables}
