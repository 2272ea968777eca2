"""The record: one SQLite file that holds every article, and the only SQL there is.

Articles keep all their versions; one is current. An article goes in with its passages,
vectors, mentions, figures and claims in a single transaction, together with what the
indexes have still to do (`pending`), so that a crash leaves either all of it or none.
Passages are known by an ``id`` that callers see and by a ``number``, never used twice,
that the indexes hold.
"""

from kaoju.store.catalogue import Pending
from kaoju.store.record import Reading, Store

__all__ = ["Pending", "Reading", "Store"]
