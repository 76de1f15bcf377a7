SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r18$) AS row_to_json_1
      FROM (
        SELECT 'mtk_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.title AS title,
          r1.status AS status,
          r1.checklist AS checklist,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.name AS name
            FROM (
              SELECT r1.assigned_to_name AS name,
                r1.assigned_to_email AS email,
                r1.assigned_to_organization_name AS organization_name) AS r2) AS r3$) AS "assignedTo",
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT r4.name AS name
            FROM (
              SELECT r1.ended_by_name AS name,
                r1.ended_by_email AS email,
                r1.ended_by_organization_name AS organization_name
              WHERE r1.ended_at IS NOT NULL) AS r4) AS r5$) AS "endedBy",
          (
          SELECT row_to_json(r7$) AS row_to_json_4
          FROM (
            SELECT r6.name AS name
            FROM lms_site AS r6
            WHERE r6.contract_id = r1.contract_id AND r6.id = r1.site_id) AS r7$) AS site,
          (
          SELECT row_to_json(r9$) AS row_to_json_5
          FROM (
            SELECT r8.key AS key
            FROM contract_line AS r8
            WHERE r8.contract_id = r1.contract_id AND r8.id = r1.line_id) AS r9$) AS line,
          (
          SELECT row_to_json(r11$) AS row_to_json_6
          FROM (
            SELECT 'plr_' || translate(encode(uuid_send(r10.contract_id) || uuid_send(r10.id), 'base64'), E'+/=\n', '-_') AS id
            FROM lms_plan_row AS r10
            WHERE r10.contract_id = r1.contract_id AND r10.id = r1.plan_row_id) AS r11$) AS "planRow",
          (
          SELECT coalesce(json_agg(r13$), '[]'::json) AS coalesce_1
          FROM (
            SELECT r12.name AS name
            FROM (
              SELECT evidence.id AS id,
                evidence.name AS name
              FROM lms_task_evidence JOIN evidence ON lms_task_evidence.contract_id = evidence.contract_id AND lms_task_evidence.evidence_id = evidence.id
              WHERE lms_task_evidence.contract_id = r1.contract_id AND lms_task_evidence.task_id = r1.id) AS r12
            ORDER BY r12.id) AS r13$) AS evidence,
          (
          SELECT row_to_json(r15$) AS row_to_json_7
          FROM (
            SELECT 'wrk_' || translate(encode(uuid_send(r14.contract_id) || uuid_send(r14.id), 'base64'), E'+/=\n', '-_') AS id,
              CAST(trim_scale(r14.quantity) AS TEXT) AS quantity
            FROM work_record AS r14
            WHERE r14.contract_id = r1.contract_id AND r14.id = r1.work_record_id) AS r15$) AS "workRecord",
          (
          SELECT row_to_json(r17$) AS row_to_json_8
          FROM (
            SELECT 'act_' || translate(encode(uuid_send(r16.contract_id) || uuid_send(r16.id), 'base64'), E'+/=\n', '-_') AS id,
              r16.outcome AS outcome
            FROM lms_act AS r16
            WHERE r16.contract_id = r1.contract_id AND r16.id = r1.act_id) AS r17$) AS act
        FROM (
          SELECT lms_task.contract_id AS contract_id,
            lms_task.id AS id,
            lms_task.site_id AS site_id,
            lms_task.line_id AS line_id,
            lms_task.plan_row_id AS plan_row_id,
            lms_task.title AS title,
            lms_task.checklist AS checklist,
            lms_task.status AS status,
            lms_task.assigned_to_name AS assigned_to_name,
            lms_task.assigned_to_email AS assigned_to_email,
            lms_task.assigned_to_organization_name AS assigned_to_organization_name,
            lms_task.ended_at AS ended_at,
            lms_task.ended_by_name AS ended_by_name,
            lms_task.ended_by_email AS ended_by_email,
            lms_task.ended_by_organization_name AS ended_by_organization_name,
            lms_task.act_id AS act_id,
            lms_task.work_record_id AS work_record_id
          FROM lms_task
          WHERE lms_task.contract_id = $1::UUID AND lms_task.id = $2::UUID AND lms_task.vendor_id = $3::UUID) AS r1) AS r18$) AS "lmsTask") AS o$) AS json_object_of_1
