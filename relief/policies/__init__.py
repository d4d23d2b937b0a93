"""Policy versions and the calendar of working days."""
