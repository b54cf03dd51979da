"""How ready everybody is: the group's page, the page of one site, and what lapses."""
