"""Pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iris.accounts import services
from iris.core.policy import signed_in


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """What a person without an organisation can do."""
    return render(request, "accounts/start.html")


@signed_in
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Act for another of one's own organisations."""
    membership = services.switch(request, request.POST.get("organisation", ""))
    messages.success(request, _("You now act for %(name)s.") % {"name": membership.organisation.name})
    return redirect("/today/")
