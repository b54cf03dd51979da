"""The start page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.greeting import greeting, in_short
from home.queries import LAPSING_DAYS, day_of
from portal.people.permissions import user_can_enter_admin
from portal.people.requests import PersonRequest


@require_safe
@login_required
def home(request: PersonRequest) -> HttpResponse:
    """Show somebody their day."""
    day = day_of(request.user)
    checking = day.to_check
    summary = in_short(
        put_right=len(day.put_right),
        to_read=day.to_read.count,
        to_confirm=day.to_confirm.count,
        to_answer=day.to_answer.count,
        overdue=day.late_actions,
        to_check=checking.count if checking else 0,
        may_be_more=day.to_read.is_more
        or day.to_confirm.is_more
        or day.to_answer.is_more
        or bool(checking and checking.is_more),
    )
    context = {
        "day": day,
        "greeting": greeting(request.user),
        "summary": summary,
        "today": timezone.localdate(),
        "lapsing_days": LAPSING_DAYS,
        "may_enter_admin": user_can_enter_admin(request.user),
    }
    return render(request, "home/home.html", context)
