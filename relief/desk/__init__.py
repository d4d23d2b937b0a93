"""What waits for me? A desk for each role."""
