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
                SELECT r2.starts_on AS "startsOn",
                  CASE WHEN (r2.price_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $1::INTEGER THEN CAST(r2.price_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r2.price_minor AS NUMERIC) * 0.001 ELSE CAST(r2.price_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
                      r2.currency_code AS "currencyCode") AS o$) ELSE NULL END AS "price",
                  CASE WHEN (r2.credits_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $3::INTEGER THEN CAST(r2.credits_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r2.credits_minor AS NUMERIC) * 0.001 ELSE CAST(r2.credits_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "credits",
                  CASE WHEN (r2.cost_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $5::INTEGER THEN CAST(r2.cost_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r2.cost_minor AS NUMERIC) * 0.001 ELSE CAST(r2.cost_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "cost",
                  CAST(round(app.round_half_even(r2.gross_margin_percent, 2), 2) AS TEXT) AS "grossMarginPercent",
                  CASE WHEN (r2.platform_fee_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $7::INTEGER THEN CAST(r2.platform_fee_minor AS NUMERIC) WHEN $8::INTEGER THEN CAST(r2.platform_fee_minor AS NUMERIC) * 0.001 ELSE CAST(r2.platform_fee_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "platformFee",
                  CASE WHEN (r2.vendor_margin_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $9::INTEGER THEN CAST(r2.vendor_margin_minor AS NUMERIC) WHEN $10::INTEGER THEN CAST(r2.vendor_margin_minor AS NUMERIC) * 0.001 ELSE CAST(r2.vendor_margin_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "vendorMargin") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $11::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r4.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
          FROM (
            SELECT r1.starts_on AS starts_on,
              r1.price_minor AS price_minor,
              r1.currency_code AS currency_code,
              r1.credits_minor AS credits_minor,
              r1.cost_minor AS cost_minor,
              r1.gross_margin_percent AS gross_margin_percent,
              r1.platform_fee_minor AS platform_fee_minor,
              r1.vendor_margin_minor AS vendor_margin_minor,
              r1.starts_on AS page_order_0,
              r1.vendor_id AS page_order_1,
              r1.currency_code AS page_order_2
            FROM (
              SELECT line.vendor_id AS vendor_id,
                line.currency_code AS currency_code,
                line.starts_on AS starts_on,
                CAST(line.starts_on + interval '1 month' - interval '1 day' AS DATE) AS ends_on,
                'STANDARD' AS cost_basis,
                CAST(sum(line.price_minor) AS BIGINT) AS price_minor,
                CAST(sum(line.credits_minor) AS BIGINT) AS credits_minor,
                CAST(sum(line.cost_minor) AS BIGINT) AS cost_minor,
                CAST(sum(line.price_minor) AS BIGINT) - CAST(sum(line.cost_minor) AS BIGINT) AS gross_margin_minor,
                ((CAST(sum(line.price_minor) AS BIGINT) - CAST(sum(line.cost_minor) AS BIGINT)) * 100) / CAST(nullif(CAST(sum(line.price_minor) AS BIGINT), 0) AS NUMERIC) AS gross_margin_percent,
                ((CAST(sum(line.price_minor) AS BIGINT) - CAST(sum(line.cost_minor) AS BIGINT)) * 100) / CAST(nullif(CAST(sum(line.cost_minor) AS BIGINT), 0) AS NUMERIC) AS markup_percent,
                CAST(sum(line.platform_fee_minor) AS BIGINT) AS platform_fee_minor,
                (CAST(sum(line.price_minor) AS BIGINT) - CAST(sum(line.cost_minor) AS BIGINT)) - CAST(sum(line.platform_fee_minor) AS BIGINT) AS vendor_margin_minor,
                (((CAST(sum(line.price_minor) AS BIGINT) - CAST(sum(line.cost_minor) AS BIGINT)) - CAST(sum(line.platform_fee_minor) AS BIGINT)) * 100) / CAST(nullif(CAST(sum(line.price_minor) AS BIGINT), 0) AS NUMERIC) AS vendor_margin_percent,
                CAST(sum(line.price_minor) AS BIGINT) - CAST(sum(line.platform_fee_minor) AS BIGINT) AS vendor_proceeds_minor,
                CAST(count(DISTINCT line.contract_id) AS INTEGER) AS contract_count
              FROM (
                SELECT invoice.vendor_id AS vendor_id,
                  invoice.contract_id AS contract_id,
                  invoice.currency_code AS currency_code,
                  CAST(date_trunc($12::VARCHAR, invoice.period_ends_on) AS DATE) AS starts_on,
                  invoice_line.amount_minor - credited.amount_minor AS price_minor,
                  credited.amount_minor AS credits_minor,
                  invoice_line_cost.cost_minor - credited.cost_minor AS cost_minor,
                  invoice_line_cost.platform_fee_minor - credited.fee_minor AS platform_fee_minor
                FROM invoice JOIN invoice_line ON invoice_line.contract_id = invoice.contract_id AND invoice_line.invoice_id = invoice.id JOIN invoice_line_cost ON invoice_line_cost.contract_id = invoice_line.contract_id AND invoice_line_cost.invoice_line_id = invoice_line.id JOIN LATERAL (
                  SELECT CAST(coalesce(sum(credit_note_line.amount_minor), 0) AS BIGINT) AS amount_minor,
                    CAST(coalesce(sum(credit_note_line_cost.cost_minor), 0) AS BIGINT) AS cost_minor,
                    CAST(coalesce(sum(credit_note_line_cost.platform_fee_minor), 0) AS BIGINT) AS fee_minor
                  FROM credit_note_line JOIN credit_note ON credit_note.contract_id = credit_note_line.contract_id AND credit_note.id = credit_note_line.credit_note_id LEFT OUTER JOIN credit_note_line_cost ON credit_note_line_cost.contract_id = credit_note_line.contract_id AND credit_note_line_cost.credit_note_line_id = credit_note_line.id
                  WHERE credit_note_line.contract_id = invoice_line.contract_id AND credit_note_line.invoice_line_id = invoice_line.id AND credit_note.voided_at IS NULL) AS credited ON true
                WHERE invoice.association_id = $13::UUID AND invoice.vendor_id = $14::UUID AND (invoice.status NOT IN ('DRAFT', 'DISCARDED', 'VOID')) AND app.disclosure(invoice.contract_id, invoice.association_id, invoice.vendor_id) = 'FULL') AS line
              GROUP BY line.vendor_id,
                line.currency_code,
                line.starts_on) AS r1
            ORDER BY r1.starts_on DESC,
              r1.vendor_id DESC,
              r1.currency_code DESC
            LIMIT $11::INTEGER + 1) AS r4) AS r2) AS r3) AS "openBookMonths",
      (
      SELECT row_to_json(r18$) AS row_to_json_1
      FROM (
        SELECT (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r8.part_0 AS "nodes") AS o$) AS json_object_of_3
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r7.status AS "status",
                      CASE WHEN (r7.cost_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r7.currency_code) WHEN $15::INTEGER THEN CAST(r7.cost_minor AS NUMERIC) WHEN $16::INTEGER THEN CAST(r7.cost_minor AS NUMERIC) * 0.001 ELSE CAST(r7.cost_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "amount",
                      (
                      SELECT coalesce(json_agg(r10$), '[]'::json) AS coalesce_1
                      FROM (
                        SELECT r9.status AS status
                        FROM cost_question AS r9
                        WHERE r9.contract_id = r7.contract_id AND r9.actual_cost_id = r7.id
                        ORDER BY r9.asked_at,
                          r9.id) AS r10$) AS "questions",
                      (
                      SELECT coalesce(json_agg(r12$), '[]'::json) AS coalesce_2
                      FROM (
                        SELECT r11.name AS name
                        FROM evidence AS r11
                        WHERE r11.contract_id = r7.contract_id AND r11.actual_cost_id = r7.id
                        ORDER BY r11.id) AS r12$) AS "evidence") AS o$) ORDER BY r7.page_position) FILTER (WHERE r7.page_position <= $17::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r13.*,
                row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
              FROM (
                SELECT r6.status AS status,
                  r6.cost_minor AS cost_minor,
                  r6.currency_code AS currency_code,
                  r6.contract_id AS contract_id,
                  r6.id AS id,
                  r6.period_starts_on AS page_order_0,
                  r6.contract_id AS page_order_1,
                  r6.id AS page_order_2
                FROM actual_cost AS r6
                WHERE r6.contract_id = r5.id
                ORDER BY r6.period_starts_on DESC,
                  r6.contract_id DESC,
                  r6.id DESC
                LIMIT $17::INTEGER + 1) AS r13) AS r7) AS r8) AS "actualCosts",
          (
          SELECT row_to_json(r15$) AS row_to_json_2
          FROM (
            SELECT (
              SELECT row_to_json(o$)
              FROM (
                SELECT r14.cost_basis AS "costBasis",
                  CASE WHEN (r14.cost_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r14.currency_code) WHEN $18::INTEGER THEN CAST(r14.cost_minor AS NUMERIC) WHEN $19::INTEGER THEN CAST(r14.cost_minor AS NUMERIC) * 0.001 ELSE CAST(r14.cost_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "cost") AS o$) AS "openBook",
              CASE WHEN (r14.variance_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CASE WHEN (r14.variance_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r14.currency_code) WHEN $20::INTEGER THEN CAST(r14.variance_minor AS NUMERIC) WHEN $21::INTEGER THEN CAST(r14.variance_minor AS NUMERIC) * 0.001 ELSE CAST(r14.variance_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "total",
                  CASE WHEN (r14.rate_variance_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r14.currency_code) WHEN $22::INTEGER THEN CAST(r14.rate_variance_minor AS NUMERIC) WHEN $23::INTEGER THEN CAST(r14.rate_variance_minor AS NUMERIC) * 0.001 ELSE CAST(r14.rate_variance_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "rate") AS o$) ELSE NULL END AS variance
            FROM (
              SELECT seen.currency_code AS currency_code,
                seen.disclosure AS disclosure,
                CASE WHEN (seen.disclosure = 'FULL') THEN seen.cost_basis END AS cost_basis,
                seen.price_minor AS price_minor,
                CASE WHEN (seen.disclosure = 'FULL') THEN seen.cost_minor END AS cost_minor,
                CASE WHEN (seen.disclosure = 'FULL') THEN seen.price_minor - seen.cost_minor END AS gross_margin_minor,
                CASE WHEN (seen.disclosure = 'FULL') THEN ((seen.price_minor - seen.cost_minor) * 100) / CAST(nullif(seen.price_minor, 0) AS NUMERIC) END AS gross_margin_percent,
                CASE WHEN (seen.disclosure = 'FULL') THEN ((seen.price_minor - seen.cost_minor) * 100) / CAST(nullif(seen.cost_minor, 0) AS NUMERIC) END AS markup_percent,
                CASE WHEN (seen.disclosure = 'FULL') THEN seen.platform_fee_minor END AS platform_fee_minor,
                CASE WHEN (seen.disclosure = 'FULL') THEN (seen.price_minor - seen.cost_minor) - seen.platform_fee_minor END AS vendor_margin_minor,
                CASE WHEN (seen.disclosure = 'FULL') THEN (((seen.price_minor - seen.cost_minor) - seen.platform_fee_minor) * 100) / CAST(nullif(seen.price_minor, 0) AS NUMERIC) END AS vendor_margin_percent,
                CASE WHEN (seen.disclosure = 'FULL') THEN seen.price_minor - seen.platform_fee_minor END AS vendor_proceeds_minor,
                CASE WHEN (seen.disclosure = 'FULL') THEN seen.unaccepted_cost_minor END AS unaccepted_cost_minor,
                CASE WHEN (seen.disclosure IN ('FULL', 'BAND_ONLY')) THEN seen.margin_floor_percent END AS margin_floor_percent,
                CASE WHEN (seen.disclosure IN ('FULL', 'BAND_ONLY')) THEN seen.margin_ceiling_percent END AS margin_ceiling_percent,
                CASE WHEN (seen.disclosure IN ('FULL', 'BAND_ONLY')) THEN CASE WHEN (seen.disclosure != 'FULL') THEN NULL WHEN (((seen.price_minor - seen.cost_minor) * 100) / CAST(nullif(seen.price_minor, 0) AS NUMERIC) < seen.margin_floor_percent) THEN 'BELOW' WHEN (((seen.price_minor - seen.cost_minor) * 100) / CAST(nullif(seen.price_minor, 0) AS NUMERIC) > seen.margin_ceiling_percent) THEN 'ABOVE' WHEN (((seen.price_minor - seen.cost_minor) * 100) / CAST(nullif(seen.price_minor, 0) AS NUMERIC) IS NOT NULL) THEN 'WITHIN' END END AS verdict,
                CASE WHEN (seen.disclosure = 'FULL') THEN seen.standard_cost_minor END AS standard_cost_minor,
                CASE WHEN (seen.disclosure = 'FULL') THEN seen.variance_minor END AS variance_minor,
                CASE WHEN (seen.disclosure = 'FULL') THEN seen.rate_variance_minor END AS rate_variance_minor,
                CASE WHEN (seen.disclosure = 'FULL') THEN seen.efficiency_variance_minor END AS efficiency_variance_minor
              FROM (
                SELECT contract.currency_code AS currency_code,
                  contract.disclosure_tier AS disclosure_tier,
                  contract.margin_floor_percent AS margin_floor_percent,
                  contract.margin_ceiling_percent AS margin_ceiling_percent,
                  app.disclosure(contract.id, contract.association_id, contract.vendor_id) AS disclosure,
                  CAST(NULL AS TEXT) AS verdict,
                  total.price_minor AS price_minor,
                  total.cost_minor AS cost_minor,
                  total.platform_fee_minor AS platform_fee_minor,
                  total.unaccepted_cost_minor AS unaccepted_cost_minor,
                  total.cost_basis AS cost_basis,
                  total.standard_cost_minor AS standard_cost_minor,
                  total.variance_minor AS variance_minor,
                  total.rate_variance_minor AS rate_variance_minor,
                  total.efficiency_variance_minor AS efficiency_variance_minor
                FROM contract JOIN (
                  SELECT CAST(coalesce(sum(known_line.price_minor), 0) AS BIGINT) AS price_minor,
                    CAST(coalesce(sum(coalesce(known_line.actual_minor + known_line.rest_minor, coalesce(known_line.standard_minor, 0))), 0) AS BIGINT) AS cost_minor,
                    CAST(coalesce(sum(known_line.platform_fee_minor), 0) AS BIGINT) AS platform_fee_minor,
                    CAST(NULL AS BIGINT) AS unaccepted_cost_minor,
                    CASE WHEN (coalesce(sum(known_line.periods), $24::INTEGER) = $25::INTEGER) THEN 'STANDARD' WHEN coalesce(bool_and(known_line.quantity = known_line.done) FILTER (WHERE known_line.quantity > $26::INTEGER), $27::BOOLEAN) THEN 'ACTUAL' ELSE 'MIXED' END AS cost_basis,
                    CAST(coalesce(sum(coalesce(known_line.standard_minor, 0)), 0) AS BIGINT) AS standard_cost_minor,
                    CAST(coalesce(sum(coalesce(known_line.standard_minor, 0) - coalesce(known_line.actual_minor + known_line.rest_minor, coalesce(known_line.standard_minor, 0))), 0) AS BIGINT) AS variance_minor,
                    CAST(CASE WHEN (bool_and(known_line.is_parted) FILTER (WHERE known_line.periods > $28::INTEGER)) THEN CAST(coalesce(sum(CASE WHEN (known_line.periods > $29::INTEGER) THEN known_line.spent_minor - known_line.actual_minor END), 0) AS BIGINT) END AS BIGINT) AS rate_variance_minor,
                    CAST(CAST(coalesce(sum(coalesce(known_line.standard_minor, 0) - coalesce(known_line.actual_minor + known_line.rest_minor, coalesce(known_line.standard_minor, 0))), 0) AS BIGINT) - CASE WHEN (bool_and(known_line.is_parted) FILTER (WHERE known_line.periods > $28::INTEGER)) THEN CAST(coalesce(sum(CASE WHEN (known_line.periods > $29::INTEGER) THEN known_line.spent_minor - known_line.actual_minor END), 0) AS BIGINT) END AS BIGINT) AS efficiency_variance_minor
                  FROM (
                    SELECT contract_line.contract_id AS contract_id,
                      CASE WHEN (contract_line.kind IN ('RECURRING', 'MINIMUM_COMMITMENT')) THEN contract_line.billed_minor ELSE CASE WHEN (contract_line.kind = 'UNIT' AND (
                        SELECT contract_line_pricing.tiering
                        FROM contract_line_pricing
                        WHERE contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(contract_line.contract_id, contract_line.id, contract_line.currency_code) ELSE app.extended_minor(contract_line.accepted_quantity, contract_line.unit_price, contract_line.currency_code) END END AS price_minor,
                      CASE WHEN (contract_line.kind = $30::VARCHAR) THEN contract_line.billed_quantity ELSE contract_line.accepted_quantity END AS quantity,
                      CAST(app.round_half_even((CASE WHEN (contract_line.kind IN ('RECURRING', 'MINIMUM_COMMITMENT')) THEN contract_line.billed_minor ELSE CASE WHEN (contract_line.kind = 'UNIT' AND (
                              SELECT contract_line_pricing.tiering
                              FROM contract_line_pricing
                              WHERE contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(contract_line.contract_id, contract_line.id, contract_line.currency_code) ELSE app.extended_minor(contract_line.accepted_quantity, contract_line.unit_price, contract_line.currency_code) END END * contract.platform_fee_percent) / CAST(100 AS NUMERIC), 0) AS BIGINT) AS platform_fee_minor,
                      app.extended_minor(CASE WHEN (contract_line.kind = $30::VARCHAR) THEN contract_line.billed_quantity ELSE contract_line.accepted_quantity END, contract_line_cost.unit_cost, contract_line.currency_code) AS standard_minor,
                      app.extended_minor(CASE WHEN (contract_line.kind = $30::VARCHAR) THEN contract_line.billed_quantity ELSE contract_line.accepted_quantity END - known.done, contract_line_cost.unit_cost, contract_line.currency_code) AS rest_minor,
                      known.actual_minor AS actual_minor,
                      known.done AS done,
                      known.spent_minor AS spent_minor,
                      known.is_parted AS is_parted,
                      known.periods AS periods
                    FROM contract_line JOIN contract ON contract.id = contract_line.contract_id LEFT OUTER JOIN contract_line_cost ON contract_line_cost.contract_id = contract_line.contract_id AND contract_line_cost.line_id = contract_line.id JOIN LATERAL (
                      SELECT CAST(coalesce(sum(period.actual_minor), $31::INTEGER) AS BIGINT) AS actual_minor,
                        coalesce(sum(period.done), $32::INTEGER) AS done,
                        sum(app.extended_minor(period.spent, contract_line_cost.unit_cost, contract_line.currency_code)) AS spent_minor,
                        CAST(coalesce(bool_and(period.spent IS NOT NULL), $33::BOOLEAN) AS BOOLEAN) AS is_parted,
                        CAST(count(*) AS INTEGER) AS periods
                      FROM LATERAL app.costs_of_line(contract_line.contract_id, contract_line.id) AS period) AS known ON true
                    WHERE contract_line.kind != $34::VARCHAR AND contract_line.contract_id = r5.id AND contract_line.revision = r5.revision) AS known_line) AS total ON true
                WHERE contract.id = r5.id
                LIMIT ALL
                OFFSET 0) AS seen) AS r14) AS r15$) AS "actualBook",
          (
          SELECT row_to_json(r17$) AS row_to_json_3
          FROM (
            SELECT CASE WHEN (r16.list_price_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r16.currency_code) WHEN $35::INTEGER THEN CAST(r16.list_price_minor AS NUMERIC) WHEN $36::INTEGER THEN CAST(r16.list_price_minor AS NUMERIC) * 0.001 ELSE CAST(r16.list_price_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "listPrice",
              CASE WHEN (r16.contracted_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r16.currency_code) WHEN $37::INTEGER THEN CAST(r16.contracted_minor AS NUMERIC) WHEN $38::INTEGER THEN CAST(r16.contracted_minor AS NUMERIC) * 0.001 ELSE CAST(r16.contracted_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS contracted,
              CASE WHEN (r16.accepted_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r16.currency_code) WHEN $39::INTEGER THEN CAST(r16.accepted_minor AS NUMERIC) WHEN $40::INTEGER THEN CAST(r16.accepted_minor AS NUMERIC) * 0.001 ELSE CAST(r16.accepted_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS accepted,
              CASE WHEN (r16.credits_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r16.currency_code) WHEN $41::INTEGER THEN CAST(r16.credits_minor AS NUMERIC) WHEN $42::INTEGER THEN CAST(r16.credits_minor AS NUMERIC) * 0.001 ELSE CAST(r16.credits_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS credits,
              CASE WHEN (r16.billed_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r16.currency_code) WHEN $43::INTEGER THEN CAST(r16.billed_minor AS NUMERIC) WHEN $44::INTEGER THEN CAST(r16.billed_minor AS NUMERIC) * 0.001 ELSE CAST(r16.billed_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS billed
            FROM (
              SELECT CAST(coalesce(sum(app.extended_minor(contract_line.quantity, coalesce(rate_card_entry.unit_price, contract_line.unit_price), contract_line.currency_code)), 0) AS BIGINT) AS list_price_minor,
                CAST(coalesce(sum(contract_line.value_minor), 0) AS BIGINT) AS contracted_minor,
                CAST(coalesce(sum(CASE WHEN (contract_line.kind IN ('RECURRING', 'MINIMUM_COMMITMENT')) THEN contract_line.billed_minor ELSE CASE WHEN (contract_line.kind = 'UNIT' AND (
                        SELECT contract_line_pricing.tiering
                        FROM contract_line_pricing
                        WHERE contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(contract_line.contract_id, contract_line.id, contract_line.currency_code) ELSE app.extended_minor(contract_line.accepted_quantity, contract_line.unit_price, contract_line.currency_code) END END), 0) AS BIGINT) AS accepted_minor,
                CAST(coalesce(sum((
                      SELECT coalesce(sum(invoice_line.amount_minor), $45::INTEGER) AS coalesce_9
                      FROM invoice_line JOIN invoice ON invoice.contract_id = invoice_line.contract_id AND invoice.id = invoice_line.invoice_id
                      WHERE invoice_line.contract_id = contract_line.contract_id AND invoice_line.contract_line_id = contract_line.id AND (invoice.status NOT IN ('DRAFT', 'DISCARDED', 'VOID')))), 0) AS BIGINT) AS invoiced_minor,
                CAST(coalesce(sum((
                      SELECT coalesce(sum(credit_note_line.amount_minor), $46::INTEGER) AS coalesce_11
                      FROM credit_note_line JOIN credit_note ON credit_note.contract_id = credit_note_line.contract_id AND credit_note.id = credit_note_line.credit_note_id
                      WHERE credit_note_line.contract_id = contract_line.contract_id AND credit_note_line.contract_line_id = contract_line.id AND credit_note.voided_at IS NULL)), 0) AS BIGINT) AS credits_minor,
                CAST(coalesce(sum((
                      SELECT coalesce(sum(invoice_line.amount_minor), $45::INTEGER) AS coalesce_9
                      FROM invoice_line JOIN invoice ON invoice.contract_id = invoice_line.contract_id AND invoice.id = invoice_line.invoice_id
                      WHERE invoice_line.contract_id = contract_line.contract_id AND invoice_line.contract_line_id = contract_line.id AND (invoice.status NOT IN ('DRAFT', 'DISCARDED', 'VOID'))) - (
                      SELECT coalesce(sum(credit_note_line.amount_minor), $46::INTEGER) AS coalesce_11
                      FROM credit_note_line JOIN credit_note ON credit_note.contract_id = credit_note_line.contract_id AND credit_note.id = credit_note_line.credit_note_id
                      WHERE credit_note_line.contract_id = contract_line.contract_id AND credit_note_line.contract_line_id = contract_line.id AND credit_note.voided_at IS NULL)), 0) AS BIGINT) AS billed_minor,
                r5.currency_code AS currency_code
              FROM contract_line JOIN contract ON contract.id = contract_line.contract_id LEFT OUTER JOIN rate_card_entry ON rate_card_entry.version_id = contract.offering_version_id AND rate_card_entry.key = contract_line.rate_card_key AND rate_card_entry.currency_code = contract_line.currency_code
              WHERE contract_line.kind != $47::VARCHAR AND contract_line.contract_id = r5.id AND contract_line.revision = r5.revision) AS r16) AS r17$) AS prices
        FROM (
          SELECT contract.id AS id,
            contract.revision AS revision,
            contract.currency_code AS currency_code
          FROM contract
          WHERE contract.id = $48::UUID AND contract.association_id = $13::UUID) AS r5) AS r18$) AS "contract") AS o$) AS json_object_of_1
