"""A field for several roles."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from portal.people.roles import Role


def only_roles(values: object) -> None:
    """Refuse anything but a list of roles.

    Raises:
        ValidationError: naming what is no role.
    """
    if not isinstance(values, list) or not set(map(str, values)) <= set(Role.values):
        raise ValidationError("Choose from the roles that are offered.")


class RolesField(models.JSONField):
    """A list of role values, in the order of ``Role``; offered as tick boxes."""

    default_validators = [only_roles]

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Return a choice of several roles."""
        return forms.MultipleChoiceField(
            choices=Role.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=str(self.verbose_name).capitalize(),
            help_text=self.help_text,
        )
