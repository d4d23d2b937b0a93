"""One row per human being, behind households, staff, users, visitors and payees."""
