"""A bureau at work, built through the services, to be tried by a newcomer."""
