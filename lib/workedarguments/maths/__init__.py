"""Mathematics that several models or tests share, one topic a module: arrays in, arrays out."""
