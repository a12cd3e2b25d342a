"""What `./dev` is made of: one module per part of the system it prepares or runs."""
