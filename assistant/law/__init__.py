"""Korean legal structure: articles and their parts, references between them, versions."""
