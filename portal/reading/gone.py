"""What is said of a policy that no longer holds."""

from http import HTTPStatus

from portal.policies.models import PolicyPage
from portal.refused import Refused


class Withdrawn(Refused):
    """The policy was in force and is not any more."""

    status = HTTPStatus.GONE

    def __init__(self, page: PolicyPage) -> None:
        super().__init__(f"“{page.title}” was withdrawn. It does not hold any more.")
        self.page = page
