"""What a query means to each engine's full-text index."""

from __future__ import annotations

from storage.search.folding import ANYWHERE, IN_TITLE
from storage.search.query_language import And, Character, Node, Not, Or, Phrase


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


def candidates(node: Node) -> Node:
    """Return what every document of a positive text query has and PostgreSQL's index decides alone.

    It knows no places and no titles: of a phrase that leaves its words. Where nothing is left out, the
    query itself comes back.
    """
    match node:
        case Phrase(tokens, prefix, title) if title or len(tokens) > 1:
            last = Phrase(tokens[-1:], prefix=prefix)
            return And((*(Phrase((token,)) for token in tokens[:-1]), last))
        case And(parts):
            kept = (part for part in parts if not isinstance(part, Not) or candidates(part.part) == part.part)
            return And(tuple(part if isinstance(part, Not) else candidates(part) for part in kept))
        case Or(parts):
            return Or(tuple(candidates(part) for part in parts))
    return node


def fts5(node: Node) -> str:
    """Return a positive text query as FTS5 writes it."""
    match node:
        case Character(character, title):
            return f'"{IN_TITLE if title else ANYWHERE}{character}"'
        case Phrase(tokens, prefix, title):
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
            return f"'{IN_TITLE if title else ANYWHERE}{character}'"
        case Phrase(tokens, prefix, title):
            weight = "A" if title else ""
            plain = [f"'{token}'{':' + weight if weight else ''}" for token in tokens[:-1]]
            marks = ("*" if prefix else "") + weight
            return "(" + " <-> ".join([*plain, f"'{tokens[-1]}'{':' + marks if marks else ''}"]) + ")"
        case And(parts):
            return " & ".join(f"({tsquery(part)})" for part in parts)
        case Or(parts):
            return " | ".join(f"({tsquery(part)})" for part in parts)
        case Not(part):
            return f"!({tsquery(part)})"
    raise TypeError(f"not a text query: {node}")
