"""Which index answers the search."""

from config.settings.environment import env

SEARCH_ENGINE = env.str("PORTAL_SEARCH", default="search.engines.database")
"""The module that finds: our own index in the database, or ``search.engines.wagtail``, which hands
the question to whatever ``WAGTAILSEARCH_BACKENDS`` names."""
OPENSEARCH_URL = env.str("PORTAL_OPENSEARCH_URL", default="")
"""With this, policies and documents are indexed in OpenSearch by Wagtail's backend for it."""
