"""Head office and its sites: what is the same, which are covered, what their managers say."""
