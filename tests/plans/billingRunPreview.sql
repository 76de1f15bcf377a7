SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r11$) AS row_to_json_1
      FROM (
        SELECT (
          SELECT row_to_json(o$)
          FROM (
            SELECT r1.period_starts_on AS "startsOn",
              r1.period_ends_on AS "endsOn") AS o$) AS "servicePeriod",
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
              SELECT item.currency_code AS currency_code,
                CAST(count(*) AS BIGINT) AS invoice_count,
                CAST(sum(item.subtotal_minor) AS BIGINT) AS subtotal_minor
              FROM (
                SELECT line.contract_id AS contract_id,
                  line.currency_code AS currency_code,
                  CAST(sum(line.amount_minor) AS BIGINT) AS subtotal_minor
                FROM (
                  SELECT priced.contract_id AS contract_id,
                    priced.contract_line_id AS contract_line_id,
                    priced.rate_version AS rate_version,
                    priced.rate_card_key AS rate_card_key,
                    priced.unit_price AS unit_price,
                    priced.quantity AS quantity,
                    priced.late_quantity AS late_quantity,
                    priced.association_id AS association_id,
                    priced.vendor_id AS vendor_id,
                    priced.description AS description,
                    priced.unit AS unit,
                    priced.currency_code AS currency_code,
                    priced.position AS position,
                    priced.amount_minor AS amount_minor,
                    priced.cost_minor AS cost_minor,
                    priced.platform_fee_percent AS platform_fee_percent,
                    CAST(app.round_half_even((priced.amount_minor * priced.platform_fee_percent) / CAST(100 AS NUMERIC), 0) AS BIGINT) AS platform_fee_minor
                  FROM (
                    SELECT billed.contract_id AS contract_id,
                      billed.contract_line_id AS contract_line_id,
                      billed.rate_version AS rate_version,
                      billed.rate_card_key AS rate_card_key,
                      billed.unit_price AS unit_price,
                      billed.quantity AS quantity,
                      billed.late_quantity AS late_quantity,
                      contract_line.association_id AS association_id,
                      contract_line.vendor_id AS vendor_id,
                      contract_line.title AS description,
                      contract_line.unit AS unit,
                      contract_line.currency_code AS currency_code,
                      row_number() OVER (PARTITION BY billed.contract_id ORDER BY contract_line.position, billed.rate_version) AS position,
                      app.extended_minor(billed.quantity, billed.unit_price, contract_line.currency_code) AS amount_minor,
                      app.extended_minor(billed.quantity, contract_line_cost.unit_cost, contract_line.currency_code) AS cost_minor,
                      contract.platform_fee_percent AS platform_fee_percent
                    FROM (
                      SELECT billable.contract_id AS contract_id,
                        billable.contract_line_id AS contract_line_id,
                        billable.rate_version AS rate_version,
                        billable.rate_card_key AS rate_card_key,
                        billable.unit_price AS unit_price,
                        sum(billable.quantity) AS quantity,
                        coalesce(sum(billable.quantity) FILTER (WHERE billable.late), $3::INTEGER) AS late_quantity
                      FROM (
                        SELECT source.contract_id AS contract_id,
                          source.contract_line_id AS contract_line_id,
                          source.kind AS kind,
                          source.decision_id AS decision_id,
                          source.period_starts_on AS period_starts_on,
                          source.period_ends_on AS period_ends_on,
                          source.done_on AS done_on,
                          source.quantity AS quantity,
                          source.late AS late,
                          source.rate_card_key AS rate_card_key,
                          source.rate_version AS rate_version,
                          source.unit_price AS unit_price
                        FROM (
                          SELECT decision.contract_id AS contract_id,
                            decision.line_id AS contract_line_id,
                            'ACCEPTANCE' AS kind,
                            decision.id AS decision_id,
                            CAST(NULL AS DATE) AS period_starts_on,
                            CAST(NULL AS DATE) AS period_ends_on,
                            decision.performed_to AS done_on,
                            decision.accepted_quantity AS quantity,
                            decision.performed_to < scope.starts_on AS late,
                            decision.rate_card_key AS rate_card_key,
                            decision.rate_version AS rate_version,
                            decision.unit_price AS unit_price
                          FROM (
                            SELECT within.id AS contract_id,
                              r1.period_starts_on AS starts_on,
                              r1.period_ends_on AS ends_on
                            FROM contract AS within
                            WHERE within.activated_at IS NOT NULL AND (r1.vendor_id IS NULL OR within.vendor_id = r1.vendor_id) AND (r1.association_id IS NULL OR within.association_id = r1.association_id) AND r1.period_ends_on <= CAST(timezone(within.time_zone, now()) AS DATE)) AS scope JOIN decision ON decision.contract_id = scope.contract_id JOIN contract_line ON contract_line.contract_id = decision.contract_id AND contract_line.id = decision.line_id
                          WHERE decision.performed_to <= scope.ends_on AND decision.reversed_at IS NULL AND decision.accepted_quantity > $4::INTEGER AND NOT decision.billed AND contract_line.kind != $5::VARCHAR
                          UNION ALL
                          SELECT contract_line.contract_id AS contract_id,
                            contract_line.id AS contract_line_id,
                            'RECURRING_PERIOD' AS kind,
                            CAST(NULL AS UUID) AS decision_id,
                            period.starts_on AS period_starts_on,
                            period.ends_on AS period_ends_on,
                            period.ends_on AS done_on,
                            contract_line.units_per_period AS quantity,
                            period.ends_on < scope.starts_on AS late,
                            contract_line.rate_card_key AS rate_card_key,
                            contract_line.rate_version AS rate_version,
                            contract_line.unit_price AS unit_price
                          FROM (
                            SELECT within.id AS contract_id,
                              r1.period_starts_on AS starts_on,
                              r1.period_ends_on AS ends_on
                            FROM contract AS within
                            WHERE within.activated_at IS NOT NULL AND (r1.vendor_id IS NULL OR within.vendor_id = r1.vendor_id) AND (r1.association_id IS NULL OR within.association_id = r1.association_id) AND r1.period_ends_on <= CAST(timezone(within.time_zone, now()) AS DATE)) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id JOIN LATERAL app.whole_periods(contract.starts_on, contract_line.recurrence, least(scope.ends_on, contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE))) AS period ON true
                          WHERE contract_line.revision = contract.revision AND contract_line.kind = $6::VARCHAR AND contract.activated_at IS NOT NULL AND NOT (EXISTS (
                              SELECT *
                              FROM invoice_source
                              WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = $7::VARCHAR AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL))) AS source) AS billable
                      GROUP BY billable.contract_id,
                        billable.contract_line_id,
                        billable.rate_version,
                        billable.rate_card_key,
                        billable.unit_price) AS billed JOIN contract_line ON contract_line.contract_id = billed.contract_id AND contract_line.id = billed.contract_line_id JOIN contract ON contract.id = billed.contract_id LEFT OUTER JOIN contract_line_cost ON contract_line_cost.contract_id = billed.contract_id AND contract_line_cost.line_id = billed.contract_line_id) AS priced) AS line
                GROUP BY line.contract_id,
                  line.currency_code
                HAVING sum(line.amount_minor) > 0) AS item
              GROUP BY item.currency_code) AS r2
            ORDER BY r2.currency_code) AS r3$) AS totals,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT (
                SELECT count(*) AS count_1
                FROM (
                  SELECT CAST(sum(line.amount_minor) AS BIGINT) AS subtotal_minor
                  FROM (
                    SELECT priced.contract_id AS contract_id,
                      priced.contract_line_id AS contract_line_id,
                      priced.rate_version AS rate_version,
                      priced.rate_card_key AS rate_card_key,
                      priced.unit_price AS unit_price,
                      priced.quantity AS quantity,
                      priced.late_quantity AS late_quantity,
                      priced.association_id AS association_id,
                      priced.vendor_id AS vendor_id,
                      priced.description AS description,
                      priced.unit AS unit,
                      priced.currency_code AS currency_code,
                      priced.position AS position,
                      priced.amount_minor AS amount_minor,
                      priced.cost_minor AS cost_minor,
                      priced.platform_fee_percent AS platform_fee_percent,
                      CAST(app.round_half_even((priced.amount_minor * priced.platform_fee_percent) / CAST(100 AS NUMERIC), 0) AS BIGINT) AS platform_fee_minor
                    FROM (
                      SELECT billed.contract_id AS contract_id,
                        billed.contract_line_id AS contract_line_id,
                        billed.rate_version AS rate_version,
                        billed.rate_card_key AS rate_card_key,
                        billed.unit_price AS unit_price,
                        billed.quantity AS quantity,
                        billed.late_quantity AS late_quantity,
                        contract_line.association_id AS association_id,
                        contract_line.vendor_id AS vendor_id,
                        contract_line.title AS description,
                        contract_line.unit AS unit,
                        contract_line.currency_code AS currency_code,
                        row_number() OVER (PARTITION BY billed.contract_id ORDER BY contract_line.position, billed.rate_version) AS position,
                        app.extended_minor(billed.quantity, billed.unit_price, contract_line.currency_code) AS amount_minor,
                        app.extended_minor(billed.quantity, contract_line_cost.unit_cost, contract_line.currency_code) AS cost_minor,
                        contract.platform_fee_percent AS platform_fee_percent
                      FROM (
                        SELECT billable.contract_id AS contract_id,
                          billable.contract_line_id AS contract_line_id,
                          billable.rate_version AS rate_version,
                          billable.rate_card_key AS rate_card_key,
                          billable.unit_price AS unit_price,
                          sum(billable.quantity) AS quantity,
                          coalesce(sum(billable.quantity) FILTER (WHERE billable.late), $8::INTEGER) AS late_quantity
                        FROM (
                          SELECT source.contract_id AS contract_id,
                            source.contract_line_id AS contract_line_id,
                            source.kind AS kind,
                            source.decision_id AS decision_id,
                            source.period_starts_on AS period_starts_on,
                            source.period_ends_on AS period_ends_on,
                            source.done_on AS done_on,
                            source.quantity AS quantity,
                            source.late AS late,
                            source.rate_card_key AS rate_card_key,
                            source.rate_version AS rate_version,
                            source.unit_price AS unit_price
                          FROM (
                            SELECT decision.contract_id AS contract_id,
                              decision.line_id AS contract_line_id,
                              'ACCEPTANCE' AS kind,
                              decision.id AS decision_id,
                              CAST(NULL AS DATE) AS period_starts_on,
                              CAST(NULL AS DATE) AS period_ends_on,
                              decision.performed_to AS done_on,
                              decision.accepted_quantity AS quantity,
                              decision.performed_to < scope.starts_on AS late,
                              decision.rate_card_key AS rate_card_key,
                              decision.rate_version AS rate_version,
                              decision.unit_price AS unit_price
                            FROM (
                              SELECT within.id AS contract_id,
                                r1.period_starts_on AS starts_on,
                                r1.period_ends_on AS ends_on
                              FROM contract AS within
                              WHERE within.activated_at IS NOT NULL AND (r1.vendor_id IS NULL OR within.vendor_id = r1.vendor_id) AND (r1.association_id IS NULL OR within.association_id = r1.association_id) AND r1.period_ends_on <= CAST(timezone(within.time_zone, now()) AS DATE)) AS scope JOIN decision ON decision.contract_id = scope.contract_id JOIN contract_line ON contract_line.contract_id = decision.contract_id AND contract_line.id = decision.line_id
                            WHERE decision.performed_to <= scope.ends_on AND decision.reversed_at IS NULL AND decision.accepted_quantity > $9::INTEGER AND NOT decision.billed AND contract_line.kind != $10::VARCHAR
                            UNION ALL
                            SELECT contract_line.contract_id AS contract_id,
                              contract_line.id AS contract_line_id,
                              'RECURRING_PERIOD' AS kind,
                              CAST(NULL AS UUID) AS decision_id,
                              period.starts_on AS period_starts_on,
                              period.ends_on AS period_ends_on,
                              period.ends_on AS done_on,
                              contract_line.units_per_period AS quantity,
                              period.ends_on < scope.starts_on AS late,
                              contract_line.rate_card_key AS rate_card_key,
                              contract_line.rate_version AS rate_version,
                              contract_line.unit_price AS unit_price
                            FROM (
                              SELECT within.id AS contract_id,
                                r1.period_starts_on AS starts_on,
                                r1.period_ends_on AS ends_on
                              FROM contract AS within
                              WHERE within.activated_at IS NOT NULL AND (r1.vendor_id IS NULL OR within.vendor_id = r1.vendor_id) AND (r1.association_id IS NULL OR within.association_id = r1.association_id) AND r1.period_ends_on <= CAST(timezone(within.time_zone, now()) AS DATE)) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id JOIN LATERAL app.whole_periods(contract.starts_on, contract_line.recurrence, least(scope.ends_on, contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE))) AS period ON true
                            WHERE contract_line.revision = contract.revision AND contract_line.kind = $11::VARCHAR AND contract.activated_at IS NOT NULL AND NOT (EXISTS (
                                SELECT *
                                FROM invoice_source
                                WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = $12::VARCHAR AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL))) AS source) AS billable
                        GROUP BY billable.contract_id,
                          billable.contract_line_id,
                          billable.rate_version,
                          billable.rate_card_key,
                          billable.unit_price) AS billed JOIN contract_line ON contract_line.contract_id = billed.contract_id AND contract_line.id = billed.contract_line_id JOIN contract ON contract.id = billed.contract_id LEFT OUTER JOIN contract_line_cost ON contract_line_cost.contract_id = billed.contract_id AND contract_line_cost.line_id = billed.contract_line_id) AS priced) AS line
                  GROUP BY line.contract_id,
                    line.currency_code
                  HAVING sum(line.amount_minor) > 0) AS r7) AS "totalCount",
                r6.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT (
                      SELECT row_to_json(r9$) AS row_to_json_2
                      FROM (
                        SELECT 'con_' || translate(encode(uuid_send(r8.id), 'base64'), E'+/=\n', '-_') AS id
                        FROM contract AS r8
                        WHERE r8.id = r5.contract_id) AS r9$) AS "contract",
                      CASE WHEN (r5.subtotal_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r5.currency_code) WHEN $13::INTEGER THEN CAST(r5.subtotal_minor AS NUMERIC) WHEN $14::INTEGER THEN CAST(r5.subtotal_minor AS NUMERIC) * 0.001 ELSE CAST(r5.subtotal_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "subtotal") AS o$) ORDER BY r5.page_position) FILTER (WHERE r5.page_position <= $15::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r10.*,
                row_number() OVER (ORDER BY page_order_0 ASC) AS page_position
              FROM (
                SELECT r4.contract_id AS contract_id,
                  r4.subtotal_minor AS subtotal_minor,
                  r4.currency_code AS currency_code,
                  r4.contract_id AS page_order_0
                FROM (
                  SELECT line.contract_id AS contract_id,
                    line.currency_code AS currency_code,
                    CAST(sum(line.amount_minor) AS BIGINT) AS subtotal_minor
                  FROM (
                    SELECT priced.contract_id AS contract_id,
                      priced.contract_line_id AS contract_line_id,
                      priced.rate_version AS rate_version,
                      priced.rate_card_key AS rate_card_key,
                      priced.unit_price AS unit_price,
                      priced.quantity AS quantity,
                      priced.late_quantity AS late_quantity,
                      priced.association_id AS association_id,
                      priced.vendor_id AS vendor_id,
                      priced.description AS description,
                      priced.unit AS unit,
                      priced.currency_code AS currency_code,
                      priced.position AS position,
                      priced.amount_minor AS amount_minor,
                      priced.cost_minor AS cost_minor,
                      priced.platform_fee_percent AS platform_fee_percent,
                      CAST(app.round_half_even((priced.amount_minor * priced.platform_fee_percent) / CAST(100 AS NUMERIC), 0) AS BIGINT) AS platform_fee_minor
                    FROM (
                      SELECT billed.contract_id AS contract_id,
                        billed.contract_line_id AS contract_line_id,
                        billed.rate_version AS rate_version,
                        billed.rate_card_key AS rate_card_key,
                        billed.unit_price AS unit_price,
                        billed.quantity AS quantity,
                        billed.late_quantity AS late_quantity,
                        contract_line.association_id AS association_id,
                        contract_line.vendor_id AS vendor_id,
                        contract_line.title AS description,
                        contract_line.unit AS unit,
                        contract_line.currency_code AS currency_code,
                        row_number() OVER (PARTITION BY billed.contract_id ORDER BY contract_line.position, billed.rate_version) AS position,
                        app.extended_minor(billed.quantity, billed.unit_price, contract_line.currency_code) AS amount_minor,
                        app.extended_minor(billed.quantity, contract_line_cost.unit_cost, contract_line.currency_code) AS cost_minor,
                        contract.platform_fee_percent AS platform_fee_percent
                      FROM (
                        SELECT billable.contract_id AS contract_id,
                          billable.contract_line_id AS contract_line_id,
                          billable.rate_version AS rate_version,
                          billable.rate_card_key AS rate_card_key,
                          billable.unit_price AS unit_price,
                          sum(billable.quantity) AS quantity,
                          coalesce(sum(billable.quantity) FILTER (WHERE billable.late), $8::INTEGER) AS late_quantity
                        FROM (
                          SELECT source.contract_id AS contract_id,
                            source.contract_line_id AS contract_line_id,
                            source.kind AS kind,
                            source.decision_id AS decision_id,
                            source.period_starts_on AS period_starts_on,
                            source.period_ends_on AS period_ends_on,
                            source.done_on AS done_on,
                            source.quantity AS quantity,
                            source.late AS late,
                            source.rate_card_key AS rate_card_key,
                            source.rate_version AS rate_version,
                            source.unit_price AS unit_price
                          FROM (
                            SELECT decision.contract_id AS contract_id,
                              decision.line_id AS contract_line_id,
                              'ACCEPTANCE' AS kind,
                              decision.id AS decision_id,
                              CAST(NULL AS DATE) AS period_starts_on,
                              CAST(NULL AS DATE) AS period_ends_on,
                              decision.performed_to AS done_on,
                              decision.accepted_quantity AS quantity,
                              decision.performed_to < scope.starts_on AS late,
                              decision.rate_card_key AS rate_card_key,
                              decision.rate_version AS rate_version,
                              decision.unit_price AS unit_price
                            FROM (
                              SELECT within.id AS contract_id,
                                r1.period_starts_on AS starts_on,
                                r1.period_ends_on AS ends_on
                              FROM contract AS within
                              WHERE within.activated_at IS NOT NULL AND (r1.vendor_id IS NULL OR within.vendor_id = r1.vendor_id) AND (r1.association_id IS NULL OR within.association_id = r1.association_id) AND r1.period_ends_on <= CAST(timezone(within.time_zone, now()) AS DATE)) AS scope JOIN decision ON decision.contract_id = scope.contract_id JOIN contract_line ON contract_line.contract_id = decision.contract_id AND contract_line.id = decision.line_id
                            WHERE decision.performed_to <= scope.ends_on AND decision.reversed_at IS NULL AND decision.accepted_quantity > $9::INTEGER AND NOT decision.billed AND contract_line.kind != $10::VARCHAR
                            UNION ALL
                            SELECT contract_line.contract_id AS contract_id,
                              contract_line.id AS contract_line_id,
                              'RECURRING_PERIOD' AS kind,
                              CAST(NULL AS UUID) AS decision_id,
                              period.starts_on AS period_starts_on,
                              period.ends_on AS period_ends_on,
                              period.ends_on AS done_on,
                              contract_line.units_per_period AS quantity,
                              period.ends_on < scope.starts_on AS late,
                              contract_line.rate_card_key AS rate_card_key,
                              contract_line.rate_version AS rate_version,
                              contract_line.unit_price AS unit_price
                            FROM (
                              SELECT within.id AS contract_id,
                                r1.period_starts_on AS starts_on,
                                r1.period_ends_on AS ends_on
                              FROM contract AS within
                              WHERE within.activated_at IS NOT NULL AND (r1.vendor_id IS NULL OR within.vendor_id = r1.vendor_id) AND (r1.association_id IS NULL OR within.association_id = r1.association_id) AND r1.period_ends_on <= CAST(timezone(within.time_zone, now()) AS DATE)) AS scope JOIN contract ON contract.id = scope.contract_id JOIN contract_line ON contract_line.contract_id = scope.contract_id JOIN LATERAL app.whole_periods(contract.starts_on, contract_line.recurrence, least(scope.ends_on, contract.ends_on, CAST(timezone(contract.time_zone, contract.ended_at) AS DATE))) AS period ON true
                            WHERE contract_line.revision = contract.revision AND contract_line.kind = $11::VARCHAR AND contract.activated_at IS NOT NULL AND NOT (EXISTS (
                                SELECT *
                                FROM invoice_source
                                WHERE invoice_source.contract_id = contract_line.contract_id AND invoice_source.contract_line_id = contract_line.id AND invoice_source.kind = $12::VARCHAR AND invoice_source.period_starts_on = period.starts_on AND invoice_source.released_at IS NULL))) AS source) AS billable
                        GROUP BY billable.contract_id,
                          billable.contract_line_id,
                          billable.rate_version,
                          billable.rate_card_key,
                          billable.unit_price) AS billed JOIN contract_line ON contract_line.contract_id = billed.contract_id AND contract_line.id = billed.contract_line_id JOIN contract ON contract.id = billed.contract_id LEFT OUTER JOIN contract_line_cost ON contract_line_cost.contract_id = billed.contract_id AND contract_line_cost.line_id = billed.contract_line_id) AS priced) AS line
                  GROUP BY line.contract_id,
                    line.currency_code
                  HAVING sum(line.amount_minor) > 0) AS r4
                ORDER BY r4.contract_id ASC
                LIMIT $15::INTEGER + 1) AS r10) AS r5) AS r6) AS items
        FROM (
          SELECT CAST($16::DATE AS DATE) AS period_starts_on,
            CAST($17::DATE AS DATE) AS period_ends_on,
            CAST($18::UUID AS UUID) AS vendor_id,
            CAST(NULL AS UUID) AS association_id
          WHERE CAST($16::DATE AS DATE) <= CAST($17::DATE AS DATE) AND app.has_role('BILLING_ADMIN')) AS r1) AS r11$) AS "billingRunPreview") AS o$) AS json_object_of_1
