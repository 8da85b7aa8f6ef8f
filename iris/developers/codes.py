"""Codes that rooms raise: what they mean to a program. Rooms name new ones themselves, with `problems.name`."""

from django.utils.translation import gettext_lazy as _

from iris.core.problems import name

NOT_READY = _("The thing is not ready for this act.")
SEE_TITLE = _("The title and `missing` say what is left to do. Do it, then send the request again.")
READ_AGAIN = _("Read the thing again, then decide whether the act is still wanted.")

# code -> (status, title, cause, fix)
ROOMS = {
    "last_in_role": (
        409,
        _("Somebody has to stay in this role"),
        _("An organisation keeps at least one person who may speak for it."),
        _("Give the role to somebody else first."),
    ),
    "invitation_unknown": (
        409,
        _("This invitation is not known"),
        _("It was taken back, or the link is not whole."),
        _("Ask for a new one."),
    ),
    "invitation_expired": (
        409,
        _("This invitation is over"),
        _("Its time has passed."),
        _("Ask for a new one."),
    ),
    "scope_empty": (
        409,
        _("Nothing would be left of the scope"),
        _("A certificate covers at least one corridor."),
        _("Leave at least one, or withdraw the certificate."),
    ),
    "deferred": (
        409,
        _("The decision waits"),
        _("The decider asked for something before deciding."),
        _("Answer what was asked."),
    ),
    "open_findings": (
        409,
        _("Findings are open"),
        _("No certificate is decided while grave findings are open."),
        _("Have the corrections verified first."),
    ),
    "reinstate_not_ready": (409, _("Not to be reinstated yet"), NOT_READY, SEE_TITLE),
    "others_work_for_them": (
        409,
        _("Others still work for this sub-agent"),
        _("It stands above others in the chain."),
        _("Move those first."),
    ),
    "enrolment_incomplete": (409, _("The enrolment is not complete"), NOT_READY, SEE_TITLE),
    "already_enrolled": (
        409,
        _("This agency is enrolled already"),
        _("An organisation brings one agency."),
        _("Change the one that is there."),
    ),
    "results_missing": (409, _("Results are missing"), NOT_READY, SEE_TITLE),
    "reopening_withdrawn": (
        409,
        _("The reopening was taken back"),
        _("The questions are closed again."),
        READ_AGAIN,
    ),
    "assessment_frozen": (
        409,
        _("The assessment is declared"),
        _("What was declared true is not changed afterwards."),
        _("Have it reopened for the questions concerned."),
    ),
    "evidence_declared": (
        409,
        _("The evidence belongs to a declaration"),
        _("It was declared with an assessment."),
        _("Add new evidence beside it."),
    ),
    "no_edition": (
        409,
        _("No edition of the Standard is in force"),
        _("There is none for today."),
        _("Wait for the scheme to issue one."),
    ),
    "stays_on_edition": (
        409,
        _("This case stays on its edition"),
        _("The new edition does not move open cases."),
        _("Finish on the edition it began with."),
    ),
    "not_declared": (409, _("It is not declared yet"), NOT_READY, SEE_TITLE),
    "another_open": (
        409,
        _("Another one is open"),
        _("There is one at a time."),
        _("Finish or withdraw the open one."),
    ),
    "voted": (
        409,
        _("You have voted"),
        _("Each person votes once, and a vote stays."),
        _("Let the others vote."),
    ),
    "not_appealable": (
        409,
        _("There is nothing to appeal against"),
        _("It is not decided, or was appealed already."),
        READ_AGAIN,
    ),
    "too_late": (
        409,
        _("The time for this is over"),
        _("The title says until when it was possible."),
        _("Write to the scheme."),
    ),
    "standard_document": (
        422,
        _("The document of the Standard has mistakes"),
        _("Parts of it are missing or contradict each other."),
        _("`missing` lists where."),
    ),
    "edition_issued": (
        409,
        _("This edition is issued"),
        _("An issued edition is not changed."),
        _("Begin the next edition."),
    ),
    "barred": (
        409,
        _("This person may not act on this agency"),
        _("They audited, trained, advised or worked for it."),
        _("Let somebody else do it."),
    ),
    "claimed": (409, _("Somebody else has taken this case"), _("One person looks at a case."), READ_AGAIN),
    "certificate_running": (
        409,
        _("A certificate runs already"),
        _("Its renewal opens some months before it ends."),
        _("Apply again when the title says."),
    ),
    "not_eligible": (409, _("The agency is not ready to apply"), NOT_READY, SEE_TITLE),
    "submit_not_ready": (409, _("The application is not complete"), NOT_READY, SEE_TITLE),
    "stale_ratings": (
        409,
        _("Somebody else rated this meanwhile"),
        _("The rating you saw is no longer the last."),
        READ_AGAIN,
    ),
    "auditor_ineligible": (
        409,
        _("This auditor may not do this audit"),
        _("Approval, language, country or independence is missing."),
        SEE_TITLE,
    ),
    "extension_not_possible": (
        409,
        _("No more time can be given"),
        _("The limit is reached."),
        _("Correct it in the time there is."),
    ),
    "repeated_minor": (
        409,
        _("This was found before"),
        _("A minor finding that comes back is graded higher."),
        _("Grade it as major."),
    ),
    "grade_below_data": (
        409,
        _("The grade is lower than the data say"),
        _("Figures of the interviews set the lowest grade."),
        _("Grade it higher, or correct the figures."),
    ),
    "report_not_ready": (409, _("The report is not complete"), NOT_READY, SEE_TITLE),
    "never_overridden": (
        409,
        _("Nobody lets this through"),
        _("Some bars have no exception."),
        _("Choose another auditor."),
    ),
    "choices_refused": (
        422,
        _("Some rows of the kit were refused"),
        _("They contradict what was kept meanwhile."),
        _("`missing` says which."),
    ),
    "list_refused": (
        422,
        _("The list cannot be used"),
        _("Rows are missing or not readable."),
        _("`errors` names row and column."),
    ),
    "stratum_exhausted": (
        409,
        _("Nobody is left to draw from"),
        _("Everybody of this group was drawn."),
        _("Draw from another group."),
    ),
    "already_screened": (
        409,
        _("This list was screened before"),
        _("The same rows came already."),
        _("Read that screening, or send `again`."),
    ),
}


def register() -> None:
    """Name them all."""
    for code, (status, title, cause, fix) in ROOMS.items():
        name(code, status=status, title=title, cause=cause, fix=fix)
