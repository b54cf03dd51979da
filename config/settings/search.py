"""Which index answers the search."""

from config.settings.environment import env

OPENSEARCH_URL = env.str("PORTAL_OPENSEARCH_URL", default="")
"""With this, policies and documents are indexed in OpenSearch by Wagtail's backend for it."""
SEARCH_ENGINE = env.str(
    "PORTAL_SEARCH",
    default="search.engines.wagtail" if OPENSEARCH_URL else "search.engines.database",
)
"""The module that finds: our own index in the database, or ``search.engines.wagtail``, which hands
the question to whatever ``WAGTAILSEARCH_BACKENDS`` names."""
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "wagtail.search.backends.opensearch3",
        "URLS": [OPENSEARCH_URL],
        "INDEX_PREFIX": env.str("PORTAL_OPENSEARCH_PREFIX", default="wellkept_"),
    }
    if OPENSEARCH_URL
    else {"BACKEND": "wagtail.search.backends.database"}
}
