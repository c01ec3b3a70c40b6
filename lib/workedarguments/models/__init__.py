"""One argument a module: Parameters, Headlines, pure functions over arrays, solve. Found by their names."""
