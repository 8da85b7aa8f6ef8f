"""What a certificate is worth: by its number, by the code on the paper, by its PDF or its credential."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from certification.certificates import selectors as certificates
from certification.certificates.models import Certificate
from certification.credentials import selectors as credentials
from certification.credentials.selectors import Answer, Expected
from certification.credentials.states import Verdict
from certification.register import selectors
from certification.register.forms import CheckForm, VerifyForm
from iris.core import clocks
from iris.core.policy import public

SHOWN_OF_A_NUMBER = 60
LETTERS_OF_A_NUMBER = 8  # more than this is a name that somebody typed
HTML, JSON, VC_JWT, LINKSET = (
    "text/html",
    "application/json",
    "application/vc+jwt",
    "application/linkset+json",
)
TYPES = (HTML, JSON, VC_JWT, LINKSET)
EXPECTATIONS = ("agency", "origin", "destination")


@public
def verify(request: HttpRequest) -> HttpResponse:
    """The one form: a number, a link, a file or a text."""
    if request.method == "POST":
        return _check(request)
    typed = VerifyForm(request.GET) if "number" in request.GET else None
    if typed is not None and typed.is_valid():
        return _by_text(request, typed.cleaned_data["number"], Expected())
    form = CheckForm(initial={"number": request.GET.get("number", "")[:SHOWN_OF_A_NUMBER]})
    if typed is not None:
        form = CheckForm(request.GET)
        form.is_valid()
    return render(request, "register/verify.html", {"form": form}, status=422 if typed is not None else 200)


def _check(request: HttpRequest) -> HttpResponse:
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "register/verify.html", {"form": form}, status=422)
    given = form.cleaned_data
    expected = Expected(*(given[name] for name in EXPECTATIONS))
    if given["file"] is not None:
        return _answer(request, credentials.verify_file(given["file"].read(), expected))
    return _by_text(request, given["credential"] or given["number"], expected)


def _by_text(request: HttpRequest, text: str, expected: Expected) -> HttpResponse:
    """A number we know has a page of its own, which can be shared and looked at again tomorrow."""
    answer = credentials.verify_text(text, expected)
    if answer.verdict == Verdict.NOT_FOUND and answer.source == "number":
        return _unknown(request, text)
    row = answer.certificate
    if row is None or answer.source not in ("number", "link"):
        return _answer(request, answer)
    told = {name: getattr(expected, name) for name in EXPECTATIONS if getattr(expected, name)}
    if answer.source == "link":
        told = {"revision": str(row.revision), **told}
    query = f"?{urlencode(told)}" if told else ""
    return redirect(reverse("register:verify_number", args=[row.number]) + query)


def _answer(request: HttpRequest, answer: Answer) -> HttpResponse:
    return render(request, "register/answered.html", {"answer": answer, "certificate": answer.certificate})


@public
def verify_number(request: HttpRequest, number: str) -> HttpResponse:
    """What a certificate is worth today. The QR code on the paper leads here and says which revision the paper is.

    The same address answers people and programs: a page, the same answer as JSON, the credential, or the links.
    """
    found = certificates.certificate_by_number(number)
    if found is None:
        return _unknown(request, number)
    if number != found.number:
        # What the paper or the reader said goes along: its revision, and for whom and where it should hold.
        asked = request.META.get("QUERY_STRING", "")
        return redirect(
            reverse("register:verify_number", args=[found.number]) + (f"?{asked}" if asked else "")
        )
    wanted = request.get_preferred_type(TYPES)
    held = _held(request, found)
    if wanted is None:
        response = HttpResponse(
            f"Ask for one of: {', '.join(TYPES)}.\n", status=406, content_type="text/plain"
        )
    elif wanted == HTML:
        response = _page(request, found, held)
    else:
        response = _for_machines(wanted, held or found, _expected(request))
    return _linked(response, found)


def _page(request: HttpRequest, found: Certificate, held: Certificate | None) -> HttpResponse:
    standing = certificates.standing_facts(found)
    expected = _expected(request)
    missed = credentials.of_certificate(found, expected).reasons
    shown = Answer(source="number", certificate=found).because(
        *(one for one in missed if one in (Verdict.ANOTHER_ENTITY, Verdict.ANOTHER_CORRIDOR))
    )
    context = {
        "certificate": found,
        "standing": standing,
        "answer": selectors.answer_for(standing),
        "ending": certificates.public_endings_of([found.agency_id]).get(found.agency_id),
        "missed": None if shown.valid else shown,
        "held": held,
        "credential": credentials.credential_of(found),
        "revisions": list(certificates.revisions_of(found)),
        "now": clocks.now(),
        "address": f"{settings.IRIS_PUBLIC_URL.rstrip('/')}{request.path}",
    }
    return render(request, "register/verified.html", context)


def _for_machines(wanted: str, row: Certificate, expected: Expected) -> HttpResponse:
    credential = credentials.credential_of(row)
    if wanted == LINKSET:
        return JsonResponse(credentials.linkset(row, credential), content_type=LINKSET)
    if wanted == JSON:
        return JsonResponse(credentials.of_certificate(row, expected).as_json())
    if credential is None:
        return HttpResponse(
            "No credential was issued for this revision.\n", status=404, content_type="text/plain"
        )
    return HttpResponse(credential.jwt, content_type=VC_JWT)


def _linked(response: HttpResponse, found: Certificate) -> HttpResponse:
    """RFC 8288: where the other forms of the same thing are; any site may read them."""
    url = credentials.certificate_url(found.number)
    links = [
        f'<{url}>; rel="{"linkset" if kind == LINKSET else "alternate"}"; type="{kind}"' for kind in TYPES[1:]
    ]
    response["Link"] = ", ".join([f'<{url}>; rel="canonical"', *links])
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept"])
    return response


def _expected(request: HttpRequest) -> Expected:
    """What the address says that somebody expects."""
    origin, destination = (request.GET.get(name, "")[:2].upper() for name in EXPECTATIONS[1:])
    return Expected(request.GET.get("agency", "")[:200], origin, destination)


def _held(request: HttpRequest, latest: Certificate) -> Certificate | None:
    """The older revision that the reader has on paper, when the code said so."""
    asked = request.GET.get("revision", "")
    if not asked.isascii() or not asked.isdigit() or len(asked) > 4 or int(asked) >= latest.revision:
        return None
    return certificates.revisions_of(latest).filter(revision=int(asked)).first()


def _unknown(request: HttpRequest, number: str) -> HttpResponse:
    shown = number.strip()
    if request.get_preferred_type((HTML, JSON)) == JSON:
        answer: Any = Answer(source="number").because(Verdict.NOT_FOUND)
        return JsonResponse(answer.as_json(), status=404)
    context = {
        "form": VerifyForm(initial={"number": shown[:SHOWN_OF_A_NUMBER]}),
        "number": shown[:SHOWN_OF_A_NUMBER] + ("…" if len(shown) > SHOWN_OF_A_NUMBER else ""),
        "likely": [certificates.certificate_by_number(one) for one in certificates.numbers_like(shown)],
        "name": shown[:SHOWN_OF_A_NUMBER]
        if sum(one.isalpha() for one in shown) > LETTERS_OF_A_NUMBER
        else "",
    }
    return render(request, "register/unknown.html", context, status=404)
