"""How do migrations run? On the application's own engine, in batch mode, so that SQLite can alter tables."""

from alembic import context
from flask import current_app

migrate = current_app.extensions["migrate"]
database = migrate.db


def _keep(thing, name, kind, reflected, compare_to):
    """SQLite reflects no expression indexes and the FTS shadow tables are not ours."""
    return not (kind == "table" and name == "alembic_version")


def run() -> None:
    """Run the migrations on a connection of the application's engine."""
    with database.engine.connect().execution_options(begin_immediate=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            include_object=_keep,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
