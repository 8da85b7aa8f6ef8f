"""Every page says who may open it; every endpoint names its scope; the public ones are listed here by name."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Whoever adds a public page adds it here, and a reviewer sees it.
PUBLIC = {
    "accounts:invitation",
    "api:openapi",
    "api:verify",
    "api:receipt",
    "assessments:beware",
    "assessments:beware_in",
    "chains:part",
    "repayments:payer",
    "corrections:begin",
    "corrections:follow",
    "credentials:credential",
    "credentials:did",
    "credentials:did_in_path",
    "credentials:firm_anchor",
    "credentials:firm_did",
    "credentials:guide",
    "credentials:status",
    "credentials:terms",
    "demo_sign_in",
    "api:root",
    "desks:home",
    "desks:public_trace",
    "api:found_key",
    "developers:changelog",
    "developers:error",
    "developers:errors",
    "developers:group",
    "developers:landing",
    "developers:old_home",
    "developers:reference",
    "developers:sandbox",
    "desks:statistics",
    "desks:statistics_file",
    "diligence:ask",
    "diligence:asker_paper",
    "diligence:follow",
    "diligence:inboxes",
    "diligence:invited",
    "dossiers:check",
    "fieldwork:acknowledge",
    "gallery",
    "health_live",
    "health_ready",
    "licences:registers",
    "lookups:proof",
    "reconciliation:about",
    "reconciliation:preview",
    "opendata:consistency",
    "opendata:entries",
    "opendata:file",
    "opendata:head",
    "opendata:inclusion",
    "opendata:index",
    "opendata:line",
    "opendata:log",
    "opendata:open_data",
    "opendata:verifier",
    "no_endpoint",
    "register:agency",
    "register:search",
    "register:verify",
    "register:verify_number",
    "set_theme",
    "standard:compare",
    "standard:criterion",
    "standard:criterion_json",
    "standard:current",
    "standard:edition",
    "standard:edition_json",
    "standard:mapping",
    "standard:mappings",
    "standard:numbers",
    "screenings:prove",
    "standard:remaining",
    "standard:remaining_csv",
    "webhooks:guide",
}


def _patterns(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            more = (entry.namespace,) if entry.namespace else ()
            yield from _patterns(entry, spaces + more)
        else:
            yield ":".join((*spaces, entry.name or str(entry.pattern))), entry


def _ours() -> list[tuple[str, Any]]:
    found = [(name, pattern.callback) for name, pattern in _patterns(get_resolver())]
    return [(name, view) for name, view in found if not view.__module__.startswith(("allauth", "django."))]


def _policy(view: Any) -> str:
    api = getattr(view, "cls", None)
    if api is not None:
        allowed = {one.__name__ for one in api.permission_classes}
        scope = getattr(api, "required_scope", "")
        return (
            "public"
            if allowed == {"AllowAny"}
            else "any key"
            if allowed == {"Keyed"}
            else f"scope:{scope}"
            if scope and allowed == {"Scoped"}
            else ""
        )
    return getattr(view, "policy", "")


def test_every_url_has_a_policy() -> None:
    without = sorted(name for name, view in _ours() if not _policy(view))
    assert without == []


def test_the_public_urls_are_these() -> None:
    public = {name for name, view in _ours() if _policy(view) == "public"}
    assert public == PUBLIC


def test_the_walk_finds_the_pages_there_are() -> None:
    assert len(_ours()) > 100
