"""What each role means, in the words an administrator chooses by."""

from portal.people.roles import Role

MAY: dict[Role, str] = {
    Role.STAFF: "Reads the policies.",
    Role.CONTRIBUTOR: "Uploads evidence, and puts right what was returned.",
    Role.REGISTERED_MANAGER: "Does all that a contributor does, and is named to inspectors.",
    Role.IG_LEAD: "Approves, returns and refuses evidence. Gives inspectors access.",
    Role.EDITOR: "Writes and publishes policies.",
    Role.GROUP_MANAGER: "Sees evidence, without uploading or approving it.",
    Role.PORTAL_ADMIN: "Adds people and sites and gives roles. Cannot approve evidence.",
}
"""One sentence a role, in the order in which they are offered."""

AFTER: dict[Role, str] = {
    Role.STAFF: "They can still sign in. What they did stays in the record.",
    Role.CONTRIBUTOR: "They can no longer upload evidence there. What they uploaded stays.",
    Role.REGISTERED_MANAGER: (
        "They can no longer upload evidence there, and inspectors are not shown their name any "
        "more. What they uploaded stays."
    ),
    Role.IG_LEAD: (
        "They can no longer approve, return or refuse evidence, or give inspectors access. What "
        "they decided stays, and so does access they gave."
    ),
    Role.EDITOR: "They can no longer write or publish policies. What they published stays.",
    Role.GROUP_MANAGER: "They can no longer see evidence there.",
    Role.PORTAL_ADMIN: "They can no longer add people or sites, or give roles.",
}
"""What follows when a role ends."""
