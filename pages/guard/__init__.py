"""What stands between the network and the pages: headers, sizes, sign-in for the staff pages."""

from pages.guard.middleware import HANDLERS, Guard
from pages.guard.signin import router

__all__ = ["HANDLERS", "Guard", "router"]
