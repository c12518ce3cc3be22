"""The web: thin routes that turn HTTP into flow calls."""
