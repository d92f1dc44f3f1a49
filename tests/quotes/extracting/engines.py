"""An extractor that does as its model's name says: the child process loads it as it would load the real one."""

import os
import signal
import time


class Engine:
    fingerprint = "f" * 64

    def __init__(self, model):
        self.model = model
        self.count = 0

    def read(self, text, facts, known):
        self.count += 1
        if text.startswith("crash"):
            os.kill(os.getpid(), signal.SIGKILL)
        if text.startswith("hang"):
            while True:
                pass
        if text.startswith("fail"):
            raise ValueError(text)
        if text.startswith("greedy"):
            raise MemoryError
        if text.startswith("slow"):
            time.sleep(0.2)
        return [{"text": text, "facts": facts, "known": known, "pid": os.getpid(), "count": self.count}]


def load(model):
    if model == "broken":
        raise FileNotFoundError("The model’s folder is empty")
    if model == "gone":
        os._exit(3)
    return Engine(model)
