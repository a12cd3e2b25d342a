"""What the states of requests and of the people in them have in common."""

#: States of people without an answer, and of requests that are not over.
OPEN = ("queued", "sent")
