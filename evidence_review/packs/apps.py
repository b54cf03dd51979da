"""Inspection packs: evidence with proofs in one ZIP, checked offline by a stranger."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """The room."""

    name = "evidence_review.packs"
    label = "packs"
