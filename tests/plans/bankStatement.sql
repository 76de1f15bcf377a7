SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r8$) AS row_to_json_1
      FROM (
        SELECT r1.account AS account,
          r1.number AS number,
          CASE WHEN (r1.opening_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $1::INTEGER THEN CAST(r1.opening_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r1.opening_minor AS NUMERIC) * 0.001 ELSE CAST(r1.opening_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS opening,
          CASE WHEN (r1.closing_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $3::INTEGER THEN CAST(r1.closing_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r1.closing_minor AS NUMERIC) * 0.001 ELSE CAST(r1.closing_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS closing,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r4.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r3.position AS "position",
                      CASE WHEN (r3.amount_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r3.currency_code) WHEN $5::INTEGER THEN CAST(r3.amount_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r3.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r3.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "amount",
                      r3.status AS "status",
                      r3.matched_by AS "matchedBy",
                      r3.proposal AS "proposal",
                      (
                      SELECT row_to_json(r6$) AS row_to_json_2
                      FROM (
                        SELECT r5.number AS number
                        FROM invoice AS r5
                        WHERE r5.contract_id = r3.contract_id AND r5.id = r3.invoice_id) AS r6$) AS "invoice") AS o$) ORDER BY r3.page_position) FILTER (WHERE r3.page_position <= $7::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r7.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC) AS page_position
              FROM (
                SELECT r2.position AS position,
                  r2.amount_minor AS amount_minor,
                  r2.currency_code AS currency_code,
                  r2.status AS status,
                  r2.matched_by AS matched_by,
                  r2.proposal AS proposal,
                  r2.contract_id AS contract_id,
                  r2.invoice_id AS invoice_id,
                  r2.position AS page_order_0,
                  r2.id AS page_order_1
                FROM bank_statement_line AS r2
                WHERE r2.statement_id = r1.id
                ORDER BY r2.position ASC,
                  r2.id ASC
                LIMIT $7::INTEGER + 1) AS r7) AS r3) AS r4) AS lines
        FROM (
          SELECT bank_statement.id AS id,
            bank_statement.account AS account,
            bank_statement.number AS number,
            bank_statement.currency_code AS currency_code,
            bank_statement.opening_minor AS opening_minor,
            bank_statement.closing_minor AS closing_minor
          FROM bank_statement
          WHERE bank_statement.id = $8::UUID) AS r1) AS r8$) AS "bankStatement") AS o$) AS json_object_of_1
