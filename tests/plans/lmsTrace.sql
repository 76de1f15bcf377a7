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
                SELECT r2.sequence AS "sequence",
                  r2.action AS "action",
                  r2.outcome AS "outcome",
                  r2.verification AS "verification",
                  rtrim(rtrim(to_char(r2.acted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "actedAt",
                  (
                  SELECT row_to_json(r5$) AS row_to_json_1
                  FROM (
                    SELECT r4.name AS name,
                      r4.organization_name AS "organizationName"
                    FROM (
                      SELECT r2.acted_by_name AS name,
                        r2.acted_by_email AS email,
                        r2.acted_by_organization_name AS organization_name) AS r4) AS r5$) AS "actedBy",
                  r2.on_behalf_of AS "onBehalfOf",
                  (
                  SELECT row_to_json(r7$) AS row_to_json_2
                  FROM (
                    SELECT r6.member_number AS "memberNumber",
                      r6.course_key AS "courseKey",
                      CAST(r6.before AS TEXT) AS before,
                      CAST(r6.after AS TEXT) AS after
                    FROM lms_act_subject AS r6
                    WHERE r6.contract_id = r2.contract_id AND r6.act_id = r2.id) AS r7$) AS "subject",
                  (
                  SELECT row_to_json(r13$) AS row_to_json_3
                  FROM (
                    SELECT 'job_' || translate(encode(uuid_send(r8.contract_id) || uuid_send(r8.id), 'base64'), E'+/=\n', '-_') AS id,
                      r8.operation AS operation,
                      (
                      SELECT row_to_json(r10$) AS row_to_json_4
                      FROM (
                        SELECT r9.reason AS reason,
                          r9.plan_hash AS "planHash"
                        FROM lms_plan AS r9
                        WHERE r9.contract_id = r8.contract_id AND r9.id = r8.plan_id) AS r10$) AS plan,
                      (
                      SELECT row_to_json(r12$) AS row_to_json_5
                      FROM (
                        SELECT r11.name AS name
                        FROM lms_site AS r11
                        WHERE r11.contract_id = r8.contract_id AND r11.id = r8.site_id) AS r12$) AS site
                    FROM lms_job AS r8
                    WHERE r8.contract_id = r2.contract_id AND r8.id = r2.job_id) AS r13$) AS "job",
                  (
                  SELECT row_to_json(r25$) AS row_to_json_6
                  FROM (
                    SELECT 'wrk_' || translate(encode(uuid_send(r14.contract_id) || uuid_send(r14.id), 'base64'), E'+/=\n', '-_') AS id,
                      CAST(trim_scale(r14.quantity) AS TEXT) AS quantity,
                      r14.status AS status,
                      (
                      SELECT row_to_json(r16$) AS row_to_json_7
                      FROM (
                        SELECT 'sub_' || translate(encode(uuid_send(r15.contract_id) || uuid_send(r15.id), 'base64'), E'+/=\n', '-_') AS id,
                          rtrim(rtrim(to_char(r15.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "submittedAt"
                        FROM submission AS r15
                        WHERE r15.contract_id = r14.contract_id AND r15.id = r14.submission_id) AS r16$) AS submission,
                      (
                      SELECT row_to_json(r20$) AS row_to_json_8
                      FROM (
                        SELECT CAST(trim_scale(r17.accepted_quantity) AS TEXT) AS "acceptedQuantity",
                          (
                          SELECT row_to_json(r19$) AS row_to_json_9
                          FROM (
                            SELECT r18.name AS name
                            FROM (
                              SELECT r17.decided_by_name AS name,
                                r17.decided_by_email AS email,
                                r17.decided_by_organization_name AS organization_name
                              WHERE r17.decided_by_member_id IS NOT NULL) AS r18) AS r19$) AS "decidedBy"
                        FROM decision AS r17
                        WHERE r17.contract_id = r14.contract_id AND r17.work_record_id = r14.id AND r17.submission_id = r14.submission_id AND r17.reversed_at IS NULL) AS r20$) AS decision,
                      (
                      SELECT coalesce(json_agg(r24$), '[]'::json) AS coalesce_1
                      FROM (
                        SELECT 'ivl_' || translate(encode(uuid_send(r21.contract_id) || uuid_send(r21.id), 'base64'), E'+/=\n', '-_') AS id,
                          CAST(trim_scale(r21.quantity) AS TEXT) AS quantity,
                          CASE WHEN (r21.amount_minor IS NOT NULL) THEN (
                          SELECT row_to_json(o$)
                          FROM (
                            SELECT CAST(CASE app.currency_digits(r21.currency_code) WHEN $1::INTEGER THEN CAST(r21.amount_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r21.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r21.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
                              r21.currency_code AS "currencyCode") AS o$) ELSE NULL END AS amount,
                          (
                          SELECT row_to_json(r23$) AS row_to_json_10
                          FROM (
                            SELECT r22.number AS number,
                              r22.status AS status
                            FROM invoice AS r22
                            WHERE r22.contract_id = r21.contract_id AND r22.id = r21.invoice_id) AS r23$) AS invoice
                        FROM (
                          SELECT invoice_line.contract_id AS contract_id,
                            invoice_line.id AS id,
                            invoice_line.invoice_id AS invoice_id,
                            invoice_line.currency_code AS currency_code,
                            invoice_line.quantity AS quantity,
                            invoice_line.amount_minor AS amount_minor
                          FROM invoice_line
                          WHERE invoice_line.contract_id = r14.contract_id AND invoice_line.id IN (
                            SELECT invoice_source.invoice_line_id
                            FROM invoice_source JOIN decision ON decision.contract_id = invoice_source.contract_id AND decision.id = invoice_source.decision_id
                            WHERE decision.contract_id = r14.contract_id AND decision.work_record_id = r14.id)) AS r21
                        ORDER BY r21.id) AS r24$) AS "invoiceLines"
                    FROM (
                      SELECT work_record.contract_id AS contract_id,
                        work_record.id AS id,
                        work_record.status AS status,
                        work_record.quantity AS quantity,
                        work_record.submission_id AS submission_id
                      FROM lms_metered_item JOIN work_record ON work_record.contract_id = lms_metered_item.contract_id AND work_record.id = lms_metered_item.work_record_id
                      WHERE lms_metered_item.contract_id = r2.contract_id AND lms_metered_item.item_id = r2.item_id) AS r14) AS r25$) AS "workRecord") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $3::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r26.*,
            row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC) AS page_position
          FROM (
            SELECT r1.sequence AS sequence,
              r1.action AS action,
              r1.outcome AS outcome,
              r1.verification AS verification,
              r1.acted_at AS acted_at,
              r1.acted_by_name AS acted_by_name,
              r1.acted_by_email AS acted_by_email,
              r1.acted_by_organization_name AS acted_by_organization_name,
              r1.on_behalf_of AS on_behalf_of,
              r1.contract_id AS contract_id,
              r1.id AS id,
              r1.job_id AS job_id,
              r1.item_id AS item_id,
              r1.id AS page_order_0,
              r1.contract_id AS page_order_1
            FROM (
              SELECT lms_act.contract_id AS contract_id,
                lms_act.id AS id,
                lms_act.sequence AS sequence,
                lms_act.job_id AS job_id,
                lms_act.item_id AS item_id,
                lms_act.action AS action,
                lms_act.outcome AS outcome,
                lms_act.verification AS verification,
                lms_act.on_behalf_of AS on_behalf_of,
                lms_act.acted_at AS acted_at,
                lms_act.acted_by_name AS acted_by_name,
                lms_act.acted_by_email AS acted_by_email,
                lms_act.acted_by_organization_name AS acted_by_organization_name
              FROM lms_act_subject JOIN lms_act ON lms_act.contract_id = lms_act_subject.contract_id AND lms_act.id = lms_act_subject.act_id
              WHERE lms_act_subject.contract_id = $4::UUID AND lms_act_subject.member_number = $5::VARCHAR AND lms_act_subject.association_id = $6::UUID) AS r1
            ORDER BY r1.id ASC,
              r1.contract_id ASC
            LIMIT $3::INTEGER + 1) AS r26) AS r2) AS r3) AS "lmsTrace") AS o$) AS json_object_of_1
