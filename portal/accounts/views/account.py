"""A person's own page: who the portal thinks they are, and their API tokens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.forms import TokenForm
from portal.people.actions.token import create_token, revoke_token
from portal.people.models import ApiToken
from portal.people.queries import active_on
from portal.people.requests import PersonRequest


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def account(request: PersonRequest) -> HttpResponse:
    """Show name, roles and tokens; make a token and show it this once."""
    form, token = TokenForm(request.POST or None), ""
    if form.is_valid():
        _, token = create_token(request.user, form.cleaned_data["name"], actor=request.user)
        form = TokenForm()
    today = active_on(timezone.localdate())
    context = {
        "form": form,
        "token": token,
        "tokens": request.user.api_tokens.filter(revoked_at__isnull=True),
        "memberships": request.user.memberships.filter(today).select_related("site"),
    }
    status = 400 if form.errors else 200
    return render(request, "accounts/account.html", context, status=status)


@require_POST
@login_required
def revoke(request: PersonRequest, pk: int) -> HttpResponse:
    """Make one of the person's tokens worthless."""
    token = get_object_or_404(ApiToken, pk=pk, person=request.user)
    revoke_token(token, actor=request.user)
    messages.success(request, f"The token “{token.name}” does not work any more.")
    return redirect("accounts:account")
