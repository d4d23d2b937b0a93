"""What does a server run? The application, made from the environment."""

from relief import create_app

app = create_app()
