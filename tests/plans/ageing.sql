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
                SELECT (
                  SELECT row_to_json(r5$) AS row_to_json_1
                  FROM (
                    SELECT r4.title AS title
                    FROM contract AS r4
                    WHERE r4.id = r2.contract_id) AS r5$) AS "contract",
                  (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CASE WHEN (r2.not_due_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $1::INTEGER THEN CAST(r2.not_due_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r2.not_due_minor AS NUMERIC) * 0.001 ELSE CAST(r2.not_due_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "notDue",
                      CASE WHEN (r2.over_90_days_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $3::INTEGER THEN CAST(r2.over_90_days_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r2.over_90_days_minor AS NUMERIC) * 0.001 ELSE CAST(r2.over_90_days_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "over90Days",
                      CASE WHEN (r2.disputed_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $5::INTEGER THEN CAST(r2.disputed_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r2.disputed_minor AS NUMERIC) * 0.001 ELSE CAST(r2.disputed_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "disputed",
                      CASE WHEN (r2.open_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $7::INTEGER THEN CAST(r2.open_minor AS NUMERIC) WHEN $8::INTEGER THEN CAST(r2.open_minor AS NUMERIC) * 0.001 ELSE CAST(r2.open_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
                          r2.currency_code AS "currencyCode") AS o$) ELSE NULL END AS "open") AS o$) AS "figures") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $9::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r6.*,
            row_number() OVER (ORDER BY page_order_0 ASC) AS page_position
          FROM (
            SELECT r1.contract_id AS contract_id,
              r1.not_due_minor AS not_due_minor,
              r1.currency_code AS currency_code,
              r1.over_90_days_minor AS over_90_days_minor,
              r1.disputed_minor AS disputed_minor,
              r1.open_minor AS open_minor,
              r1.contract_id AS page_order_0
            FROM (
              SELECT contract.id AS contract_id,
                contract.currency_code AS currency_code,
                figures.not_due_minor AS not_due_minor,
                figures.days_1_to_30_minor AS days_1_to_30_minor,
                figures.days_31_to_60_minor AS days_31_to_60_minor,
                figures.days_61_to_90_minor AS days_61_to_90_minor,
                figures.over_90_days_minor AS over_90_days_minor,
                figures.disputed_minor AS disputed_minor,
                figures.open_minor AS open_minor,
                figures.retained_minor AS retained_minor,
                figures.reporting_currency_code AS reporting_currency_code,
                figures.reporting_minor AS reporting_minor
              FROM contract JOIN LATERAL (
                SELECT CAST(coalesce(sum(aged.open_minor - aged.disputed_minor) FILTER (WHERE aged.days <= 0), 0) AS BIGINT) AS not_due_minor,
                  CAST(coalesce(sum(aged.open_minor - aged.disputed_minor) FILTER (WHERE aged.days >= 1 AND aged.days <= 30), 0) AS BIGINT) AS days_1_to_30_minor,
                  CAST(coalesce(sum(aged.open_minor - aged.disputed_minor) FILTER (WHERE aged.days >= 31 AND aged.days <= 60), 0) AS BIGINT) AS days_31_to_60_minor,
                  CAST(coalesce(sum(aged.open_minor - aged.disputed_minor) FILTER (WHERE aged.days >= 61 AND aged.days <= 90), 0) AS BIGINT) AS days_61_to_90_minor,
                  CAST(coalesce(sum(aged.open_minor - aged.disputed_minor) FILTER (WHERE aged.days >= 91), 0) AS BIGINT) AS over_90_days_minor,
                  CAST(coalesce(sum(aged.disputed_minor) FILTER (WHERE true), 0) AS BIGINT) AS disputed_minor,
                  CAST(coalesce(sum(aged.open_minor) FILTER (WHERE true), 0) AS BIGINT) AS open_minor,
                  CAST(coalesce(sum(aged.retained_minor) FILTER (WHERE true), 0) AS BIGINT) AS retained_minor,
                  CASE WHEN (min(aged.reported_in) = max(aged.reported_in)) THEN min(aged.reported_in) ELSE NULL END AS reporting_currency_code,
                  CAST(CASE WHEN (min(aged.reported_in) = max(aged.reported_in)) THEN app.round_half_even(sum(aged.reported), 0) ELSE NULL END AS BIGINT) AS reporting_minor
                FROM (
                  SELECT item.open_minor AS open_minor,
                    item.retained_minor AS retained_minor,
                    least((
                      SELECT CAST(coalesce(sum(invoice_dispute.disputed_minor), 0) AS BIGINT) AS coalesce_1
                      FROM invoice_dispute
                      WHERE invoice_dispute.contract_id = contract.id AND invoice_dispute.invoice_id = item.invoice_id AND CAST(timezone(contract.time_zone, invoice_dispute.opened_at) AS DATE) <= CAST($10::DATE AS DATE) AND coalesce(CAST(timezone(contract.time_zone, invoice_dispute.resolved_at) AS DATE) > CAST($10::DATE AS DATE), true)), greatest(item.open_minor, 0)) AS disputed_minor,
                    coalesce(CAST(CAST($10::DATE AS DATE) - invoice.due_on AS INTEGER), 0) AS days,
                    CASE WHEN (item.open_minor != 0) THEN coalesce(invoice_exchange.to_currency_code, contract.currency_code) ELSE NULL END AS reported_in,
                    app.exchanged(item.open_minor, coalesce(invoice_exchange.rate, 1), contract.currency_code, coalesce(invoice_exchange.to_currency_code, contract.currency_code)) AS reported
                  FROM (
                    SELECT journal_entry.invoice_id AS invoice_id,
                      CAST(coalesce(sum(posting.amount_minor) FILTER (WHERE posting.account = 'ASSOCIATION_RECEIVABLE'), 0) AS BIGINT) AS open_minor,
                      CAST(coalesce(sum(posting.amount_minor) FILTER (WHERE posting.account = 'RETAINAGE_RECEIVABLE'), 0) AS BIGINT) AS retained_minor
                    FROM journal_entry JOIN posting ON posting.contract_id = journal_entry.contract_id AND posting.entry_id = journal_entry.id
                    WHERE journal_entry.contract_id = contract.id AND CAST(timezone(contract.time_zone, journal_entry.effective_at) AS DATE) <= CAST($10::DATE AS DATE)
                    GROUP BY journal_entry.invoice_id) AS item LEFT OUTER JOIN invoice ON invoice.contract_id = contract.id AND invoice.id = item.invoice_id LEFT OUTER JOIN invoice_exchange ON invoice_exchange.contract_id = contract.id AND invoice_exchange.invoice_id = item.invoice_id AND invoice_exchange.purpose = 'REPORTING') AS aged) AS figures ON true
              WHERE contract.association_id = $11::UUID AND contract.activated_at IS NOT NULL) AS r1
            ORDER BY r1.contract_id ASC
            LIMIT $9::INTEGER + 1) AS r6) AS r2) AS r3) AS "ageing") AS o$) AS json_object_of_1
