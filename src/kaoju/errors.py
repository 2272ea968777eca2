"""What can go wrong, one class each.

    KaojuError
    ├── InputError (ValueError)            something handed in cannot be used
    │   ├── UnreadableArticleError         a file that is no article we can read
    │   ├── InvalidFilterError             a search filter that cannot be meant
    │   └── LexiconError                   an entry of lexicon/*.toml that is not well formed
    ├── NotFoundError (LookupError)        no such article, entity or passage on this shelf
    ├── ShelfError                         the shelf itself
    │   ├── ShelfLockedError               another writer holds it
    │   ├── ShelfTooNewError               written by a later kaoju
    │   └── IndexMismatchError             an index built from another encoder or analyzer
    │       └── IndexDamagedError          index files that are not what their manifest says
    ├── DimensionMismatchError (ValueError)   vectors of the wrong length
    ├── EncoderError                       an encoder that cannot be loaded
    ├── AddressError                       an address that the server cannot listen on
    └── MissingDependencyError (ImportError)  an optional package, with the command that installs it

Every message says what was found, what was expected and what to do. A foreign
exception that becomes one of these is kept as its cause.
"""


class KaojuError(Exception):
    """Base of every error that kaoju raises on purpose."""


class InputError(KaojuError, ValueError):
    """Something handed in cannot be used as it is."""


class UnreadableArticleError(InputError):
    """A file or text that holds no article we can read.

    Attributes:
        reason: What is wrong and what to do, without the name of the file.
    """

    def __init__(self, reason: str, *, source: str = "") -> None:
        """Say why, and of which file where it is known: the message names it first."""
        super().__init__(f"{source}: {reason}" if source else reason)
        self.reason = reason


class InvalidFilterError(InputError):
    """A search filter that cannot be meant, such as since after until."""


class LexiconError(InputError):
    """An entry of a lexicon file that is not well formed."""


class NotFoundError(KaojuError, LookupError):
    """No such article, entity or passage on this shelf."""


class ShelfError(KaojuError):
    """The shelf's record or its indexes cannot be used as they are."""


class ShelfLockedError(ShelfError):
    """Another process is writing to this shelf."""


class ShelfTooNewError(ShelfError):
    """The shelf was written by a later version of kaoju."""


class IndexMismatchError(ShelfError):
    """An index was built from another encoder or analyzer than the one asked for."""


class IndexDamagedError(IndexMismatchError):
    """The files of an index are not what its manifest says."""


class DimensionMismatchError(KaojuError, ValueError):
    """Vectors whose length is not the index's dimension."""


class EncoderError(KaojuError):
    """An encoder that cannot be loaded or run."""


class AddressError(KaojuError):
    """An address that the server cannot listen on."""


class MissingDependencyError(KaojuError, ImportError):
    """An optional package is not installed."""
