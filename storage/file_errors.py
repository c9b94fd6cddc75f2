"""What to say of a file that the system does not let us use: its own words, and what to do."""

from __future__ import annotations

import errno

NO_PERMISSION = frozenset({errno.EACCES, errno.EPERM})
NAMING_ERRORS = frozenset({errno.ENAMETOOLONG, errno.ELOOP})  # of a path that somebody gave
LET_IN = "give this user permission for it and its folders, or run this as the user who owns them"
REMEDIES = {
    **dict.fromkeys(NO_PERMISSION, LET_IN),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "free some space and run again"),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), "allow more open files (`ulimit -n`) and run again"),
    errno.EROFS: "it lies on a disk that takes no writes; mount it writable, or name another folder",
    errno.EIO: "its disk may be failing; see the system's log",
}


def told(error: OSError, otherwise: str) -> str:
    """Return what the system says and what to do about it: *otherwise*, where its words tell no more."""
    return f"{error.strerror or error}; {REMEDIES.get(error.errno or 0, otherwise)}"
