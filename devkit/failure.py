"""The one exception that is meant to be read by the person at the keyboard."""


class Failure(Exception):
    """A step could not be done.

    `what` failed, in words; `advice` says what to do about it; `detail` is the end of
    the output of the program that failed, if there was one.
    """

    def __init__(self, what: str, advice: str, detail: str = ""):
        super().__init__(what)
        self.what = what
        self.advice = advice
        self.detail = detail

    def __str__(self) -> str:
        detail = "".join(f"     | {line}\n" for line in self.detail.strip().splitlines()[-15:])
        return f"dev: {self.what}\n{detail}     {self.advice}"
