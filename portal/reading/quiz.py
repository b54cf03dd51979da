"""The questions that may follow a policy."""

from portal.people.models import User
from portal.policies.models import PolicyPage, PolicyVersion
from portal.reading.models import QuizTry


def quiz_is_passed(page: PolicyPage, version: PolicyVersion, person: User) -> bool:
    """Tell whether nothing stands between the person and confirming: no questions, or passed.

    A try counts for every version with the same ``major``.
    """
    if not page.quiz:
        return True
    tries = QuizTry.objects.filter(
        person=person, version__page=version.page_id, version__major=version.major
    )
    return any(one.is_passed for one in tries)
