"""The views for the data team: names and columns that stay."""

from __future__ import annotations

from sqlalchemy import Connection

# Paragraph text, days and states as an export shows them; ids are public ids. Both engines read the
# same SQL.
VIEWS: dict[str, str] = {
    "articles": """
        SELECT a.public_id AS id, s.key AS site, c.slug AS section, p.url AS url,
               CASE WHEN a.withheld IS NULL THEN r.title END AS title,
               CASE WHEN a.withheld IS NULL THEN r.body END AS body, r.body_kind AS body_kind,
               r.published_day AS published_day, r.published_at AS published_at,
               r.published_precision AS published_precision, r.published_from AS published_from,
               r.source AS source, r.author AS author, r.editor AS editor, a.language AS language,
               a.first_seen AS first_seen, p.last_seen AS last_seen, p.state AS state, p.gone_at AS gone_at,
               r.number AS revision, a.revisions AS revisions,
               's' || coalesce(f.public_id, a.public_id) AS story,
               o.public_id AS duplicate_of, m.kind AS duplicate_kind, m.score AS duplicate_score,
               r.digest AS digest, r.text_digest AS text_digest,
               r.extractor_version AS extractor_version, a.withheld AS withheld
          FROM article a
          JOIN page p ON p.id = a.page_id
          JOIN site s ON s.id = a.site_id
          JOIN revision r ON r.id = a.latest_revision
          LEFT JOIN section c ON c.id = a.section_id
          LEFT JOIN story t ON t.id = a.story_id
          LEFT JOIN article f ON f.id = t.first_article
          LEFT JOIN membership m ON m.article_id = a.id
          LEFT JOIN article o ON o.id = m.linked_to""",
    "revisions": """
        SELECT a.public_id AS article, r.number AS revision, r.cause AS cause, r.seen_at AS seen_at,
               CASE WHEN a.withheld IS NULL THEN r.title END AS title,
               CASE WHEN a.withheld IS NULL THEN r.body END AS body,
               r.published_day AS published_day, r.published_at AS published_at,
               r.published_precision AS published_precision, r.published_from AS published_from,
               r.source AS source, r.author AS author, r.editor AS editor,
               r.digest AS digest, r.text_digest AS text_digest, r.chain AS chain,
               r.payload_digest AS payload_digest, r.extractor_version AS extractor_version,
               r.template_version AS template_version, f.status AS status, f.warc_file AS warc_file,
               f.warc_offset AS warc_offset, f.warc_length AS warc_length, u.key AS run
          FROM revision r
          JOIN article a ON a.id = r.article_id
          JOIN "fetch" f ON f.id = r.fetch_id
          JOIN run u ON u.id = r.run_id""",
    "stories": """
        SELECT 's' || f.public_id AS story, t.size AS size, f.public_id AS first_article,
               a.public_id AS article, s.key AS site,
               CASE WHEN a.withheld IS NULL THEN r.title END AS title, r.published_day AS published_day,
               a.first_seen AS first_seen, o.public_id AS linked_to, m.kind AS kind, m.score AS score,
               m.algorithm AS algorithm
          FROM membership m
          JOIN story t ON t.id = m.story_id
          JOIN article a ON a.id = m.article_id
          JOIN article f ON f.id = t.first_article
          JOIN site s ON s.id = a.site_id
          JOIN revision r ON r.id = a.latest_revision
          LEFT JOIN article o ON o.id = m.linked_to""",
    "relations": """
        SELECT a.public_id AS article, o.public_id AS other, x.kind AS kind, x.score AS score,
               x.algorithm AS algorithm
          FROM relation x
          JOIN article a ON a.id = x.article_id
          JOIN article o ON o.id = x.other_id""",
    "changes": """
        SELECT a.public_id AS article, s.key AS site, p.url AS url, r.number AS revision,
               r.cause AS cause, r.seen_at AS seen_at,
               CASE WHEN a.withheld IS NULL THEN r.title END AS title,
               CASE WHEN a.withheld IS NULL THEN b.title END AS title_before,
               r.digest AS digest, b.digest AS digest_before, u.key AS run
          FROM revision r
          JOIN revision b ON b.article_id = r.article_id AND b.number = r.number - 1
          JOIN article a ON a.id = r.article_id
          JOIN page p ON p.id = a.page_id
          JOIN site s ON s.id = a.site_id
          JOIN run u ON u.id = r.run_id""",
    "removals": """
        SELECT a.public_id AS article, s.key AS site, p.url AS url,
               CASE WHEN a.withheld IS NULL THEN r.title END AS title, p.state AS state,
               p.misses AS checks, p.suspected_at AS suspected_at, p.gone_at AS gone_at,
               p.last_seen AS last_seen
          FROM article a
          JOIN page p ON p.id = a.page_id
          JOIN site s ON s.id = a.site_id
          JOIN revision r ON r.id = a.latest_revision
         WHERE p.state IN ('suspected', 'gone')""",
    "coverage": """
        SELECT u.key AS run, s.key AS site, c.slug AS section, v.walked_to_end AS walked_to_end,
               v.full_walk AS full_walk, v.stated_total AS stated_total, v.listed AS listed,
               v.known AS known, v.archived AS archived, v.rejected AS rejected, v.lost AS lost,
               v.vanished AS vanished, v.gaps AS gaps, v.verdict AS verdict
          FROM section_coverage v
          JOIN run u ON u.id = v.run_id
          JOIN section c ON c.id = v.section_id
          JOIN site s ON s.id = c.site_id""",
    "runs": """
        SELECT u.key AS run, s.key AS site, u.kind AS kind, u.started_at AS started_at,
               u.finished_at AS finished_at, u.verdict AS verdict, u.reason AS reason,
               u.counts AS counts, u.code_version AS code_version, u.host AS host, u.digest AS digest,
               u.measures AS measures, u.warnings AS warnings
          FROM run u
          LEFT JOIN site s ON s.id = u.site_id""",
}


def create_views(connection: Connection) -> None:
    """Make the views; they must not exist."""
    for name, query in VIEWS.items():
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {query}")


def drop_views(connection: Connection) -> None:
    """Drop the views, so that the tables under them can change."""
    for name in VIEWS:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
