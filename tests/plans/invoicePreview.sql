SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r8$) AS row_to_json_1
      FROM (
        SELECT CASE WHEN (r1.subtotal_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $1::INTEGER THEN CAST(r1.subtotal_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r1.subtotal_minor AS NUMERIC) * 0.001 ELSE CAST(r1.subtotal_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
              r1.currency_code AS "currencyCode") AS o$) ELSE NULL END AS subtotal,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.disclosure AS disclosure,
              CASE WHEN (r2.cost_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $3::INTEGER THEN CAST(r2.cost_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r2.cost_minor AS NUMERIC) * 0.001 ELSE CAST(r2.cost_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS cost
            FROM (
              SELECT seen.currency_code AS currency_code,
                seen.disclosure AS disclosure,
                CASE WHEN (seen.disclosure = 'FULL') THEN 'STANDARD' END AS cost_basis,
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
                CAST(NULL AS NUMERIC) AS margin_floor_percent,
                CAST(NULL AS NUMERIC) AS margin_ceiling_percent,
                CASE WHEN (seen.disclosure IN ('FULL', 'BAND_ONLY')) THEN seen.verdict END AS verdict
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
                  total.unaccepted_cost_minor AS unaccepted_cost_minor
                FROM contract JOIN (
                  SELECT CAST(coalesce(sum(line.amount_minor), 0) AS BIGINT) AS price_minor,
                    CAST(coalesce(sum(line.cost_minor), 0) AS BIGINT) AS cost_minor,
                    CAST(coalesce(sum(line.platform_fee_minor), 0) AS BIGINT) AS platform_fee_minor,
                    CAST(NULL AS BIGINT) AS unaccepted_cost_minor
                  FROM (
                    SELECT trued_up.contract_id AS contract_id,
                      trued_up.contract_line_id AS contract_line_id,
                      trued_up.rate_version AS rate_version,
                      trued_up.tier_period_starts_on AS tier_period_starts_on,
                      trued_up.rate_card_key AS rate_card_key,
                      CASE WHEN trued_up.trues_up THEN trued_up.amount_minor / CAST(power(10, CAST(app.currency_digits(trued_up.currency_code) AS NUMERIC)) AS NUMERIC) ELSE trued_up.unit_price END AS unit_price,
                      trued_up.quantity AS quantity,
                      trued_up.late_quantity AS late_quantity,
                      trued_up.whole_quantity AS whole_quantity,
                      trued_up.prorated_minor AS prorated_minor,
                      trued_up.allowed_minor AS allowed_minor,
                      trued_up.actual_cost_ids AS actual_cost_ids,
                      trued_up.final AS final,
                      trued_up.association_id AS association_id,
                      trued_up.vendor_id AS vendor_id,
                      trued_up.description AS description,
                      trued_up.unit AS unit,
                      trued_up.currency_code AS currency_code,
                      trued_up.position AS position,
                      trued_up.uncapped_minor AS uncapped_minor,
                      trued_up.cost_basis AS cost_basis,
                      trued_up.cost_minor AS cost_minor,
                      trued_up.platform_fee_percent AS platform_fee_percent,
                      trued_up.not_to_exceed_minor AS not_to_exceed_minor,
                      trued_up.extended_minor AS extended_minor,
                      trued_up.billed_minor AS billed_minor,
                      trued_up.trues_up AS trues_up,
                      trued_up.amount_minor AS amount_minor,
                      CAST(app.round_half_even((trued_up.amount_minor * trued_up.platform_fee_percent) / CAST(100 AS NUMERIC), 0) AS BIGINT) AS platform_fee_minor
                    FROM (
                      SELECT capped.contract_id AS contract_id,
                        capped.contract_line_id AS contract_line_id,
                        capped.rate_version AS rate_version,
                        capped.tier_period_starts_on AS tier_period_starts_on,
                        capped.rate_card_key AS rate_card_key,
                        capped.unit_price AS unit_price,
                        capped.quantity AS quantity,
                        capped.late_quantity AS late_quantity,
                        capped.whole_quantity AS whole_quantity,
                        capped.prorated_minor AS prorated_minor,
                        capped.allowed_minor AS allowed_minor,
                        capped.actual_cost_ids AS actual_cost_ids,
                        capped.final AS final,
                        capped.association_id AS association_id,
                        capped.vendor_id AS vendor_id,
                        capped.description AS description,
                        capped.unit AS unit,
                        capped.currency_code AS currency_code,
                        capped.position AS position,
                        capped.uncapped_minor AS uncapped_minor,
                        capped.cost_basis AS cost_basis,
                        capped.cost_minor AS cost_minor,
                        capped.platform_fee_percent AS platform_fee_percent,
                        capped.not_to_exceed_minor AS not_to_exceed_minor,
                        capped.extended_minor AS extended_minor,
                        capped.billed_minor AS billed_minor,
                        capped.trues_up AS trues_up,
                        CAST(CASE WHEN (capped.trues_up AND capped.final) THEN greatest(capped.amount_minor - coalesce(sum(capped.amount_minor) FILTER (WHERE NOT capped.trues_up) OVER (PARTITION BY capped.contract_id), 0), 0) ELSE capped.amount_minor END AS BIGINT) AS amount_minor
                      FROM (
                        SELECT priced.contract_id AS contract_id,
                          priced.contract_line_id AS contract_line_id,
                          priced.rate_version AS rate_version,
                          priced.tier_period_starts_on AS tier_period_starts_on,
                          priced.rate_card_key AS rate_card_key,
                          priced.unit_price AS unit_price,
                          priced.quantity AS quantity,
                          priced.late_quantity AS late_quantity,
                          priced.whole_quantity AS whole_quantity,
                          priced.prorated_minor AS prorated_minor,
                          priced.allowed_minor AS allowed_minor,
                          priced.actual_cost_ids AS actual_cost_ids,
                          priced.final AS final,
                          priced.association_id AS association_id,
                          priced.vendor_id AS vendor_id,
                          priced.description AS description,
                          priced.unit AS unit,
                          priced.currency_code AS currency_code,
                          priced.position AS position,
                          priced.uncapped_minor AS uncapped_minor,
                          priced.cost_basis AS cost_basis,
                          priced.cost_minor AS cost_minor,
                          priced.platform_fee_percent AS platform_fee_percent,
                          priced.not_to_exceed_minor AS not_to_exceed_minor,
                          priced.extended_minor AS extended_minor,
                          priced.billed_minor AS billed_minor,
                          priced.trues_up AS trues_up,
                          CAST(CASE WHEN ((priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor IS NULL) THEN priced.uncapped_minor ELSE greatest(least(sum(priced.uncapped_minor) OVER (PARTITION BY priced.contract_id, priced.contract_line_id ORDER BY priced.position), (priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor), 0) - greatest(least(sum(priced.uncapped_minor) OVER (PARTITION BY priced.contract_id, priced.contract_line_id ORDER BY priced.position) - priced.uncapped_minor, (priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor), 0) END AS BIGINT) AS amount_minor
                        FROM (
                          SELECT billed.contract_id AS contract_id,
                            billed.contract_line_id AS contract_line_id,
                            billed.rate_version AS rate_version,
                            billed.tier_period_starts_on AS tier_period_starts_on,
                            billed.rate_card_key AS rate_card_key,
                            billed.unit_price AS unit_price,
                            billed.quantity AS quantity,
                            billed.late_quantity AS late_quantity,
                            billed.whole_quantity AS whole_quantity,
                            billed.prorated_minor AS prorated_minor,
                            billed.allowed_minor AS allowed_minor,
                            billed.actual_cost_ids AS actual_cost_ids,
                            billed.final AS final,
                            contract_line.association_id AS association_id,
                            contract_line.vendor_id AS vendor_id,
                            contract_line.title AS description,
                            CASE WHEN (billed.allowed_minor IS NOT NULL) THEN 'LUMP_SUM' ELSE contract_line.unit END AS unit,
                            contract_line.currency_code AS currency_code,
                            row_number() OVER (PARTITION BY billed.contract_id ORDER BY contract_line.position, billed.rate_version, billed.tier_period_starts_on) AS position,
                            CASE WHEN (contract_line.kind = 'MINIMUM_COMMITMENT') THEN billed.prorated_minor WHEN (billed.tier_period_starts_on IS NOT NULL) THEN (
                            SELECT greatest(app.tiered_minor(billed.contract_id, billed.contract_line_id, contract_line_pricing.tiering, billed.quantity + so_far.quantity, contract_line.currency_code) - so_far.amount_minor, 0) AS greatest_1
                            FROM app.tier_billed(billed.contract_id, billed.contract_line_id, billed.tier_period_starts_on) AS so_far) WHEN (billed.allowed_minor IS NOT NULL) THEN (
                            SELECT greatest(((to_date.all_minor + app.contract_fee_minor(billed.contract_id, billed.contract_line_id, to_date.earning_minor, billed.final)) - contract_line.billed_minor) - app.conceded_minor(billed.contract_id, billed.contract_line_id), 0) AS greatest_2
                            FROM (
                              SELECT coalesce(sum(incurred.allowed_minor), 0) AS all_minor,
                                coalesce(sum(incurred.allowed_minor) FILTER (WHERE incurred.category != 'PASS_THROUGH'), 0) AS earning_minor
                              FROM actual_cost AS incurred
                              WHERE billed.contract_id = incurred.contract_id AND billed.contract_line_id = incurred.contract_line_id AND (incurred.billed OR incurred.id = any(billed.actual_cost_ids))) AS to_date) ELSE app.extended_minor(billed.whole_quantity, billed.unit_price, contract_line.currency_code) + billed.prorated_minor END AS uncapped_minor,
                            CASE WHEN (billed.allowed_minor IS NOT NULL) THEN 'ACTUAL' ELSE 'STANDARD' END AS cost_basis,
                            CASE WHEN (billed.allowed_minor IS NOT NULL) THEN CAST(billed.allowed_minor AS BIGINT) ELSE app.extended_minor(billed.quantity, contract_line_cost.unit_cost, contract_line.currency_code) END AS cost_minor,
                            contract.platform_fee_percent AS platform_fee_percent,
                            contract_line.not_to_exceed_minor AS not_to_exceed_minor,
                            contract_line.extended_minor AS extended_minor,
                            contract_line.billed_minor AS billed_minor,
                            contract_line.kind = 'MINIMUM_COMMITMENT' AS trues_up
                          FROM (
                            SELECT billable.contract_id AS contract_id,
                              billable.contract_line_id AS contract_line_id,
                              billable.rate_version AS rate_version,
                              billable.tier_period_starts_on AS tier_period_starts_on,
                              billable.rate_card_key AS rate_card_key,
                              billable.unit_price AS unit_price,
                              sum(billable.quantity) AS quantity,
                              coalesce(sum(billable.quantity) FILTER (WHERE billable.late), $5::INTEGER) AS late_quantity,
                              coalesce(sum(billable.quantity) FILTER (WHERE billable.prorated_minor IS NULL), $6::INTEGER) AS whole_quantity,
                              coalesce(sum(billable.prorated_minor), $7::INTEGER) AS prorated_minor,
                              sum(billable.allowed_minor) AS allowed_minor,
                              array_agg(billable.actual_cost_id) AS actual_cost_ids,
                              bool_or(billable.final) AS final
                            FROM (
                              SELECT source.contract_id AS contract_id,
                                source.contract_line_id AS contract_line_id,
                                source.kind AS kind,
                                source.decision_id AS decision_id,
                                source.actual_cost_id AS actual_cost_id,
                                source.period_starts_on AS period_starts_on,
                                source.period_ends_on AS period_ends_on,
                                source.done_on AS done_on,
                                source.quantity AS quantity,
                                source.late AS late,
                                source.rate_card_key AS rate_card_key,
                                source.rate_version AS rate_version,
                                source.unit_price AS unit_price,
                                source.tier_period_starts_on AS tier_period_starts_on,
                                source.prorated_minor AS prorated_minor,
                                source.allowed_minor AS allowed_minor,
                                source.final AS final
                              FROM (
                                SELECT decision.contract_id AS contract_id,
                                  decision.line_id AS contract_line_id,
                                  'ACCEPTANCE' AS kind,
                                  decision.id AS decision_id,
                                  CAST(NULL AS UUID) AS actual_cost_id,
                                  CAST(NULL AS DATE) AS period_starts_on,
                                  CAST(NULL AS DATE) AS period_ends_on,
                                  decision.performed_to AS done_on,
                                  decision.accepted_quantity AS quantity,
                                  decision.performed_to < scope.starts_on AS late,
                                  CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.rate_card_key ELSE decision.rate_card_key END AS rate_card_key,
                                  CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.rate_version ELSE decision.rate_version END AS rate_version,
                                  CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.unit_price ELSE decision.unit_price END AS unit_price,
                                  CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN lower(app.tier_period(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line_pricing.tier_period, contract_line_pricing.period_anchor, decision.performed_to)) END AS tier_period_starts_on,
                                  CAST(NULL AS BIGINT) AS prorated_minor,
                                  CAST(NULL AS BIGINT) AS allowed_minor,
                                  false AS final
                                FROM (
                                  SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                    CAST(r1.period_starts_on AS DATE) AS starts_on,
                                    CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN decision ON decision.contract_id = scope.contract_id JOIN contract_line ON contract_line.contract_id = decision.contract_id AND contract_line.id = decision.line_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = decision.contract_id AND contract_line_pricing.line_id = decision.line_id
                                WHERE decision.performed_to <= scope.ends_on AND decision.reversed_at IS NULL AND decision.accepted_quantity > $8::INTEGER AND NOT decision.billed AND contract_line.kind != $9::VARCHAR AND CASE WHEN (contract_line_pricing.tiering = $10::VARCHAR) THEN upper(app.tier_period(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line_pricing.tier_period, contract_line_pricing.period_anchor, decision.performed_to)) <= scope.ends_on + $11::INTEGER ELSE true END
                                UNION ALL
                                SELECT contract_line.contract_id AS contract_id,
                                  contract_line.id AS contract_line_id,
                                  'RECURRING_PERIOD' AS kind,
                                  CAST(NULL AS UUID) AS decision_id,
                                  CAST(NULL AS UUID) AS actual_cost_id,
                                  period.starts_on AS period_starts_on,
                                  period.ends_on AS period_ends_on,
                                  CASE WHEN (contract_line_pricing.timing = $12::VARCHAR) THEN period.starts_on ELSE period.ends_on END AS done_on,
                                  CASE WHEN (period.days = period.whole_days) THEN contract_line.units_per_period ELSE greatest(app.round_half_even((contract_line.units_per_period * period.days) / CAST(period.whole_days AS NUMERIC), 6), 0.000001) END AS quantity,
                                  CASE WHEN (contract_line_pricing.timing = $12::VARCHAR) THEN period.starts_on ELSE period.ends_on END < scope.starts_on AS late,
                                  contract_line.rate_card_key AS rate_card_key,
                                  contract_line.rate_version AS rate_version,
                                  contract_line.unit_price AS unit_price,
                                  CAST(NULL AS DATE) AS tier_period_starts_on,
                                  CASE WHEN (period.days != period.whole_days) THEN app.prorated_minor(contract_line.units_per_period, contract_line.unit_price, period.days, period.whole_days, contract_line.currency_code) END AS prorated_minor,
                                  CAST(NULL AS BIGINT) AS allowed_minor,
                                  false AS final
                                FROM (
                                  SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                    CAST(r1.period_starts_on AS DATE) AS starts_on,
                                    CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id JOIN LATERAL app.billing_periods(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line.recurrence, coalesce(contract_line_pricing.period_anchor, 'ANNIVERSARY')) AS period ON true
                                WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND contract_line.kind = $13::VARCHAR AND coalesce(starts_with(contract_line_pricing.arrangement, 'COST_PLUS_'), false) IS false AND CASE WHEN (contract_line_pricing.timing = $12::VARCHAR) THEN period.starts_on ELSE period.ends_on END <= scope.ends_on AND (period.days = period.whole_days OR contract_line_pricing.prorated IS true) AND NOT (EXISTS (
                                    SELECT *
                                    FROM invoice_source
                                    WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'RECURRING_PERIOD' AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL))
                                UNION ALL
                                SELECT contract_line.contract_id AS contract_id,
                                  contract_line.id AS contract_line_id,
                                  'COST_PERIOD' AS kind,
                                  CAST(NULL AS UUID) AS decision_id,
                                  actual_cost.id AS actual_cost_id,
                                  actual_cost.period_starts_on AS period_starts_on,
                                  actual_cost.period_ends_on AS period_ends_on,
                                  actual_cost.period_ends_on AS done_on,
                                  1 AS quantity,
                                  actual_cost.period_ends_on < scope.starts_on AS late,
                                  contract_line.rate_card_key AS rate_card_key,
                                  contract_line.rate_version AS rate_version,
                                  contract_line.unit_price AS unit_price,
                                  CAST(NULL AS DATE) AS tier_period_starts_on,
                                  CAST(NULL AS BIGINT) AS prorated_minor,
                                  actual_cost.allowed_minor AS allowed_minor,
                                  scope.ends_on >= least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS final
                                FROM (
                                  SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                    CAST(r1.period_starts_on AS DATE) AS starts_on,
                                    CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id JOIN actual_cost ON actual_cost.contract_id = contract_line.contract_id AND actual_cost.contract_line_id = contract_line.id
                                WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND starts_with(contract_line_pricing.arrangement, 'COST_PLUS_') AND actual_cost.period_ends_on <= scope.ends_on AND actual_cost.status IN ('ENTERED', 'PARTLY_DISALLOWED') AND actual_cost.allowed_minor > $14::BIGINT AND NOT actual_cost.billed
                                UNION ALL
                                SELECT contract_line.contract_id AS contract_id,
                                  contract_line.id AS contract_line_id,
                                  'TRUE_UP' AS kind,
                                  CAST(NULL AS UUID) AS decision_id,
                                  CAST(NULL AS UUID) AS actual_cost_id,
                                  contract.starts_on AS period_starts_on,
                                  least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS period_ends_on,
                                  least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS done_on,
                                  1 AS quantity,
                                  scope.starts_on > least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS late,
                                  contract_line.rate_card_key AS rate_card_key,
                                  contract_line.rate_version AS rate_version,
                                  contract_line.unit_price AS unit_price,
                                  CAST(NULL AS DATE) AS tier_period_starts_on,
                                  CAST(NULL AS BIGINT) AS prorated_minor,
                                  0 AS allowed_minor,
                                  true AS final
                                FROM (
                                  SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                    CAST(r1.period_starts_on AS DATE) AS starts_on,
                                    CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id
                                WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND contract_line_pricing.arrangement = $15::VARCHAR AND scope.ends_on >= least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AND (EXISTS (
                                    SELECT *
                                    FROM actual_cost
                                    WHERE actual_cost.contract_id = contract_line.contract_id AND actual_cost.contract_line_id = contract_line.id AND actual_cost.allowed_minor > $16::BIGINT)) AND NOT (EXISTS (
                                    SELECT *
                                    FROM invoice_source
                                    WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'TRUE_UP' AND invoice_source.period_starts_on = contract.starts_on AND invoice_source.released_at IS NULL))
                                UNION ALL
                                SELECT contract_line.contract_id AS contract_id,
                                  contract_line.id AS contract_line_id,
                                  'TRUE_UP' AS kind,
                                  CAST(NULL AS UUID) AS decision_id,
                                  CAST(NULL AS UUID) AS actual_cost_id,
                                  period.starts_on AS period_starts_on,
                                  period.ends_on AS period_ends_on,
                                  period.ends_on AS done_on,
                                  1 AS quantity,
                                  period.ends_on < scope.starts_on AS late,
                                  contract_line.key AS rate_card_key,
                                  contract_line.rate_version AS rate_version,
                                  contract_line.unit_price AS unit_price,
                                  period.starts_on AS tier_period_starts_on,
                                  CAST(app.round_half_even((CAST(contract.minimum_commitment_minor AS NUMERIC(60, 30)) * period.days) / CAST(period.whole_days AS NUMERIC), 0) - so_far.minor AS BIGINT) AS prorated_minor,
                                  CAST(NULL AS BIGINT) AS allowed_minor,
                                  period.ends_on = least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) OR period.ends_on = scope.ends_on AS final
                                FROM (
                                  SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                    CAST(r1.period_starts_on AS DATE) AS starts_on,
                                    CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id AND contract_line.kind = 'MINIMUM_COMMITMENT' JOIN LATERAL app.commitment_periods(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract.ends_on, contract.minimum_commitment_per) AS period ON true JOIN LATERAL (
                                  SELECT coalesce(sum(invoice_line.amount_minor - app.taken_back_minor(invoice_line.contract_id, invoice_line.id)), $17::INTEGER) AS minor
                                  FROM invoice_line JOIN invoice ON invoice.contract_id = invoice_line.contract_id AND invoice.id = invoice_line.invoice_id
                                  WHERE invoice_line.contract_id = contract.id AND invoice_line.contract_line_id != contract_line.id AND (invoice.status NOT IN ('VOID', 'DISCARDED')) AND invoice.period_ends_on >= period.starts_on AND (period.ends_on = least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) OR invoice.period_ends_on <= period.ends_on)) AS so_far ON true
                                WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND period.ends_on <= scope.ends_on AND NOT (EXISTS (
                                    SELECT *
                                    FROM invoice_source
                                    WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'TRUE_UP' AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL)) AND CAST(app.round_half_even((CAST(contract.minimum_commitment_minor AS NUMERIC(60, 30)) * period.days) / CAST(period.whole_days AS NUMERIC), 0) - so_far.minor AS BIGINT) > $18::BIGINT) AS source) AS billable
                            GROUP BY billable.contract_id,
                              billable.contract_line_id,
                              billable.rate_version,
                              billable.tier_period_starts_on,
                              billable.rate_card_key,
                              billable.unit_price) AS billed JOIN contract_line ON contract_line.contract_id = billed.contract_id AND contract_line.id = billed.contract_line_id JOIN contract ON contract.id = billed.contract_id LEFT OUTER JOIN contract_line_cost ON contract_line_cost.contract_id = billed.contract_id AND contract_line_cost.line_id = billed.contract_line_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = billed.contract_id AND contract_line_pricing.line_id = billed.contract_line_id) AS priced) AS capped) AS trued_up
                    WHERE NOT trued_up.trues_up OR trued_up.amount_minor > 0) AS line) AS total ON true
                WHERE contract.id = r1.contract_id
                LIMIT ALL
                OFFSET 0) AS seen) AS r2) AS r3$) AS "openBook",
          (
          SELECT coalesce(json_agg(r7$), '[]'::json) AS coalesce_5
          FROM (
            SELECT (
              SELECT row_to_json(r6$) AS row_to_json_3
              FROM (
                SELECT r5.key AS key
                FROM contract_line AS r5
                WHERE r5.contract_id = r4.contract_id AND r5.id = r4.contract_line_id) AS r6$) AS "contractLine",
              CAST(trim_scale(r4.quantity) AS TEXT) AS quantity,
              CASE WHEN (r4.amount_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r4.currency_code) WHEN $19::INTEGER THEN CAST(r4.amount_minor AS NUMERIC) WHEN $20::INTEGER THEN CAST(r4.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r4.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS amount
            FROM (
              SELECT dated.contract_id AS contract_id,
                dated.contract_line_id AS contract_line_id,
                dated.rate_version AS rate_version,
                dated.tier_period_starts_on AS tier_period_starts_on,
                dated.rate_card_key AS rate_card_key,
                dated.unit_price AS unit_price,
                dated.quantity AS quantity,
                dated.late_quantity AS late_quantity,
                dated.whole_quantity AS whole_quantity,
                dated.prorated_minor AS prorated_minor,
                dated.allowed_minor AS allowed_minor,
                dated.actual_cost_ids AS actual_cost_ids,
                dated.final AS final,
                dated.unit AS unit,
                dated.currency_code AS currency_code,
                dated.position AS position,
                dated.uncapped_minor AS uncapped_minor,
                dated.cost_basis AS cost_basis,
                dated.cost_minor AS cost_minor,
                dated.trues_up AS trues_up,
                dated.amount_minor AS amount_minor,
                dated.platform_fee_minor AS platform_fee_minor,
                dated.on_day AS on_day,
                bears.tax_category_code AS tax_category_code,
                bears.tax_rate_percent AS tax_rate_percent,
                bears.tax_reason_code AS tax_reason_code,
                bears.tax_reason AS tax_reason,
                bears.tax_rule_id AS tax_rule_id,
                bears.tax_exemption_id AS tax_exemption_id
              FROM (
                SELECT billed.contract_id AS contract_id,
                  billed.contract_line_id AS contract_line_id,
                  billed.rate_version AS rate_version,
                  billed.tier_period_starts_on AS tier_period_starts_on,
                  billed.rate_card_key AS rate_card_key,
                  billed.unit_price AS unit_price,
                  billed.quantity AS quantity,
                  billed.late_quantity AS late_quantity,
                  billed.whole_quantity AS whole_quantity,
                  billed.prorated_minor AS prorated_minor,
                  billed.allowed_minor AS allowed_minor,
                  billed.actual_cost_ids AS actual_cost_ids,
                  billed.final AS final,
                  billed.association_id AS association_id,
                  billed.vendor_id AS vendor_id,
                  billed.description AS description,
                  billed.unit AS unit,
                  billed.currency_code AS currency_code,
                  billed.position AS position,
                  billed.uncapped_minor AS uncapped_minor,
                  billed.cost_basis AS cost_basis,
                  billed.cost_minor AS cost_minor,
                  billed.platform_fee_percent AS platform_fee_percent,
                  billed.not_to_exceed_minor AS not_to_exceed_minor,
                  billed.extended_minor AS extended_minor,
                  billed.billed_minor AS billed_minor,
                  billed.trues_up AS trues_up,
                  billed.amount_minor AS amount_minor,
                  billed.platform_fee_minor AS platform_fee_minor,
                  CAST(timezone(contract.time_zone, now()) AS DATE) AS on_day
                FROM (
                  SELECT trued_up.contract_id AS contract_id,
                    trued_up.contract_line_id AS contract_line_id,
                    trued_up.rate_version AS rate_version,
                    trued_up.tier_period_starts_on AS tier_period_starts_on,
                    trued_up.rate_card_key AS rate_card_key,
                    CASE WHEN trued_up.trues_up THEN trued_up.amount_minor / CAST(power(10, CAST(app.currency_digits(trued_up.currency_code) AS NUMERIC)) AS NUMERIC) ELSE trued_up.unit_price END AS unit_price,
                    trued_up.quantity AS quantity,
                    trued_up.late_quantity AS late_quantity,
                    trued_up.whole_quantity AS whole_quantity,
                    trued_up.prorated_minor AS prorated_minor,
                    trued_up.allowed_minor AS allowed_minor,
                    trued_up.actual_cost_ids AS actual_cost_ids,
                    trued_up.final AS final,
                    trued_up.association_id AS association_id,
                    trued_up.vendor_id AS vendor_id,
                    trued_up.description AS description,
                    trued_up.unit AS unit,
                    trued_up.currency_code AS currency_code,
                    trued_up.position AS position,
                    trued_up.uncapped_minor AS uncapped_minor,
                    trued_up.cost_basis AS cost_basis,
                    trued_up.cost_minor AS cost_minor,
                    trued_up.platform_fee_percent AS platform_fee_percent,
                    trued_up.not_to_exceed_minor AS not_to_exceed_minor,
                    trued_up.extended_minor AS extended_minor,
                    trued_up.billed_minor AS billed_minor,
                    trued_up.trues_up AS trues_up,
                    trued_up.amount_minor AS amount_minor,
                    CAST(app.round_half_even((trued_up.amount_minor * trued_up.platform_fee_percent) / CAST(100 AS NUMERIC), 0) AS BIGINT) AS platform_fee_minor
                  FROM (
                    SELECT capped.contract_id AS contract_id,
                      capped.contract_line_id AS contract_line_id,
                      capped.rate_version AS rate_version,
                      capped.tier_period_starts_on AS tier_period_starts_on,
                      capped.rate_card_key AS rate_card_key,
                      capped.unit_price AS unit_price,
                      capped.quantity AS quantity,
                      capped.late_quantity AS late_quantity,
                      capped.whole_quantity AS whole_quantity,
                      capped.prorated_minor AS prorated_minor,
                      capped.allowed_minor AS allowed_minor,
                      capped.actual_cost_ids AS actual_cost_ids,
                      capped.final AS final,
                      capped.association_id AS association_id,
                      capped.vendor_id AS vendor_id,
                      capped.description AS description,
                      capped.unit AS unit,
                      capped.currency_code AS currency_code,
                      capped.position AS position,
                      capped.uncapped_minor AS uncapped_minor,
                      capped.cost_basis AS cost_basis,
                      capped.cost_minor AS cost_minor,
                      capped.platform_fee_percent AS platform_fee_percent,
                      capped.not_to_exceed_minor AS not_to_exceed_minor,
                      capped.extended_minor AS extended_minor,
                      capped.billed_minor AS billed_minor,
                      capped.trues_up AS trues_up,
                      CAST(CASE WHEN (capped.trues_up AND capped.final) THEN greatest(capped.amount_minor - coalesce(sum(capped.amount_minor) FILTER (WHERE NOT capped.trues_up) OVER (PARTITION BY capped.contract_id), 0), 0) ELSE capped.amount_minor END AS BIGINT) AS amount_minor
                    FROM (
                      SELECT priced.contract_id AS contract_id,
                        priced.contract_line_id AS contract_line_id,
                        priced.rate_version AS rate_version,
                        priced.tier_period_starts_on AS tier_period_starts_on,
                        priced.rate_card_key AS rate_card_key,
                        priced.unit_price AS unit_price,
                        priced.quantity AS quantity,
                        priced.late_quantity AS late_quantity,
                        priced.whole_quantity AS whole_quantity,
                        priced.prorated_minor AS prorated_minor,
                        priced.allowed_minor AS allowed_minor,
                        priced.actual_cost_ids AS actual_cost_ids,
                        priced.final AS final,
                        priced.association_id AS association_id,
                        priced.vendor_id AS vendor_id,
                        priced.description AS description,
                        priced.unit AS unit,
                        priced.currency_code AS currency_code,
                        priced.position AS position,
                        priced.uncapped_minor AS uncapped_minor,
                        priced.cost_basis AS cost_basis,
                        priced.cost_minor AS cost_minor,
                        priced.platform_fee_percent AS platform_fee_percent,
                        priced.not_to_exceed_minor AS not_to_exceed_minor,
                        priced.extended_minor AS extended_minor,
                        priced.billed_minor AS billed_minor,
                        priced.trues_up AS trues_up,
                        CAST(CASE WHEN ((priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor IS NULL) THEN priced.uncapped_minor ELSE greatest(least(sum(priced.uncapped_minor) OVER (PARTITION BY priced.contract_id, priced.contract_line_id ORDER BY priced.position), (priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor), 0) - greatest(least(sum(priced.uncapped_minor) OVER (PARTITION BY priced.contract_id, priced.contract_line_id ORDER BY priced.position) - priced.uncapped_minor, (priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor), 0) END AS BIGINT) AS amount_minor
                      FROM (
                        SELECT billed.contract_id AS contract_id,
                          billed.contract_line_id AS contract_line_id,
                          billed.rate_version AS rate_version,
                          billed.tier_period_starts_on AS tier_period_starts_on,
                          billed.rate_card_key AS rate_card_key,
                          billed.unit_price AS unit_price,
                          billed.quantity AS quantity,
                          billed.late_quantity AS late_quantity,
                          billed.whole_quantity AS whole_quantity,
                          billed.prorated_minor AS prorated_minor,
                          billed.allowed_minor AS allowed_minor,
                          billed.actual_cost_ids AS actual_cost_ids,
                          billed.final AS final,
                          contract_line.association_id AS association_id,
                          contract_line.vendor_id AS vendor_id,
                          contract_line.title AS description,
                          CASE WHEN (billed.allowed_minor IS NOT NULL) THEN 'LUMP_SUM' ELSE contract_line.unit END AS unit,
                          contract_line.currency_code AS currency_code,
                          row_number() OVER (PARTITION BY billed.contract_id ORDER BY contract_line.position, billed.rate_version, billed.tier_period_starts_on) AS position,
                          CASE WHEN (contract_line.kind = 'MINIMUM_COMMITMENT') THEN billed.prorated_minor WHEN (billed.tier_period_starts_on IS NOT NULL) THEN (
                          SELECT greatest(app.tiered_minor(billed.contract_id, billed.contract_line_id, contract_line_pricing.tiering, billed.quantity + so_far.quantity, contract_line.currency_code) - so_far.amount_minor, 0) AS greatest_3
                          FROM app.tier_billed(billed.contract_id, billed.contract_line_id, billed.tier_period_starts_on) AS so_far) WHEN (billed.allowed_minor IS NOT NULL) THEN (
                          SELECT greatest(((to_date.all_minor + app.contract_fee_minor(billed.contract_id, billed.contract_line_id, to_date.earning_minor, billed.final)) - contract_line.billed_minor) - app.conceded_minor(billed.contract_id, billed.contract_line_id), 0) AS greatest_4
                          FROM (
                            SELECT coalesce(sum(incurred.allowed_minor), 0) AS all_minor,
                              coalesce(sum(incurred.allowed_minor) FILTER (WHERE incurred.category != 'PASS_THROUGH'), 0) AS earning_minor
                            FROM actual_cost AS incurred
                            WHERE billed.contract_id = incurred.contract_id AND billed.contract_line_id = incurred.contract_line_id AND (incurred.billed OR incurred.id = any(billed.actual_cost_ids))) AS to_date) ELSE app.extended_minor(billed.whole_quantity, billed.unit_price, contract_line.currency_code) + billed.prorated_minor END AS uncapped_minor,
                          CASE WHEN (billed.allowed_minor IS NOT NULL) THEN 'ACTUAL' ELSE 'STANDARD' END AS cost_basis,
                          CASE WHEN (billed.allowed_minor IS NOT NULL) THEN CAST(billed.allowed_minor AS BIGINT) ELSE app.extended_minor(billed.quantity, contract_line_cost.unit_cost, contract_line.currency_code) END AS cost_minor,
                          contract.platform_fee_percent AS platform_fee_percent,
                          contract_line.not_to_exceed_minor AS not_to_exceed_minor,
                          contract_line.extended_minor AS extended_minor,
                          contract_line.billed_minor AS billed_minor,
                          contract_line.kind = 'MINIMUM_COMMITMENT' AS trues_up
                        FROM (
                          SELECT billable.contract_id AS contract_id,
                            billable.contract_line_id AS contract_line_id,
                            billable.rate_version AS rate_version,
                            billable.tier_period_starts_on AS tier_period_starts_on,
                            billable.rate_card_key AS rate_card_key,
                            billable.unit_price AS unit_price,
                            sum(billable.quantity) AS quantity,
                            coalesce(sum(billable.quantity) FILTER (WHERE billable.late), $21::INTEGER) AS late_quantity,
                            coalesce(sum(billable.quantity) FILTER (WHERE billable.prorated_minor IS NULL), $22::INTEGER) AS whole_quantity,
                            coalesce(sum(billable.prorated_minor), $23::INTEGER) AS prorated_minor,
                            sum(billable.allowed_minor) AS allowed_minor,
                            array_agg(billable.actual_cost_id) AS actual_cost_ids,
                            bool_or(billable.final) AS final
                          FROM (
                            SELECT source.contract_id AS contract_id,
                              source.contract_line_id AS contract_line_id,
                              source.kind AS kind,
                              source.decision_id AS decision_id,
                              source.actual_cost_id AS actual_cost_id,
                              source.period_starts_on AS period_starts_on,
                              source.period_ends_on AS period_ends_on,
                              source.done_on AS done_on,
                              source.quantity AS quantity,
                              source.late AS late,
                              source.rate_card_key AS rate_card_key,
                              source.rate_version AS rate_version,
                              source.unit_price AS unit_price,
                              source.tier_period_starts_on AS tier_period_starts_on,
                              source.prorated_minor AS prorated_minor,
                              source.allowed_minor AS allowed_minor,
                              source.final AS final
                            FROM (
                              SELECT decision.contract_id AS contract_id,
                                decision.line_id AS contract_line_id,
                                'ACCEPTANCE' AS kind,
                                decision.id AS decision_id,
                                CAST(NULL AS UUID) AS actual_cost_id,
                                CAST(NULL AS DATE) AS period_starts_on,
                                CAST(NULL AS DATE) AS period_ends_on,
                                decision.performed_to AS done_on,
                                decision.accepted_quantity AS quantity,
                                decision.performed_to < scope.starts_on AS late,
                                CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.rate_card_key ELSE decision.rate_card_key END AS rate_card_key,
                                CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.rate_version ELSE decision.rate_version END AS rate_version,
                                CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.unit_price ELSE decision.unit_price END AS unit_price,
                                CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN lower(app.tier_period(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line_pricing.tier_period, contract_line_pricing.period_anchor, decision.performed_to)) END AS tier_period_starts_on,
                                CAST(NULL AS BIGINT) AS prorated_minor,
                                CAST(NULL AS BIGINT) AS allowed_minor,
                                false AS final
                              FROM (
                                SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                  CAST(r1.period_starts_on AS DATE) AS starts_on,
                                  CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN decision ON decision.contract_id = scope.contract_id JOIN contract_line ON contract_line.contract_id = decision.contract_id AND contract_line.id = decision.line_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = decision.contract_id AND contract_line_pricing.line_id = decision.line_id
                              WHERE decision.performed_to <= scope.ends_on AND decision.reversed_at IS NULL AND decision.accepted_quantity > $24::INTEGER AND NOT decision.billed AND contract_line.kind != $25::VARCHAR AND CASE WHEN (contract_line_pricing.tiering = $26::VARCHAR) THEN upper(app.tier_period(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line_pricing.tier_period, contract_line_pricing.period_anchor, decision.performed_to)) <= scope.ends_on + $27::INTEGER ELSE true END
                              UNION ALL
                              SELECT contract_line.contract_id AS contract_id,
                                contract_line.id AS contract_line_id,
                                'RECURRING_PERIOD' AS kind,
                                CAST(NULL AS UUID) AS decision_id,
                                CAST(NULL AS UUID) AS actual_cost_id,
                                period.starts_on AS period_starts_on,
                                period.ends_on AS period_ends_on,
                                CASE WHEN (contract_line_pricing.timing = $28::VARCHAR) THEN period.starts_on ELSE period.ends_on END AS done_on,
                                CASE WHEN (period.days = period.whole_days) THEN contract_line.units_per_period ELSE greatest(app.round_half_even((contract_line.units_per_period * period.days) / CAST(period.whole_days AS NUMERIC), 6), 0.000001) END AS quantity,
                                CASE WHEN (contract_line_pricing.timing = $28::VARCHAR) THEN period.starts_on ELSE period.ends_on END < scope.starts_on AS late,
                                contract_line.rate_card_key AS rate_card_key,
                                contract_line.rate_version AS rate_version,
                                contract_line.unit_price AS unit_price,
                                CAST(NULL AS DATE) AS tier_period_starts_on,
                                CASE WHEN (period.days != period.whole_days) THEN app.prorated_minor(contract_line.units_per_period, contract_line.unit_price, period.days, period.whole_days, contract_line.currency_code) END AS prorated_minor,
                                CAST(NULL AS BIGINT) AS allowed_minor,
                                false AS final
                              FROM (
                                SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                  CAST(r1.period_starts_on AS DATE) AS starts_on,
                                  CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id JOIN LATERAL app.billing_periods(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line.recurrence, coalesce(contract_line_pricing.period_anchor, 'ANNIVERSARY')) AS period ON true
                              WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND contract_line.kind = $29::VARCHAR AND coalesce(starts_with(contract_line_pricing.arrangement, 'COST_PLUS_'), false) IS false AND CASE WHEN (contract_line_pricing.timing = $28::VARCHAR) THEN period.starts_on ELSE period.ends_on END <= scope.ends_on AND (period.days = period.whole_days OR contract_line_pricing.prorated IS true) AND NOT (EXISTS (
                                  SELECT *
                                  FROM invoice_source
                                  WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'RECURRING_PERIOD' AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL))
                              UNION ALL
                              SELECT contract_line.contract_id AS contract_id,
                                contract_line.id AS contract_line_id,
                                'COST_PERIOD' AS kind,
                                CAST(NULL AS UUID) AS decision_id,
                                actual_cost.id AS actual_cost_id,
                                actual_cost.period_starts_on AS period_starts_on,
                                actual_cost.period_ends_on AS period_ends_on,
                                actual_cost.period_ends_on AS done_on,
                                1 AS quantity,
                                actual_cost.period_ends_on < scope.starts_on AS late,
                                contract_line.rate_card_key AS rate_card_key,
                                contract_line.rate_version AS rate_version,
                                contract_line.unit_price AS unit_price,
                                CAST(NULL AS DATE) AS tier_period_starts_on,
                                CAST(NULL AS BIGINT) AS prorated_minor,
                                actual_cost.allowed_minor AS allowed_minor,
                                scope.ends_on >= least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS final
                              FROM (
                                SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                  CAST(r1.period_starts_on AS DATE) AS starts_on,
                                  CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id JOIN actual_cost ON actual_cost.contract_id = contract_line.contract_id AND actual_cost.contract_line_id = contract_line.id
                              WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND starts_with(contract_line_pricing.arrangement, 'COST_PLUS_') AND actual_cost.period_ends_on <= scope.ends_on AND actual_cost.status IN ('ENTERED', 'PARTLY_DISALLOWED') AND actual_cost.allowed_minor > $30::BIGINT AND NOT actual_cost.billed
                              UNION ALL
                              SELECT contract_line.contract_id AS contract_id,
                                contract_line.id AS contract_line_id,
                                'TRUE_UP' AS kind,
                                CAST(NULL AS UUID) AS decision_id,
                                CAST(NULL AS UUID) AS actual_cost_id,
                                contract.starts_on AS period_starts_on,
                                least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS period_ends_on,
                                least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS done_on,
                                1 AS quantity,
                                scope.starts_on > least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS late,
                                contract_line.rate_card_key AS rate_card_key,
                                contract_line.rate_version AS rate_version,
                                contract_line.unit_price AS unit_price,
                                CAST(NULL AS DATE) AS tier_period_starts_on,
                                CAST(NULL AS BIGINT) AS prorated_minor,
                                0 AS allowed_minor,
                                true AS final
                              FROM (
                                SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                  CAST(r1.period_starts_on AS DATE) AS starts_on,
                                  CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id
                              WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND contract_line_pricing.arrangement = $31::VARCHAR AND scope.ends_on >= least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AND (EXISTS (
                                  SELECT *
                                  FROM actual_cost
                                  WHERE actual_cost.contract_id = contract_line.contract_id AND actual_cost.contract_line_id = contract_line.id AND actual_cost.allowed_minor > $32::BIGINT)) AND NOT (EXISTS (
                                  SELECT *
                                  FROM invoice_source
                                  WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'TRUE_UP' AND invoice_source.period_starts_on = contract.starts_on AND invoice_source.released_at IS NULL))
                              UNION ALL
                              SELECT contract_line.contract_id AS contract_id,
                                contract_line.id AS contract_line_id,
                                'TRUE_UP' AS kind,
                                CAST(NULL AS UUID) AS decision_id,
                                CAST(NULL AS UUID) AS actual_cost_id,
                                period.starts_on AS period_starts_on,
                                period.ends_on AS period_ends_on,
                                period.ends_on AS done_on,
                                1 AS quantity,
                                period.ends_on < scope.starts_on AS late,
                                contract_line.key AS rate_card_key,
                                contract_line.rate_version AS rate_version,
                                contract_line.unit_price AS unit_price,
                                period.starts_on AS tier_period_starts_on,
                                CAST(app.round_half_even((CAST(contract.minimum_commitment_minor AS NUMERIC(60, 30)) * period.days) / CAST(period.whole_days AS NUMERIC), 0) - so_far.minor AS BIGINT) AS prorated_minor,
                                CAST(NULL AS BIGINT) AS allowed_minor,
                                period.ends_on = least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) OR period.ends_on = scope.ends_on AS final
                              FROM (
                                SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                  CAST(r1.period_starts_on AS DATE) AS starts_on,
                                  CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id AND contract_line.kind = 'MINIMUM_COMMITMENT' JOIN LATERAL app.commitment_periods(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract.ends_on, contract.minimum_commitment_per) AS period ON true JOIN LATERAL (
                                SELECT coalesce(sum(invoice_line.amount_minor - app.taken_back_minor(invoice_line.contract_id, invoice_line.id)), $33::INTEGER) AS minor
                                FROM invoice_line JOIN invoice ON invoice.contract_id = invoice_line.contract_id AND invoice.id = invoice_line.invoice_id
                                WHERE invoice_line.contract_id = contract.id AND invoice_line.contract_line_id != contract_line.id AND (invoice.status NOT IN ('VOID', 'DISCARDED')) AND invoice.period_ends_on >= period.starts_on AND (period.ends_on = least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) OR invoice.period_ends_on <= period.ends_on)) AS so_far ON true
                              WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND period.ends_on <= scope.ends_on AND NOT (EXISTS (
                                  SELECT *
                                  FROM invoice_source
                                  WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'TRUE_UP' AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL)) AND CAST(app.round_half_even((CAST(contract.minimum_commitment_minor AS NUMERIC(60, 30)) * period.days) / CAST(period.whole_days AS NUMERIC), 0) - so_far.minor AS BIGINT) > $34::BIGINT) AS source) AS billable
                          GROUP BY billable.contract_id,
                            billable.contract_line_id,
                            billable.rate_version,
                            billable.tier_period_starts_on,
                            billable.rate_card_key,
                            billable.unit_price) AS billed JOIN contract_line ON contract_line.contract_id = billed.contract_id AND contract_line.id = billed.contract_line_id JOIN contract ON contract.id = billed.contract_id LEFT OUTER JOIN contract_line_cost ON contract_line_cost.contract_id = billed.contract_id AND contract_line_cost.line_id = billed.contract_line_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = billed.contract_id AND contract_line_pricing.line_id = billed.contract_line_id) AS priced) AS capped) AS trued_up
                  WHERE NOT trued_up.trues_up OR trued_up.amount_minor > 0) AS billed JOIN contract ON contract.id = billed.contract_id) AS dated JOIN (
                SELECT sale.vendor_id AS vendor_id,
                  sale.association_id AS association_id,
                  sale.unit AS unit,
                  sale.on_day AS on_day,
                  tax.tax_rule_id AS tax_rule_id,
                  tax.tax_exemption_id AS tax_exemption_id,
                  tax.tax_category_code AS tax_category_code,
                  tax.tax_rate_percent AS tax_rate_percent,
                  tax.tax_reason_code AS tax_reason_code,
                  tax.tax_reason AS tax_reason
                FROM (
                  SELECT DISTINCT dated.vendor_id AS vendor_id,
                    dated.association_id AS association_id,
                    dated.unit AS unit,
                    dated.on_day AS on_day
                  FROM (
                    SELECT billed.contract_id AS contract_id,
                      billed.contract_line_id AS contract_line_id,
                      billed.rate_version AS rate_version,
                      billed.tier_period_starts_on AS tier_period_starts_on,
                      billed.rate_card_key AS rate_card_key,
                      billed.unit_price AS unit_price,
                      billed.quantity AS quantity,
                      billed.late_quantity AS late_quantity,
                      billed.whole_quantity AS whole_quantity,
                      billed.prorated_minor AS prorated_minor,
                      billed.allowed_minor AS allowed_minor,
                      billed.actual_cost_ids AS actual_cost_ids,
                      billed.final AS final,
                      billed.association_id AS association_id,
                      billed.vendor_id AS vendor_id,
                      billed.description AS description,
                      billed.unit AS unit,
                      billed.currency_code AS currency_code,
                      billed.position AS position,
                      billed.uncapped_minor AS uncapped_minor,
                      billed.cost_basis AS cost_basis,
                      billed.cost_minor AS cost_minor,
                      billed.platform_fee_percent AS platform_fee_percent,
                      billed.not_to_exceed_minor AS not_to_exceed_minor,
                      billed.extended_minor AS extended_minor,
                      billed.billed_minor AS billed_minor,
                      billed.trues_up AS trues_up,
                      billed.amount_minor AS amount_minor,
                      billed.platform_fee_minor AS platform_fee_minor,
                      CAST(timezone(contract.time_zone, now()) AS DATE) AS on_day
                    FROM (
                      SELECT trued_up.contract_id AS contract_id,
                        trued_up.contract_line_id AS contract_line_id,
                        trued_up.rate_version AS rate_version,
                        trued_up.tier_period_starts_on AS tier_period_starts_on,
                        trued_up.rate_card_key AS rate_card_key,
                        CASE WHEN trued_up.trues_up THEN trued_up.amount_minor / CAST(power(10, CAST(app.currency_digits(trued_up.currency_code) AS NUMERIC)) AS NUMERIC) ELSE trued_up.unit_price END AS unit_price,
                        trued_up.quantity AS quantity,
                        trued_up.late_quantity AS late_quantity,
                        trued_up.whole_quantity AS whole_quantity,
                        trued_up.prorated_minor AS prorated_minor,
                        trued_up.allowed_minor AS allowed_minor,
                        trued_up.actual_cost_ids AS actual_cost_ids,
                        trued_up.final AS final,
                        trued_up.association_id AS association_id,
                        trued_up.vendor_id AS vendor_id,
                        trued_up.description AS description,
                        trued_up.unit AS unit,
                        trued_up.currency_code AS currency_code,
                        trued_up.position AS position,
                        trued_up.uncapped_minor AS uncapped_minor,
                        trued_up.cost_basis AS cost_basis,
                        trued_up.cost_minor AS cost_minor,
                        trued_up.platform_fee_percent AS platform_fee_percent,
                        trued_up.not_to_exceed_minor AS not_to_exceed_minor,
                        trued_up.extended_minor AS extended_minor,
                        trued_up.billed_minor AS billed_minor,
                        trued_up.trues_up AS trues_up,
                        trued_up.amount_minor AS amount_minor,
                        CAST(app.round_half_even((trued_up.amount_minor * trued_up.platform_fee_percent) / CAST(100 AS NUMERIC), 0) AS BIGINT) AS platform_fee_minor
                      FROM (
                        SELECT capped.contract_id AS contract_id,
                          capped.contract_line_id AS contract_line_id,
                          capped.rate_version AS rate_version,
                          capped.tier_period_starts_on AS tier_period_starts_on,
                          capped.rate_card_key AS rate_card_key,
                          capped.unit_price AS unit_price,
                          capped.quantity AS quantity,
                          capped.late_quantity AS late_quantity,
                          capped.whole_quantity AS whole_quantity,
                          capped.prorated_minor AS prorated_minor,
                          capped.allowed_minor AS allowed_minor,
                          capped.actual_cost_ids AS actual_cost_ids,
                          capped.final AS final,
                          capped.association_id AS association_id,
                          capped.vendor_id AS vendor_id,
                          capped.description AS description,
                          capped.unit AS unit,
                          capped.currency_code AS currency_code,
                          capped.position AS position,
                          capped.uncapped_minor AS uncapped_minor,
                          capped.cost_basis AS cost_basis,
                          capped.cost_minor AS cost_minor,
                          capped.platform_fee_percent AS platform_fee_percent,
                          capped.not_to_exceed_minor AS not_to_exceed_minor,
                          capped.extended_minor AS extended_minor,
                          capped.billed_minor AS billed_minor,
                          capped.trues_up AS trues_up,
                          CAST(CASE WHEN (capped.trues_up AND capped.final) THEN greatest(capped.amount_minor - coalesce(sum(capped.amount_minor) FILTER (WHERE NOT capped.trues_up) OVER (PARTITION BY capped.contract_id), 0), 0) ELSE capped.amount_minor END AS BIGINT) AS amount_minor
                        FROM (
                          SELECT priced.contract_id AS contract_id,
                            priced.contract_line_id AS contract_line_id,
                            priced.rate_version AS rate_version,
                            priced.tier_period_starts_on AS tier_period_starts_on,
                            priced.rate_card_key AS rate_card_key,
                            priced.unit_price AS unit_price,
                            priced.quantity AS quantity,
                            priced.late_quantity AS late_quantity,
                            priced.whole_quantity AS whole_quantity,
                            priced.prorated_minor AS prorated_minor,
                            priced.allowed_minor AS allowed_minor,
                            priced.actual_cost_ids AS actual_cost_ids,
                            priced.final AS final,
                            priced.association_id AS association_id,
                            priced.vendor_id AS vendor_id,
                            priced.description AS description,
                            priced.unit AS unit,
                            priced.currency_code AS currency_code,
                            priced.position AS position,
                            priced.uncapped_minor AS uncapped_minor,
                            priced.cost_basis AS cost_basis,
                            priced.cost_minor AS cost_minor,
                            priced.platform_fee_percent AS platform_fee_percent,
                            priced.not_to_exceed_minor AS not_to_exceed_minor,
                            priced.extended_minor AS extended_minor,
                            priced.billed_minor AS billed_minor,
                            priced.trues_up AS trues_up,
                            CAST(CASE WHEN ((priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor IS NULL) THEN priced.uncapped_minor ELSE greatest(least(sum(priced.uncapped_minor) OVER (PARTITION BY priced.contract_id, priced.contract_line_id ORDER BY priced.position), (priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor), 0) - greatest(least(sum(priced.uncapped_minor) OVER (PARTITION BY priced.contract_id, priced.contract_line_id ORDER BY priced.position) - priced.uncapped_minor, (priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor), 0) END AS BIGINT) AS amount_minor
                          FROM (
                            SELECT billed.contract_id AS contract_id,
                              billed.contract_line_id AS contract_line_id,
                              billed.rate_version AS rate_version,
                              billed.tier_period_starts_on AS tier_period_starts_on,
                              billed.rate_card_key AS rate_card_key,
                              billed.unit_price AS unit_price,
                              billed.quantity AS quantity,
                              billed.late_quantity AS late_quantity,
                              billed.whole_quantity AS whole_quantity,
                              billed.prorated_minor AS prorated_minor,
                              billed.allowed_minor AS allowed_minor,
                              billed.actual_cost_ids AS actual_cost_ids,
                              billed.final AS final,
                              contract_line.association_id AS association_id,
                              contract_line.vendor_id AS vendor_id,
                              contract_line.title AS description,
                              CASE WHEN (billed.allowed_minor IS NOT NULL) THEN 'LUMP_SUM' ELSE contract_line.unit END AS unit,
                              contract_line.currency_code AS currency_code,
                              row_number() OVER (PARTITION BY billed.contract_id ORDER BY contract_line.position, billed.rate_version, billed.tier_period_starts_on) AS position,
                              CASE WHEN (contract_line.kind = 'MINIMUM_COMMITMENT') THEN billed.prorated_minor WHEN (billed.tier_period_starts_on IS NOT NULL) THEN (
                              SELECT greatest(app.tiered_minor(billed.contract_id, billed.contract_line_id, contract_line_pricing.tiering, billed.quantity + so_far.quantity, contract_line.currency_code) - so_far.amount_minor, 0) AS greatest_3
                              FROM app.tier_billed(billed.contract_id, billed.contract_line_id, billed.tier_period_starts_on) AS so_far) WHEN (billed.allowed_minor IS NOT NULL) THEN (
                              SELECT greatest(((to_date.all_minor + app.contract_fee_minor(billed.contract_id, billed.contract_line_id, to_date.earning_minor, billed.final)) - contract_line.billed_minor) - app.conceded_minor(billed.contract_id, billed.contract_line_id), 0) AS greatest_4
                              FROM (
                                SELECT coalesce(sum(incurred.allowed_minor), 0) AS all_minor,
                                  coalesce(sum(incurred.allowed_minor) FILTER (WHERE incurred.category != 'PASS_THROUGH'), 0) AS earning_minor
                                FROM actual_cost AS incurred
                                WHERE billed.contract_id = incurred.contract_id AND billed.contract_line_id = incurred.contract_line_id AND (incurred.billed OR incurred.id = any(billed.actual_cost_ids))) AS to_date) ELSE app.extended_minor(billed.whole_quantity, billed.unit_price, contract_line.currency_code) + billed.prorated_minor END AS uncapped_minor,
                              CASE WHEN (billed.allowed_minor IS NOT NULL) THEN 'ACTUAL' ELSE 'STANDARD' END AS cost_basis,
                              CASE WHEN (billed.allowed_minor IS NOT NULL) THEN CAST(billed.allowed_minor AS BIGINT) ELSE app.extended_minor(billed.quantity, contract_line_cost.unit_cost, contract_line.currency_code) END AS cost_minor,
                              contract.platform_fee_percent AS platform_fee_percent,
                              contract_line.not_to_exceed_minor AS not_to_exceed_minor,
                              contract_line.extended_minor AS extended_minor,
                              contract_line.billed_minor AS billed_minor,
                              contract_line.kind = 'MINIMUM_COMMITMENT' AS trues_up
                            FROM (
                              SELECT billable.contract_id AS contract_id,
                                billable.contract_line_id AS contract_line_id,
                                billable.rate_version AS rate_version,
                                billable.tier_period_starts_on AS tier_period_starts_on,
                                billable.rate_card_key AS rate_card_key,
                                billable.unit_price AS unit_price,
                                sum(billable.quantity) AS quantity,
                                coalesce(sum(billable.quantity) FILTER (WHERE billable.late), $21::INTEGER) AS late_quantity,
                                coalesce(sum(billable.quantity) FILTER (WHERE billable.prorated_minor IS NULL), $22::INTEGER) AS whole_quantity,
                                coalesce(sum(billable.prorated_minor), $23::INTEGER) AS prorated_minor,
                                sum(billable.allowed_minor) AS allowed_minor,
                                array_agg(billable.actual_cost_id) AS actual_cost_ids,
                                bool_or(billable.final) AS final
                              FROM (
                                SELECT source.contract_id AS contract_id,
                                  source.contract_line_id AS contract_line_id,
                                  source.kind AS kind,
                                  source.decision_id AS decision_id,
                                  source.actual_cost_id AS actual_cost_id,
                                  source.period_starts_on AS period_starts_on,
                                  source.period_ends_on AS period_ends_on,
                                  source.done_on AS done_on,
                                  source.quantity AS quantity,
                                  source.late AS late,
                                  source.rate_card_key AS rate_card_key,
                                  source.rate_version AS rate_version,
                                  source.unit_price AS unit_price,
                                  source.tier_period_starts_on AS tier_period_starts_on,
                                  source.prorated_minor AS prorated_minor,
                                  source.allowed_minor AS allowed_minor,
                                  source.final AS final
                                FROM (
                                  SELECT decision.contract_id AS contract_id,
                                    decision.line_id AS contract_line_id,
                                    'ACCEPTANCE' AS kind,
                                    decision.id AS decision_id,
                                    CAST(NULL AS UUID) AS actual_cost_id,
                                    CAST(NULL AS DATE) AS period_starts_on,
                                    CAST(NULL AS DATE) AS period_ends_on,
                                    decision.performed_to AS done_on,
                                    decision.accepted_quantity AS quantity,
                                    decision.performed_to < scope.starts_on AS late,
                                    CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.rate_card_key ELSE decision.rate_card_key END AS rate_card_key,
                                    CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.rate_version ELSE decision.rate_version END AS rate_version,
                                    CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.unit_price ELSE decision.unit_price END AS unit_price,
                                    CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN lower(app.tier_period(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line_pricing.tier_period, contract_line_pricing.period_anchor, decision.performed_to)) END AS tier_period_starts_on,
                                    CAST(NULL AS BIGINT) AS prorated_minor,
                                    CAST(NULL AS BIGINT) AS allowed_minor,
                                    false AS final
                                  FROM (
                                    SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                      CAST(r1.period_starts_on AS DATE) AS starts_on,
                                      CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN decision ON decision.contract_id = scope.contract_id JOIN contract_line ON contract_line.contract_id = decision.contract_id AND contract_line.id = decision.line_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = decision.contract_id AND contract_line_pricing.line_id = decision.line_id
                                  WHERE decision.performed_to <= scope.ends_on AND decision.reversed_at IS NULL AND decision.accepted_quantity > $24::INTEGER AND NOT decision.billed AND contract_line.kind != $25::VARCHAR AND CASE WHEN (contract_line_pricing.tiering = $26::VARCHAR) THEN upper(app.tier_period(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line_pricing.tier_period, contract_line_pricing.period_anchor, decision.performed_to)) <= scope.ends_on + $27::INTEGER ELSE true END
                                  UNION ALL
                                  SELECT contract_line.contract_id AS contract_id,
                                    contract_line.id AS contract_line_id,
                                    'RECURRING_PERIOD' AS kind,
                                    CAST(NULL AS UUID) AS decision_id,
                                    CAST(NULL AS UUID) AS actual_cost_id,
                                    period.starts_on AS period_starts_on,
                                    period.ends_on AS period_ends_on,
                                    CASE WHEN (contract_line_pricing.timing = $28::VARCHAR) THEN period.starts_on ELSE period.ends_on END AS done_on,
                                    CASE WHEN (period.days = period.whole_days) THEN contract_line.units_per_period ELSE greatest(app.round_half_even((contract_line.units_per_period * period.days) / CAST(period.whole_days AS NUMERIC), 6), 0.000001) END AS quantity,
                                    CASE WHEN (contract_line_pricing.timing = $28::VARCHAR) THEN period.starts_on ELSE period.ends_on END < scope.starts_on AS late,
                                    contract_line.rate_card_key AS rate_card_key,
                                    contract_line.rate_version AS rate_version,
                                    contract_line.unit_price AS unit_price,
                                    CAST(NULL AS DATE) AS tier_period_starts_on,
                                    CASE WHEN (period.days != period.whole_days) THEN app.prorated_minor(contract_line.units_per_period, contract_line.unit_price, period.days, period.whole_days, contract_line.currency_code) END AS prorated_minor,
                                    CAST(NULL AS BIGINT) AS allowed_minor,
                                    false AS final
                                  FROM (
                                    SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                      CAST(r1.period_starts_on AS DATE) AS starts_on,
                                      CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id JOIN LATERAL app.billing_periods(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line.recurrence, coalesce(contract_line_pricing.period_anchor, 'ANNIVERSARY')) AS period ON true
                                  WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND contract_line.kind = $29::VARCHAR AND coalesce(starts_with(contract_line_pricing.arrangement, 'COST_PLUS_'), false) IS false AND CASE WHEN (contract_line_pricing.timing = $28::VARCHAR) THEN period.starts_on ELSE period.ends_on END <= scope.ends_on AND (period.days = period.whole_days OR contract_line_pricing.prorated IS true) AND NOT (EXISTS (
                                      SELECT *
                                      FROM invoice_source
                                      WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'RECURRING_PERIOD' AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL))
                                  UNION ALL
                                  SELECT contract_line.contract_id AS contract_id,
                                    contract_line.id AS contract_line_id,
                                    'COST_PERIOD' AS kind,
                                    CAST(NULL AS UUID) AS decision_id,
                                    actual_cost.id AS actual_cost_id,
                                    actual_cost.period_starts_on AS period_starts_on,
                                    actual_cost.period_ends_on AS period_ends_on,
                                    actual_cost.period_ends_on AS done_on,
                                    1 AS quantity,
                                    actual_cost.period_ends_on < scope.starts_on AS late,
                                    contract_line.rate_card_key AS rate_card_key,
                                    contract_line.rate_version AS rate_version,
                                    contract_line.unit_price AS unit_price,
                                    CAST(NULL AS DATE) AS tier_period_starts_on,
                                    CAST(NULL AS BIGINT) AS prorated_minor,
                                    actual_cost.allowed_minor AS allowed_minor,
                                    scope.ends_on >= least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS final
                                  FROM (
                                    SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                      CAST(r1.period_starts_on AS DATE) AS starts_on,
                                      CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id JOIN actual_cost ON actual_cost.contract_id = contract_line.contract_id AND actual_cost.contract_line_id = contract_line.id
                                  WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND starts_with(contract_line_pricing.arrangement, 'COST_PLUS_') AND actual_cost.period_ends_on <= scope.ends_on AND actual_cost.status IN ('ENTERED', 'PARTLY_DISALLOWED') AND actual_cost.allowed_minor > $30::BIGINT AND NOT actual_cost.billed
                                  UNION ALL
                                  SELECT contract_line.contract_id AS contract_id,
                                    contract_line.id AS contract_line_id,
                                    'TRUE_UP' AS kind,
                                    CAST(NULL AS UUID) AS decision_id,
                                    CAST(NULL AS UUID) AS actual_cost_id,
                                    contract.starts_on AS period_starts_on,
                                    least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS period_ends_on,
                                    least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS done_on,
                                    1 AS quantity,
                                    scope.starts_on > least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS late,
                                    contract_line.rate_card_key AS rate_card_key,
                                    contract_line.rate_version AS rate_version,
                                    contract_line.unit_price AS unit_price,
                                    CAST(NULL AS DATE) AS tier_period_starts_on,
                                    CAST(NULL AS BIGINT) AS prorated_minor,
                                    0 AS allowed_minor,
                                    true AS final
                                  FROM (
                                    SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                      CAST(r1.period_starts_on AS DATE) AS starts_on,
                                      CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id
                                  WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND contract_line_pricing.arrangement = $31::VARCHAR AND scope.ends_on >= least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AND (EXISTS (
                                      SELECT *
                                      FROM actual_cost
                                      WHERE actual_cost.contract_id = contract_line.contract_id AND actual_cost.contract_line_id = contract_line.id AND actual_cost.allowed_minor > $32::BIGINT)) AND NOT (EXISTS (
                                      SELECT *
                                      FROM invoice_source
                                      WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'TRUE_UP' AND invoice_source.period_starts_on = contract.starts_on AND invoice_source.released_at IS NULL))
                                  UNION ALL
                                  SELECT contract_line.contract_id AS contract_id,
                                    contract_line.id AS contract_line_id,
                                    'TRUE_UP' AS kind,
                                    CAST(NULL AS UUID) AS decision_id,
                                    CAST(NULL AS UUID) AS actual_cost_id,
                                    period.starts_on AS period_starts_on,
                                    period.ends_on AS period_ends_on,
                                    period.ends_on AS done_on,
                                    1 AS quantity,
                                    period.ends_on < scope.starts_on AS late,
                                    contract_line.key AS rate_card_key,
                                    contract_line.rate_version AS rate_version,
                                    contract_line.unit_price AS unit_price,
                                    period.starts_on AS tier_period_starts_on,
                                    CAST(app.round_half_even((CAST(contract.minimum_commitment_minor AS NUMERIC(60, 30)) * period.days) / CAST(period.whole_days AS NUMERIC), 0) - so_far.minor AS BIGINT) AS prorated_minor,
                                    CAST(NULL AS BIGINT) AS allowed_minor,
                                    period.ends_on = least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) OR period.ends_on = scope.ends_on AS final
                                  FROM (
                                    SELECT CAST(r1.contract_id AS UUID) AS contract_id,
                                      CAST(r1.period_starts_on AS DATE) AS starts_on,
                                      CAST(r1.period_ends_on AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id AND contract_line.kind = 'MINIMUM_COMMITMENT' JOIN LATERAL app.commitment_periods(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract.ends_on, contract.minimum_commitment_per) AS period ON true JOIN LATERAL (
                                    SELECT coalesce(sum(invoice_line.amount_minor - app.taken_back_minor(invoice_line.contract_id, invoice_line.id)), $33::INTEGER) AS minor
                                    FROM invoice_line JOIN invoice ON invoice.contract_id = invoice_line.contract_id AND invoice.id = invoice_line.invoice_id
                                    WHERE invoice_line.contract_id = contract.id AND invoice_line.contract_line_id != contract_line.id AND (invoice.status NOT IN ('VOID', 'DISCARDED')) AND invoice.period_ends_on >= period.starts_on AND (period.ends_on = least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) OR invoice.period_ends_on <= period.ends_on)) AS so_far ON true
                                  WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND period.ends_on <= scope.ends_on AND NOT (EXISTS (
                                      SELECT *
                                      FROM invoice_source
                                      WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'TRUE_UP' AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL)) AND CAST(app.round_half_even((CAST(contract.minimum_commitment_minor AS NUMERIC(60, 30)) * period.days) / CAST(period.whole_days AS NUMERIC), 0) - so_far.minor AS BIGINT) > $34::BIGINT) AS source) AS billable
                              GROUP BY billable.contract_id,
                                billable.contract_line_id,
                                billable.rate_version,
                                billable.tier_period_starts_on,
                                billable.rate_card_key,
                                billable.unit_price) AS billed JOIN contract_line ON contract_line.contract_id = billed.contract_id AND contract_line.id = billed.contract_line_id JOIN contract ON contract.id = billed.contract_id LEFT OUTER JOIN contract_line_cost ON contract_line_cost.contract_id = billed.contract_id AND contract_line_cost.line_id = billed.contract_line_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = billed.contract_id AND contract_line_pricing.line_id = billed.contract_line_id) AS priced) AS capped) AS trued_up
                      WHERE NOT trued_up.trues_up OR trued_up.amount_minor > 0) AS billed JOIN contract ON contract.id = billed.contract_id) AS dated) AS sale JOIN LATERAL app.tax_for('SERVICES', CAST(sale.vendor_id AS UUID), CAST(sale.association_id AS UUID), CAST(sale.unit AS TEXT), CAST(sale.on_day AS DATE)) AS tax ON true) AS bears ON bears.vendor_id = dated.vendor_id AND bears.association_id = dated.association_id AND bears.unit = dated.unit AND bears.on_day = dated.on_day) AS r4
            ORDER BY r4.position) AS r7$) AS lines
        FROM (
          SELECT contract.id AS contract_id,
            CAST($35::DATE AS DATE) AS period_starts_on,
            CAST($36::DATE AS DATE) AS period_ends_on,
            contract.currency_code AS currency_code,
            subtotal.subtotal_minor AS subtotal_minor,
            (
            SELECT CAST(coalesce(sum(taxed.tax_minor), 0) AS BIGINT) AS coalesce_10
            FROM (
              SELECT line.currency_code AS currency_code,
                line.tax_category_code AS tax_category_code,
                line.tax_rate_percent AS tax_rate_percent,
                CAST(sum(line.amount_minor) AS BIGINT) AS taxable_minor,
                app.tax_minor(CAST(sum(line.amount_minor) AS BIGINT), line.tax_rate_percent) AS tax_minor,
                min(line.tax_reason_code) AS tax_reason_code,
                string_agg(DISTINCT line.tax_reason, '; ') AS tax_reason
              FROM (
                SELECT dated.contract_id AS contract_id,
                  dated.contract_line_id AS contract_line_id,
                  dated.rate_version AS rate_version,
                  dated.tier_period_starts_on AS tier_period_starts_on,
                  dated.rate_card_key AS rate_card_key,
                  dated.unit_price AS unit_price,
                  dated.quantity AS quantity,
                  dated.late_quantity AS late_quantity,
                  dated.whole_quantity AS whole_quantity,
                  dated.prorated_minor AS prorated_minor,
                  dated.allowed_minor AS allowed_minor,
                  dated.actual_cost_ids AS actual_cost_ids,
                  dated.final AS final,
                  dated.association_id AS association_id,
                  dated.vendor_id AS vendor_id,
                  dated.description AS description,
                  dated.unit AS unit,
                  dated.currency_code AS currency_code,
                  dated.position AS position,
                  dated.uncapped_minor AS uncapped_minor,
                  dated.cost_basis AS cost_basis,
                  dated.cost_minor AS cost_minor,
                  dated.platform_fee_percent AS platform_fee_percent,
                  dated.not_to_exceed_minor AS not_to_exceed_minor,
                  dated.extended_minor AS extended_minor,
                  dated.billed_minor AS billed_minor,
                  dated.trues_up AS trues_up,
                  dated.amount_minor AS amount_minor,
                  dated.platform_fee_minor AS platform_fee_minor,
                  dated.on_day AS on_day,
                  bears.tax_category_code AS tax_category_code,
                  bears.tax_rate_percent AS tax_rate_percent,
                  bears.tax_reason_code AS tax_reason_code,
                  bears.tax_reason AS tax_reason,
                  bears.tax_rule_id AS tax_rule_id,
                  bears.tax_exemption_id AS tax_exemption_id
                FROM (
                  SELECT billed.contract_id AS contract_id,
                    billed.contract_line_id AS contract_line_id,
                    billed.rate_version AS rate_version,
                    billed.tier_period_starts_on AS tier_period_starts_on,
                    billed.rate_card_key AS rate_card_key,
                    billed.unit_price AS unit_price,
                    billed.quantity AS quantity,
                    billed.late_quantity AS late_quantity,
                    billed.whole_quantity AS whole_quantity,
                    billed.prorated_minor AS prorated_minor,
                    billed.allowed_minor AS allowed_minor,
                    billed.actual_cost_ids AS actual_cost_ids,
                    billed.final AS final,
                    billed.association_id AS association_id,
                    billed.vendor_id AS vendor_id,
                    billed.description AS description,
                    billed.unit AS unit,
                    billed.currency_code AS currency_code,
                    billed.position AS position,
                    billed.uncapped_minor AS uncapped_minor,
                    billed.cost_basis AS cost_basis,
                    billed.cost_minor AS cost_minor,
                    billed.platform_fee_percent AS platform_fee_percent,
                    billed.not_to_exceed_minor AS not_to_exceed_minor,
                    billed.extended_minor AS extended_minor,
                    billed.billed_minor AS billed_minor,
                    billed.trues_up AS trues_up,
                    billed.amount_minor AS amount_minor,
                    billed.platform_fee_minor AS platform_fee_minor,
                    CAST(timezone(contract.time_zone, now()) AS DATE) AS on_day
                  FROM (
                    SELECT trued_up.contract_id AS contract_id,
                      trued_up.contract_line_id AS contract_line_id,
                      trued_up.rate_version AS rate_version,
                      trued_up.tier_period_starts_on AS tier_period_starts_on,
                      trued_up.rate_card_key AS rate_card_key,
                      CASE WHEN trued_up.trues_up THEN trued_up.amount_minor / CAST(power(10, CAST(app.currency_digits(trued_up.currency_code) AS NUMERIC)) AS NUMERIC) ELSE trued_up.unit_price END AS unit_price,
                      trued_up.quantity AS quantity,
                      trued_up.late_quantity AS late_quantity,
                      trued_up.whole_quantity AS whole_quantity,
                      trued_up.prorated_minor AS prorated_minor,
                      trued_up.allowed_minor AS allowed_minor,
                      trued_up.actual_cost_ids AS actual_cost_ids,
                      trued_up.final AS final,
                      trued_up.association_id AS association_id,
                      trued_up.vendor_id AS vendor_id,
                      trued_up.description AS description,
                      trued_up.unit AS unit,
                      trued_up.currency_code AS currency_code,
                      trued_up.position AS position,
                      trued_up.uncapped_minor AS uncapped_minor,
                      trued_up.cost_basis AS cost_basis,
                      trued_up.cost_minor AS cost_minor,
                      trued_up.platform_fee_percent AS platform_fee_percent,
                      trued_up.not_to_exceed_minor AS not_to_exceed_minor,
                      trued_up.extended_minor AS extended_minor,
                      trued_up.billed_minor AS billed_minor,
                      trued_up.trues_up AS trues_up,
                      trued_up.amount_minor AS amount_minor,
                      CAST(app.round_half_even((trued_up.amount_minor * trued_up.platform_fee_percent) / CAST(100 AS NUMERIC), 0) AS BIGINT) AS platform_fee_minor
                    FROM (
                      SELECT capped.contract_id AS contract_id,
                        capped.contract_line_id AS contract_line_id,
                        capped.rate_version AS rate_version,
                        capped.tier_period_starts_on AS tier_period_starts_on,
                        capped.rate_card_key AS rate_card_key,
                        capped.unit_price AS unit_price,
                        capped.quantity AS quantity,
                        capped.late_quantity AS late_quantity,
                        capped.whole_quantity AS whole_quantity,
                        capped.prorated_minor AS prorated_minor,
                        capped.allowed_minor AS allowed_minor,
                        capped.actual_cost_ids AS actual_cost_ids,
                        capped.final AS final,
                        capped.association_id AS association_id,
                        capped.vendor_id AS vendor_id,
                        capped.description AS description,
                        capped.unit AS unit,
                        capped.currency_code AS currency_code,
                        capped.position AS position,
                        capped.uncapped_minor AS uncapped_minor,
                        capped.cost_basis AS cost_basis,
                        capped.cost_minor AS cost_minor,
                        capped.platform_fee_percent AS platform_fee_percent,
                        capped.not_to_exceed_minor AS not_to_exceed_minor,
                        capped.extended_minor AS extended_minor,
                        capped.billed_minor AS billed_minor,
                        capped.trues_up AS trues_up,
                        CAST(CASE WHEN (capped.trues_up AND capped.final) THEN greatest(capped.amount_minor - coalesce(sum(capped.amount_minor) FILTER (WHERE NOT capped.trues_up) OVER (PARTITION BY capped.contract_id), 0), 0) ELSE capped.amount_minor END AS BIGINT) AS amount_minor
                      FROM (
                        SELECT priced.contract_id AS contract_id,
                          priced.contract_line_id AS contract_line_id,
                          priced.rate_version AS rate_version,
                          priced.tier_period_starts_on AS tier_period_starts_on,
                          priced.rate_card_key AS rate_card_key,
                          priced.unit_price AS unit_price,
                          priced.quantity AS quantity,
                          priced.late_quantity AS late_quantity,
                          priced.whole_quantity AS whole_quantity,
                          priced.prorated_minor AS prorated_minor,
                          priced.allowed_minor AS allowed_minor,
                          priced.actual_cost_ids AS actual_cost_ids,
                          priced.final AS final,
                          priced.association_id AS association_id,
                          priced.vendor_id AS vendor_id,
                          priced.description AS description,
                          priced.unit AS unit,
                          priced.currency_code AS currency_code,
                          priced.position AS position,
                          priced.uncapped_minor AS uncapped_minor,
                          priced.cost_basis AS cost_basis,
                          priced.cost_minor AS cost_minor,
                          priced.platform_fee_percent AS platform_fee_percent,
                          priced.not_to_exceed_minor AS not_to_exceed_minor,
                          priced.extended_minor AS extended_minor,
                          priced.billed_minor AS billed_minor,
                          priced.trues_up AS trues_up,
                          CAST(CASE WHEN ((priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor IS NULL) THEN priced.uncapped_minor ELSE greatest(least(sum(priced.uncapped_minor) OVER (PARTITION BY priced.contract_id, priced.contract_line_id ORDER BY priced.position), (priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor), 0) - greatest(least(sum(priced.uncapped_minor) OVER (PARTITION BY priced.contract_id, priced.contract_line_id ORDER BY priced.position) - priced.uncapped_minor, (priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor), 0) END AS BIGINT) AS amount_minor
                        FROM (
                          SELECT billed.contract_id AS contract_id,
                            billed.contract_line_id AS contract_line_id,
                            billed.rate_version AS rate_version,
                            billed.tier_period_starts_on AS tier_period_starts_on,
                            billed.rate_card_key AS rate_card_key,
                            billed.unit_price AS unit_price,
                            billed.quantity AS quantity,
                            billed.late_quantity AS late_quantity,
                            billed.whole_quantity AS whole_quantity,
                            billed.prorated_minor AS prorated_minor,
                            billed.allowed_minor AS allowed_minor,
                            billed.actual_cost_ids AS actual_cost_ids,
                            billed.final AS final,
                            contract_line.association_id AS association_id,
                            contract_line.vendor_id AS vendor_id,
                            contract_line.title AS description,
                            CASE WHEN (billed.allowed_minor IS NOT NULL) THEN 'LUMP_SUM' ELSE contract_line.unit END AS unit,
                            contract_line.currency_code AS currency_code,
                            row_number() OVER (PARTITION BY billed.contract_id ORDER BY contract_line.position, billed.rate_version, billed.tier_period_starts_on) AS position,
                            CASE WHEN (contract_line.kind = 'MINIMUM_COMMITMENT') THEN billed.prorated_minor WHEN (billed.tier_period_starts_on IS NOT NULL) THEN (
                            SELECT greatest(app.tiered_minor(billed.contract_id, billed.contract_line_id, contract_line_pricing.tiering, billed.quantity + so_far.quantity, contract_line.currency_code) - so_far.amount_minor, 0) AS greatest_5
                            FROM app.tier_billed(billed.contract_id, billed.contract_line_id, billed.tier_period_starts_on) AS so_far) WHEN (billed.allowed_minor IS NOT NULL) THEN (
                            SELECT greatest(((to_date.all_minor + app.contract_fee_minor(billed.contract_id, billed.contract_line_id, to_date.earning_minor, billed.final)) - contract_line.billed_minor) - app.conceded_minor(billed.contract_id, billed.contract_line_id), 0) AS greatest_6
                            FROM (
                              SELECT coalesce(sum(incurred.allowed_minor), 0) AS all_minor,
                                coalesce(sum(incurred.allowed_minor) FILTER (WHERE incurred.category != 'PASS_THROUGH'), 0) AS earning_minor
                              FROM actual_cost AS incurred
                              WHERE billed.contract_id = incurred.contract_id AND billed.contract_line_id = incurred.contract_line_id AND (incurred.billed OR incurred.id = any(billed.actual_cost_ids))) AS to_date) ELSE app.extended_minor(billed.whole_quantity, billed.unit_price, contract_line.currency_code) + billed.prorated_minor END AS uncapped_minor,
                            CASE WHEN (billed.allowed_minor IS NOT NULL) THEN 'ACTUAL' ELSE 'STANDARD' END AS cost_basis,
                            CASE WHEN (billed.allowed_minor IS NOT NULL) THEN CAST(billed.allowed_minor AS BIGINT) ELSE app.extended_minor(billed.quantity, contract_line_cost.unit_cost, contract_line.currency_code) END AS cost_minor,
                            contract.platform_fee_percent AS platform_fee_percent,
                            contract_line.not_to_exceed_minor AS not_to_exceed_minor,
                            contract_line.extended_minor AS extended_minor,
                            contract_line.billed_minor AS billed_minor,
                            contract_line.kind = 'MINIMUM_COMMITMENT' AS trues_up
                          FROM (
                            SELECT billable.contract_id AS contract_id,
                              billable.contract_line_id AS contract_line_id,
                              billable.rate_version AS rate_version,
                              billable.tier_period_starts_on AS tier_period_starts_on,
                              billable.rate_card_key AS rate_card_key,
                              billable.unit_price AS unit_price,
                              sum(billable.quantity) AS quantity,
                              coalesce(sum(billable.quantity) FILTER (WHERE billable.late), $37::INTEGER) AS late_quantity,
                              coalesce(sum(billable.quantity) FILTER (WHERE billable.prorated_minor IS NULL), $38::INTEGER) AS whole_quantity,
                              coalesce(sum(billable.prorated_minor), $39::INTEGER) AS prorated_minor,
                              sum(billable.allowed_minor) AS allowed_minor,
                              array_agg(billable.actual_cost_id) AS actual_cost_ids,
                              bool_or(billable.final) AS final
                            FROM (
                              SELECT source.contract_id AS contract_id,
                                source.contract_line_id AS contract_line_id,
                                source.kind AS kind,
                                source.decision_id AS decision_id,
                                source.actual_cost_id AS actual_cost_id,
                                source.period_starts_on AS period_starts_on,
                                source.period_ends_on AS period_ends_on,
                                source.done_on AS done_on,
                                source.quantity AS quantity,
                                source.late AS late,
                                source.rate_card_key AS rate_card_key,
                                source.rate_version AS rate_version,
                                source.unit_price AS unit_price,
                                source.tier_period_starts_on AS tier_period_starts_on,
                                source.prorated_minor AS prorated_minor,
                                source.allowed_minor AS allowed_minor,
                                source.final AS final
                              FROM (
                                SELECT decision.contract_id AS contract_id,
                                  decision.line_id AS contract_line_id,
                                  'ACCEPTANCE' AS kind,
                                  decision.id AS decision_id,
                                  CAST(NULL AS UUID) AS actual_cost_id,
                                  CAST(NULL AS DATE) AS period_starts_on,
                                  CAST(NULL AS DATE) AS period_ends_on,
                                  decision.performed_to AS done_on,
                                  decision.accepted_quantity AS quantity,
                                  decision.performed_to < scope.starts_on AS late,
                                  CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.rate_card_key ELSE decision.rate_card_key END AS rate_card_key,
                                  CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.rate_version ELSE decision.rate_version END AS rate_version,
                                  CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.unit_price ELSE decision.unit_price END AS unit_price,
                                  CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN lower(app.tier_period(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line_pricing.tier_period, contract_line_pricing.period_anchor, decision.performed_to)) END AS tier_period_starts_on,
                                  CAST(NULL AS BIGINT) AS prorated_minor,
                                  CAST(NULL AS BIGINT) AS allowed_minor,
                                  false AS final
                                FROM (
                                  SELECT CAST($40::UUID AS UUID) AS contract_id,
                                    CAST($35::DATE AS DATE) AS starts_on,
                                    CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN decision ON decision.contract_id = scope.contract_id JOIN contract_line ON contract_line.contract_id = decision.contract_id AND contract_line.id = decision.line_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = decision.contract_id AND contract_line_pricing.line_id = decision.line_id
                                WHERE decision.performed_to <= scope.ends_on AND decision.reversed_at IS NULL AND decision.accepted_quantity > $41::INTEGER AND NOT decision.billed AND contract_line.kind != $42::VARCHAR AND CASE WHEN (contract_line_pricing.tiering = $43::VARCHAR) THEN upper(app.tier_period(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line_pricing.tier_period, contract_line_pricing.period_anchor, decision.performed_to)) <= scope.ends_on + $44::INTEGER ELSE true END
                                UNION ALL
                                SELECT contract_line.contract_id AS contract_id,
                                  contract_line.id AS contract_line_id,
                                  'RECURRING_PERIOD' AS kind,
                                  CAST(NULL AS UUID) AS decision_id,
                                  CAST(NULL AS UUID) AS actual_cost_id,
                                  period.starts_on AS period_starts_on,
                                  period.ends_on AS period_ends_on,
                                  CASE WHEN (contract_line_pricing.timing = $45::VARCHAR) THEN period.starts_on ELSE period.ends_on END AS done_on,
                                  CASE WHEN (period.days = period.whole_days) THEN contract_line.units_per_period ELSE greatest(app.round_half_even((contract_line.units_per_period * period.days) / CAST(period.whole_days AS NUMERIC), 6), 0.000001) END AS quantity,
                                  CASE WHEN (contract_line_pricing.timing = $45::VARCHAR) THEN period.starts_on ELSE period.ends_on END < scope.starts_on AS late,
                                  contract_line.rate_card_key AS rate_card_key,
                                  contract_line.rate_version AS rate_version,
                                  contract_line.unit_price AS unit_price,
                                  CAST(NULL AS DATE) AS tier_period_starts_on,
                                  CASE WHEN (period.days != period.whole_days) THEN app.prorated_minor(contract_line.units_per_period, contract_line.unit_price, period.days, period.whole_days, contract_line.currency_code) END AS prorated_minor,
                                  CAST(NULL AS BIGINT) AS allowed_minor,
                                  false AS final
                                FROM (
                                  SELECT CAST($40::UUID AS UUID) AS contract_id,
                                    CAST($35::DATE AS DATE) AS starts_on,
                                    CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id JOIN LATERAL app.billing_periods(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line.recurrence, coalesce(contract_line_pricing.period_anchor, 'ANNIVERSARY')) AS period ON true
                                WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND contract_line.kind = $46::VARCHAR AND coalesce(starts_with(contract_line_pricing.arrangement, 'COST_PLUS_'), false) IS false AND CASE WHEN (contract_line_pricing.timing = $45::VARCHAR) THEN period.starts_on ELSE period.ends_on END <= scope.ends_on AND (period.days = period.whole_days OR contract_line_pricing.prorated IS true) AND NOT (EXISTS (
                                    SELECT *
                                    FROM invoice_source
                                    WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'RECURRING_PERIOD' AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL))
                                UNION ALL
                                SELECT contract_line.contract_id AS contract_id,
                                  contract_line.id AS contract_line_id,
                                  'COST_PERIOD' AS kind,
                                  CAST(NULL AS UUID) AS decision_id,
                                  actual_cost.id AS actual_cost_id,
                                  actual_cost.period_starts_on AS period_starts_on,
                                  actual_cost.period_ends_on AS period_ends_on,
                                  actual_cost.period_ends_on AS done_on,
                                  1 AS quantity,
                                  actual_cost.period_ends_on < scope.starts_on AS late,
                                  contract_line.rate_card_key AS rate_card_key,
                                  contract_line.rate_version AS rate_version,
                                  contract_line.unit_price AS unit_price,
                                  CAST(NULL AS DATE) AS tier_period_starts_on,
                                  CAST(NULL AS BIGINT) AS prorated_minor,
                                  actual_cost.allowed_minor AS allowed_minor,
                                  scope.ends_on >= least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS final
                                FROM (
                                  SELECT CAST($40::UUID AS UUID) AS contract_id,
                                    CAST($35::DATE AS DATE) AS starts_on,
                                    CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id JOIN actual_cost ON actual_cost.contract_id = contract_line.contract_id AND actual_cost.contract_line_id = contract_line.id
                                WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND starts_with(contract_line_pricing.arrangement, 'COST_PLUS_') AND actual_cost.period_ends_on <= scope.ends_on AND actual_cost.status IN ('ENTERED', 'PARTLY_DISALLOWED') AND actual_cost.allowed_minor > $47::BIGINT AND NOT actual_cost.billed
                                UNION ALL
                                SELECT contract_line.contract_id AS contract_id,
                                  contract_line.id AS contract_line_id,
                                  'TRUE_UP' AS kind,
                                  CAST(NULL AS UUID) AS decision_id,
                                  CAST(NULL AS UUID) AS actual_cost_id,
                                  contract.starts_on AS period_starts_on,
                                  least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS period_ends_on,
                                  least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS done_on,
                                  1 AS quantity,
                                  scope.starts_on > least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS late,
                                  contract_line.rate_card_key AS rate_card_key,
                                  contract_line.rate_version AS rate_version,
                                  contract_line.unit_price AS unit_price,
                                  CAST(NULL AS DATE) AS tier_period_starts_on,
                                  CAST(NULL AS BIGINT) AS prorated_minor,
                                  0 AS allowed_minor,
                                  true AS final
                                FROM (
                                  SELECT CAST($40::UUID AS UUID) AS contract_id,
                                    CAST($35::DATE AS DATE) AS starts_on,
                                    CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id
                                WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND contract_line_pricing.arrangement = $48::VARCHAR AND scope.ends_on >= least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AND (EXISTS (
                                    SELECT *
                                    FROM actual_cost
                                    WHERE actual_cost.contract_id = contract_line.contract_id AND actual_cost.contract_line_id = contract_line.id AND actual_cost.allowed_minor > $49::BIGINT)) AND NOT (EXISTS (
                                    SELECT *
                                    FROM invoice_source
                                    WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'TRUE_UP' AND invoice_source.period_starts_on = contract.starts_on AND invoice_source.released_at IS NULL))
                                UNION ALL
                                SELECT contract_line.contract_id AS contract_id,
                                  contract_line.id AS contract_line_id,
                                  'TRUE_UP' AS kind,
                                  CAST(NULL AS UUID) AS decision_id,
                                  CAST(NULL AS UUID) AS actual_cost_id,
                                  period.starts_on AS period_starts_on,
                                  period.ends_on AS period_ends_on,
                                  period.ends_on AS done_on,
                                  1 AS quantity,
                                  period.ends_on < scope.starts_on AS late,
                                  contract_line.key AS rate_card_key,
                                  contract_line.rate_version AS rate_version,
                                  contract_line.unit_price AS unit_price,
                                  period.starts_on AS tier_period_starts_on,
                                  CAST(app.round_half_even((CAST(contract.minimum_commitment_minor AS NUMERIC(60, 30)) * period.days) / CAST(period.whole_days AS NUMERIC), 0) - so_far.minor AS BIGINT) AS prorated_minor,
                                  CAST(NULL AS BIGINT) AS allowed_minor,
                                  period.ends_on = least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) OR period.ends_on = scope.ends_on AS final
                                FROM (
                                  SELECT CAST($40::UUID AS UUID) AS contract_id,
                                    CAST($35::DATE AS DATE) AS starts_on,
                                    CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id AND contract_line.kind = 'MINIMUM_COMMITMENT' JOIN LATERAL app.commitment_periods(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract.ends_on, contract.minimum_commitment_per) AS period ON true JOIN LATERAL (
                                  SELECT coalesce(sum(invoice_line.amount_minor - app.taken_back_minor(invoice_line.contract_id, invoice_line.id)), $50::INTEGER) AS minor
                                  FROM invoice_line JOIN invoice ON invoice.contract_id = invoice_line.contract_id AND invoice.id = invoice_line.invoice_id
                                  WHERE invoice_line.contract_id = contract.id AND invoice_line.contract_line_id != contract_line.id AND (invoice.status NOT IN ('VOID', 'DISCARDED')) AND invoice.period_ends_on >= period.starts_on AND (period.ends_on = least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) OR invoice.period_ends_on <= period.ends_on)) AS so_far ON true
                                WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND period.ends_on <= scope.ends_on AND NOT (EXISTS (
                                    SELECT *
                                    FROM invoice_source
                                    WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'TRUE_UP' AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL)) AND CAST(app.round_half_even((CAST(contract.minimum_commitment_minor AS NUMERIC(60, 30)) * period.days) / CAST(period.whole_days AS NUMERIC), 0) - so_far.minor AS BIGINT) > $51::BIGINT) AS source) AS billable
                            GROUP BY billable.contract_id,
                              billable.contract_line_id,
                              billable.rate_version,
                              billable.tier_period_starts_on,
                              billable.rate_card_key,
                              billable.unit_price) AS billed JOIN contract_line ON contract_line.contract_id = billed.contract_id AND contract_line.id = billed.contract_line_id JOIN contract ON contract.id = billed.contract_id LEFT OUTER JOIN contract_line_cost ON contract_line_cost.contract_id = billed.contract_id AND contract_line_cost.line_id = billed.contract_line_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = billed.contract_id AND contract_line_pricing.line_id = billed.contract_line_id) AS priced) AS capped) AS trued_up
                    WHERE NOT trued_up.trues_up OR trued_up.amount_minor > 0) AS billed JOIN contract ON contract.id = billed.contract_id) AS dated JOIN (
                  SELECT sale.vendor_id AS vendor_id,
                    sale.association_id AS association_id,
                    sale.unit AS unit,
                    sale.on_day AS on_day,
                    tax.tax_rule_id AS tax_rule_id,
                    tax.tax_exemption_id AS tax_exemption_id,
                    tax.tax_category_code AS tax_category_code,
                    tax.tax_rate_percent AS tax_rate_percent,
                    tax.tax_reason_code AS tax_reason_code,
                    tax.tax_reason AS tax_reason
                  FROM (
                    SELECT DISTINCT dated.vendor_id AS vendor_id,
                      dated.association_id AS association_id,
                      dated.unit AS unit,
                      dated.on_day AS on_day
                    FROM (
                      SELECT billed.contract_id AS contract_id,
                        billed.contract_line_id AS contract_line_id,
                        billed.rate_version AS rate_version,
                        billed.tier_period_starts_on AS tier_period_starts_on,
                        billed.rate_card_key AS rate_card_key,
                        billed.unit_price AS unit_price,
                        billed.quantity AS quantity,
                        billed.late_quantity AS late_quantity,
                        billed.whole_quantity AS whole_quantity,
                        billed.prorated_minor AS prorated_minor,
                        billed.allowed_minor AS allowed_minor,
                        billed.actual_cost_ids AS actual_cost_ids,
                        billed.final AS final,
                        billed.association_id AS association_id,
                        billed.vendor_id AS vendor_id,
                        billed.description AS description,
                        billed.unit AS unit,
                        billed.currency_code AS currency_code,
                        billed.position AS position,
                        billed.uncapped_minor AS uncapped_minor,
                        billed.cost_basis AS cost_basis,
                        billed.cost_minor AS cost_minor,
                        billed.platform_fee_percent AS platform_fee_percent,
                        billed.not_to_exceed_minor AS not_to_exceed_minor,
                        billed.extended_minor AS extended_minor,
                        billed.billed_minor AS billed_minor,
                        billed.trues_up AS trues_up,
                        billed.amount_minor AS amount_minor,
                        billed.platform_fee_minor AS platform_fee_minor,
                        CAST(timezone(contract.time_zone, now()) AS DATE) AS on_day
                      FROM (
                        SELECT trued_up.contract_id AS contract_id,
                          trued_up.contract_line_id AS contract_line_id,
                          trued_up.rate_version AS rate_version,
                          trued_up.tier_period_starts_on AS tier_period_starts_on,
                          trued_up.rate_card_key AS rate_card_key,
                          CASE WHEN trued_up.trues_up THEN trued_up.amount_minor / CAST(power(10, CAST(app.currency_digits(trued_up.currency_code) AS NUMERIC)) AS NUMERIC) ELSE trued_up.unit_price END AS unit_price,
                          trued_up.quantity AS quantity,
                          trued_up.late_quantity AS late_quantity,
                          trued_up.whole_quantity AS whole_quantity,
                          trued_up.prorated_minor AS prorated_minor,
                          trued_up.allowed_minor AS allowed_minor,
                          trued_up.actual_cost_ids AS actual_cost_ids,
                          trued_up.final AS final,
                          trued_up.association_id AS association_id,
                          trued_up.vendor_id AS vendor_id,
                          trued_up.description AS description,
                          trued_up.unit AS unit,
                          trued_up.currency_code AS currency_code,
                          trued_up.position AS position,
                          trued_up.uncapped_minor AS uncapped_minor,
                          trued_up.cost_basis AS cost_basis,
                          trued_up.cost_minor AS cost_minor,
                          trued_up.platform_fee_percent AS platform_fee_percent,
                          trued_up.not_to_exceed_minor AS not_to_exceed_minor,
                          trued_up.extended_minor AS extended_minor,
                          trued_up.billed_minor AS billed_minor,
                          trued_up.trues_up AS trues_up,
                          trued_up.amount_minor AS amount_minor,
                          CAST(app.round_half_even((trued_up.amount_minor * trued_up.platform_fee_percent) / CAST(100 AS NUMERIC), 0) AS BIGINT) AS platform_fee_minor
                        FROM (
                          SELECT capped.contract_id AS contract_id,
                            capped.contract_line_id AS contract_line_id,
                            capped.rate_version AS rate_version,
                            capped.tier_period_starts_on AS tier_period_starts_on,
                            capped.rate_card_key AS rate_card_key,
                            capped.unit_price AS unit_price,
                            capped.quantity AS quantity,
                            capped.late_quantity AS late_quantity,
                            capped.whole_quantity AS whole_quantity,
                            capped.prorated_minor AS prorated_minor,
                            capped.allowed_minor AS allowed_minor,
                            capped.actual_cost_ids AS actual_cost_ids,
                            capped.final AS final,
                            capped.association_id AS association_id,
                            capped.vendor_id AS vendor_id,
                            capped.description AS description,
                            capped.unit AS unit,
                            capped.currency_code AS currency_code,
                            capped.position AS position,
                            capped.uncapped_minor AS uncapped_minor,
                            capped.cost_basis AS cost_basis,
                            capped.cost_minor AS cost_minor,
                            capped.platform_fee_percent AS platform_fee_percent,
                            capped.not_to_exceed_minor AS not_to_exceed_minor,
                            capped.extended_minor AS extended_minor,
                            capped.billed_minor AS billed_minor,
                            capped.trues_up AS trues_up,
                            CAST(CASE WHEN (capped.trues_up AND capped.final) THEN greatest(capped.amount_minor - coalesce(sum(capped.amount_minor) FILTER (WHERE NOT capped.trues_up) OVER (PARTITION BY capped.contract_id), 0), 0) ELSE capped.amount_minor END AS BIGINT) AS amount_minor
                          FROM (
                            SELECT priced.contract_id AS contract_id,
                              priced.contract_line_id AS contract_line_id,
                              priced.rate_version AS rate_version,
                              priced.tier_period_starts_on AS tier_period_starts_on,
                              priced.rate_card_key AS rate_card_key,
                              priced.unit_price AS unit_price,
                              priced.quantity AS quantity,
                              priced.late_quantity AS late_quantity,
                              priced.whole_quantity AS whole_quantity,
                              priced.prorated_minor AS prorated_minor,
                              priced.allowed_minor AS allowed_minor,
                              priced.actual_cost_ids AS actual_cost_ids,
                              priced.final AS final,
                              priced.association_id AS association_id,
                              priced.vendor_id AS vendor_id,
                              priced.description AS description,
                              priced.unit AS unit,
                              priced.currency_code AS currency_code,
                              priced.position AS position,
                              priced.uncapped_minor AS uncapped_minor,
                              priced.cost_basis AS cost_basis,
                              priced.cost_minor AS cost_minor,
                              priced.platform_fee_percent AS platform_fee_percent,
                              priced.not_to_exceed_minor AS not_to_exceed_minor,
                              priced.extended_minor AS extended_minor,
                              priced.billed_minor AS billed_minor,
                              priced.trues_up AS trues_up,
                              CAST(CASE WHEN ((priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor IS NULL) THEN priced.uncapped_minor ELSE greatest(least(sum(priced.uncapped_minor) OVER (PARTITION BY priced.contract_id, priced.contract_line_id ORDER BY priced.position), (priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor), 0) - greatest(least(sum(priced.uncapped_minor) OVER (PARTITION BY priced.contract_id, priced.contract_line_id ORDER BY priced.position) - priced.uncapped_minor, (priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor), 0) END AS BIGINT) AS amount_minor
                            FROM (
                              SELECT billed.contract_id AS contract_id,
                                billed.contract_line_id AS contract_line_id,
                                billed.rate_version AS rate_version,
                                billed.tier_period_starts_on AS tier_period_starts_on,
                                billed.rate_card_key AS rate_card_key,
                                billed.unit_price AS unit_price,
                                billed.quantity AS quantity,
                                billed.late_quantity AS late_quantity,
                                billed.whole_quantity AS whole_quantity,
                                billed.prorated_minor AS prorated_minor,
                                billed.allowed_minor AS allowed_minor,
                                billed.actual_cost_ids AS actual_cost_ids,
                                billed.final AS final,
                                contract_line.association_id AS association_id,
                                contract_line.vendor_id AS vendor_id,
                                contract_line.title AS description,
                                CASE WHEN (billed.allowed_minor IS NOT NULL) THEN 'LUMP_SUM' ELSE contract_line.unit END AS unit,
                                contract_line.currency_code AS currency_code,
                                row_number() OVER (PARTITION BY billed.contract_id ORDER BY contract_line.position, billed.rate_version, billed.tier_period_starts_on) AS position,
                                CASE WHEN (contract_line.kind = 'MINIMUM_COMMITMENT') THEN billed.prorated_minor WHEN (billed.tier_period_starts_on IS NOT NULL) THEN (
                                SELECT greatest(app.tiered_minor(billed.contract_id, billed.contract_line_id, contract_line_pricing.tiering, billed.quantity + so_far.quantity, contract_line.currency_code) - so_far.amount_minor, 0) AS greatest_5
                                FROM app.tier_billed(billed.contract_id, billed.contract_line_id, billed.tier_period_starts_on) AS so_far) WHEN (billed.allowed_minor IS NOT NULL) THEN (
                                SELECT greatest(((to_date.all_minor + app.contract_fee_minor(billed.contract_id, billed.contract_line_id, to_date.earning_minor, billed.final)) - contract_line.billed_minor) - app.conceded_minor(billed.contract_id, billed.contract_line_id), 0) AS greatest_6
                                FROM (
                                  SELECT coalesce(sum(incurred.allowed_minor), 0) AS all_minor,
                                    coalesce(sum(incurred.allowed_minor) FILTER (WHERE incurred.category != 'PASS_THROUGH'), 0) AS earning_minor
                                  FROM actual_cost AS incurred
                                  WHERE billed.contract_id = incurred.contract_id AND billed.contract_line_id = incurred.contract_line_id AND (incurred.billed OR incurred.id = any(billed.actual_cost_ids))) AS to_date) ELSE app.extended_minor(billed.whole_quantity, billed.unit_price, contract_line.currency_code) + billed.prorated_minor END AS uncapped_minor,
                                CASE WHEN (billed.allowed_minor IS NOT NULL) THEN 'ACTUAL' ELSE 'STANDARD' END AS cost_basis,
                                CASE WHEN (billed.allowed_minor IS NOT NULL) THEN CAST(billed.allowed_minor AS BIGINT) ELSE app.extended_minor(billed.quantity, contract_line_cost.unit_cost, contract_line.currency_code) END AS cost_minor,
                                contract.platform_fee_percent AS platform_fee_percent,
                                contract_line.not_to_exceed_minor AS not_to_exceed_minor,
                                contract_line.extended_minor AS extended_minor,
                                contract_line.billed_minor AS billed_minor,
                                contract_line.kind = 'MINIMUM_COMMITMENT' AS trues_up
                              FROM (
                                SELECT billable.contract_id AS contract_id,
                                  billable.contract_line_id AS contract_line_id,
                                  billable.rate_version AS rate_version,
                                  billable.tier_period_starts_on AS tier_period_starts_on,
                                  billable.rate_card_key AS rate_card_key,
                                  billable.unit_price AS unit_price,
                                  sum(billable.quantity) AS quantity,
                                  coalesce(sum(billable.quantity) FILTER (WHERE billable.late), $37::INTEGER) AS late_quantity,
                                  coalesce(sum(billable.quantity) FILTER (WHERE billable.prorated_minor IS NULL), $38::INTEGER) AS whole_quantity,
                                  coalesce(sum(billable.prorated_minor), $39::INTEGER) AS prorated_minor,
                                  sum(billable.allowed_minor) AS allowed_minor,
                                  array_agg(billable.actual_cost_id) AS actual_cost_ids,
                                  bool_or(billable.final) AS final
                                FROM (
                                  SELECT source.contract_id AS contract_id,
                                    source.contract_line_id AS contract_line_id,
                                    source.kind AS kind,
                                    source.decision_id AS decision_id,
                                    source.actual_cost_id AS actual_cost_id,
                                    source.period_starts_on AS period_starts_on,
                                    source.period_ends_on AS period_ends_on,
                                    source.done_on AS done_on,
                                    source.quantity AS quantity,
                                    source.late AS late,
                                    source.rate_card_key AS rate_card_key,
                                    source.rate_version AS rate_version,
                                    source.unit_price AS unit_price,
                                    source.tier_period_starts_on AS tier_period_starts_on,
                                    source.prorated_minor AS prorated_minor,
                                    source.allowed_minor AS allowed_minor,
                                    source.final AS final
                                  FROM (
                                    SELECT decision.contract_id AS contract_id,
                                      decision.line_id AS contract_line_id,
                                      'ACCEPTANCE' AS kind,
                                      decision.id AS decision_id,
                                      CAST(NULL AS UUID) AS actual_cost_id,
                                      CAST(NULL AS DATE) AS period_starts_on,
                                      CAST(NULL AS DATE) AS period_ends_on,
                                      decision.performed_to AS done_on,
                                      decision.accepted_quantity AS quantity,
                                      decision.performed_to < scope.starts_on AS late,
                                      CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.rate_card_key ELSE decision.rate_card_key END AS rate_card_key,
                                      CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.rate_version ELSE decision.rate_version END AS rate_version,
                                      CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.unit_price ELSE decision.unit_price END AS unit_price,
                                      CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN lower(app.tier_period(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line_pricing.tier_period, contract_line_pricing.period_anchor, decision.performed_to)) END AS tier_period_starts_on,
                                      CAST(NULL AS BIGINT) AS prorated_minor,
                                      CAST(NULL AS BIGINT) AS allowed_minor,
                                      false AS final
                                    FROM (
                                      SELECT CAST($40::UUID AS UUID) AS contract_id,
                                        CAST($35::DATE AS DATE) AS starts_on,
                                        CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN decision ON decision.contract_id = scope.contract_id JOIN contract_line ON contract_line.contract_id = decision.contract_id AND contract_line.id = decision.line_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = decision.contract_id AND contract_line_pricing.line_id = decision.line_id
                                    WHERE decision.performed_to <= scope.ends_on AND decision.reversed_at IS NULL AND decision.accepted_quantity > $41::INTEGER AND NOT decision.billed AND contract_line.kind != $42::VARCHAR AND CASE WHEN (contract_line_pricing.tiering = $43::VARCHAR) THEN upper(app.tier_period(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line_pricing.tier_period, contract_line_pricing.period_anchor, decision.performed_to)) <= scope.ends_on + $44::INTEGER ELSE true END
                                    UNION ALL
                                    SELECT contract_line.contract_id AS contract_id,
                                      contract_line.id AS contract_line_id,
                                      'RECURRING_PERIOD' AS kind,
                                      CAST(NULL AS UUID) AS decision_id,
                                      CAST(NULL AS UUID) AS actual_cost_id,
                                      period.starts_on AS period_starts_on,
                                      period.ends_on AS period_ends_on,
                                      CASE WHEN (contract_line_pricing.timing = $45::VARCHAR) THEN period.starts_on ELSE period.ends_on END AS done_on,
                                      CASE WHEN (period.days = period.whole_days) THEN contract_line.units_per_period ELSE greatest(app.round_half_even((contract_line.units_per_period * period.days) / CAST(period.whole_days AS NUMERIC), 6), 0.000001) END AS quantity,
                                      CASE WHEN (contract_line_pricing.timing = $45::VARCHAR) THEN period.starts_on ELSE period.ends_on END < scope.starts_on AS late,
                                      contract_line.rate_card_key AS rate_card_key,
                                      contract_line.rate_version AS rate_version,
                                      contract_line.unit_price AS unit_price,
                                      CAST(NULL AS DATE) AS tier_period_starts_on,
                                      CASE WHEN (period.days != period.whole_days) THEN app.prorated_minor(contract_line.units_per_period, contract_line.unit_price, period.days, period.whole_days, contract_line.currency_code) END AS prorated_minor,
                                      CAST(NULL AS BIGINT) AS allowed_minor,
                                      false AS final
                                    FROM (
                                      SELECT CAST($40::UUID AS UUID) AS contract_id,
                                        CAST($35::DATE AS DATE) AS starts_on,
                                        CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id JOIN LATERAL app.billing_periods(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line.recurrence, coalesce(contract_line_pricing.period_anchor, 'ANNIVERSARY')) AS period ON true
                                    WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND contract_line.kind = $46::VARCHAR AND coalesce(starts_with(contract_line_pricing.arrangement, 'COST_PLUS_'), false) IS false AND CASE WHEN (contract_line_pricing.timing = $45::VARCHAR) THEN period.starts_on ELSE period.ends_on END <= scope.ends_on AND (period.days = period.whole_days OR contract_line_pricing.prorated IS true) AND NOT (EXISTS (
                                        SELECT *
                                        FROM invoice_source
                                        WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'RECURRING_PERIOD' AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL))
                                    UNION ALL
                                    SELECT contract_line.contract_id AS contract_id,
                                      contract_line.id AS contract_line_id,
                                      'COST_PERIOD' AS kind,
                                      CAST(NULL AS UUID) AS decision_id,
                                      actual_cost.id AS actual_cost_id,
                                      actual_cost.period_starts_on AS period_starts_on,
                                      actual_cost.period_ends_on AS period_ends_on,
                                      actual_cost.period_ends_on AS done_on,
                                      1 AS quantity,
                                      actual_cost.period_ends_on < scope.starts_on AS late,
                                      contract_line.rate_card_key AS rate_card_key,
                                      contract_line.rate_version AS rate_version,
                                      contract_line.unit_price AS unit_price,
                                      CAST(NULL AS DATE) AS tier_period_starts_on,
                                      CAST(NULL AS BIGINT) AS prorated_minor,
                                      actual_cost.allowed_minor AS allowed_minor,
                                      scope.ends_on >= least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS final
                                    FROM (
                                      SELECT CAST($40::UUID AS UUID) AS contract_id,
                                        CAST($35::DATE AS DATE) AS starts_on,
                                        CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id JOIN actual_cost ON actual_cost.contract_id = contract_line.contract_id AND actual_cost.contract_line_id = contract_line.id
                                    WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND starts_with(contract_line_pricing.arrangement, 'COST_PLUS_') AND actual_cost.period_ends_on <= scope.ends_on AND actual_cost.status IN ('ENTERED', 'PARTLY_DISALLOWED') AND actual_cost.allowed_minor > $47::BIGINT AND NOT actual_cost.billed
                                    UNION ALL
                                    SELECT contract_line.contract_id AS contract_id,
                                      contract_line.id AS contract_line_id,
                                      'TRUE_UP' AS kind,
                                      CAST(NULL AS UUID) AS decision_id,
                                      CAST(NULL AS UUID) AS actual_cost_id,
                                      contract.starts_on AS period_starts_on,
                                      least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS period_ends_on,
                                      least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS done_on,
                                      1 AS quantity,
                                      scope.starts_on > least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS late,
                                      contract_line.rate_card_key AS rate_card_key,
                                      contract_line.rate_version AS rate_version,
                                      contract_line.unit_price AS unit_price,
                                      CAST(NULL AS DATE) AS tier_period_starts_on,
                                      CAST(NULL AS BIGINT) AS prorated_minor,
                                      0 AS allowed_minor,
                                      true AS final
                                    FROM (
                                      SELECT CAST($40::UUID AS UUID) AS contract_id,
                                        CAST($35::DATE AS DATE) AS starts_on,
                                        CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id
                                    WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND contract_line_pricing.arrangement = $48::VARCHAR AND scope.ends_on >= least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AND (EXISTS (
                                        SELECT *
                                        FROM actual_cost
                                        WHERE actual_cost.contract_id = contract_line.contract_id AND actual_cost.contract_line_id = contract_line.id AND actual_cost.allowed_minor > $49::BIGINT)) AND NOT (EXISTS (
                                        SELECT *
                                        FROM invoice_source
                                        WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'TRUE_UP' AND invoice_source.period_starts_on = contract.starts_on AND invoice_source.released_at IS NULL))
                                    UNION ALL
                                    SELECT contract_line.contract_id AS contract_id,
                                      contract_line.id AS contract_line_id,
                                      'TRUE_UP' AS kind,
                                      CAST(NULL AS UUID) AS decision_id,
                                      CAST(NULL AS UUID) AS actual_cost_id,
                                      period.starts_on AS period_starts_on,
                                      period.ends_on AS period_ends_on,
                                      period.ends_on AS done_on,
                                      1 AS quantity,
                                      period.ends_on < scope.starts_on AS late,
                                      contract_line.key AS rate_card_key,
                                      contract_line.rate_version AS rate_version,
                                      contract_line.unit_price AS unit_price,
                                      period.starts_on AS tier_period_starts_on,
                                      CAST(app.round_half_even((CAST(contract.minimum_commitment_minor AS NUMERIC(60, 30)) * period.days) / CAST(period.whole_days AS NUMERIC), 0) - so_far.minor AS BIGINT) AS prorated_minor,
                                      CAST(NULL AS BIGINT) AS allowed_minor,
                                      period.ends_on = least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) OR period.ends_on = scope.ends_on AS final
                                    FROM (
                                      SELECT CAST($40::UUID AS UUID) AS contract_id,
                                        CAST($35::DATE AS DATE) AS starts_on,
                                        CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id AND contract_line.kind = 'MINIMUM_COMMITMENT' JOIN LATERAL app.commitment_periods(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract.ends_on, contract.minimum_commitment_per) AS period ON true JOIN LATERAL (
                                      SELECT coalesce(sum(invoice_line.amount_minor - app.taken_back_minor(invoice_line.contract_id, invoice_line.id)), $50::INTEGER) AS minor
                                      FROM invoice_line JOIN invoice ON invoice.contract_id = invoice_line.contract_id AND invoice.id = invoice_line.invoice_id
                                      WHERE invoice_line.contract_id = contract.id AND invoice_line.contract_line_id != contract_line.id AND (invoice.status NOT IN ('VOID', 'DISCARDED')) AND invoice.period_ends_on >= period.starts_on AND (period.ends_on = least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) OR invoice.period_ends_on <= period.ends_on)) AS so_far ON true
                                    WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND period.ends_on <= scope.ends_on AND NOT (EXISTS (
                                        SELECT *
                                        FROM invoice_source
                                        WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'TRUE_UP' AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL)) AND CAST(app.round_half_even((CAST(contract.minimum_commitment_minor AS NUMERIC(60, 30)) * period.days) / CAST(period.whole_days AS NUMERIC), 0) - so_far.minor AS BIGINT) > $51::BIGINT) AS source) AS billable
                                GROUP BY billable.contract_id,
                                  billable.contract_line_id,
                                  billable.rate_version,
                                  billable.tier_period_starts_on,
                                  billable.rate_card_key,
                                  billable.unit_price) AS billed JOIN contract_line ON contract_line.contract_id = billed.contract_id AND contract_line.id = billed.contract_line_id JOIN contract ON contract.id = billed.contract_id LEFT OUTER JOIN contract_line_cost ON contract_line_cost.contract_id = billed.contract_id AND contract_line_cost.line_id = billed.contract_line_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = billed.contract_id AND contract_line_pricing.line_id = billed.contract_line_id) AS priced) AS capped) AS trued_up
                        WHERE NOT trued_up.trues_up OR trued_up.amount_minor > 0) AS billed JOIN contract ON contract.id = billed.contract_id) AS dated) AS sale JOIN LATERAL app.tax_for('SERVICES', CAST(sale.vendor_id AS UUID), CAST(sale.association_id AS UUID), CAST(sale.unit AS TEXT), CAST(sale.on_day AS DATE)) AS tax ON true) AS bears ON bears.vendor_id = dated.vendor_id AND bears.association_id = dated.association_id AND bears.unit = dated.unit AND bears.on_day = dated.on_day) AS line
              GROUP BY line.currency_code,
                line.tax_category_code,
                line.tax_rate_percent) AS taxed) AS tax_total_minor
          FROM contract JOIN (
            SELECT CAST(coalesce(sum(line.amount_minor), 0) AS BIGINT) AS subtotal_minor
            FROM (
              SELECT dated.contract_id AS contract_id,
                dated.contract_line_id AS contract_line_id,
                dated.rate_version AS rate_version,
                dated.tier_period_starts_on AS tier_period_starts_on,
                dated.rate_card_key AS rate_card_key,
                dated.unit_price AS unit_price,
                dated.quantity AS quantity,
                dated.late_quantity AS late_quantity,
                dated.whole_quantity AS whole_quantity,
                dated.prorated_minor AS prorated_minor,
                dated.allowed_minor AS allowed_minor,
                dated.actual_cost_ids AS actual_cost_ids,
                dated.final AS final,
                dated.association_id AS association_id,
                dated.vendor_id AS vendor_id,
                dated.description AS description,
                dated.unit AS unit,
                dated.currency_code AS currency_code,
                dated.position AS position,
                dated.uncapped_minor AS uncapped_minor,
                dated.cost_basis AS cost_basis,
                dated.cost_minor AS cost_minor,
                dated.platform_fee_percent AS platform_fee_percent,
                dated.not_to_exceed_minor AS not_to_exceed_minor,
                dated.extended_minor AS extended_minor,
                dated.billed_minor AS billed_minor,
                dated.trues_up AS trues_up,
                dated.amount_minor AS amount_minor,
                dated.platform_fee_minor AS platform_fee_minor,
                dated.on_day AS on_day,
                bears.tax_category_code AS tax_category_code,
                bears.tax_rate_percent AS tax_rate_percent,
                bears.tax_reason_code AS tax_reason_code,
                bears.tax_reason AS tax_reason,
                bears.tax_rule_id AS tax_rule_id,
                bears.tax_exemption_id AS tax_exemption_id
              FROM (
                SELECT billed.contract_id AS contract_id,
                  billed.contract_line_id AS contract_line_id,
                  billed.rate_version AS rate_version,
                  billed.tier_period_starts_on AS tier_period_starts_on,
                  billed.rate_card_key AS rate_card_key,
                  billed.unit_price AS unit_price,
                  billed.quantity AS quantity,
                  billed.late_quantity AS late_quantity,
                  billed.whole_quantity AS whole_quantity,
                  billed.prorated_minor AS prorated_minor,
                  billed.allowed_minor AS allowed_minor,
                  billed.actual_cost_ids AS actual_cost_ids,
                  billed.final AS final,
                  billed.association_id AS association_id,
                  billed.vendor_id AS vendor_id,
                  billed.description AS description,
                  billed.unit AS unit,
                  billed.currency_code AS currency_code,
                  billed.position AS position,
                  billed.uncapped_minor AS uncapped_minor,
                  billed.cost_basis AS cost_basis,
                  billed.cost_minor AS cost_minor,
                  billed.platform_fee_percent AS platform_fee_percent,
                  billed.not_to_exceed_minor AS not_to_exceed_minor,
                  billed.extended_minor AS extended_minor,
                  billed.billed_minor AS billed_minor,
                  billed.trues_up AS trues_up,
                  billed.amount_minor AS amount_minor,
                  billed.platform_fee_minor AS platform_fee_minor,
                  CAST(timezone(contract.time_zone, now()) AS DATE) AS on_day
                FROM (
                  SELECT trued_up.contract_id AS contract_id,
                    trued_up.contract_line_id AS contract_line_id,
                    trued_up.rate_version AS rate_version,
                    trued_up.tier_period_starts_on AS tier_period_starts_on,
                    trued_up.rate_card_key AS rate_card_key,
                    CASE WHEN trued_up.trues_up THEN trued_up.amount_minor / CAST(power(10, CAST(app.currency_digits(trued_up.currency_code) AS NUMERIC)) AS NUMERIC) ELSE trued_up.unit_price END AS unit_price,
                    trued_up.quantity AS quantity,
                    trued_up.late_quantity AS late_quantity,
                    trued_up.whole_quantity AS whole_quantity,
                    trued_up.prorated_minor AS prorated_minor,
                    trued_up.allowed_minor AS allowed_minor,
                    trued_up.actual_cost_ids AS actual_cost_ids,
                    trued_up.final AS final,
                    trued_up.association_id AS association_id,
                    trued_up.vendor_id AS vendor_id,
                    trued_up.description AS description,
                    trued_up.unit AS unit,
                    trued_up.currency_code AS currency_code,
                    trued_up.position AS position,
                    trued_up.uncapped_minor AS uncapped_minor,
                    trued_up.cost_basis AS cost_basis,
                    trued_up.cost_minor AS cost_minor,
                    trued_up.platform_fee_percent AS platform_fee_percent,
                    trued_up.not_to_exceed_minor AS not_to_exceed_minor,
                    trued_up.extended_minor AS extended_minor,
                    trued_up.billed_minor AS billed_minor,
                    trued_up.trues_up AS trues_up,
                    trued_up.amount_minor AS amount_minor,
                    CAST(app.round_half_even((trued_up.amount_minor * trued_up.platform_fee_percent) / CAST(100 AS NUMERIC), 0) AS BIGINT) AS platform_fee_minor
                  FROM (
                    SELECT capped.contract_id AS contract_id,
                      capped.contract_line_id AS contract_line_id,
                      capped.rate_version AS rate_version,
                      capped.tier_period_starts_on AS tier_period_starts_on,
                      capped.rate_card_key AS rate_card_key,
                      capped.unit_price AS unit_price,
                      capped.quantity AS quantity,
                      capped.late_quantity AS late_quantity,
                      capped.whole_quantity AS whole_quantity,
                      capped.prorated_minor AS prorated_minor,
                      capped.allowed_minor AS allowed_minor,
                      capped.actual_cost_ids AS actual_cost_ids,
                      capped.final AS final,
                      capped.association_id AS association_id,
                      capped.vendor_id AS vendor_id,
                      capped.description AS description,
                      capped.unit AS unit,
                      capped.currency_code AS currency_code,
                      capped.position AS position,
                      capped.uncapped_minor AS uncapped_minor,
                      capped.cost_basis AS cost_basis,
                      capped.cost_minor AS cost_minor,
                      capped.platform_fee_percent AS platform_fee_percent,
                      capped.not_to_exceed_minor AS not_to_exceed_minor,
                      capped.extended_minor AS extended_minor,
                      capped.billed_minor AS billed_minor,
                      capped.trues_up AS trues_up,
                      CAST(CASE WHEN (capped.trues_up AND capped.final) THEN greatest(capped.amount_minor - coalesce(sum(capped.amount_minor) FILTER (WHERE NOT capped.trues_up) OVER (PARTITION BY capped.contract_id), 0), 0) ELSE capped.amount_minor END AS BIGINT) AS amount_minor
                    FROM (
                      SELECT priced.contract_id AS contract_id,
                        priced.contract_line_id AS contract_line_id,
                        priced.rate_version AS rate_version,
                        priced.tier_period_starts_on AS tier_period_starts_on,
                        priced.rate_card_key AS rate_card_key,
                        priced.unit_price AS unit_price,
                        priced.quantity AS quantity,
                        priced.late_quantity AS late_quantity,
                        priced.whole_quantity AS whole_quantity,
                        priced.prorated_minor AS prorated_minor,
                        priced.allowed_minor AS allowed_minor,
                        priced.actual_cost_ids AS actual_cost_ids,
                        priced.final AS final,
                        priced.association_id AS association_id,
                        priced.vendor_id AS vendor_id,
                        priced.description AS description,
                        priced.unit AS unit,
                        priced.currency_code AS currency_code,
                        priced.position AS position,
                        priced.uncapped_minor AS uncapped_minor,
                        priced.cost_basis AS cost_basis,
                        priced.cost_minor AS cost_minor,
                        priced.platform_fee_percent AS platform_fee_percent,
                        priced.not_to_exceed_minor AS not_to_exceed_minor,
                        priced.extended_minor AS extended_minor,
                        priced.billed_minor AS billed_minor,
                        priced.trues_up AS trues_up,
                        CAST(CASE WHEN ((priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor IS NULL) THEN priced.uncapped_minor ELSE greatest(least(sum(priced.uncapped_minor) OVER (PARTITION BY priced.contract_id, priced.contract_line_id ORDER BY priced.position), (priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor), 0) - greatest(least(sum(priced.uncapped_minor) OVER (PARTITION BY priced.contract_id, priced.contract_line_id ORDER BY priced.position) - priced.uncapped_minor, (priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor), 0) END AS BIGINT) AS amount_minor
                      FROM (
                        SELECT billed.contract_id AS contract_id,
                          billed.contract_line_id AS contract_line_id,
                          billed.rate_version AS rate_version,
                          billed.tier_period_starts_on AS tier_period_starts_on,
                          billed.rate_card_key AS rate_card_key,
                          billed.unit_price AS unit_price,
                          billed.quantity AS quantity,
                          billed.late_quantity AS late_quantity,
                          billed.whole_quantity AS whole_quantity,
                          billed.prorated_minor AS prorated_minor,
                          billed.allowed_minor AS allowed_minor,
                          billed.actual_cost_ids AS actual_cost_ids,
                          billed.final AS final,
                          contract_line.association_id AS association_id,
                          contract_line.vendor_id AS vendor_id,
                          contract_line.title AS description,
                          CASE WHEN (billed.allowed_minor IS NOT NULL) THEN 'LUMP_SUM' ELSE contract_line.unit END AS unit,
                          contract_line.currency_code AS currency_code,
                          row_number() OVER (PARTITION BY billed.contract_id ORDER BY contract_line.position, billed.rate_version, billed.tier_period_starts_on) AS position,
                          CASE WHEN (contract_line.kind = 'MINIMUM_COMMITMENT') THEN billed.prorated_minor WHEN (billed.tier_period_starts_on IS NOT NULL) THEN (
                          SELECT greatest(app.tiered_minor(billed.contract_id, billed.contract_line_id, contract_line_pricing.tiering, billed.quantity + so_far.quantity, contract_line.currency_code) - so_far.amount_minor, 0) AS greatest_5
                          FROM app.tier_billed(billed.contract_id, billed.contract_line_id, billed.tier_period_starts_on) AS so_far) WHEN (billed.allowed_minor IS NOT NULL) THEN (
                          SELECT greatest(((to_date.all_minor + app.contract_fee_minor(billed.contract_id, billed.contract_line_id, to_date.earning_minor, billed.final)) - contract_line.billed_minor) - app.conceded_minor(billed.contract_id, billed.contract_line_id), 0) AS greatest_6
                          FROM (
                            SELECT coalesce(sum(incurred.allowed_minor), 0) AS all_minor,
                              coalesce(sum(incurred.allowed_minor) FILTER (WHERE incurred.category != 'PASS_THROUGH'), 0) AS earning_minor
                            FROM actual_cost AS incurred
                            WHERE billed.contract_id = incurred.contract_id AND billed.contract_line_id = incurred.contract_line_id AND (incurred.billed OR incurred.id = any(billed.actual_cost_ids))) AS to_date) ELSE app.extended_minor(billed.whole_quantity, billed.unit_price, contract_line.currency_code) + billed.prorated_minor END AS uncapped_minor,
                          CASE WHEN (billed.allowed_minor IS NOT NULL) THEN 'ACTUAL' ELSE 'STANDARD' END AS cost_basis,
                          CASE WHEN (billed.allowed_minor IS NOT NULL) THEN CAST(billed.allowed_minor AS BIGINT) ELSE app.extended_minor(billed.quantity, contract_line_cost.unit_cost, contract_line.currency_code) END AS cost_minor,
                          contract.platform_fee_percent AS platform_fee_percent,
                          contract_line.not_to_exceed_minor AS not_to_exceed_minor,
                          contract_line.extended_minor AS extended_minor,
                          contract_line.billed_minor AS billed_minor,
                          contract_line.kind = 'MINIMUM_COMMITMENT' AS trues_up
                        FROM (
                          SELECT billable.contract_id AS contract_id,
                            billable.contract_line_id AS contract_line_id,
                            billable.rate_version AS rate_version,
                            billable.tier_period_starts_on AS tier_period_starts_on,
                            billable.rate_card_key AS rate_card_key,
                            billable.unit_price AS unit_price,
                            sum(billable.quantity) AS quantity,
                            coalesce(sum(billable.quantity) FILTER (WHERE billable.late), $37::INTEGER) AS late_quantity,
                            coalesce(sum(billable.quantity) FILTER (WHERE billable.prorated_minor IS NULL), $38::INTEGER) AS whole_quantity,
                            coalesce(sum(billable.prorated_minor), $39::INTEGER) AS prorated_minor,
                            sum(billable.allowed_minor) AS allowed_minor,
                            array_agg(billable.actual_cost_id) AS actual_cost_ids,
                            bool_or(billable.final) AS final
                          FROM (
                            SELECT source.contract_id AS contract_id,
                              source.contract_line_id AS contract_line_id,
                              source.kind AS kind,
                              source.decision_id AS decision_id,
                              source.actual_cost_id AS actual_cost_id,
                              source.period_starts_on AS period_starts_on,
                              source.period_ends_on AS period_ends_on,
                              source.done_on AS done_on,
                              source.quantity AS quantity,
                              source.late AS late,
                              source.rate_card_key AS rate_card_key,
                              source.rate_version AS rate_version,
                              source.unit_price AS unit_price,
                              source.tier_period_starts_on AS tier_period_starts_on,
                              source.prorated_minor AS prorated_minor,
                              source.allowed_minor AS allowed_minor,
                              source.final AS final
                            FROM (
                              SELECT decision.contract_id AS contract_id,
                                decision.line_id AS contract_line_id,
                                'ACCEPTANCE' AS kind,
                                decision.id AS decision_id,
                                CAST(NULL AS UUID) AS actual_cost_id,
                                CAST(NULL AS DATE) AS period_starts_on,
                                CAST(NULL AS DATE) AS period_ends_on,
                                decision.performed_to AS done_on,
                                decision.accepted_quantity AS quantity,
                                decision.performed_to < scope.starts_on AS late,
                                CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.rate_card_key ELSE decision.rate_card_key END AS rate_card_key,
                                CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.rate_version ELSE decision.rate_version END AS rate_version,
                                CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.unit_price ELSE decision.unit_price END AS unit_price,
                                CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN lower(app.tier_period(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line_pricing.tier_period, contract_line_pricing.period_anchor, decision.performed_to)) END AS tier_period_starts_on,
                                CAST(NULL AS BIGINT) AS prorated_minor,
                                CAST(NULL AS BIGINT) AS allowed_minor,
                                false AS final
                              FROM (
                                SELECT CAST($40::UUID AS UUID) AS contract_id,
                                  CAST($35::DATE AS DATE) AS starts_on,
                                  CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN decision ON decision.contract_id = scope.contract_id JOIN contract_line ON contract_line.contract_id = decision.contract_id AND contract_line.id = decision.line_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = decision.contract_id AND contract_line_pricing.line_id = decision.line_id
                              WHERE decision.performed_to <= scope.ends_on AND decision.reversed_at IS NULL AND decision.accepted_quantity > $41::INTEGER AND NOT decision.billed AND contract_line.kind != $42::VARCHAR AND CASE WHEN (contract_line_pricing.tiering = $43::VARCHAR) THEN upper(app.tier_period(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line_pricing.tier_period, contract_line_pricing.period_anchor, decision.performed_to)) <= scope.ends_on + $44::INTEGER ELSE true END
                              UNION ALL
                              SELECT contract_line.contract_id AS contract_id,
                                contract_line.id AS contract_line_id,
                                'RECURRING_PERIOD' AS kind,
                                CAST(NULL AS UUID) AS decision_id,
                                CAST(NULL AS UUID) AS actual_cost_id,
                                period.starts_on AS period_starts_on,
                                period.ends_on AS period_ends_on,
                                CASE WHEN (contract_line_pricing.timing = $45::VARCHAR) THEN period.starts_on ELSE period.ends_on END AS done_on,
                                CASE WHEN (period.days = period.whole_days) THEN contract_line.units_per_period ELSE greatest(app.round_half_even((contract_line.units_per_period * period.days) / CAST(period.whole_days AS NUMERIC), 6), 0.000001) END AS quantity,
                                CASE WHEN (contract_line_pricing.timing = $45::VARCHAR) THEN period.starts_on ELSE period.ends_on END < scope.starts_on AS late,
                                contract_line.rate_card_key AS rate_card_key,
                                contract_line.rate_version AS rate_version,
                                contract_line.unit_price AS unit_price,
                                CAST(NULL AS DATE) AS tier_period_starts_on,
                                CASE WHEN (period.days != period.whole_days) THEN app.prorated_minor(contract_line.units_per_period, contract_line.unit_price, period.days, period.whole_days, contract_line.currency_code) END AS prorated_minor,
                                CAST(NULL AS BIGINT) AS allowed_minor,
                                false AS final
                              FROM (
                                SELECT CAST($40::UUID AS UUID) AS contract_id,
                                  CAST($35::DATE AS DATE) AS starts_on,
                                  CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id JOIN LATERAL app.billing_periods(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line.recurrence, coalesce(contract_line_pricing.period_anchor, 'ANNIVERSARY')) AS period ON true
                              WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND contract_line.kind = $46::VARCHAR AND coalesce(starts_with(contract_line_pricing.arrangement, 'COST_PLUS_'), false) IS false AND CASE WHEN (contract_line_pricing.timing = $45::VARCHAR) THEN period.starts_on ELSE period.ends_on END <= scope.ends_on AND (period.days = period.whole_days OR contract_line_pricing.prorated IS true) AND NOT (EXISTS (
                                  SELECT *
                                  FROM invoice_source
                                  WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'RECURRING_PERIOD' AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL))
                              UNION ALL
                              SELECT contract_line.contract_id AS contract_id,
                                contract_line.id AS contract_line_id,
                                'COST_PERIOD' AS kind,
                                CAST(NULL AS UUID) AS decision_id,
                                actual_cost.id AS actual_cost_id,
                                actual_cost.period_starts_on AS period_starts_on,
                                actual_cost.period_ends_on AS period_ends_on,
                                actual_cost.period_ends_on AS done_on,
                                1 AS quantity,
                                actual_cost.period_ends_on < scope.starts_on AS late,
                                contract_line.rate_card_key AS rate_card_key,
                                contract_line.rate_version AS rate_version,
                                contract_line.unit_price AS unit_price,
                                CAST(NULL AS DATE) AS tier_period_starts_on,
                                CAST(NULL AS BIGINT) AS prorated_minor,
                                actual_cost.allowed_minor AS allowed_minor,
                                scope.ends_on >= least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS final
                              FROM (
                                SELECT CAST($40::UUID AS UUID) AS contract_id,
                                  CAST($35::DATE AS DATE) AS starts_on,
                                  CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id JOIN actual_cost ON actual_cost.contract_id = contract_line.contract_id AND actual_cost.contract_line_id = contract_line.id
                              WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND starts_with(contract_line_pricing.arrangement, 'COST_PLUS_') AND actual_cost.period_ends_on <= scope.ends_on AND actual_cost.status IN ('ENTERED', 'PARTLY_DISALLOWED') AND actual_cost.allowed_minor > $47::BIGINT AND NOT actual_cost.billed
                              UNION ALL
                              SELECT contract_line.contract_id AS contract_id,
                                contract_line.id AS contract_line_id,
                                'TRUE_UP' AS kind,
                                CAST(NULL AS UUID) AS decision_id,
                                CAST(NULL AS UUID) AS actual_cost_id,
                                contract.starts_on AS period_starts_on,
                                least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS period_ends_on,
                                least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS done_on,
                                1 AS quantity,
                                scope.starts_on > least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS late,
                                contract_line.rate_card_key AS rate_card_key,
                                contract_line.rate_version AS rate_version,
                                contract_line.unit_price AS unit_price,
                                CAST(NULL AS DATE) AS tier_period_starts_on,
                                CAST(NULL AS BIGINT) AS prorated_minor,
                                0 AS allowed_minor,
                                true AS final
                              FROM (
                                SELECT CAST($40::UUID AS UUID) AS contract_id,
                                  CAST($35::DATE AS DATE) AS starts_on,
                                  CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id
                              WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND contract_line_pricing.arrangement = $48::VARCHAR AND scope.ends_on >= least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AND (EXISTS (
                                  SELECT *
                                  FROM actual_cost
                                  WHERE actual_cost.contract_id = contract_line.contract_id AND actual_cost.contract_line_id = contract_line.id AND actual_cost.allowed_minor > $49::BIGINT)) AND NOT (EXISTS (
                                  SELECT *
                                  FROM invoice_source
                                  WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'TRUE_UP' AND invoice_source.period_starts_on = contract.starts_on AND invoice_source.released_at IS NULL))
                              UNION ALL
                              SELECT contract_line.contract_id AS contract_id,
                                contract_line.id AS contract_line_id,
                                'TRUE_UP' AS kind,
                                CAST(NULL AS UUID) AS decision_id,
                                CAST(NULL AS UUID) AS actual_cost_id,
                                period.starts_on AS period_starts_on,
                                period.ends_on AS period_ends_on,
                                period.ends_on AS done_on,
                                1 AS quantity,
                                period.ends_on < scope.starts_on AS late,
                                contract_line.key AS rate_card_key,
                                contract_line.rate_version AS rate_version,
                                contract_line.unit_price AS unit_price,
                                period.starts_on AS tier_period_starts_on,
                                CAST(app.round_half_even((CAST(contract.minimum_commitment_minor AS NUMERIC(60, 30)) * period.days) / CAST(period.whole_days AS NUMERIC), 0) - so_far.minor AS BIGINT) AS prorated_minor,
                                CAST(NULL AS BIGINT) AS allowed_minor,
                                period.ends_on = least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) OR period.ends_on = scope.ends_on AS final
                              FROM (
                                SELECT CAST($40::UUID AS UUID) AS contract_id,
                                  CAST($35::DATE AS DATE) AS starts_on,
                                  CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id AND contract_line.kind = 'MINIMUM_COMMITMENT' JOIN LATERAL app.commitment_periods(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract.ends_on, contract.minimum_commitment_per) AS period ON true JOIN LATERAL (
                                SELECT coalesce(sum(invoice_line.amount_minor - app.taken_back_minor(invoice_line.contract_id, invoice_line.id)), $50::INTEGER) AS minor
                                FROM invoice_line JOIN invoice ON invoice.contract_id = invoice_line.contract_id AND invoice.id = invoice_line.invoice_id
                                WHERE invoice_line.contract_id = contract.id AND invoice_line.contract_line_id != contract_line.id AND (invoice.status NOT IN ('VOID', 'DISCARDED')) AND invoice.period_ends_on >= period.starts_on AND (period.ends_on = least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) OR invoice.period_ends_on <= period.ends_on)) AS so_far ON true
                              WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND period.ends_on <= scope.ends_on AND NOT (EXISTS (
                                  SELECT *
                                  FROM invoice_source
                                  WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'TRUE_UP' AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL)) AND CAST(app.round_half_even((CAST(contract.minimum_commitment_minor AS NUMERIC(60, 30)) * period.days) / CAST(period.whole_days AS NUMERIC), 0) - so_far.minor AS BIGINT) > $51::BIGINT) AS source) AS billable
                          GROUP BY billable.contract_id,
                            billable.contract_line_id,
                            billable.rate_version,
                            billable.tier_period_starts_on,
                            billable.rate_card_key,
                            billable.unit_price) AS billed JOIN contract_line ON contract_line.contract_id = billed.contract_id AND contract_line.id = billed.contract_line_id JOIN contract ON contract.id = billed.contract_id LEFT OUTER JOIN contract_line_cost ON contract_line_cost.contract_id = billed.contract_id AND contract_line_cost.line_id = billed.contract_line_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = billed.contract_id AND contract_line_pricing.line_id = billed.contract_line_id) AS priced) AS capped) AS trued_up
                  WHERE NOT trued_up.trues_up OR trued_up.amount_minor > 0) AS billed JOIN contract ON contract.id = billed.contract_id) AS dated JOIN (
                SELECT sale.vendor_id AS vendor_id,
                  sale.association_id AS association_id,
                  sale.unit AS unit,
                  sale.on_day AS on_day,
                  tax.tax_rule_id AS tax_rule_id,
                  tax.tax_exemption_id AS tax_exemption_id,
                  tax.tax_category_code AS tax_category_code,
                  tax.tax_rate_percent AS tax_rate_percent,
                  tax.tax_reason_code AS tax_reason_code,
                  tax.tax_reason AS tax_reason
                FROM (
                  SELECT DISTINCT dated.vendor_id AS vendor_id,
                    dated.association_id AS association_id,
                    dated.unit AS unit,
                    dated.on_day AS on_day
                  FROM (
                    SELECT billed.contract_id AS contract_id,
                      billed.contract_line_id AS contract_line_id,
                      billed.rate_version AS rate_version,
                      billed.tier_period_starts_on AS tier_period_starts_on,
                      billed.rate_card_key AS rate_card_key,
                      billed.unit_price AS unit_price,
                      billed.quantity AS quantity,
                      billed.late_quantity AS late_quantity,
                      billed.whole_quantity AS whole_quantity,
                      billed.prorated_minor AS prorated_minor,
                      billed.allowed_minor AS allowed_minor,
                      billed.actual_cost_ids AS actual_cost_ids,
                      billed.final AS final,
                      billed.association_id AS association_id,
                      billed.vendor_id AS vendor_id,
                      billed.description AS description,
                      billed.unit AS unit,
                      billed.currency_code AS currency_code,
                      billed.position AS position,
                      billed.uncapped_minor AS uncapped_minor,
                      billed.cost_basis AS cost_basis,
                      billed.cost_minor AS cost_minor,
                      billed.platform_fee_percent AS platform_fee_percent,
                      billed.not_to_exceed_minor AS not_to_exceed_minor,
                      billed.extended_minor AS extended_minor,
                      billed.billed_minor AS billed_minor,
                      billed.trues_up AS trues_up,
                      billed.amount_minor AS amount_minor,
                      billed.platform_fee_minor AS platform_fee_minor,
                      CAST(timezone(contract.time_zone, now()) AS DATE) AS on_day
                    FROM (
                      SELECT trued_up.contract_id AS contract_id,
                        trued_up.contract_line_id AS contract_line_id,
                        trued_up.rate_version AS rate_version,
                        trued_up.tier_period_starts_on AS tier_period_starts_on,
                        trued_up.rate_card_key AS rate_card_key,
                        CASE WHEN trued_up.trues_up THEN trued_up.amount_minor / CAST(power(10, CAST(app.currency_digits(trued_up.currency_code) AS NUMERIC)) AS NUMERIC) ELSE trued_up.unit_price END AS unit_price,
                        trued_up.quantity AS quantity,
                        trued_up.late_quantity AS late_quantity,
                        trued_up.whole_quantity AS whole_quantity,
                        trued_up.prorated_minor AS prorated_minor,
                        trued_up.allowed_minor AS allowed_minor,
                        trued_up.actual_cost_ids AS actual_cost_ids,
                        trued_up.final AS final,
                        trued_up.association_id AS association_id,
                        trued_up.vendor_id AS vendor_id,
                        trued_up.description AS description,
                        trued_up.unit AS unit,
                        trued_up.currency_code AS currency_code,
                        trued_up.position AS position,
                        trued_up.uncapped_minor AS uncapped_minor,
                        trued_up.cost_basis AS cost_basis,
                        trued_up.cost_minor AS cost_minor,
                        trued_up.platform_fee_percent AS platform_fee_percent,
                        trued_up.not_to_exceed_minor AS not_to_exceed_minor,
                        trued_up.extended_minor AS extended_minor,
                        trued_up.billed_minor AS billed_minor,
                        trued_up.trues_up AS trues_up,
                        trued_up.amount_minor AS amount_minor,
                        CAST(app.round_half_even((trued_up.amount_minor * trued_up.platform_fee_percent) / CAST(100 AS NUMERIC), 0) AS BIGINT) AS platform_fee_minor
                      FROM (
                        SELECT capped.contract_id AS contract_id,
                          capped.contract_line_id AS contract_line_id,
                          capped.rate_version AS rate_version,
                          capped.tier_period_starts_on AS tier_period_starts_on,
                          capped.rate_card_key AS rate_card_key,
                          capped.unit_price AS unit_price,
                          capped.quantity AS quantity,
                          capped.late_quantity AS late_quantity,
                          capped.whole_quantity AS whole_quantity,
                          capped.prorated_minor AS prorated_minor,
                          capped.allowed_minor AS allowed_minor,
                          capped.actual_cost_ids AS actual_cost_ids,
                          capped.final AS final,
                          capped.association_id AS association_id,
                          capped.vendor_id AS vendor_id,
                          capped.description AS description,
                          capped.unit AS unit,
                          capped.currency_code AS currency_code,
                          capped.position AS position,
                          capped.uncapped_minor AS uncapped_minor,
                          capped.cost_basis AS cost_basis,
                          capped.cost_minor AS cost_minor,
                          capped.platform_fee_percent AS platform_fee_percent,
                          capped.not_to_exceed_minor AS not_to_exceed_minor,
                          capped.extended_minor AS extended_minor,
                          capped.billed_minor AS billed_minor,
                          capped.trues_up AS trues_up,
                          CAST(CASE WHEN (capped.trues_up AND capped.final) THEN greatest(capped.amount_minor - coalesce(sum(capped.amount_minor) FILTER (WHERE NOT capped.trues_up) OVER (PARTITION BY capped.contract_id), 0), 0) ELSE capped.amount_minor END AS BIGINT) AS amount_minor
                        FROM (
                          SELECT priced.contract_id AS contract_id,
                            priced.contract_line_id AS contract_line_id,
                            priced.rate_version AS rate_version,
                            priced.tier_period_starts_on AS tier_period_starts_on,
                            priced.rate_card_key AS rate_card_key,
                            priced.unit_price AS unit_price,
                            priced.quantity AS quantity,
                            priced.late_quantity AS late_quantity,
                            priced.whole_quantity AS whole_quantity,
                            priced.prorated_minor AS prorated_minor,
                            priced.allowed_minor AS allowed_minor,
                            priced.actual_cost_ids AS actual_cost_ids,
                            priced.final AS final,
                            priced.association_id AS association_id,
                            priced.vendor_id AS vendor_id,
                            priced.description AS description,
                            priced.unit AS unit,
                            priced.currency_code AS currency_code,
                            priced.position AS position,
                            priced.uncapped_minor AS uncapped_minor,
                            priced.cost_basis AS cost_basis,
                            priced.cost_minor AS cost_minor,
                            priced.platform_fee_percent AS platform_fee_percent,
                            priced.not_to_exceed_minor AS not_to_exceed_minor,
                            priced.extended_minor AS extended_minor,
                            priced.billed_minor AS billed_minor,
                            priced.trues_up AS trues_up,
                            CAST(CASE WHEN ((priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor IS NULL) THEN priced.uncapped_minor ELSE greatest(least(sum(priced.uncapped_minor) OVER (PARTITION BY priced.contract_id, priced.contract_line_id ORDER BY priced.position), (priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor), 0) - greatest(least(sum(priced.uncapped_minor) OVER (PARTITION BY priced.contract_id, priced.contract_line_id ORDER BY priced.position) - priced.uncapped_minor, (priced.not_to_exceed_minor + priced.extended_minor) - priced.billed_minor), 0) END AS BIGINT) AS amount_minor
                          FROM (
                            SELECT billed.contract_id AS contract_id,
                              billed.contract_line_id AS contract_line_id,
                              billed.rate_version AS rate_version,
                              billed.tier_period_starts_on AS tier_period_starts_on,
                              billed.rate_card_key AS rate_card_key,
                              billed.unit_price AS unit_price,
                              billed.quantity AS quantity,
                              billed.late_quantity AS late_quantity,
                              billed.whole_quantity AS whole_quantity,
                              billed.prorated_minor AS prorated_minor,
                              billed.allowed_minor AS allowed_minor,
                              billed.actual_cost_ids AS actual_cost_ids,
                              billed.final AS final,
                              contract_line.association_id AS association_id,
                              contract_line.vendor_id AS vendor_id,
                              contract_line.title AS description,
                              CASE WHEN (billed.allowed_minor IS NOT NULL) THEN 'LUMP_SUM' ELSE contract_line.unit END AS unit,
                              contract_line.currency_code AS currency_code,
                              row_number() OVER (PARTITION BY billed.contract_id ORDER BY contract_line.position, billed.rate_version, billed.tier_period_starts_on) AS position,
                              CASE WHEN (contract_line.kind = 'MINIMUM_COMMITMENT') THEN billed.prorated_minor WHEN (billed.tier_period_starts_on IS NOT NULL) THEN (
                              SELECT greatest(app.tiered_minor(billed.contract_id, billed.contract_line_id, contract_line_pricing.tiering, billed.quantity + so_far.quantity, contract_line.currency_code) - so_far.amount_minor, 0) AS greatest_5
                              FROM app.tier_billed(billed.contract_id, billed.contract_line_id, billed.tier_period_starts_on) AS so_far) WHEN (billed.allowed_minor IS NOT NULL) THEN (
                              SELECT greatest(((to_date.all_minor + app.contract_fee_minor(billed.contract_id, billed.contract_line_id, to_date.earning_minor, billed.final)) - contract_line.billed_minor) - app.conceded_minor(billed.contract_id, billed.contract_line_id), 0) AS greatest_6
                              FROM (
                                SELECT coalesce(sum(incurred.allowed_minor), 0) AS all_minor,
                                  coalesce(sum(incurred.allowed_minor) FILTER (WHERE incurred.category != 'PASS_THROUGH'), 0) AS earning_minor
                                FROM actual_cost AS incurred
                                WHERE billed.contract_id = incurred.contract_id AND billed.contract_line_id = incurred.contract_line_id AND (incurred.billed OR incurred.id = any(billed.actual_cost_ids))) AS to_date) ELSE app.extended_minor(billed.whole_quantity, billed.unit_price, contract_line.currency_code) + billed.prorated_minor END AS uncapped_minor,
                              CASE WHEN (billed.allowed_minor IS NOT NULL) THEN 'ACTUAL' ELSE 'STANDARD' END AS cost_basis,
                              CASE WHEN (billed.allowed_minor IS NOT NULL) THEN CAST(billed.allowed_minor AS BIGINT) ELSE app.extended_minor(billed.quantity, contract_line_cost.unit_cost, contract_line.currency_code) END AS cost_minor,
                              contract.platform_fee_percent AS platform_fee_percent,
                              contract_line.not_to_exceed_minor AS not_to_exceed_minor,
                              contract_line.extended_minor AS extended_minor,
                              contract_line.billed_minor AS billed_minor,
                              contract_line.kind = 'MINIMUM_COMMITMENT' AS trues_up
                            FROM (
                              SELECT billable.contract_id AS contract_id,
                                billable.contract_line_id AS contract_line_id,
                                billable.rate_version AS rate_version,
                                billable.tier_period_starts_on AS tier_period_starts_on,
                                billable.rate_card_key AS rate_card_key,
                                billable.unit_price AS unit_price,
                                sum(billable.quantity) AS quantity,
                                coalesce(sum(billable.quantity) FILTER (WHERE billable.late), $37::INTEGER) AS late_quantity,
                                coalesce(sum(billable.quantity) FILTER (WHERE billable.prorated_minor IS NULL), $38::INTEGER) AS whole_quantity,
                                coalesce(sum(billable.prorated_minor), $39::INTEGER) AS prorated_minor,
                                sum(billable.allowed_minor) AS allowed_minor,
                                array_agg(billable.actual_cost_id) AS actual_cost_ids,
                                bool_or(billable.final) AS final
                              FROM (
                                SELECT source.contract_id AS contract_id,
                                  source.contract_line_id AS contract_line_id,
                                  source.kind AS kind,
                                  source.decision_id AS decision_id,
                                  source.actual_cost_id AS actual_cost_id,
                                  source.period_starts_on AS period_starts_on,
                                  source.period_ends_on AS period_ends_on,
                                  source.done_on AS done_on,
                                  source.quantity AS quantity,
                                  source.late AS late,
                                  source.rate_card_key AS rate_card_key,
                                  source.rate_version AS rate_version,
                                  source.unit_price AS unit_price,
                                  source.tier_period_starts_on AS tier_period_starts_on,
                                  source.prorated_minor AS prorated_minor,
                                  source.allowed_minor AS allowed_minor,
                                  source.final AS final
                                FROM (
                                  SELECT decision.contract_id AS contract_id,
                                    decision.line_id AS contract_line_id,
                                    'ACCEPTANCE' AS kind,
                                    decision.id AS decision_id,
                                    CAST(NULL AS UUID) AS actual_cost_id,
                                    CAST(NULL AS DATE) AS period_starts_on,
                                    CAST(NULL AS DATE) AS period_ends_on,
                                    decision.performed_to AS done_on,
                                    decision.accepted_quantity AS quantity,
                                    decision.performed_to < scope.starts_on AS late,
                                    CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.rate_card_key ELSE decision.rate_card_key END AS rate_card_key,
                                    CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.rate_version ELSE decision.rate_version END AS rate_version,
                                    CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN contract_line.unit_price ELSE decision.unit_price END AS unit_price,
                                    CASE WHEN (contract_line_pricing.tiering IS NOT NULL) THEN lower(app.tier_period(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line_pricing.tier_period, contract_line_pricing.period_anchor, decision.performed_to)) END AS tier_period_starts_on,
                                    CAST(NULL AS BIGINT) AS prorated_minor,
                                    CAST(NULL AS BIGINT) AS allowed_minor,
                                    false AS final
                                  FROM (
                                    SELECT CAST($40::UUID AS UUID) AS contract_id,
                                      CAST($35::DATE AS DATE) AS starts_on,
                                      CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN decision ON decision.contract_id = scope.contract_id JOIN contract_line ON contract_line.contract_id = decision.contract_id AND contract_line.id = decision.line_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = decision.contract_id AND contract_line_pricing.line_id = decision.line_id
                                  WHERE decision.performed_to <= scope.ends_on AND decision.reversed_at IS NULL AND decision.accepted_quantity > $41::INTEGER AND NOT decision.billed AND contract_line.kind != $42::VARCHAR AND CASE WHEN (contract_line_pricing.tiering = $43::VARCHAR) THEN upper(app.tier_period(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line_pricing.tier_period, contract_line_pricing.period_anchor, decision.performed_to)) <= scope.ends_on + $44::INTEGER ELSE true END
                                  UNION ALL
                                  SELECT contract_line.contract_id AS contract_id,
                                    contract_line.id AS contract_line_id,
                                    'RECURRING_PERIOD' AS kind,
                                    CAST(NULL AS UUID) AS decision_id,
                                    CAST(NULL AS UUID) AS actual_cost_id,
                                    period.starts_on AS period_starts_on,
                                    period.ends_on AS period_ends_on,
                                    CASE WHEN (contract_line_pricing.timing = $45::VARCHAR) THEN period.starts_on ELSE period.ends_on END AS done_on,
                                    CASE WHEN (period.days = period.whole_days) THEN contract_line.units_per_period ELSE greatest(app.round_half_even((contract_line.units_per_period * period.days) / CAST(period.whole_days AS NUMERIC), 6), 0.000001) END AS quantity,
                                    CASE WHEN (contract_line_pricing.timing = $45::VARCHAR) THEN period.starts_on ELSE period.ends_on END < scope.starts_on AS late,
                                    contract_line.rate_card_key AS rate_card_key,
                                    contract_line.rate_version AS rate_version,
                                    contract_line.unit_price AS unit_price,
                                    CAST(NULL AS DATE) AS tier_period_starts_on,
                                    CASE WHEN (period.days != period.whole_days) THEN app.prorated_minor(contract_line.units_per_period, contract_line.unit_price, period.days, period.whole_days, contract_line.currency_code) END AS prorated_minor,
                                    CAST(NULL AS BIGINT) AS allowed_minor,
                                    false AS final
                                  FROM (
                                    SELECT CAST($40::UUID AS UUID) AS contract_id,
                                      CAST($35::DATE AS DATE) AS starts_on,
                                      CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id JOIN LATERAL app.billing_periods(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract_line.recurrence, coalesce(contract_line_pricing.period_anchor, 'ANNIVERSARY')) AS period ON true
                                  WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND contract_line.kind = $46::VARCHAR AND coalesce(starts_with(contract_line_pricing.arrangement, 'COST_PLUS_'), false) IS false AND CASE WHEN (contract_line_pricing.timing = $45::VARCHAR) THEN period.starts_on ELSE period.ends_on END <= scope.ends_on AND (period.days = period.whole_days OR contract_line_pricing.prorated IS true) AND NOT (EXISTS (
                                      SELECT *
                                      FROM invoice_source
                                      WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'RECURRING_PERIOD' AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL))
                                  UNION ALL
                                  SELECT contract_line.contract_id AS contract_id,
                                    contract_line.id AS contract_line_id,
                                    'COST_PERIOD' AS kind,
                                    CAST(NULL AS UUID) AS decision_id,
                                    actual_cost.id AS actual_cost_id,
                                    actual_cost.period_starts_on AS period_starts_on,
                                    actual_cost.period_ends_on AS period_ends_on,
                                    actual_cost.period_ends_on AS done_on,
                                    1 AS quantity,
                                    actual_cost.period_ends_on < scope.starts_on AS late,
                                    contract_line.rate_card_key AS rate_card_key,
                                    contract_line.rate_version AS rate_version,
                                    contract_line.unit_price AS unit_price,
                                    CAST(NULL AS DATE) AS tier_period_starts_on,
                                    CAST(NULL AS BIGINT) AS prorated_minor,
                                    actual_cost.allowed_minor AS allowed_minor,
                                    scope.ends_on >= least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS final
                                  FROM (
                                    SELECT CAST($40::UUID AS UUID) AS contract_id,
                                      CAST($35::DATE AS DATE) AS starts_on,
                                      CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id JOIN actual_cost ON actual_cost.contract_id = contract_line.contract_id AND actual_cost.contract_line_id = contract_line.id
                                  WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND starts_with(contract_line_pricing.arrangement, 'COST_PLUS_') AND actual_cost.period_ends_on <= scope.ends_on AND actual_cost.status IN ('ENTERED', 'PARTLY_DISALLOWED') AND actual_cost.allowed_minor > $47::BIGINT AND NOT actual_cost.billed
                                  UNION ALL
                                  SELECT contract_line.contract_id AS contract_id,
                                    contract_line.id AS contract_line_id,
                                    'TRUE_UP' AS kind,
                                    CAST(NULL AS UUID) AS decision_id,
                                    CAST(NULL AS UUID) AS actual_cost_id,
                                    contract.starts_on AS period_starts_on,
                                    least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS period_ends_on,
                                    least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS done_on,
                                    1 AS quantity,
                                    scope.starts_on > least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AS late,
                                    contract_line.rate_card_key AS rate_card_key,
                                    contract_line.rate_version AS rate_version,
                                    contract_line.unit_price AS unit_price,
                                    CAST(NULL AS DATE) AS tier_period_starts_on,
                                    CAST(NULL AS BIGINT) AS prorated_minor,
                                    0 AS allowed_minor,
                                    true AS final
                                  FROM (
                                    SELECT CAST($40::UUID AS UUID) AS contract_id,
                                      CAST($35::DATE AS DATE) AS starts_on,
                                      CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id
                                  WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND contract_line_pricing.arrangement = $48::VARCHAR AND scope.ends_on >= least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) AND (EXISTS (
                                      SELECT *
                                      FROM actual_cost
                                      WHERE actual_cost.contract_id = contract_line.contract_id AND actual_cost.contract_line_id = contract_line.id AND actual_cost.allowed_minor > $49::BIGINT)) AND NOT (EXISTS (
                                      SELECT *
                                      FROM invoice_source
                                      WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'TRUE_UP' AND invoice_source.period_starts_on = contract.starts_on AND invoice_source.released_at IS NULL))
                                  UNION ALL
                                  SELECT contract_line.contract_id AS contract_id,
                                    contract_line.id AS contract_line_id,
                                    'TRUE_UP' AS kind,
                                    CAST(NULL AS UUID) AS decision_id,
                                    CAST(NULL AS UUID) AS actual_cost_id,
                                    period.starts_on AS period_starts_on,
                                    period.ends_on AS period_ends_on,
                                    period.ends_on AS done_on,
                                    1 AS quantity,
                                    period.ends_on < scope.starts_on AS late,
                                    contract_line.key AS rate_card_key,
                                    contract_line.rate_version AS rate_version,
                                    contract_line.unit_price AS unit_price,
                                    period.starts_on AS tier_period_starts_on,
                                    CAST(app.round_half_even((CAST(contract.minimum_commitment_minor AS NUMERIC(60, 30)) * period.days) / CAST(period.whole_days AS NUMERIC), 0) - so_far.minor AS BIGINT) AS prorated_minor,
                                    CAST(NULL AS BIGINT) AS allowed_minor,
                                    period.ends_on = least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) OR period.ends_on = scope.ends_on AS final
                                  FROM (
                                    SELECT CAST($40::UUID AS UUID) AS contract_id,
                                      CAST($35::DATE AS DATE) AS starts_on,
                                      CAST($36::DATE AS DATE) AS ends_on) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id AND contract_line.kind = 'MINIMUM_COMMITMENT' JOIN LATERAL app.commitment_periods(contract.starts_on, least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)), contract.ends_on, contract.minimum_commitment_per) AS period ON true JOIN LATERAL (
                                    SELECT coalesce(sum(invoice_line.amount_minor - app.taken_back_minor(invoice_line.contract_id, invoice_line.id)), $50::INTEGER) AS minor
                                    FROM invoice_line JOIN invoice ON invoice.contract_id = invoice_line.contract_id AND invoice.id = invoice_line.invoice_id
                                    WHERE invoice_line.contract_id = contract.id AND invoice_line.contract_line_id != contract_line.id AND (invoice.status NOT IN ('VOID', 'DISCARDED')) AND invoice.period_ends_on >= period.starts_on AND (period.ends_on = least(contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE)) OR invoice.period_ends_on <= period.ends_on)) AS so_far ON true
                                  WHERE contract_line.revision = contract.revision AND contract.activated_at IS NOT NULL AND period.ends_on <= scope.ends_on AND NOT (EXISTS (
                                      SELECT *
                                      FROM invoice_source
                                      WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = 'TRUE_UP' AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL)) AND CAST(app.round_half_even((CAST(contract.minimum_commitment_minor AS NUMERIC(60, 30)) * period.days) / CAST(period.whole_days AS NUMERIC), 0) - so_far.minor AS BIGINT) > $51::BIGINT) AS source) AS billable
                              GROUP BY billable.contract_id,
                                billable.contract_line_id,
                                billable.rate_version,
                                billable.tier_period_starts_on,
                                billable.rate_card_key,
                                billable.unit_price) AS billed JOIN contract_line ON contract_line.contract_id = billed.contract_id AND contract_line.id = billed.contract_line_id JOIN contract ON contract.id = billed.contract_id LEFT OUTER JOIN contract_line_cost ON contract_line_cost.contract_id = billed.contract_id AND contract_line_cost.line_id = billed.contract_line_id LEFT OUTER JOIN contract_line_pricing ON contract_line_pricing.contract_id = billed.contract_id AND contract_line_pricing.line_id = billed.contract_line_id) AS priced) AS capped) AS trued_up
                      WHERE NOT trued_up.trues_up OR trued_up.amount_minor > 0) AS billed JOIN contract ON contract.id = billed.contract_id) AS dated) AS sale JOIN LATERAL app.tax_for('SERVICES', CAST(sale.vendor_id AS UUID), CAST(sale.association_id AS UUID), CAST(sale.unit AS TEXT), CAST(sale.on_day AS DATE)) AS tax ON true) AS bears ON bears.vendor_id = dated.vendor_id AND bears.association_id = dated.association_id AND bears.unit = dated.unit AND bears.on_day = dated.on_day) AS line) AS subtotal ON true
          WHERE false) AS r1) AS r8$) AS "invoicePreview") AS o$) AS json_object_of_1
