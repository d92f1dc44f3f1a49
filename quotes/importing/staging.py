"""Doing what is left of the stage that an import is in, whichever it is."""

from quotes.importing.running import Say, run
from quotes.importing.undoing import undo
from quotes.models import Import


def work(of: Import, say: Say = lambda _, __: None) -> Import:
    """Try an import, do it or undo it, from where it is to where that ends."""
    return undo(of, say) if of.state == Import.State.UNDOING else run(of, say)
