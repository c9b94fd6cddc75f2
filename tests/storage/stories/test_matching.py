"""The duplicate decision on a real archive: what is found, what it costs, what a revision changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from sqlalchemy import func, select

from benchmarks.story_bases import Release
from benchmarks.story_negatives import SERIES
from benchmarks.story_variants import VARIANTS
from storage.archive import Archive
from storage.database.engine import reading, writing
from storage.models import fingerprint, fingerprint_hot
from storage.records import Change, CopyKind
from storage.stories.candidates import shares_enough
from storage.stories.fingerprints import COMMON, SLICES, look_up, merge_slice
from storage.verification import Finding
from tests.storage.samples import next_run, start
from tests.storage.story_samples import published, record, release, stories

LATER = date(2026, 3, 2)
SOURCE = release(1)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("variant", ["led", "excerpt", "respelled", "scanned", "widened", "extended"])
def test_a_republished_release_is_linked_to_its_first_publisher(
    archive: Archive, variant: str, language: str
) -> None:
    source = release(2, language, paragraphs=8)
    (first,) = record(archive, published("first", source))

    (second,) = record(archive, published("second", VARIANTS[variant](source, Random(1))))

    assert (second.change, second.copy_of) == (Change.NEW, first.article_id)


def test_copies_that_arrive_together_find_each_other(archive: Archive) -> None:
    copies = [published(name, VARIANTS[name](SOURCE, Random(1))) for name in ("led", "cut", "padded")]

    record(archive, published("first", SOURCE), *copies)

    assert stories(archive) == {frozenset({"first", "led", "cut", "padded"})}


def test_equal_texts_are_copies_whatever_their_spelling(archive: Archive) -> None:
    record(archive, published("first", SOURCE))

    (second,) = record(archive, published("second", VARIANTS["respaced"](SOURCE, Random(2))))

    assert second.copy_kind is CopyKind.COPY


def test_short_texts_are_copies_only_under_the_same_title(archive: Archive) -> None:
    notice = replace(SOURCE, title="Road closed", paragraphs=("See the attachment.",))

    record(
        archive,
        published(1, notice),
        published(2, replace(notice, title="Office moved")),
        published(3, notice),
    )

    assert stories(archive) == {frozenset({"1", "3"}), frozenset({"2"})}


@pytest.mark.parametrize("series", sorted(SERIES))
def test_bulletins_of_one_template_stay_apart(archive: Archive, series: str) -> None:
    bulletins = SERIES[series](Random(5), "zh", 8)

    record(archive, *(published(number, bulletin) for number, bulletin in enumerate(bulletins)))

    assert all(len(names) == 1 for names in stories(archive))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_release_whose_paragraphs_change_places_is_a_copy(archive: Archive, language: str) -> None:
    source = release(11, language)
    first, *middle, last = source.paragraphs
    moved = replace(source, title="Another headline", paragraphs=(first, last, *middle))

    record(archive, published("source", source), published("moved", moved))

    assert stories(archive) == {frozenset({"source", "moved"})}


def tender(number: int, district: str, amount: int, day: int) -> Release:
    return Release(
        title=f"{district}区河道清淤工程公开招标公告",
        paragraphs=(
            f"受{district}区人民政府委托，市公共资源交易中心就河道清淤工程进行公开招标，欢迎合格的供应商参加投标。",
            f"一、项目编号：NB{number}",
            "二、项目名称：河道清淤工程",
            f"三、预算金额：{amount}万元，最高限价：{amount - 7}万元。",
            "四、投标人资格要求：符合政府采购法第二十二条规定；未被列入失信被执行人名单；本项目不接受联合体投标。",
            f"五、获取文件时间：2026年{day % 9 + 1}月{day}日至{day % 9 + 2}月{day + 1}日，地点：采购平台。",
            f"六、投标截止时间：2026年{day % 9 + 3}月{day + 2}日9:00（北京时间）。",
            "七、供应商认为采购文件使自己的权益受到损害的，可以在七个工作日内提出质疑。",
            f"八、联系电话：0574-{number * 37}",
        ),
        language="zh",
    )


def test_the_numbers_that_count_a_notices_items_make_no_two_notices_one(archive: Archive) -> None:
    first, second = tender(2143, "余姚", 360, 5), tender(7756, "慈溪", 84, 17)

    record(archive, published("first", first), published("second", second), published("copy", second))

    assert stories(archive) == {frozenset({"first"}), frozenset({"second", "copy"})}


def test_a_hash_of_many_documents_is_not_stored_again(archive: Archive) -> None:
    bulletins = SERIES["prices"](Random(6), "en", COMMON + 40)

    record(archive, *(published(number, bulletin) for number, bulletin in enumerate(bulletins)))

    with reading(archive._engine) as connection:
        count = func.count()
        most = connection.scalar(
            select(count)
            .select_from(fingerprint_hot)
            .group_by(fingerprint_hot.c.hash)
            .order_by(count.desc())
            .limit(1)
        )
    assert most == COMMON


def test_merging_the_hot_table_changes_no_answer(archive: Archive) -> None:
    record(archive, published("first", SOURCE))
    hashes = published("first", SOURCE).result.fingerprints

    with writing(archive._engine) as connection:
        before = look_up(connection, hashes)
        for number in range(SLICES):
            merge_slice(connection, number, 1)
        after = look_up(connection, hashes)
        left = connection.scalar(select(func.count()).select_from(fingerprint_hot))
        merged = connection.scalar(select(func.count()).select_from(fingerprint))

    assert (before, left) == (after, 0)
    assert merged == len(hashes) + 1  # and the digest


def test_a_revised_text_leaves_the_story_it_no_longer_belongs_to(archive: Archive) -> None:
    record(
        archive,
        published("a", SOURCE),
        published("b", SOURCE),
        published("c", VARIANTS["led"](SOURCE, Random(1))),
    )

    record(archive, published("a", release(9)))

    assert stories(archive) == {frozenset({"a"}), frozenset({"b", "c"})}


def test_a_copy_of_a_text_that_was_revised_since_is_still_recognised(archive: Archive) -> None:
    record(archive, published("a", SOURCE), published("b", SOURCE))
    record(archive, published("a", release(9)))

    record(archive, published("d", VARIANTS["led"](SOURCE, Random(1))))

    assert frozenset({"b", "d"}) in stories(archive)


def test_the_copy_to_the_word_takes_the_place_of_a_text_that_was_revised(archive: Archive) -> None:
    near = replace(SOURCE, paragraphs=(*SOURCE.paragraphs, "More will be said on Monday."))
    record(archive, published("a", SOURCE))
    record(archive, published("near", near), published("same", SOURCE))

    record(archive, published("a", release(9)))

    assert stories(archive) == {frozenset({"a"}), frozenset({"near", "same"})}
    assert [found for found in archive.verify() if isinstance(found, Finding)] == []


def test_a_revised_text_is_found_by_what_it_says_now(archive: Archive) -> None:
    record(archive, published("a", release(8)))
    record(archive, published("a", SOURCE))

    (copied,) = record(archive, published("b", VARIANTS["led"](SOURCE, Random(1)), LATER))

    assert copied.copy_of is not None
    assert stories(archive) == {frozenset({"a", "b"})}


def test_a_new_headline_alone_keeps_an_article_in_its_story(archive: Archive) -> None:
    record(archive, published("a", SOURCE), published("b", SOURCE))

    record(archive, published("b", replace(SOURCE, title="A corrected headline")))

    assert stories(archive) == {frozenset({"a", "b"})}


@pytest.mark.parametrize("text", ["", "word", "啊" * 100_000, "a" * 100_000, "1 " * 100_000, "\u200b"])
def test_texts_that_are_no_releases_do_no_harm(archive: Archive, text: str) -> None:
    odd = replace(SOURCE, paragraphs=(text, "End."))

    outcomes = record(archive, published(1, odd), published(2, odd), published(3, SOURCE))

    assert [outcome.change for outcome in outcomes] == [Change.NEW] * 3


def test_two_runs_find_each_others_copies(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, published("a", SOURCE))

    outcome = archive.record(next_run(archive, run), published("b", SOURCE, LATER))

    assert outcome.copy_of is not None


def test_an_edited_excerpt_is_written_and_stays_an_excerpt(archive: Archive) -> None:
    source = release(2, "en", paragraphs=8)
    excerpt = VARIANTS["excerpt"](source, Random(1))
    (first,) = record(archive, published("first", source))
    record(archive, published("second", excerpt))
    longer = replace(excerpt, paragraphs=(*excerpt.paragraphs, "The annex follows next week."))

    (second,) = record(archive, published("second", longer))

    assert (second.change, second.copy_of) == (Change.REVISED, first.article_id)


def test_a_text_that_shares_few_of_the_shorter_ones_fingerprints_is_not_compared() -> None:
    assert not shares_enough(3, fingerprints=40, length=9_000, other_length=9_500)
    assert shares_enough(5, fingerprints=40, length=9_000, other_length=9_500)
    assert shares_enough(3, fingerprints=40, length=9_000, other_length=2_000)  # an excerpt has few
    assert shares_enough(0, fingerprints=0, length=0, other_length=10)
