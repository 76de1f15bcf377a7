SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r23$) AS row_to_json_1
      FROM (
        SELECT 'con_' || translate(encode(uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.status AS status,
          (
          SELECT coalesce(json_agg(r5$), '[]'::json) AS coalesce_1
          FROM (
            SELECT r2.party AS party,
              (
              SELECT row_to_json(r4$) AS row_to_json_2
              FROM (
                SELECT r3.name AS name
                FROM (
                  SELECT r2.name AS name,
                    r2.email AS email,
                    r2.organization_name AS organization_name) AS r3) AS r4$) AS signatory
            FROM contract_signature AS r2
            WHERE r2.contract_id = r1.id AND r2.revision = r1.revision
            ORDER BY r2.signed_at,
              r2.id) AS r5$) AS signatures,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r8.part_0 AS "edges") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT r7.role AS "role",
                          r7.revoked_at IS NULL AND (r7.effective @> now()) AS "inForce",
                          (
                          SELECT row_to_json(r10$) AS row_to_json_3
                          FROM (
                            SELECT r9.name AS name
                            FROM (
                              SELECT r7.name AS name,
                                r7.email AS email,
                                r7.organization_name AS organization_name) AS r9) AS r10$) AS "grantee") AS o$) AS "node") AS o$) ORDER BY r7.page_position) FILTER (WHERE r7.page_position <= $1::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r11.*,
                row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
              FROM (
                SELECT r6.role AS role,
                  r6.revoked_at AS revoked_at,
                  r6.effective AS effective,
                  r6.name AS name,
                  r6.email AS email,
                  r6.organization_name AS organization_name,
                  r6.granted_at AS page_order_0,
                  r6.contract_id AS page_order_1,
                  r6.id AS page_order_2
                FROM contract_grant AS r6
                WHERE r6.contract_id = r1.id
                ORDER BY r6.granted_at DESC,
                  r6.contract_id DESC,
                  r6.id DESC
                LIMIT $1::INTEGER + 1) AS r11) AS r7) AS r8) AS grants,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT (
                SELECT count(*) AS count_1
                FROM work_record AS r15
                WHERE r15.contract_id = r1.id) AS "totalCount",
                r14.part_0 AS "edges") AS o$) AS json_object_of_3
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT 'wrk_' || translate(encode(uuid_send(r13.contract_id) || uuid_send(r13.id), 'base64'), E'+/=\n', '-_') AS "id",
                          r13.status AS "status",
                          CAST(trim_scale(r13.quantity) AS TEXT) AS "quantity",
                          r13.in_scope AS "inScope",
                          (
                          SELECT coalesce(json_agg(r17$), '[]'::json) AS coalesce_2
                          FROM (
                            SELECT 'evd_' || translate(encode(uuid_send(r16.contract_id) || uuid_send(r16.id), 'base64'), E'+/=\n', '-_') AS id
                            FROM evidence AS r16
                            WHERE r16.contract_id = r13.contract_id AND r16.work_record_id = r13.id
                            ORDER BY r16.id) AS r17$) AS "evidence") AS o$) AS "node") AS o$) ORDER BY r13.page_position) FILTER (WHERE r13.page_position <= $2::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r18.*,
                row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
              FROM (
                SELECT r12.contract_id AS contract_id,
                  r12.id AS id,
                  r12.status AS status,
                  r12.quantity AS quantity,
                  r12.in_scope AS in_scope,
                  r12.recorded_at AS page_order_0,
                  r12.contract_id AS page_order_1,
                  r12.id AS page_order_2
                FROM work_record AS r12
                WHERE r12.contract_id = r1.id
                ORDER BY r12.recorded_at DESC,
                  r12.contract_id DESC,
                  r12.id DESC
                LIMIT $2::INTEGER + 1) AS r18) AS r13) AS r14) AS "workRecords",
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r21.part_0 AS "edges") AS o$) AS json_object_of_4
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT r20.due_on AS "dueOn",
                          r20.status AS "status") AS o$) AS "node") AS o$) ORDER BY r20.page_position) FILTER (WHERE r20.page_position <= $3::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r22.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
              FROM (
                SELECT r19.due_on AS due_on,
                  r19.status AS status,
                  r19.due_on AS page_order_0,
                  r19.contract_id AS page_order_1,
                  r19.id AS page_order_2
                FROM obligation_occurrence AS r19
                WHERE r19.contract_id = r1.id
                ORDER BY r19.due_on ASC,
                  r19.contract_id ASC,
                  r19.id ASC
                LIMIT $3::INTEGER + 1) AS r22) AS r20) AS r21) AS obligations
        FROM (
          SELECT contract.id AS id,
            contract.revision AS revision,
            contract.status AS status
          FROM contract
          WHERE contract.id = $4::UUID AND contract.vendor_id = $5::UUID) AS r1) AS r23$) AS "contract") AS o$) AS json_object_of_1
