SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r15$) AS row_to_json_1
      FROM (
        SELECT 'run_' || translate(encode(uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.mode AS mode,
          r1.status AS status,
          (
          SELECT row_to_json(o$)
          FROM (
            SELECT r1.period_starts_on AS "startsOn",
              r1.period_ends_on AS "endsOn") AS o$) AS "servicePeriod",
          r1.total_count AS "totalCount",
          r1.billed_count AS "billedCount",
          r1.nothing_count AS "nothingCount",
          r1.refused_count AS "refusedCount",
          (
          SELECT coalesce(json_agg(r3$), '[]'::json) AS coalesce_1
          FROM (
            SELECT r2.currency_code AS "currencyCode",
              r2.invoice_count AS "invoiceCount",
              CASE WHEN (r2.subtotal_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $1::INTEGER THEN CAST(r2.subtotal_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r2.subtotal_minor AS NUMERIC) * 0.001 ELSE CAST(r2.subtotal_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS subtotal
            FROM (
              SELECT billing_run_item.currency_code AS currency_code,
                CAST(count(*) AS BIGINT) AS invoice_count,
                CAST(sum(billing_run_item.amount_minor) AS BIGINT) AS subtotal_minor
              FROM billing_run_item
              WHERE billing_run_item.run_id = r1.id AND billing_run_item.status = 'BILLED'
              GROUP BY billing_run_item.currency_code) AS r2
            ORDER BY r2.currency_code) AS r3$) AS totals,
          (
          SELECT row_to_json(r5$) AS row_to_json_2
          FROM (
            SELECT r4.name AS name
            FROM (
              SELECT r1.started_by_name AS name,
                r1.started_by_email AS email,
                r1.started_by_organization_name AS organization_name) AS r4) AS r5$) AS "startedBy",
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT (
                SELECT count(*) AS count_1
                FROM billing_run_item AS r9
                WHERE r9.run_id = r1.id AND r9.status = ANY ($3::TEXT[])) AS "totalCount",
                r8.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT 'rni_' || translate(encode(uuid_send(r7.contract_id) || uuid_send(r7.id), 'base64'), E'+/=\n', '-_') AS "id",
                      r7.status AS "status",
                      r7.code AS "code",
                      r7.message AS "message",
                      (
                      SELECT row_to_json(r11$) AS row_to_json_3
                      FROM (
                        SELECT 'con_' || translate(encode(uuid_send(r10.id), 'base64'), E'+/=\n', '-_') AS id
                        FROM contract AS r10
                        WHERE r10.id = r7.contract_id) AS r11$) AS "contract",
                      (
                      SELECT row_to_json(r13$) AS row_to_json_4
                      FROM (
                        SELECT r12.number AS number
                        FROM invoice AS r12
                        WHERE r12.contract_id = r7.contract_id AND r12.id = r7.invoice_id) AS r13$) AS "invoice",
                      CASE WHEN (r7.amount_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r7.currency_code) WHEN $4::INTEGER THEN CAST(r7.amount_minor AS NUMERIC) WHEN $5::INTEGER THEN CAST(r7.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r7.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "amount") AS o$) ORDER BY r7.page_position) FILTER (WHERE r7.page_position <= $6::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r14.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC) AS page_position
              FROM (
                SELECT r6.contract_id AS contract_id,
                  r6.id AS id,
                  r6.status AS status,
                  r6.code AS code,
                  r6.message AS message,
                  r6.invoice_id AS invoice_id,
                  r6.amount_minor AS amount_minor,
                  r6.currency_code AS currency_code,
                  r6.contract_id AS page_order_0,
                  r6.id AS page_order_1
                FROM billing_run_item AS r6
                WHERE r6.run_id = r1.id AND r6.status = ANY ($3::TEXT[])
                ORDER BY r6.contract_id ASC,
                  r6.id ASC
                LIMIT $6::INTEGER + 1) AS r14) AS r7) AS r8) AS items
        FROM (
          SELECT billing_run.id AS id,
            billing_run.mode AS mode,
            billing_run.status AS status,
            billing_run.period_starts_on AS period_starts_on,
            billing_run.period_ends_on AS period_ends_on,
            billing_run.total_count AS total_count,
            billing_run.billed_count AS billed_count,
            billing_run.nothing_count AS nothing_count,
            billing_run.refused_count AS refused_count,
            billing_run.started_by_name AS started_by_name,
            billing_run.started_by_email AS started_by_email,
            billing_run.started_by_organization_name AS started_by_organization_name
          FROM billing_run
          WHERE app.has_role('BILLING_ADMIN') AND billing_run.id = $7::UUID) AS r1) AS r15$) AS "billingRun") AS o$) AS json_object_of_1
