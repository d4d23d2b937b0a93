"""How does a decision taken on paper count? Transcribed by one, compared by another, booked as the signer's (代录)."""
