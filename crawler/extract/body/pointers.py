"""What leads to other articles from amid a text: teasers, links behind an arrow or a label, in capitals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from crawler.extract.body.boilerplate import end_rule
from crawler.extract.lines.blocks import Block, Frame
from crawler.extract.lines.hints import Hint
from crawler.extract.lines.layout import cue_in
from crawler.extract.lines.nearby import HEADINGS, NEAR_WRAPPERS, list_around, wrappers_of

_POINTERS = (">>", "→", "►", "➤")
_ARROWS = (*_POINTERS, "»")  # which opens a quotation, too, in German
_FEWEST_BLANKS = 3  # in a headline
_LEAST_CAPITALS = 20  # times as many as the small letters among them
_TEASER = re.compile(r"(?:^|[\s_-])(?:promo|teaser)", re.IGNORECASE)
_LEAST_TEASERS = 4  # that would make up a whole text
# A label before the headline it leads to: "ALSO READ: ...", "Related post: ...".
_LABELLED = re.compile(r"[\[(<>»\s]{0,4}(?P<label>[^:|\[\]]{3,40}?)\s?[:|]\s?(?=\S)")
_BEHIND_LABEL, _LONGEST_LABEL = " |:>", 60  # bytes
_TOPIC_END = tuple(':?!|»“"”')
_LEAST_ARTICLE = 600  # bytes of a text over another one
_FEWEST_HEADLINES = 2  # of one list
_ROOM = 5  # characters of a link that are no words: the blanks between its parts


def without_next_articles(blocks: Sequence[Block], chosen: Sequence[Block]) -> Sequence[Block]:
    """Return *chosen* without those of other articles below the first one, under headlines of their own.

    So pages go on that never end.
    """
    first = chosen[0]
    if post := _post_around(first.frame):
        return [block for block in chosen if block.index < post.end]
    own = _article_around(first.frame)
    if own is None or not any(block.frame.tag == "h1" for block in blocks[own.first : first.index]):
        return chosen
    below = blocks[own.end : chosen[-1].index]
    headline = next((block for block in below if block.frame.tag == "h1"), None)
    following = _article_around(headline.frame) if headline else None
    if following is None or following.first < own.end:
        return chosen
    text = [block for block in chosen if block.index < following.first]
    return text if sum(block.size for block in text) >= _LEAST_ARTICLE else chosen


def _post_around(frame: Frame) -> Frame | None:
    """Return the post of a forum around *frame*, below which others answer it."""
    return next((each for each in wrappers_of(frame) if each.element.get("itemprop") == "comment"), None)


def _article_around(frame: Frame) -> Frame | None:
    """Return the innermost article element around *frame*."""
    outer: Frame | None = frame
    while outer is not None and outer.tag != "article":
        outer = outer.parent
    return outer


def without_teasers(blocks: Sequence[Block], chosen: Sequence[Block]) -> Sequence[Block]:
    """Return *chosen* without small articles of their own under a heading that is a link to them."""
    sizes = {block.index: block.size for block in chosen}
    whole, first = sum(sizes.values()), chosen[0].index
    items: dict[Frame, int] = {}
    for block in blocks[first + 1 : chosen[-1].index + 1]:
        if not block.linked or not _is_whole_link(block):
            continue
        item = _teaser_around(block)
        if item is not None and item not in items and item.first > first:
            items[item] = sum(sizes.get(index, 0) for index in range(item.first, item.end))
    small = [item for item, size in items.items() if size * _LEAST_TEASERS < whole]
    inside = {index for item in small for index in range(item.first, item.end)}
    return [block for block in chosen if block.index not in inside] if inside else chosen


def _teaser_around(link: Block) -> Frame | None:
    """Return the small article under a heading that is a *link* to it, or the box named for it."""
    around = wrappers_of(link.frame)[:NEAR_WRAPPERS]
    if link.frame.tag in HEADINGS:
        article = next((wrapper for wrapper in around if wrapper.tag == "article"), None)
        if article is not None:
            return article
    return next((wrapper for wrapper in reversed(around) if _is_name_of_teaser(wrapper.name)), None)


@lru_cache(maxsize=4096)
def _is_name_of_teaser(name: str) -> bool:
    return _TEASER.search(name) is not None


def without_pointers(blocks: Sequence[Block], chosen: Sequence[Block]) -> Sequence[Block]:
    """Return *chosen* without links to other articles: behind an arrow or below "Related news"."""
    pointers = _lists_of_headlines(blocks, chosen) | _labels_amid(blocks, chosen)
    over: dict[int, int] = {}  # by the place of a link, that of the line over all links around it
    opens: dict[int, bool] = {}  # whether that line opens a box of links, and whether it says what they are
    names: dict[int, bool] = {}
    for block in chosen:
        if _leads_away(block):
            pointers.add(block.index)
        elif block.linked and _is_whole_link(block):
            place = over[block.index] = _over_links(blocks, block.index, over)
            if place not in opens:
                opens[place] = place >= 0 and _opens_links(blocks, place, chosen[-1].index)
                names[place] = place >= 0 and end_rule(blocks[place].text.rstrip(_BEHIND_LABEL)) == "related"
            if opens[place] or (names[place] and block.frame.tag not in HEADINGS):
                pointers |= {place, block.index}
    return [block for block in chosen if block.index not in pointers] if pointers else chosen


def _labels_amid(blocks: Sequence[Block], chosen: Sequence[Block]) -> set[int]:
    """Return the places of "Read also:" over nothing but links, behind which the text goes on as before."""
    found: set[int] = set()
    before: set[int] = set()  # frames of the text so far
    for label, behind in pairwise(line for line in chosen if line.frame.tag not in HEADINGS):
        between = blocks[label.index + 1 : behind.index]
        if between and label.size <= _LONGEST_LABEL and behind.frame.key in before and not behind.linked:
            links = [line for line in between if line.frame.tag not in HEADINGS]
            leads_away = links and end_rule(label.text.rstrip(_BEHIND_LABEL)) == "related"
            if leads_away and all(map(_is_whole_link, links)):
                found.add(label.index)
        before.add(label.frame.key)
    return found


def _over_links(blocks: Sequence[Block], link: int, known: Mapping[int, int]) -> int:
    """Return the place of the first line above the *link* that is none; -1: there is no such line."""
    place = link - 1
    while place >= 0 and _is_whole_link(blocks[place]):
        if place in known:
            return known[place]
        place -= 1
    return place


def _opens_links(blocks: Sequence[Block], heading: int, last: int) -> bool:
    """Return whether *heading* opens a box set aside, over the *last* line, of links alone."""
    around = (
        wrappers_of(blocks[heading].frame)[:NEAR_WRAPPERS] if blocks[heading].frame.tag in HEADINGS else ()
    )
    boxes = (each for each in around if each.first == heading and each.hints & Hint.ASIDE)
    box = max(boxes, key=lambda each: each.end, default=None)
    if box is None or not heading + 1 < box.end <= last:
        return False
    return all(map(_is_whole_link, blocks[heading + 1 : box.end]))


def _is_whole_link(block: Block) -> bool:
    return block.linked * 10 >= len(block.text) * 9


def _lists_of_headlines(blocks: Sequence[Block], chosen: Sequence[Block]) -> set[int]:
    """Return the places of lists amid *chosen* of headlines behind their topics: "Energy: Why prices fall".

    So is the heading over such a list, where none of the text stands under it.
    """
    lists: dict[Frame, list[Block]] = defaultdict(list)
    for block in blocks[chosen[0].index : chosen[-1].index + 1]:
        if 0 < block.linked < len(block.text) and (listed := list_around(block.frame)) is not None:
            lists[listed].append(block)
    found: set[int] = set()
    for listed, items in lists.items():
        whole = _FEWEST_HEADLINES <= len(items) == listed.end - listed.first
        if whole and all(map(_is_behind_topic, items)) and listed.first > chosen[0].index:
            over, behind = blocks[listed.first - 1], blocks[listed.end : listed.end + 1]
            if not over.text.endswith((":", "：")):
                heads = over.frame.tag in HEADINGS and all(line.frame.tag in HEADINGS for line in behind)
                found.update(range(listed.first - heads, listed.end))
    return found


def _is_behind_topic(link: Block) -> bool:
    """Return whether a line ends with a *link* of several words behind the topic that it is about."""
    topic = link.text[: len(link.text) - link.linked].rstrip()
    words = link.text[len(topic) :].split()
    return (
        link.linked * 5 >= len(link.text) * 2 and topic.endswith(_TOPIC_END) and len(words) > _FEWEST_BLANKS
    )


def _leads_away(block: Block) -> bool:
    """Return whether a line leads to another article: a link behind an arrow or a label, or in capitals."""
    text = block.text.strip("<> »«")
    if block.linked * 10 < len(text) * 9:
        behind_arrow = block.linked * 10 >= len(text) * 3 and block.text.startswith(_POINTERS)
        return behind_arrow or (block.linked > 0 and _is_labelled(block))
    label, _, behind = text.partition(":")
    if behind and end_rule(label) == "related":
        return True
    in_capitals = block.frame.tag == "p" and _is_in_capitals(text) and not cue_in(text)
    return in_capitals or block.text.startswith(_ARROWS)


def _is_in_capitals(text: str) -> bool:
    """Return whether *text* is a headline in capitals, but for a few letters: "ALL AMAs WINNERS"."""
    if text.count(" ") < _FEWEST_BLANKS or "\n" in text:
        return False
    return sum(map(str.islower, text)) * _LEAST_CAPITALS < sum(map(str.isupper, text))


def _is_labelled(block: Block) -> bool:
    """Return whether a line is a link behind a label that leads away, or one that stands in capitals."""
    plain = block.text[: len(block.text) - block.linked].rstrip(_BEHIND_LABEL)
    if block.linked > len(plain) > 0 and end_rule(plain) == "related":
        return True
    found = _LABELLED.match(block.text)
    if found is None or block.linked + _ROOM < len(block.text) - found.end():
        return False
    label = found["label"]
    return block.linked > len(label) and (end_rule(label) == "related" or (" " in label and label.isupper()))
