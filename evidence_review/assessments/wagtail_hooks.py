"""Assessments in the admin: the panel on its first page."""

from wagtail import hooks
from wagtail.admin.ui.components import Component

from evidence_review.assessments.panels import ReadinessPanel
from portal.people.queries import roles_anywhere
from portal.people.requests import PersonRequest
from portal.people.roles import Role


@hooks.register("construct_homepage_panels", order=10)
def readiness_panel(request: PersonRequest, panels: list[Component]) -> None:
    """Say how ready everybody is, after what waits for the person."""
    if Role.IG_LEAD in roles_anywhere(request.user):
        panels.append(ReadinessPanel(request.user))
