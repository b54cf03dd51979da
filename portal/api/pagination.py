"""Pages of results."""

from rest_framework.pagination import PageNumberPagination


class Pages(PageNumberPagination):
    """``?page=2&page_size=100``: fifty a page unless asked otherwise, two hundred at most."""

    page_size_query_param = "page_size"
    max_page_size = 200
