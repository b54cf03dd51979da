"""The OpenAPI document describes the API that is there, without a warning."""

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

pytestmark = pytest.mark.django_db
PATHS = {
    "/api/v1/assessments/{public_id}/publications/",
    "/api/v1/assessments/",
    "/api/v1/assessments/{public_id}/sites/",
    "/api/v1/assessments/{public_id}/actions/",
    "/api/v1/assessments/{public_id}/",
    "/api/v1/assessments/{public_id}/responses/",
    "/api/v1/assessments/{public_id}/responses/{ref}/",
    "/api/v1/confirmations/",
    "/api/v1/policies/{id}/confirmation/",
    "/api/v1/evidence/",
    "/api/v1/evidence/{public_id}/",
    "/api/v1/evidence/{public_id}/versions/",
    "/api/v1/health/",
    "/api/v1/policies/",
    "/api/v1/policies/{id}/",
    "/api/v1/publications/{public_id}/",
    "/api/v1/publications/{public_id}/export/",
    "/api/v1/readiness/",
    "/api/v1/requirements/",
    "/api/v1/search/",
    "/api/v1/sites/",
    "/api/v1/statements/",
    "/api/v1/versions/{public_id}/",
    "/api/v1/versions/{public_id}/decisions/",
    "/api/v1/versions/{public_id}/download/",
}


def test_the_description_is_valid_and_complete() -> None:
    GENERATOR_STATS.reset()
    schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)
    assert set(schema["paths"]) == PATHS
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache


def test_the_description_and_its_page_can_be_read(client: Client) -> None:
    assert client.get("/api/v1/schema/").status_code == 200
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    assert b"://" not in page.content.replace(b"http://testserver", b"")


def test_health_says_200_to_anybody_and_parts_to_nobody_else(client: Client) -> None:
    answer = client.get("/api/v1/health/")
    assert answer.status_code == 200
    assert set(answer.json()) == {"status"}
