"""The one kind of error a user gets to see."""


class Fout(Exception):
    """A mistake the user can do something about.

    Parameters
    ----------
    *zinnen
        Plain Dutch sentences: what is wrong, where, and what to do. Several mistakes found in one go are
        reported together.
    """

    def __init__(self, *zinnen: str) -> None:
        self.zinnen = zinnen
        super().__init__("\n".join(zinnen))
