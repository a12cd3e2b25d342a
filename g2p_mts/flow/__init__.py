"""From registrants to what is sent, and from answers to tokens."""
