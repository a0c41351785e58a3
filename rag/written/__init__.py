"""Citations as people write them: which document one names, and which places in it."""
