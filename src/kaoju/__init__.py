"""kaoju 考据: a bilingual article knowledge base whose every answer can be checked."""
