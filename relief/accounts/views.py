"""Which pages does this room have? One file of views for each subject; here they come together."""

from relief.accounts import account_views, draft_views, invitation_views, sign_in_views, union_views, user_views
from relief.accounts.blueprint import blueprint

PAGES = (sign_in_views, account_views, invitation_views, user_views, union_views, draft_views)

__all__ = ["PAGES", "blueprint"]
