"""A page that is due again says which payload it gave last."""

from __future__ import annotations

from storage import Archive
from storage.records import EvidencePointer, Revisit
from tests.storage.samples import DAY, START, article, list_visit, next_run, start, visit

FIRST = EvidencePointer(file="ningbo/1.warc.gz", offset=10, length=100)
SECOND = EvidencePointer(file="ningbo/2.warc.gz", offset=20, length=200)


def test_a_due_page_names_the_last_payload_that_is_kept(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(
        run,
        [
            list_visit("kept", "bare", "never"),
            visit("kept", article("Kept"), digest="a", evidence=FIRST),
            visit("kept", article("Kept"), digest="b", evidence=SECOND),
            visit("kept", article("Kept"), digest="c"),  # fetched without evidence
            visit("bare", article("Bare"), digest="d"),
        ],
    )

    again = next_run(archive, run)
    pages = archive.due_pages(again, revisit=Revisit.ALL, now=START + 40 * DAY)
    listed = archive.record(again, list_visit("kept")).due

    by_name = {page.title: page for page in pages}
    assert (by_name["Title kept"].digest, by_name["Title kept"].evidence) == ("b", SECOND)
    assert [(page.digest, page.evidence) for page in listed] == [("b", SECOND)]
    assert (by_name["Title bare"].digest, by_name["Title bare"].evidence) == (None, None)
    assert (by_name["Title never"].digest, by_name["Title never"].is_revisit) == (None, False)
