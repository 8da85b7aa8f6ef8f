"""The codes of the platform itself: of the API's edge, and of refusals that every room shares."""

from django.utils.translation import gettext_lazy as _

from iris.core.problems import name


def register() -> None:
    """Name them all. Called once at start."""
    _reading()
    _keys()
    _retries()
    _domain()


def _reading() -> None:
    name(
        "parse_error",
        status=400,
        title=_("The body cannot be read"),
        cause=_(
            "It is not JSON in UTF-8, a name stands twice in one object, it is nested too deep, holds a NUL character, "
            "a number that is none (NaN) or one too long."
        ),
        fix=_("Send the JSON that a JSON library writes. The title says where it stopped being readable."),
    )
    name(
        "invalid",
        status=400,
        title=_("The request is not valid"),
        cause=_("A field is missing, unknown, of the wrong type, or not one of the values allowed."),
        fix=_("`errors` names each field and what is expected. Correct them and send it again."),
        more={"errors": {"countri": ["There is no such field. There are: corridor, country, cursor, q."]}},
    )
    name(
        "bad_request",
        status=400,
        title=_("The request could not be read"),
        cause=_("Its head or its form is broken, or has too many parts."),
        fix=_("Send it with an HTTP library instead of by hand."),
    )
    name(
        "not_found",
        status=404,
        title=_("There is nothing here, or nothing that you may see"),
        cause=_("The address is wrong, the thing does not exist, or it belongs to somebody else."),
        fix=_("Take addresses and ids from our answers. Every address ends with a slash."),
    )
    name(
        "method_not_allowed",
        status=405,
        title=_("This address does not take this method"),
        cause=_("For example a POST to an address that can only be read."),
        fix=_("`Allow` in the head of the answer lists the methods."),
    )
    name(
        "not_acceptable",
        status=406,
        title=_("We cannot answer in the form asked for"),
        cause=_("`Accept` names no form that this endpoint has."),
        fix=_("Leave `Accept` out, or send `Accept: application/json`."),
    )
    name(
        "too_large",
        status=413,
        title=_("The body is too large"),
        cause=_("It has more bytes than this endpoint takes."),
        fix=_("Send it in parts; long lists as a file to /api/v1/screenings/."),
    )
    name(
        "address_too_long",
        status=414,
        title=_("The address is too long"),
        cause=_("The query string is longer than 8,000 characters."),
        fix=_("Ask for less at once."),
    )
    name(
        "unsupported_media_type",
        status=415,
        title=_("The body has a type that this endpoint does not read"),
        cause=_("`Content-Type` is missing or is not application/json."),
        fix=_("Send `Content-Type: application/json`."),
    )


def _keys() -> None:
    name(
        "not_authenticated",
        status=401,
        title=_("A key is needed"),
        cause=_("The call came without an API key."),
        fix=_("Send `Authorization: Api-Key <prefix>.<secret>`. A sandbox key is free and at once yours."),
    )
    name(
        "authentication_failed",
        status=401,
        title=_("This key opens nothing"),
        cause=_("It is unknown, was revoked, has expired, or who issued it left the organisation."),
        fix=_("Issue a new key on the page of your organisation."),
    )
    name(
        "permission_denied",
        status=403,
        title=_("The key lacks the scope this endpoint needs"),
        cause=_(
            "Each endpoint needs one scope, which its description names; or the organisation may not do this."
        ),
        fix=_("Issue a key with the scope that the title names."),
    )
    name(
        "not_in_sandbox",
        status=403,
        title=_("The sandbox does not offer this"),
        cause=_("A sandbox key sees fixed records only, at the endpoints that the sandbox page lists."),
        fix=_("Use a listed endpoint, or ask the scheme for a live key."),
    )
    name(
        "throttled",
        status=429,
        title=_("Too many calls in this window"),
        cause=_(
            "Each client has a number of calls in each minute. `RateLimit-*` in every answer says where you are."
        ),
        fix=_("Wait the seconds that `Retry-After` says. Keep answers and ask with `If-None-Match`."),
    )
    name(
        "error",
        status=500,
        title=_("Something went wrong on our side"),
        cause=_("A fault of ours. Nothing of your request was kept unless the answer says so."),
        fix=_(
            "Send it again with the same `Idempotency-Key`. If it stays, write to the scheme with the time."
        ),
    )

    name(
        "frozen",
        status=503,
        title=_("The register stands still and takes nothing in"),
        cause=_("Whoever runs it stopped all writing, for a move or a repair. Reading goes on for a while."),
        fix=_(
            "Wait the seconds that `Retry-After` says, then send it again with the same `Idempotency-Key`."
        ),
        more={"as_of": "2026-11-22T10:00:00Z"},
    )
    name(
        "status_unknown",
        status=503,
        title=_("The register stands still for too long to say how a certificate stands"),
        cause=_("What it holds is too old to pass for the present."),
        fix=_("Treat the status as unknown, and ask the scheme."),
        more={"as_of": "2026-11-20T10:00:00Z", "valid": None},
    )


def _retries() -> None:
    name(
        "idempotency_key_invalid",
        status=400,
        title=_("This is no Idempotency-Key"),
        cause=_("It is longer than 255 characters or holds something else than visible ASCII."),
        fix=_("Use a random UUID, a new one for each new request."),
    )
    name(
        "idempotency_key_reused",
        status=422,
        title=_("This Idempotency-Key came with another request before"),
        cause=_("Within 24 hours the same key was used with another method, address or body."),
        fix=_("Use the key again only to repeat the very same request; otherwise make a new one."),
    )
    name(
        "idempotency_in_flight",
        status=409,
        title=_("The first request with this key is still being answered"),
        cause=_("You sent it again before the first was done, and it did not end within ten seconds."),
        fix=_("Wait the seconds that `Retry-After` says, then send the same request with the same key."),
    )


def _domain() -> None:
    name(
        "bad_input",
        status=422,
        title=_("Please correct what is marked"),
        cause=_("The request was understood, and something in it cannot be used."),
        fix=_("`errors` says by field what was expected and what was found."),
        more={"errors": {"destination": ["Choose a country of work."]}},
    )
    name(
        "reason_required",
        status=422,
        title=_("Give a reason"),
        cause=_("This act is kept with the reason of whoever does it, and none was given."),
        fix=_("Send `reason`."),
    )
    name(
        "not_permitted",
        status=403,
        title=_("Your role does not allow this"),
        cause=_("The key acts as the person who issued it, and that person may not do this."),
        fix=_("Let somebody issue the key who may, or ask them to do it."),
    )
    name(
        "transition_refused",
        status=409,
        title=_("Not yet: something is missing"),
        cause=_("The thing is not ready for this act."),
        fix=_("`missing` lists what is left to do."),
        more={"missing": ["Choose a lead auditor"]},
    )
    name(
        "conflict",
        status=409,
        title=_("Someone else changed this first"),
        cause=_("The thing has moved on since you read it. The title says who did what and when."),
        fix=_("Read it again, then decide whether the act is still wanted."),
    )
    name(
        "domain_error",
        status=409,
        title=_("This could not be done"),
        cause=_("The title says why."),
        fix=_("Put it right and try again."),
    )
    name(
        "workbook_refused",
        status=422,
        title=_("The workbook cannot be read"),
        cause=_("It is no XLSX file, is protected by a password, or unpacks to more than is allowed."),
        fix=_("Save it as XLSX without a password, or send a CSV file."),
    )
