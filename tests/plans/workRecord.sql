SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r18$) AS row_to_json_1
      FROM (
        SELECT 'wrk_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.key AS key
            FROM contract_line AS r2
            WHERE r2.contract_id = r1.contract_id AND r2.id = r1.line_id) AS r3$) AS line,
          CAST(trim_scale(r1.quantity) AS TEXT) AS quantity,
          CAST(trim_scale(r1.accepted_quantity) AS TEXT) AS "acceptedQuantity",
          CASE WHEN ((
            SELECT app.extended_minor(r1.quantity, contract_line_cost.unit_cost, contract_line.currency_code) AS extended_minor_1
            FROM contract_line_cost JOIN contract_line ON contract_line.contract_id = contract_line_cost.contract_id AND contract_line.id = contract_line_cost.line_id
            WHERE contract_line_cost.contract_id = r1.contract_id AND contract_line_cost.line_id = r1.line_id) IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits((
                  SELECT contract_line.currency_code
                  FROM contract_line
                  WHERE contract_line.contract_id = r1.contract_id AND contract_line.id = r1.line_id)) WHEN $1::INTEGER THEN CAST((
                  SELECT app.extended_minor(r1.quantity, contract_line_cost.unit_cost, contract_line.currency_code) AS extended_minor_1
                  FROM contract_line_cost JOIN contract_line ON contract_line.contract_id = contract_line_cost.contract_id AND contract_line.id = contract_line_cost.line_id
                  WHERE contract_line_cost.contract_id = r1.contract_id AND contract_line_cost.line_id = r1.line_id) AS NUMERIC) WHEN $2::INTEGER THEN CAST((
                  SELECT app.extended_minor(r1.quantity, contract_line_cost.unit_cost, contract_line.currency_code) AS extended_minor_1
                  FROM contract_line_cost JOIN contract_line ON contract_line.contract_id = contract_line_cost.contract_id AND contract_line.id = contract_line_cost.line_id
                  WHERE contract_line_cost.contract_id = r1.contract_id AND contract_line_cost.line_id = r1.line_id) AS NUMERIC) * 0.001 ELSE CAST((
                  SELECT app.extended_minor(r1.quantity, contract_line_cost.unit_cost, contract_line.currency_code) AS extended_minor_1
                  FROM contract_line_cost JOIN contract_line ON contract_line.contract_id = contract_line_cost.contract_id AND contract_line.id = contract_line_cost.line_id
                  WHERE contract_line_cost.contract_id = r1.contract_id AND contract_line_cost.line_id = r1.line_id) AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "standardCost",
          app.disclosure(r1.contract_id, r1.association_id, r1.vendor_id) AS disclosure,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT r4.name AS name
            FROM (
              SELECT r1.recorded_by_name AS name,
                r1.recorded_by_email AS email,
                r1.recorded_by_organization_name AS organization_name) AS r4) AS r5$) AS "recordedBy",
          (
          SELECT row_to_json(r7$) AS row_to_json_4
          FROM (
            SELECT 'sub_' || translate(encode(uuid_send(r6.contract_id) || uuid_send(r6.id), 'base64'), E'+/=\n', '-_') AS id,
              r6.status AS status
            FROM submission AS r6
            WHERE r6.contract_id = r1.contract_id AND r6.id = r1.submission_id) AS r7$) AS submission,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r10.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r9.sequence AS "sequence",
                      (
                      SELECT row_to_json(r12$) AS row_to_json_5
                      FROM (
                        SELECT r11.member_number AS "memberNumber"
                        FROM lms_act_subject AS r11
                        WHERE r11.contract_id = r9.contract_id AND r11.act_id = r9.id) AS r12$) AS "subject") AS o$) ORDER BY r9.page_position) FILTER (WHERE r9.page_position <= $3::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r13.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC, page_order_3 ASC) AS page_position
              FROM (
                SELECT r8.sequence AS sequence,
                  r8.contract_id AS contract_id,
                  r8.id AS id,
                  r8.item_id AS page_order_0,
                  r8.sequence AS page_order_1,
                  r8.contract_id AS page_order_2,
                  r8.id AS page_order_3
                FROM (
                  SELECT lms_act.contract_id AS contract_id,
                    lms_act.id AS id,
                    lms_act.sequence AS sequence,
                    lms_act.item_id AS item_id
                  FROM lms_metered_item JOIN lms_act ON lms_act.contract_id = lms_metered_item.contract_id AND lms_act.item_id = lms_metered_item.item_id
                  WHERE lms_metered_item.contract_id = r1.contract_id AND lms_metered_item.work_record_id = r1.id) AS r8
                ORDER BY r8.item_id ASC,
                  r8.sequence ASC,
                  r8.contract_id ASC,
                  r8.id ASC
                LIMIT $3::INTEGER + 1) AS r13) AS r9) AS r10) AS "lmsActs",
          (
          SELECT coalesce(json_agg(r17$), '[]'::json) AS coalesce_1
          FROM (
            SELECT 'ivl_' || translate(encode(uuid_send(r14.contract_id) || uuid_send(r14.id), 'base64'), E'+/=\n', '-_') AS id,
              (
              SELECT row_to_json(r16$) AS row_to_json_6
              FROM (
                SELECT r15.number AS number
                FROM invoice AS r15
                WHERE r15.contract_id = r14.contract_id AND r15.id = r14.invoice_id) AS r16$) AS invoice
            FROM (
              SELECT invoice_line.contract_id AS contract_id,
                invoice_line.id AS id,
                invoice_line.invoice_id AS invoice_id
              FROM invoice_line
              WHERE invoice_line.contract_id = r1.contract_id AND invoice_line.id IN (
                SELECT invoice_source.invoice_line_id
                FROM invoice_source JOIN decision ON decision.contract_id = invoice_source.contract_id AND decision.id = invoice_source.decision_id
                WHERE decision.contract_id = r1.contract_id AND decision.work_record_id = r1.id)) AS r14
            ORDER BY r14.id) AS r17$) AS "invoiceLines"
        FROM (
          SELECT work_record.contract_id AS contract_id,
            work_record.id AS id,
            work_record.association_id AS association_id,
            work_record.vendor_id AS vendor_id,
            work_record.line_id AS line_id,
            work_record.quantity AS quantity,
            work_record.accepted_quantity AS accepted_quantity,
            work_record.submission_id AS submission_id,
            work_record.recorded_by_name AS recorded_by_name,
            work_record.recorded_by_email AS recorded_by_email,
            work_record.recorded_by_organization_name AS recorded_by_organization_name
          FROM work_record
          WHERE work_record.contract_id = $4::UUID AND work_record.id = $5::UUID AND work_record.association_id = $6::UUID) AS r1) AS r18$) AS "workRecord") AS o$) AS json_object_of_1
