"""What does Relief print or let people download? Papers made from plain dataclasses, never from database rows."""
