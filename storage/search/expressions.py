"""What a query means to each engine's full-text index."""

from __future__ import annotations

from storage.search.field_marks import as_fts5
from storage.search.folding import ANYWHERE, IN_FIELD, IN_TITLE
from storage.search.query_language import And, Character, Node, Not, Or, Phrase
from storage.search.span_marks import OF_ALL

ANY_DOCUMENT = Phrase((OF_ALL,))


def is_text(node: Node) -> bool:
    """Return whether *node* asks the text alone, no field."""
    match node:
        case Phrase() | Character():
            return True
        case And(parts) | Or(parts):
            return bool(parts) and all(is_text(part) for part in parts)
        case Not(part):
            return is_text(part)
        case _:
            return False


def has_texts(node: Node) -> bool:
    """Return whether *node* asks the text somewhere."""
    match node:
        case Phrase() | Character():
            return True
        case And(parts) | Or(parts):
            return any(map(has_texts, parts))
        case Not(part):
            return has_texts(part)
        case _:
            return False


def is_positive(node: Node) -> bool:
    """Return whether *node* names something that must be there: what an index can begin with."""
    match node:
        case And(parts):
            return any(is_positive(part) for part in parts) and all(
                is_positive(part) or (isinstance(part, Not) and is_positive(part.part)) for part in parts
            )
        case Or(parts):
            return all(is_positive(part) for part in parts)
        case Not():
            return False
        case _:
            return True


def is_decided(node: Node) -> bool:
    """Return whether PostgreSQL's index decides a text query alone: it knows no places, so of one word."""
    match node:
        case Phrase(tokens):
            return len(tokens) == 1
        case And(parts) | Or(parts):
            return all(map(is_decided, parts))
        case Not(part):
            return is_decided(part)
    return True


def candidates(node: Node) -> Node:
    """Return what every document of a text query has and PostgreSQL's index decides alone.

    Of a phrase that leaves its words, of a title's words their marks.
    """
    match node:
        case Phrase(tokens, prefix, title):
            marks = [f"{IN_TITLE}{token}" for token in tokens] if title else tokens
            last = Phrase((marks[-1],), prefix=prefix)
            return And((*(Phrase((mark,)) for mark in marks[:-1]), last)) if len(marks) > 1 else last
        case And(parts):
            wanted = tuple(candidates(part) for part in parts if is_decided(part) or is_positive(part))
            return And(wanted) if wanted else ANY_DOCUMENT
        case Or(parts):
            return Or(tuple(candidates(part) for part in parts))
        case Not(part):
            return Not(candidates(part)) if is_decided(part) else ANY_DOCUMENT
    return node


def fts5(node: Node) -> str:
    """Return a positive text query as FTS5 writes it."""
    match node:
        case Character(character, title):
            return f'"{IN_TITLE if title else ANYWHERE}{character}"'
        case Phrase(tokens, prefix, title):
            if tokens[0].startswith(IN_FIELD):
                return f'"{as_fts5(tokens[0])}"'
            column = "title : " if title else ""
            return f'{column}"{" ".join(tokens)}"{" *" if prefix else ""}'
        case And(parts):
            wanted = " AND ".join(f"({fts5(part)})" for part in parts if not isinstance(part, Not))
            unwanted = " OR ".join(f"({fts5(part.part)})" for part in parts if isinstance(part, Not))
            return f"({wanted}) NOT ({unwanted})" if unwanted else wanted
        case Or(parts):
            return " OR ".join(f"({fts5(part)})" for part in parts)
    raise TypeError(f"not a positive text query: {node}")


def tsquery(node: Node) -> str:
    """Return a text query as PostgreSQL's tsquery writes it."""
    match node:
        case Character(character, title):
            return quoted(f"{IN_TITLE if title else ANYWHERE}{character}")
        case Phrase(tokens, prefix, title):
            weight = "A" if title else ""
            plain = [f"{quoted(token)}{':' + weight if weight else ''}" for token in tokens[:-1]]
            marks = ("*" if prefix else "") + weight
            return "(" + " <-> ".join([*plain, f"{quoted(tokens[-1])}{':' + marks if marks else ''}"]) + ")"
        case And(parts):
            return " & ".join(f"({tsquery(part)})" for part in parts)
        case Or(parts):
            return " | ".join(f"({tsquery(part)})" for part in parts)
        case Not(part):
            return f"!({tsquery(part)})"
    raise TypeError(f"not a text query: {node}")


def quoted(lexeme: str) -> str:
    """Return a token or mark, in which there is no quote, as a tsquery writes it."""
    return f"'{lexeme}'"
