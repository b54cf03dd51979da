"""The shape of policies in the API."""

from functools import cached_property

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.policies.models import PolicyPage, PolicyVersion
from portal.policies.structured import Plain, neutral_html, structured


class PolicyVersionBody(serializers.ModelSerializer[PolicyVersion]):
    """The version in force. ``sha256`` is of the text people read: title, summary, body."""

    class Meta:
        model = PolicyVersion
        fields = (
            "number",
            "major",
            "sha256",
            "published_at",
            "change_note",
            "asks_to_confirm",
            "confirm_by",
        )


class PolicyBody(serializers.ModelSerializer[PolicyPage]):
    """One policy in force, without its text."""

    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField(help_text="Where a person reads and confirms it.")
    topic_name = serializers.CharField(source="get_topic_display")
    owner = serializers.CharField(source="policy_owner.actor_label")
    version = PolicyVersionBody(source="in_force.version")
    supports = serializers.SerializerMethodField(help_text="Codes of requirements.")

    class Meta:
        model = PolicyPage
        fields = (
            "id",
            "url",
            "title",
            "summary",
            "topic",
            "topic_name",
            "owner",
            "review_date",
            "version",
            "supports",
        )

    def get_url(self, page: PolicyPage) -> str:
        """Return the address of the policy's page."""
        request = self.context["request"]
        return str(request.build_absolute_uri(page.get_url(request=request._request)))

    def get_supports(self, page: PolicyPage) -> list[str]:
        """Return the codes of what it supports, in the catalogue's order."""
        return [requirement.code for requirement in page.supports.all()]


class PolicyText(PolicyBody):
    """One policy in force, with its text."""

    blocks = serializers.SerializerMethodField(help_text="The text as data, block by block.")
    html = serializers.SerializerMethodField(help_text="The same as HTML without classes.")

    class Meta(PolicyBody.Meta):
        fields = (*PolicyBody.Meta.fields, "blocks", "html")  # type: ignore[assignment]

    @cached_property
    def _blocks(self) -> list[Plain]:
        return structured(self.instance.body)  # type: ignore[union-attr]

    @extend_schema_field({"type": "array", "items": {"type": "object", "additionalProperties": {}}})
    def get_blocks(self, page: PolicyPage) -> list[Plain]:
        """Return the text as data."""
        return self._blocks

    def get_html(self, page: PolicyPage) -> str:
        """Return the text as HTML."""
        return neutral_html(self._blocks)
