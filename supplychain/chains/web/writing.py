"""Acts on parties and links: one small page each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from iris.core import clocks
from iris.core.errors import DomainError
from iris.core.forms import Form
from iris.core.places import country_name
from iris.core.policy import for_roles
from iris.core.web import get_or_404
from supplychain.chains import services
from supplychain.chains.forms import writing as forms
from supplychain.chains.models import Link, Party
from supplychain.chains.selectors.drawing import parties_visible_to
from supplychain.chains.states import PartyKind
from supplychain.lookups.selectors import find
from supplychain.names.selectors import still_counting

MOST_OTHERS = 30


def _party(request: HttpRequest, party_id: UUID) -> Party:
    return get_or_404(parties_visible_to(request.user), pk=party_id)


def _page(
    request: HttpRequest,
    form: Form,
    do: Callable[[Any], str],
    *,
    heading: str,
    button: str,
    party: Party | None = None,
    danger: bool = False,
    after: str = "",
    said: str = "",
    **more: Any,
) -> HttpResponse:
    """Show a form; when it is good, do it and go where `do` says."""
    if request.method == "POST" and form.is_valid():
        try:
            target = do(form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, said or _("Kept."))
            return redirect(target)
    context = {"form": form, "title": heading, "button": button, "party": party, "danger": danger}
    context |= {"after": after, "intro": "", "search": None, "undo": "", **more}
    return render(request, "chains/act.html", context, status=422 if form.errors else 200)


def _url(party: Party) -> str:
    from django.urls import reverse

    return reverse("chains:party", args=[party.pk])


@for_roles("sourcing_manager")
def add(request: HttpRequest, under: UUID | None = None) -> HttpResponse:
    """A new party, on top or below another one."""
    upper = _party(request, under) if under else None
    kind = forms.BelowForm if upper else forms.PartyForm
    first = {"since": clocks.today(), "kind": PartyKind.RECRUITER_ORIGIN if upper else PartyKind.BUYER}
    form = kind(request.POST or None, request.FILES or None, initial=first)

    def do(data: dict[str, Any]) -> str:
        named: dict[str, Any] = {"actor": request.user, **form.named()}
        named["kind"] = PartyKind(named["kind"])
        if upper is None or not isinstance(form, forms.BelowForm):
            return _url(services.add_party(**named, **form.about()))
        made = services.add_below(
            **named,
            upper=upper,
            about=form.about(),
            since=data["since"],
            terms=form.terms(),
            contract=data["contract"],
        )
        return _url(made)

    heading = _("Add a party below %(name)s") % {"name": upper.name} if upper else _("Add a party")
    return _page(request, form, do, heading=heading, button=_("Add the party"), party=upper)


@for_roles("sourcing_manager")
def change(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """What is known of a party."""
    party = _party(request, party_id)
    first = {name: getattr(party, name) for name in forms.PartyForm.base_fields if hasattr(party, name)}
    form = forms.PartyForm(request.POST or None, initial={**first, "cohort_workers": party.workers})
    if party.confidential:
        del form.fields["name"]

    def do(_data: dict[str, Any]) -> str:
        changes = {**form.named(), **form.about()}
        if party.confidential:
            del changes["name"]
        services.change_party(party_id=party.pk, actor=request.user, changes=changes)
        return _url(party)

    heading = _("Change %(name)s") % {"name": party.name}
    return _page(
        request,
        form,
        do,
        heading=heading,
        button=_("Keep the change"),
        party=party,
        after=_("What was known before stays readable."),
    )


@for_roles("sourcing_manager")
def end(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """No more workers through this party."""
    party = _party(request, party_id)
    form = forms.EndForm(request.POST or None, initial={"until": clocks.today()})

    def do(data: dict[str, Any]) -> str:
        services.end_party(party_id=party.pk, actor=request.user, on=data["until"], reason=data["reason"])
        return _url(party)

    return _page(
        request,
        form,
        do,
        heading=_("End every link of %(name)s") % {"name": party.name},
        button=_("End the links"),
        party=party,
        danger=True,
        after=_("The chain of earlier days still shows them."),
    )


@for_roles("sourcing_manager")
def remove(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """Entered by mistake."""
    party = _party(request, party_id)
    form = forms.ReasonForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        services.remove_party(party_id=party.pk, actor=request.user, reason=data["reason"])
        return "chains:chain"

    return _page(
        request,
        form,
        do,
        heading=_("Take %(name)s out") % {"name": party.name},
        button=_("Take it out"),
        party=party,
        danger=True,
        after=_(
            "Only for what was entered by mistake. Where workers no longer come through it, end its links."
        ),
        said=_("Taken out."),
    )


@for_roles("sourcing_manager")
def merge(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """Two parties are one."""
    party = _party(request, party_id)
    text = request.GET.get("q", "").replace("\x00", "")[:200]
    others = parties_visible_to(request.user).filter(kind=party.kind, confidential=False).exclude(pk=party.pk)
    others = others.filter(name__icontains=text or party.name.split()[0])[:MOST_OTHERS]
    pairs = [(str(row.pk), f"{row.name} ({country_name(row.country) or '-'})") for row in others]
    form = forms.MergeForm(request.POST or None, others=pairs)

    def do(data: dict[str, Any]) -> str:
        services.merge_parties(
            keep_id=party.pk, other_id=UUID(data["other"]), actor=request.user, reason=data["reason"]
        )
        return _url(party)

    return _page(
        request,
        form,
        do,
        heading=_("Merge another party into %(name)s") % {"name": party.name},
        button=_("Merge the two"),
        party=party,
        after=_("The links of the other one become links of this one."),
        search=text,
        found=len(pairs),
    )


@for_roles("sourcing_manager")
def match(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """Which agency of the register it is. A person chooses; a likeness never does."""
    party = _party(request, party_id)
    text = request.GET.get("q", "")[:300] or party.number or party.name
    found = find(text, party.country, organisation=request.user.organisation)
    pairs = [
        (str(one.agency_id), f"{one.name} ({country_name(one.country)}): {one.why}")
        for one in found.similar[:10]
    ]
    undoing = request.POST.get("act") == "undo"
    form = forms.MatchForm(
        None if undoing else request.POST or None,
        agencies=pairs,
        initial={"agency": str(party.agency_id or "")},
    )
    if undoing:
        services.undo_match(party_id=party.pk, actor=request.user)
        messages.success(request, _("Taken back. “%(name)s” is judged afresh.") % {"name": party.name})
        return redirect(_url(party))

    def do(data: dict[str, Any]) -> str:
        chosen = None if data["agency"] == "none" else UUID(data["agency"])
        refused = [UUID(key) for key, _words in pairs] if chosen is None else []
        services.resolve_party(
            party_id=party.pk, actor=request.user, agency_id=chosen, refused=refused, note=data["note"]
        )
        return _url(party)

    return _page(
        request,
        form,
        do,
        heading=_("Which agency is %(name)s?") % {"name": party.name},
        button=_("Keep the match"),
        party=party,
        after=_("Your organisation's later checks and screenings of this name use what you say."),
        search=text,
        found=len(pairs),
        undo=_undo_words(party),
    )


def _undo_words(party: Party) -> str:
    """What the button above the match page's form takes back; empty where nothing was said."""
    if party.agency is not None:
        return _("Matched with: %(agency)s") % {"agency": party.agency.legal_name}
    return _("You said that it is none of the agencies listed.") if still_counting(party.decisions) else ""


