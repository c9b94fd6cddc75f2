"""What can go wrong with an archive; each error knows the exit code its command ends with.

ArchiveError
  ArchiveNotFound      2  there is none at that URL
  NotAnArchive         2  there is something else
  ArchiveOutOfDate     2  its schema is older or newer than this version's
  ArchiveClosed        2  it was closed before it was asked
  NoSuchArticle        2  the archive holds no article of that id or URL
  BadQuery             2  a filter value that cannot be read
  QuestionTooLong      2  an answer that would take longer than the reader allows
  BackupExists         2  where a backup was to be made there is one, or half of one
  MissingExtra         2  a package that only some commands need is not installed
  ArchiveNotWritable   7  disk full, read-only, no permission, server gone
  ArchiveDamaged       7  it cannot be read: pages of the file are garbage or missing
  ArchiveUnreachable   7  the server that holds it does not answer
  ArchiveBusy          8  another live run holds the site
    LeaseLost          8  this run was silent for too long and another one took the site over
  ProcessEnded         3  the system ended a process that worked for a command
VisitNotStored       1  one visit holds what cannot be stored; the others are
"""

from __future__ import annotations

import errno
from typing import ClassVar

# What a disk or a terminal answers that takes no more.
OUTPUT_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


class ArchiveError(Exception):
    """The archive could not do what was asked; the message says what, where and what to do."""

    exit_code: ClassVar[int] = 2


class ArchiveNotFound(ArchiveError):
    """No archive at that URL."""


class NotAnArchive(ArchiveError):
    """The file or database exists and is no archive of ours."""


class ArchiveOutOfDate(ArchiveError):
    """The archive's schema is not the one this version reads and writes."""


class ArchiveClosed(ArchiveError):
    """The archive was closed before it was asked."""


class NoSuchArticle(ArchiveError):
    """The archive holds no article of that id or URL."""


class BadQuery(ArchiveError):
    """A filter value that cannot be read."""


class QuestionTooLong(ArchiveError):
    """The answer would take longer than the reader allows."""


class BackupExists(ArchiveError):
    """Where a backup was to be made there is one already, or what a killed one left."""


class MissingExtra(ArchiveError):
    """A package that only some commands need is not installed; the message says how to install it."""


class ArchiveNotWritable(ArchiveError):
    """The database could not be written."""

    exit_code: ClassVar[int] = 7


class ArchiveDamaged(ArchiveError):
    """What was an archive cannot be read any more: it is garbage, or not all of it is there."""

    exit_code: ClassVar[int] = 7


class ArchiveUnreachable(ArchiveError):
    """The server that holds the archive cannot be reached, or takes no connection just now."""

    exit_code: ClassVar[int] = 7


class ArchiveBusy(ArchiveError):
    """Another live run holds the site, or another program the whole archive."""

    exit_code: ClassVar[int] = 8


class LeaseLost(ArchiveBusy):
    """This run's lease was taken over; it must stop."""


class ProcessEnded(ArchiveError):
    """The system ended a process that worked for a command; what it had not answered is not done."""

    exit_code: ClassVar[int] = 3


class VisitNotStored(Exception):
    """One visit holds what cannot be stored; the archive and the other visits are as they should be."""
