"""The PostgreSQL server of the store's tests serves the queue as well."""

from tests.assistant.store.conftest import postgres_database, postgres_folder, postgres_url

__all__ = ["postgres_database", "postgres_folder", "postgres_url"]
