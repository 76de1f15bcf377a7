SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r10$) AS row_to_json_1
      FROM (
        SELECT r1.status AS status,
          r1.invoice_count AS "invoiceCount",
          r1.variance_count AS "varianceCount",
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r4.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT (
                      SELECT row_to_json(r6$) AS row_to_json_2
                      FROM (
                        SELECT r5.number AS number
                        FROM invoice AS r5
                        WHERE r5.contract_id = r3.contract_id AND r5.id = r3.invoice_id) AS r6$) AS "invoice",
                      (
                      SELECT row_to_json(r8$) AS row_to_json_3
                      FROM (
                        SELECT r7.key AS key
                        FROM contract_line AS r7
                        WHERE r7.contract_id = r3.contract_id AND r7.id = r3.contract_line_id) AS r8$) AS "contractLine",
                      CASE WHEN (r3.difference_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r3.currency_code) WHEN $1::INTEGER THEN CAST(r3.difference_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r3.difference_minor AS NUMERIC) * 0.001 ELSE CAST(r3.difference_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "difference",
                      CASE WHEN (r3.rate_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r3.currency_code) WHEN $3::INTEGER THEN CAST(r3.rate_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r3.rate_minor AS NUMERIC) * 0.001 ELSE CAST(r3.rate_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "rate",
                      CASE WHEN (r3.rounding_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r3.currency_code) WHEN $5::INTEGER THEN CAST(r3.rounding_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r3.rounding_minor AS NUMERIC) * 0.001 ELSE CAST(r3.rounding_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "rounding",
                      r3.within_tolerance AS "withinTolerance") AS o$) ORDER BY r3.page_position) FILTER (WHERE r3.page_position <= $7::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r9.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC) AS page_position
              FROM (
                SELECT r2.contract_id AS contract_id,
                  r2.invoice_id AS invoice_id,
                  r2.contract_line_id AS contract_line_id,
                  r2.difference_minor AS difference_minor,
                  r2.currency_code AS currency_code,
                  r2.rate_minor AS rate_minor,
                  r2.rounding_minor AS rounding_minor,
                  r2.within_tolerance AS within_tolerance,
                  r2.contract_id AS page_order_0,
                  r2.id AS page_order_1
                FROM match_variance AS r2
                WHERE r2.run_id = r1.id
                ORDER BY r2.contract_id ASC,
                  r2.id ASC
                LIMIT $7::INTEGER + 1) AS r9) AS r3) AS r4) AS variances
        FROM (
          SELECT match_run.id AS id,
            match_run.status AS status,
            match_run.invoice_count AS invoice_count,
            match_run.variance_count AS variance_count
          FROM match_run
          WHERE match_run.id = $8::UUID) AS r1) AS r10$) AS "matchRun") AS o$) AS json_object_of_1
