"""So many at a time: what keeps a thread busy for long leaves some for the rest."""

import threading


class Turns:
    """How many are under way in this process."""

    def __init__(self) -> None:
        self.taken = 0
        self._changed = threading.Condition()

    def take(self, most: int, seconds: float = 0) -> bool:
        """Take a turn, waiting so long at most while there are as many as may be; whether there was one."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.taken < most, seconds):
                return False
            self.taken += 1
            return True

    def give_back(self) -> None:
        """Let the next have it."""
        with self._changed:
            self.taken -= 1
            self._changed.notify()
