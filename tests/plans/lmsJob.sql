SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r23$) AS row_to_json_1
      FROM (
        SELECT 'job_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.operation AS operation,
          r1.status AS status,
          CAST(round(app.round_half_even(round(CAST((r1.applied_count + r1.already_so_count + r1.rejected_count + r1.stale_count + r1.skipped_count) * $1::INTEGER AS NUMERIC) / CAST(greatest(r1.total_count, $2::INTEGER) AS NUMERIC), 2), 2), 2) AS TEXT) AS "percentDone",
          r1.wait_code AS "waitCode",
          r1.wait_message AS "waitMessage",
          rtrim(rtrim(to_char(r1.wait_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "waitUntil",
          r1.total_count AS "totalCount",
          r1.applied_count AS "appliedCount",
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.plan_hash AS "planHash"
            FROM lms_plan AS r2
            WHERE r2.contract_id = r1.contract_id AND r2.id = r1.plan_id) AS r3$) AS plan,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT r4.name AS name
            FROM lms_site AS r4
            WHERE r4.contract_id = r1.contract_id AND r4.id = r1.site_id) AS r5$) AS site,
          (
          SELECT row_to_json(r7$) AS row_to_json_4
          FROM (
            SELECT r6.key AS key
            FROM contract_line AS r6
            WHERE r6.contract_id = r1.contract_id AND r6.id = r1.line_id) AS r7$) AS line,
          r1.metering AS metering,
          (
          SELECT coalesce(json_agg(r9$), '[]'::json) AS coalesce_1
          FROM (
            SELECT 'wrk_' || translate(encode(uuid_send(r8.contract_id) || uuid_send(r8.id), 'base64'), E'+/=\n', '-_') AS id,
              CAST(trim_scale(r8.quantity) AS TEXT) AS quantity,
              r8.in_scope AS "inScope"
            FROM (
              SELECT work_record.contract_id AS contract_id,
                work_record.id AS id,
                work_record.quantity AS quantity,
                work_record.in_scope AS in_scope
              FROM work_record
              WHERE work_record.contract_id = r1.contract_id AND work_record.id IN (
                SELECT lms_metered_item.work_record_id
                FROM lms_metered_item
                WHERE lms_metered_item.contract_id = r1.contract_id AND lms_metered_item.job_id = r1.id)) AS r8
            ORDER BY r8.id) AS r9$) AS "workRecords",
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT (
                SELECT count(*) AS count_1
                FROM lms_job_item AS r13
                WHERE r13.contract_id = r1.contract_id AND r13.job_id = r1.id AND r13.status = ANY ($3::TEXT[])) AS "totalCount",
                r12.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT 'jit_' || translate(encode(uuid_send(r11.contract_id) || uuid_send(r11.id), 'base64'), E'+/=\n', '-_') AS "id",
                      r11.position AS "position",
                      r11.status AS "status",
                      r11.error_code AS "code",
                      r11.error_message AS "message",
                      (
                      SELECT row_to_json(r15$) AS row_to_json_5
                      FROM (
                        SELECT r14.member_number AS "memberNumber",
                          r14.action AS action
                        FROM lms_plan_row AS r14
                        WHERE r14.contract_id = r11.contract_id AND r14.id = r11.id) AS r15$) AS "planRow",
                      (
                      SELECT coalesce(json_agg(r17$), '[]'::json) AS coalesce_2
                      FROM (
                        SELECT r16.outcome AS outcome,
                          r16.verification AS verification
                        FROM lms_act AS r16
                        WHERE r16.contract_id = r11.contract_id AND r16.item_id = r11.id
                        ORDER BY r16.sequence) AS r17$) AS "acts") AS o$) ORDER BY r11.page_position) FILTER (WHERE r11.page_position <= $4::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r18.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
              FROM (
                SELECT r10.contract_id AS contract_id,
                  r10.id AS id,
                  r10.position AS position,
                  r10.status AS status,
                  r10.error_code AS error_code,
                  r10.error_message AS error_message,
                  r10.position AS page_order_0,
                  r10.contract_id AS page_order_1,
                  r10.id AS page_order_2
                FROM lms_job_item AS r10
                WHERE r10.contract_id = r1.contract_id AND r10.job_id = r1.id AND r10.status = ANY ($3::TEXT[])
                ORDER BY r10.position ASC,
                  r10.contract_id ASC,
                  r10.id ASC
                LIMIT $4::INTEGER + 1) AS r18) AS r11) AS r12) AS items,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r21.part_0 AS "nodes") AS o$) AS json_object_of_3
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r20.sequence AS "sequence",
                      r20.outcome AS "outcome",
                      encode(r20.hash, $5::VARCHAR) AS "hash") AS o$) ORDER BY r20.page_position) FILTER (WHERE r20.page_position <= $6::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r22.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
              FROM (
                SELECT r19.sequence AS sequence,
                  r19.outcome AS outcome,
                  r19.hash AS hash,
                  r19.sequence AS page_order_0,
                  r19.contract_id AS page_order_1,
                  r19.id AS page_order_2
                FROM lms_act AS r19
                WHERE r19.contract_id = r1.contract_id AND r19.job_id = r1.id
                ORDER BY r19.sequence ASC,
                  r19.contract_id ASC,
                  r19.id ASC
                LIMIT $6::INTEGER + 1) AS r22) AS r20) AS r21) AS acts
        FROM (
          SELECT lms_job.contract_id AS contract_id,
            lms_job.id AS id,
            lms_job.site_id AS site_id,
            lms_job.plan_id AS plan_id,
            lms_job.line_id AS line_id,
            lms_job.operation AS operation,
            lms_job.status AS status,
            lms_job.wait_code AS wait_code,
            lms_job.wait_message AS wait_message,
            lms_job.wait_until AS wait_until,
            lms_job.total_count AS total_count,
            lms_job.applied_count AS applied_count,
            lms_job.already_so_count AS already_so_count,
            lms_job.rejected_count AS rejected_count,
            lms_job.stale_count AS stale_count,
            lms_job.skipped_count AS skipped_count,
            lms_job.metering AS metering
          FROM lms_job
          WHERE lms_job.contract_id = $7::UUID AND lms_job.id = $8::UUID AND lms_job.vendor_id = $9::UUID) AS r1) AS r23$) AS "lmsJob") AS o$) AS json_object_of_1
