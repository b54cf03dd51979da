"""``python -m benchmarks.harness.fill_group SITES``: fill the database that ``DATABASE_URL`` names.

Its last line is one JSON object: the ``cookie`` of the group's manager, and the ``site`` they open.
"""

import json
import sys

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection

from benchmarks.harness import groups
from benchmarks.harness.bench import session_cookie
from evidence_review.assessments.models import Assessment


def main() -> None:
    """Fill it, and let the planner know."""
    groups.grow_to(int(sys.argv[1]))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    site = Assessment.objects.order_by("pk")[0].public_id
    print(json.dumps({"cookie": session_cookie(groups.people().manager), "site": site}))


if __name__ == "__main__":
    main()
