"""What the coach says well done to: the same things it asks for elsewhere."""

from evidence_review.assessments.coach.draft import Draft, Hint
from evidence_review.assessments.coach.phrases import has_date, has_place, names_owner


def owner_named(draft: Draft) -> Hint | None:
    """Somebody is named with what they look after."""
    if not names_owner(draft.words):
        return None
    why = "The next manager will know whom to ask."
    return Hint("owner-named", "Good: you named the owner.", why, is_good=True)


def date_given(draft: Draft) -> Hint | None:
    """A reader can tell since when."""
    if draft.not_applicable or not (has_date(draft.words) or draft.document_date):
        return None
    why = "Everybody can tell how fresh it is."
    return Hint("date-given", "Good: you gave the date.", why, is_good=True)


def place_given(draft: Draft) -> Hint | None:
    """A reader can tell where to look."""
    if draft.not_applicable or not has_place(draft.words):
        return None
    why = "A reader finds it in a minute."
    return Hint("place-given", "Good: you said where to look.", why, is_good=True)
