"""What are the rules of hardship relief? Pure Python: no framework, no database, no clock."""
