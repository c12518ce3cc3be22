"""Schema migrations, one file per revision, applied by `assistant.store.schema`."""
