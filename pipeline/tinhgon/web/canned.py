"""Questions in SQL that are ready to be asked on Datasette's own pages, with their JSON and CSV."""

from __future__ import annotations

from typing import Any

QUERIES: dict[str, dict[str, Any]] = {
    "numbers_of_province": {
        "title": "Số liệu của một tỉnh · Numbers of one province",
        "description": "Tên tỉnh viết đủ dấu · The name as it is written in Vietnamese",
        "sql": """
            SELECT measure, object, level, roles, district, commune, value, total, rate, before, after, status, as_of,
                quote, title, source, fact_id
            FROM numbers WHERE province = :province ORDER BY holds_on DESC LIMIT 200
        """,
    },
    "contradictions_of_province": {
        "title": "Mâu thuẫn về một tỉnh · Contradictions on one province",
        "sql": "SELECT * FROM contradictions WHERE province = :province LIMIT 200",
    },
    "holders_of_posts": {
        "title": "Người giữ hai chức danh · Holders of posts",
        "description": "bi_thu_cap_uy+chu_tich_ubnd",
        "sql": """
            SELECT holders.name, holders.level, province, district, commune, basis, document_id
            FROM holders LEFT JOIN places ON places.id = place_id WHERE roles_key = :roles LIMIT 200
        """,
    },
    "what_became_of": {
        "title": "Một bài đã được xử lý ra sao · What became of an article",
        "sql": "SELECT * FROM ledger WHERE path LIKE '%' || :part_of_the_path || '%' LIMIT 200",
    },
}