def _link(request: HttpRequest, line: UUID) -> Link:
    own = parties_visible_to(request.user).values("pk")
    rows = Link.objects.filter(upper__in=own, replaced_at=None).select_related("upper", "lower")
    return get_or_404(rows, line=line)


@for_roles("sourcing_manager")
def link(request: HttpRequest, line: UUID, name: str) -> HttpResponse:
    """Change, end, verify a link, or take it out."""
    if name not in {"change", "end", "verify", "remove"}:
        raise Http404
    row = _link(request, line)
    actor, ends = request.user, {"a": row.upper.name, "b": row.lower.name}
    if name == "change":
        from iris.core.money import Money

        first = {field: getattr(row, field) for field in forms.TermsForm.base_fields if hasattr(row, field)}
        if row.fee_minor is not None:
            first["fee"] = Money(row.fee_minor, row.fee_currency).text.split(" ", 1)[1]
        form: Any = forms.TermsForm(request.POST or None, request.FILES or None, initial=first)

        def do(data: dict[str, Any]) -> str:
            services.change_link(
                line=line, actor=actor, terms=form.terms(), since=data["since"], contract=data["contract"]
            )
            return _url(row.lower)

        words = (_("Change the link from %(a)s to %(b)s"), _("Keep the change"))
    elif name == "end":
        form = forms.EndForm(request.POST or None, initial={"until": clocks.today()})

        def do(data: dict[str, Any]) -> str:
            services.end_link(line=line, actor=actor, on=data["until"], reason=data["reason"])
            return _url(row.lower)

        words = (_("End the link from %(a)s to %(b)s"), _("End the link"))
    elif name == "verify":
        form = forms.VerifyForm(request.POST or None, request.FILES or None)

        def do(data: dict[str, Any]) -> str:
            services.verify_link(line=line, actor=actor, how=data["how"], upload=data["upload"])
            return _url(row.lower)

        words = (_("Mark the link from %(a)s to %(b)s as verified"), _("Mark as verified"))
    else:
        form = forms.ReasonForm(request.POST or None)

        def do(data: dict[str, Any]) -> str:
            services.remove_link(line=line, actor=actor, reason=data["reason"])
            return _url(row.upper)

        words = (_("Take the link from %(a)s to %(b)s out"), _("Take it out"))
    return _page(
        request,
        form,
        do,
        heading=words[0] % ends,
        button=words[1],
        party=row.lower,
        danger=name in {"end", "remove"},
        link=row,
    )
