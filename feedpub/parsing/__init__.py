"""Values as people write them: dates, TOML, and the keys of a table with their faults."""
