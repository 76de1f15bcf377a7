SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r12$) AS row_to_json_1
      FROM (
        SELECT 'cra_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.title AS title,
          CAST(trim_scale(r1.quantity) AS TEXT) AS quantity,
          r1.unit AS unit,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.name AS name
            FROM (
              SELECT r1.approved_by_name AS name,
                r1.approved_by_email AS email,
                r1.approved_by_organization_name AS organization_name) AS r2) AS r3$) AS "approvedBy",
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r6.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT 'crr_' || translate(encode(uuid_send(r5.contract_id) || uuid_send(r5.id), 'base64'), E'+/=\n', '-_') AS "id",
                      r5.needs_completion AS "needsCompletion",
                      r5.retention_years AS "retentionYears") AS o$) ORDER BY r5.page_position) FILTER (WHERE r5.page_position <= $1::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r7.*,
                row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
              FROM (
                SELECT r4.contract_id AS contract_id,
                  r4.id AS id,
                  r4.needs_completion AS needs_completion,
                  r4.retention_years AS retention_years,
                  r4.approved_at AS page_order_0,
                  r4.contract_id AS page_order_1,
                  r4.id AS page_order_2
                FROM credit_rule AS r4
                WHERE r4.contract_id = r1.contract_id AND r4.activity_id = r1.id
                ORDER BY r4.approved_at DESC,
                  r4.contract_id DESC,
                  r4.id DESC
                LIMIT $1::INTEGER + 1) AS r7) AS r5) AS r6) AS rules,
          (
          SELECT row_to_json(r9$) AS row_to_json_3
          FROM (
            SELECT r8.name AS name
            FROM lms_site AS r8
            WHERE r8.contract_id = r1.contract_id AND r8.id = r1.site_id) AS r9$) AS site,
          (
          SELECT row_to_json(r11$) AS row_to_json_4
          FROM (
            SELECT r10.title AS title
            FROM contract AS r10
            WHERE r10.id = r1.contract_id) AS r11$) AS contract
        FROM (
          SELECT credit_activity.contract_id AS contract_id,
            credit_activity.id AS id,
            credit_activity.title AS title,
            credit_activity.site_id AS site_id,
            credit_activity.unit AS unit,
            credit_activity.quantity AS quantity,
            credit_activity.approved_by_name AS approved_by_name,
            credit_activity.approved_by_email AS approved_by_email,
            credit_activity.approved_by_organization_name AS approved_by_organization_name
          FROM credit_activity
          WHERE credit_activity.contract_id = $2::UUID AND credit_activity.id = $3::UUID AND credit_activity.association_id = $4::UUID) AS r1) AS r12$) AS "creditActivity") AS o$) AS json_object_of_1
