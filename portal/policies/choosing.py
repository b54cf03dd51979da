"""Form fields with which editors choose people and requirements."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

from portal.frameworks.models import Requirement
from portal.frameworks.queries import requirements_in_use
from portal.people.models import User


class OwnerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # it takes no argument when it runs
    """One of the people who work here, with their job title."""

    def __init__(self, **options: Any) -> None:
        people = User.objects.filter(is_active=True).order_by("first_name", "last_name", "pk")
        super().__init__(people, **options)
        self.error_messages["invalid_choice"] = (
            "This person does not work here any more. Choose an owner who does."
        )

    def label_from_instance(self, person: User) -> str:
        """Return the name with the job title."""
        return str(person.actor_label)


class _ByEdition(ModelChoiceIterator):  # type: ignore[type-arg]  # nor does this
    """The requirements under the names of their editions."""

    def __iter__(self) -> Iterator[Any]:
        for edition, found in groupby(self.queryset, key=lambda one: one.edition):
            yield (edition.name, [self.choice(one) for one in found])


class RequirementsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # nor this
    """Any of the requirements in use, as tick boxes, edition by edition."""

    iterator = _ByEdition
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(Requirement.objects.none(), **options)

    def __deepcopy__(self, memo: dict[int, Any]) -> "RequirementsField":
        """Ask for the requirements of today, for the form that is made now."""
        field: RequirementsField = super().__deepcopy__(memo)
        field.queryset = requirements_in_use()
        return field
