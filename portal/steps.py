"""What may follow what: a table of states and verbs, which actions and screens ask alike."""

from collections.abc import Mapping
from typing import ClassVar, Generic, TypeVar

from django.db.models import TextChoices

from portal.refused import Refused

State = TypeVar("State", bound=TextChoices)
Verb = TypeVar("Verb", bound=TextChoices)


class StepRefused(Refused):
    """The verb does not fit the state that ``thing`` is in now."""

    status = 409
    thing: ClassVar[str]
    """What people call it, such as "version"."""

    def __init__(self, state: TextChoices, verb: TextChoices) -> None:
        self.state, self.verb = state, verb
        super().__init__(
            f"This {self.thing} is now “{state.label}”, so that is no longer possible. "
            "Reload the page to see where it stands."
        )


class Steps(Generic[State, Verb]):
    """The steps of one kind of thing; what the table does not have is refused."""

    def __init__(
        self,
        states: type[State],
        table: Mapping[tuple[State, Verb], State],
        refused: type[StepRefused],
    ) -> None:
        self._states, self._table, self._refused = states, table, refused

    def may(self, state: str, verb: Verb) -> bool:
        """Tell whether the verb fits the state."""
        return (self._states(state), verb) in self._table

    def next_state(self, state: str, verb: Verb) -> State:
        """Return the state the verb leads to.

        Raises:
            StepRefused: of the kind's own class, when the table has no such step.
        """
        known = self._states(state)
        try:
            return self._table[known, verb]
        except KeyError:
            raise self._refused(known, verb) from None
