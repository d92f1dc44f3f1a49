from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quotes.limits import limited
from quotes.on_this_day import NoDay, read_day, said_on
from quotes.page_cache import shared
from quotes.pagination import PAGE_SIZE, BadCursor, read_cursor
from quotes.patience import patient


@shared
@require_safe
@limited("lists")
@patient
def on_this_day(request: HttpRequest) -> HttpResponse:
    """What was said on today's day of the year, or on another; five queries at most."""
    problem, cursor, today = "", None, read_day("", localdate())
    try:
        day = read_day(request.GET.get("day", ""), localdate())
        cursor = read_cursor(request.GET)
    except NoDay:
        day, problem = today, _("That is no day of the year: write the month and the day, as in 12-03.")
    except BadCursor as error:
        problem = str(error)
    page = None if problem else said_on(day, cursor, PAGE_SIZE)
    context = {
        "day": day,
        "previous": day.beside(-1),
        "next": day.beside(1),
        "is_today": day == today,
        "page": page,
        "problem": problem,
        "section": "statements",
    }
    status = HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK
    return render(request, "statements/on_this_day.html", context, status=status)
