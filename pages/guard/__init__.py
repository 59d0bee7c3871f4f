"""What stands between the network and the pages: headers, sizes, sign-in for the staff pages."""

from pages.guard.middleware import Guard, on_user_error
from pages.guard.signin import router

__all__ = ["Guard", "on_user_error", "router"]
