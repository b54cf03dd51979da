"""How a policy is named in an address."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class PolicySlug(StringConverter):
    """The short name of a policy, as Wagtail makes it: letters of any language, digits, - and _."""

    regex = r"[-\w]{1,255}"


register_converter(PolicySlug, "policy")
POLICY = "<policy:slug>"
"""The part of a route that names a policy; with it comes the converter."""
