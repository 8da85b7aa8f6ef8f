"""A form that arrives after its session ended is handed back, so that nothing typed is lost."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECRET_WORDS = ("password", "secret")
SECRET_NAMES = ("csrfmiddlewaretoken", "code", "credential")
MOST_FIELDS = 2_000
MOST_CHARACTERS = 1_000_000


def hand_back(request: HttpRequest) -> HttpResponse:
    """The page with what was typed and a fresh key, for forms of this site only: another site's are not sent again."""
    typed = typed_fields(request) if request.method == "POST" and sent_from_here(request) else []
    return render(request, "errors/csrf.html", {"typed": typed, "path": request.get_full_path()}, status=403)


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values as sent, without secrets; nothing at all when it is too much to hand back whole."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in SECRET_NAMES and not any(word in name.lower() for word in SECRET_WORDS)
        for value in values
    ]
    if len(typed) > MOST_FIELDS or sum(len(value) for _name, value in typed) > MOST_CHARACTERS:
        return []
    return typed


def sent_from_here(request: HttpRequest) -> bool:
    """Whether the browser says the form came from a page of this site. Without a word from it: no."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    here = urlsplit(f"{request.scheme}://{request.get_host()}")
    return urlsplit(said)[:2] == here[:2]
