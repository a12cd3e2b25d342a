"""The wire of the MTS connector, against a sample token seeder."""
