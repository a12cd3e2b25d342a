"""A sample MOSIP Token Seeder (MTS), version 1.1.0 with the mock authenticator."""
