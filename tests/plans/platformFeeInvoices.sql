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
                SELECT 'pfi_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r2.number AS "number",
                  r2.kind AS "kind",
                  r2.month_starts_on AS "monthStartsOn",
                  CASE WHEN (r2.subtotal_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $1::INTEGER THEN CAST(r2.subtotal_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r2.subtotal_minor AS NUMERIC) * 0.001 ELSE CAST(r2.subtotal_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
                      r2.currency_code AS "currencyCode") AS o$) ELSE NULL END AS "subtotal",
                  CASE WHEN (r2.tax_total_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $3::INTEGER THEN CAST(r2.tax_total_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r2.tax_total_minor AS NUMERIC) * 0.001 ELSE CAST(r2.tax_total_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "taxTotal",
                  CASE WHEN (r2.set_off_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $5::INTEGER THEN CAST(r2.set_off_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r2.set_off_minor AS NUMERIC) * 0.001 ELSE CAST(r2.set_off_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "setOff",
                  CASE WHEN (r2.amount_due_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $7::INTEGER THEN CAST(r2.amount_due_minor AS NUMERIC) WHEN $8::INTEGER THEN CAST(r2.amount_due_minor AS NUMERIC) * 0.001 ELSE CAST(r2.amount_due_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "amountDue") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $9::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r4.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r1.id AS id,
              r1.number AS number,
              r1.kind AS kind,
              r1.month_starts_on AS month_starts_on,
              r1.subtotal_minor AS subtotal_minor,
              r1.currency_code AS currency_code,
              r1.tax_total_minor AS tax_total_minor,
              r1.set_off_minor AS set_off_minor,
              r1.amount_due_minor AS amount_due_minor,
              r1.issued_at AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT platform_fee_invoice.id AS id,
                platform_fee_invoice.number AS number,
                platform_fee_invoice.kind AS kind,
                platform_fee_invoice.month_starts_on AS month_starts_on,
                platform_fee_invoice.currency_code AS currency_code,
                platform_fee_invoice.issued_at AS issued_at,
                platform_fee_invoice.subtotal_minor AS subtotal_minor,
                platform_fee_invoice.tax_total_minor AS tax_total_minor,
                platform_fee_invoice.set_off_minor AS set_off_minor,
                platform_fee_invoice.amount_due_minor AS amount_due_minor
              FROM platform_fee_invoice
              WHERE platform_fee_invoice.vendor_id = $10::UUID) AS r1
            WHERE r1.month_starts_on >= $11::DATE
            ORDER BY r1.issued_at DESC,
              r1.id DESC
            LIMIT $9::INTEGER + 1) AS r4) AS r2) AS r3) AS "platformFeeInvoices") AS o$) AS json_object_of_1
