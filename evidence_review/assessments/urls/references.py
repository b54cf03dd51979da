"""How a requirement is named in an address: ``1.3.1``, and nothing a reference cannot be."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class Reference(StringConverter):
    """The reference of a requirement within its edition."""

    regex = r"[A-Za-z0-9._-]{1,20}"


register_converter(Reference, "ref")
REF = "<ref:ref>"
"""The part of a route that names a requirement; with it comes the converter."""
