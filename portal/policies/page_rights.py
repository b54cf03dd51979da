"""What Wagtail's admin lets a person do with policy pages. Each answer says how it is stricter."""

from wagtail.models import PagePermissionTester

from portal.policies.permissions import user_can_edit_policies, user_can_withdraw_policies


class NoShortcuts(PagePermissionTester):
    """Wagtail's rights without the ways round the workflow, for everybody, superusers included."""

    def can_publish(self) -> bool:
        """Nobody publishes by a button: approval publishes."""
        return False

    def can_publish_subpage(self) -> bool:
        """Nor when making a page."""
        return False

    def can_edit(self) -> bool:
        """Only those whose role is to write, and only where Wagtail allows it too."""
        return bool(user_can_edit_policies(self.user)) and super().can_edit()

    def can_add_subpage(self) -> bool:
        """As for editing."""
        return bool(user_can_edit_policies(self.user)) and super().can_add_subpage()

    def can_reorder_children(self) -> bool:
        """Policies stand in the order of their topics and titles."""
        return False

    def can_move(self) -> bool:
        """Policies stay where readers find them."""
        return False


class IndexRights(NoShortcuts):
    """The policies page stays."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Never."""
        return False

    def can_unpublish(self) -> bool:
        """Never."""
        return False


class PolicyRights(NoShortcuts):
    """A policy that was ever published stays, because the record and its readers name it."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only a draft that was never published and waits for nobody."""
        return (
            self.page.first_published_at is None
            and not self.page.workflow_in_progress
            and bool(user_can_edit_policies(self.user))
            and super().can_delete(ignore_bulk)
        )

    def can_unschedule(self) -> bool:
        """Those who write may call off a publication that is planned; it only prevents."""
        return bool(user_can_edit_policies(self.user))

    def can_unpublish(self) -> bool:
        """The IG lead withdraws, unless a new version waits for a decision."""
        return (
            bool(self.page.live)
            and not self.page_locked()
            and bool(user_can_withdraw_policies(self.user))
        )
