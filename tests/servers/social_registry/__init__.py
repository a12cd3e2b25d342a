"""A sample Social Registry: OAuth2 token call, GraphQL search in a G2P Connect envelope, faults."""
