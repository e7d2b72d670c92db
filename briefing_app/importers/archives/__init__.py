"""Web archives: pages as a crawler or a browser kept them."""
