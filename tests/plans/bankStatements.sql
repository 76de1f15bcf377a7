SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o$)
        FROM (
          SELECT r3.part_0 AS "nodes") AS o$) AS json_object_of_2
      FROM (
        SELECT coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT 'bst_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r2.account AS "account",
                  r2.number AS "number",
                  r2.line_count AS "lineCount",
                  (
                  SELECT row_to_json(r5$) AS row_to_json_1
                  FROM (
                    SELECT r4.name AS name
                    FROM (
                      SELECT r2.imported_by_name AS name,
                        r2.imported_by_email AS email,
                        r2.imported_by_organization_name AS organization_name) AS r4) AS r5$) AS "importedBy") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $1::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r6.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r1.id AS id,
              r1.account AS account,
              r1.number AS number,
              r1.line_count AS line_count,
              r1.imported_by_name AS imported_by_name,
              r1.imported_by_email AS imported_by_email,
              r1.imported_by_organization_name AS imported_by_organization_name,
              r1.imported_at AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT bank_statement.id AS id,
                bank_statement.account AS account,
                bank_statement.number AS number,
                bank_statement.line_count AS line_count,
                bank_statement.imported_at AS imported_at,
                bank_statement.imported_by_name AS imported_by_name,
                bank_statement.imported_by_email AS imported_by_email,
                bank_statement.imported_by_organization_name AS imported_by_organization_name
              FROM bank_statement
              WHERE true) AS r1
            ORDER BY r1.imported_at DESC,
              r1.id DESC
            LIMIT $1::INTEGER + 1) AS r6) AS r2) AS r3) AS "bankStatements") AS o$) AS json_object_of_1
