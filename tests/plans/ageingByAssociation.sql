SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT coalesce(json_agg(r2$), '[]'::json) AS coalesce_1
      FROM (
        SELECT r1.currency_code AS "currencyCode",
          (
          SELECT row_to_json(o$)
          FROM (
            SELECT CASE WHEN (r1.not_due_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $1::INTEGER THEN CAST(r1.not_due_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r1.not_due_minor AS NUMERIC) * 0.001 ELSE CAST(r1.not_due_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "notDue",
              CASE WHEN (r1.open_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $3::INTEGER THEN CAST(r1.open_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r1.open_minor AS NUMERIC) * 0.001 ELSE CAST(r1.open_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "open",
              CASE WHEN (r1.reporting_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r1.reporting_currency_code) WHEN $5::INTEGER THEN CAST(r1.reporting_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r1.reporting_minor AS NUMERIC) * 0.001 ELSE CAST(r1.reporting_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
                  r1.reporting_currency_code AS "currencyCode") AS o$) ELSE NULL END AS "reported") AS o$) AS figures
        FROM (
          SELECT each.association_id AS association_id,
            each.currency_code AS currency_code,
            CAST(sum(each.not_due_minor) AS BIGINT) AS not_due_minor,
            CAST(sum(each.days_1_to_30_minor) AS BIGINT) AS days_1_to_30_minor,
            CAST(sum(each.days_31_to_60_minor) AS BIGINT) AS days_31_to_60_minor,
            CAST(sum(each.days_61_to_90_minor) AS BIGINT) AS days_61_to_90_minor,
            CAST(sum(each.over_90_days_minor) AS BIGINT) AS over_90_days_minor,
            CAST(sum(each.disputed_minor) AS BIGINT) AS disputed_minor,
            CAST(sum(each.open_minor) AS BIGINT) AS open_minor,
            CAST(sum(each.retained_minor) AS BIGINT) AS retained_minor,
            CASE WHEN (count(*) FILTER (WHERE each.reporting_minor IS NULL AND each.open_minor != 0) = 0 AND min(each.reporting_currency_code) = max(each.reporting_currency_code)) THEN min(each.reporting_currency_code) ELSE NULL END AS reporting_currency_code,
            CAST(CASE WHEN (count(*) FILTER (WHERE each.reporting_minor IS NULL AND each.open_minor != 0) = 0 AND min(each.reporting_currency_code) = max(each.reporting_currency_code)) THEN sum(each.reporting_minor) ELSE NULL END AS BIGINT) AS reporting_minor
          FROM (
            SELECT contract.id AS id,
              contract.id AS contract_id,
              contract.association_id AS association_id,
              contract.vendor_id AS vendor_id,
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
                    SELECT CAST(coalesce(sum(invoice_dispute.disputed_minor), 0) AS BIGINT) AS coalesce_2
                    FROM invoice_dispute
                    WHERE invoice_dispute.contract_id = contract.id AND invoice_dispute.invoice_id = item.invoice_id AND CAST(timezone(contract.time_zone, invoice_dispute.opened_at) AS DATE) <= CAST($7::DATE AS DATE) AND coalesce(CAST(timezone(contract.time_zone, invoice_dispute.resolved_at) AS DATE) > CAST($7::DATE AS DATE), true)), greatest(item.open_minor, 0)) AS disputed_minor,
                  coalesce(CAST(CAST($7::DATE AS DATE) - invoice.due_on AS INTEGER), 0) AS days,
                  CASE WHEN (item.open_minor != 0) THEN coalesce(invoice_exchange.to_currency_code, contract.currency_code) ELSE NULL END AS reported_in,
                  app.exchanged(item.open_minor, coalesce(invoice_exchange.rate, 1), contract.currency_code, coalesce(invoice_exchange.to_currency_code, contract.currency_code)) AS reported
                FROM (
                  SELECT journal_entry.invoice_id AS invoice_id,
                    CAST(coalesce(sum(posting.amount_minor) FILTER (WHERE posting.account = 'ASSOCIATION_RECEIVABLE'), 0) AS BIGINT) AS open_minor,
                    CAST(coalesce(sum(posting.amount_minor) FILTER (WHERE posting.account = 'RETAINAGE_RECEIVABLE'), 0) AS BIGINT) AS retained_minor
                  FROM journal_entry JOIN posting ON posting.contract_id = journal_entry.contract_id AND posting.entry_id = journal_entry.id
                  WHERE journal_entry.contract_id = contract.id AND CAST(timezone(contract.time_zone, journal_entry.effective_at) AS DATE) <= CAST($7::DATE AS DATE)
                  GROUP BY journal_entry.invoice_id) AS item LEFT OUTER JOIN invoice ON invoice.contract_id = contract.id AND invoice.id = item.invoice_id LEFT OUTER JOIN invoice_exchange ON invoice_exchange.contract_id = contract.id AND invoice_exchange.invoice_id = item.invoice_id AND invoice_exchange.purpose = 'REPORTING') AS aged) AS figures ON true
            WHERE contract.association_id = $8::UUID AND contract.activated_at IS NOT NULL) AS each
          GROUP BY each.association_id,
            each.currency_code) AS r1
        ORDER BY r1.association_id,
          r1.currency_code) AS r2$) AS "ageingByAssociation") AS o$) AS json_object_of_1
