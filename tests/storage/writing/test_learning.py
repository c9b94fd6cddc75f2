"""Templates and measures in the archive, and whose change it is where page and rules both changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.archive import Archive
from storage.records import Before, Change, FingerprintedArticle, Outcome
from storage.rows import Measure, Warned
from storage.verdicts import Verdict
from storage.writing.learning import StoredTemplate
from storage.writing.runs import Run
from tests.storage.evidence_samples import evidence_of, fill, real, store
from tests.storage.samples import DAY, START, article, finish, next_run, start, url, visit

FIRST = StoredTemplate(
    version="aaa", learner="1", learned_from={"news": (("a", "1"),)}, rules={"news": (("hotline",),)}
)
SECOND = StoredTemplate(version="bbb", learner="1", learned_from={"news": (("a", "2"),)}, rules={})


def learn(
    archive: Archive, run: Run, template: StoredTemplate, *, verdict: Verdict = Verdict.COMPLETE
) -> None:
    archive.finish_run(
        run,
        verdict=verdict,
        reason="",
        counts={},
        measures={"dated": Measure(value=1.0, low=0.5)},
        warnings=[Warned(kind="layout", section="news", url=url("a"), text="1 of 1 pages")],
        template=template,
    )


def test_the_template_learned_last_is_the_current_one_and_an_old_version_may_return(archive: Archive) -> None:
    assert archive.templates() == {}

    for template in (FIRST, SECOND, FIRST):
        learn(archive, start(archive), template)
        assert archive.templates("ningbo") == {"ningbo": template}

    assert archive.templates("another") == {}


def test_a_run_keeps_its_measures_and_warnings(archive: Archive) -> None:
    learn(archive, start(archive), FIRST)

    (row,) = archive.runs()

    assert row.measures == {"dated": Measure(value=1.0, low=0.5)}
    assert [(each.kind, each.url) for each in row.warnings] == [("layout", url("a"))]
    assert archive.find_run(row.run) == row
    assert archive.find_run("ningbo") is None


def test_only_earlier_complete_runs_are_learned_from(archive: Archive) -> None:
    learn(archive, start(archive), FIRST)
    learn(archive, start(archive), FIRST, verdict=Verdict.DRIFTED)
    finish(archive, start(archive))  # bounded: it measured nothing

    assert len(archive.learning(start(archive)).measured()) == 1


def test_the_first_pages_by_url_of_each_section_teach(archive: Archive, tmp_path: Path) -> None:
    archive.evidence_root = tmp_path / "evidence"
    fill(archive)
    run = start(archive)

    pages = archive.learning(run).pages_to_learn_from(each=2)

    assert [page.url for page in pages] == [url("a"), url("b")]
    assert archive.learning(run).pages_of_run(each=2) == []


# Both the page and the rules changed


OLD = real("Harbour opens", "Hotline 555.", "The harbour opens on Monday.", template_version=None)
OLD_TODAY = real("Harbour opens", "The harbour opens on Monday.", template_version="aaa")
EDITED = real("Harbour opens", "The harbour opens on Tuesday.", template_version="aaa")


@pytest.fixture
def known(archive: Archive, tmp_path: Path) -> tuple[Archive, Run]:
    """Return an archive in which an older template read an article, and the next run."""
    archive.evidence_root = tmp_path / "evidence"
    run = start(archive)
    with evidence_of(archive, run) as writer:
        store(archive, run, writer, "a", OLD, b"<p>Hotline 555.</p><p>The harbour opens on Monday.</p>")
    return archive, next_run(archive, run)


def come(archive: Archive, run: Run, found: FingerprintedArticle, before: Before | None = None) -> Outcome:
    arrival = visit("a", found, at=START + DAY, digest="another")
    return archive.record(run, type(arrival)(fetch=arrival.fetch, result=found, before=before))


def causes(archive: Archive) -> list[str]:
    return [row.cause for row in archive.history(url("a"))]


def test_nothing_is_written_before_the_earlier_page_was_read_by_the_rules_of_today(
    known: tuple[Archive, Run],
) -> None:
    archive, run = known

    outcome = come(archive, run, OLD_TODAY)

    assert outcome.reread
    assert causes(archive) == ["first"]
    stored = archive.stored_page(str(outcome.article_id))
    assert stored is not None
    assert stored.url == url("a")


def test_what_only_the_template_changed_is_ours(known: tuple[Archive, Run]) -> None:
    archive, run = known

    outcome = come(archive, run, OLD_TODAY, Before(article=OLD_TODAY))

    assert outcome.change is Change.REEXTRACTED
    assert causes(archive) == ["first", "reextracted"]
    assert not [found for found in archive.verify() if hasattr(found, "problem") and found.check == "chains"]


def test_an_edit_beside_a_change_of_ours_is_told_apart_from_it(known: tuple[Archive, Run]) -> None:
    archive, run = known

    outcome = come(archive, run, EDITED, Before(article=OLD_TODAY))

    first, ours, edit = archive.history(url("a"))
    assert outcome.change is Change.REVISED
    assert (ours.cause, edit.cause) == ("reextracted", "edited")
    assert (ours.payload_digest, edit.payload_digest) == (first.payload_digest, "another")
    assert (ours.warc_offset, edit.paragraphs) == (first.warc_offset, EDITED.paragraphs)


def test_an_edit_is_an_edit_where_today_s_rules_read_the_earlier_page_the_same(
    known: tuple[Archive, Run],
) -> None:
    archive, run = known
    same = real("Harbour opens", "Hotline 555.", "The harbour opens on Monday.", template_version="aaa")

    come(archive, run, EDITED, Before(article=same))

    assert causes(archive) == ["first", "edited"]


def test_a_page_whose_evidence_is_gone_counts_as_edited(known: tuple[Archive, Run]) -> None:
    archive, run = known

    come(archive, run, EDITED, Before(article=None))

    assert causes(archive) == ["first", "edited"]


def test_a_reading_that_gives_the_same_needs_no_second_one(known: tuple[Archive, Run]) -> None:
    archive, run = known
    same = real("Harbour opens", "Hotline 555.", "The harbour opens on Monday.", template_version="aaa")

    outcome = come(archive, run, same)

    assert (outcome.change, outcome.reread) == (Change.UNCHANGED, False)


def test_a_batch_tells_which_of_its_visits_has_to_come_again(known: tuple[Archive, Run]) -> None:
    archive, run = known
    again = visit("a", EDITED, at=START + DAY, digest="another")

    outcomes = archive.record_all(run, [visit("b", article("One")), again, visit("c", article("One"))])

    assert [outcome.reread for outcome in outcomes] == [False, True, False]
    assert outcomes[2].copy_of is None or outcomes[2].copy_of == outcomes[0].article_id
