"""E-mail from templates: `templates/emails/<name>.txt`, first line `Subject: …`, the rest the body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context, Engine
from django.utils import translation

SUBJECT = "Subject:"


@dataclass(frozen=True)
class Written:
    """A rendered template: one line of subject, and the body."""

    subject: str
    body: str


def write(template: str, context: dict[str, Any], language: str = "en") -> Written:
    """Render `emails/<template>.txt` in a language. Text only, so nothing is escaped for HTML."""
    known = {code for code, _name in settings.LANGUAGES}
    with translation.override(language if language in known else settings.LANGUAGE_CODE):
        values = {"scheme_name": settings.SCHEME_NAME, "public_url": settings.IRIS_PUBLIC_URL, **context}
        # The engine's own template, because only its Context can switch off the escaping meant for HTML.
        text = (
            Engine.get_default()
            .get_template(f"emails/{template}.txt")
            .render(Context(values, autoescape=False))
        )
    first, _line, rest = text.strip().partition("\n")
    if not first.startswith(SUBJECT):
        raise ValueError(f"emails/{template}.txt must begin with {SUBJECT!r}")
    return Written(" ".join(first.removeprefix(SUBJECT).split()), rest.strip() + "\n")


def send(*, to: str, written: Written, key: str = "") -> None:
    """Hand one message to the mail server. The same `key` gives the same Message-ID."""
    headers = {"Auto-Submitted": "auto-generated"}
    if key:
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
        headers["Message-ID"] = f"<{key.replace(':', '.')}@{domain}>"
    EmailMessage(subject=written.subject, body=written.body, to=[to], headers=headers).send()


def send_template(
    *, to: str, template: str, context: dict[str, Any], language: str = "en", key: str = ""
) -> None:
    """Render and send."""
    send(to=to, written=write(template, context, language), key=key)
