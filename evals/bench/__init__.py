"""Speed and memory at a size: reading in, finding, replacing, opening, beside plain pipelines."""
