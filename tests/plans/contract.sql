SELECT (
  SELECT row_to_json(o)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o)
        FROM (
          SELECT 'con_' || translate(encode(uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS "id",
            r1.status AS "status",
            (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o)
                  FROM (
                    SELECT r2.party AS "party",
                      (
                      SELECT (
                        SELECT row_to_json(o)
                        FROM (
                          SELECT r3.name AS "name") AS o) AS json_object_of_3
                      FROM (
                        SELECT r2.name AS name,
                          r2.email AS email,
                          r2.organization_name AS organization_name) AS r3) AS "signatory") AS o) ORDER BY r2.signed_at, r2.id), '[]'::json) AS coalesce_1
            FROM contract_signature AS r2
            WHERE r2.contract_id = r1.id AND r2.revision = r1.revision) AS "signatures",
            (
            SELECT (
              SELECT row_to_json(o)
              FROM (
                SELECT r6.part_0 AS "edges") AS o) AS json_object_of_4
            FROM (
              SELECT coalesce(json_agg((
                    SELECT row_to_json(o)
                    FROM (
                      SELECT (
                        SELECT row_to_json(o)
                        FROM (
                          SELECT r5.role AS "role",
                            r5.revoked_at IS NULL AND (r5.effective @> now()) AS "inForce",
                            (
                            SELECT (
                              SELECT row_to_json(o)
                              FROM (
                                SELECT r7.name AS "name") AS o) AS json_object_of_5
                            FROM (
                              SELECT r5.name AS name,
                                r5.email AS email,
                                r5.organization_name AS organization_name) AS r7) AS "grantee") AS o) AS "node") AS o) ORDER BY r5.page_position) FILTER (WHERE r5.page_position <= $1::INTEGER), '[]'::json) AS part_0
              FROM (
                SELECT r8.*,
                  row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
                FROM (
                  SELECT r4.role AS role,
                    r4.revoked_at AS revoked_at,
                    r4.effective AS effective,
                    r4.name AS name,
                    r4.email AS email,
                    r4.organization_name AS organization_name,
                    r4.granted_at AS page_order_0,
                    r4.contract_id AS page_order_1,
                    r4.id AS page_order_2
                  FROM contract_grant AS r4
                  WHERE r4.contract_id = r1.id
                  ORDER BY r4.granted_at DESC,
                    r4.contract_id DESC,
                    r4.id DESC
                  LIMIT $1::INTEGER + 1) AS r8) AS r5) AS r6) AS "grants",
            (
            SELECT (
              SELECT row_to_json(o)
              FROM (
                SELECT (
                  SELECT count(*) AS count_1
                  FROM work_record AS r12
                  WHERE r12.contract_id = r1.id) AS "totalCount",
                  r11.part_0 AS "edges") AS o) AS json_object_of_6
            FROM (
              SELECT coalesce(json_agg((
                    SELECT row_to_json(o)
                    FROM (
                      SELECT (
                        SELECT row_to_json(o)
                        FROM (
                          SELECT 'wrk_' || translate(encode(uuid_send(r10.contract_id) || uuid_send(r10.id), 'base64'), E'+/=\n', '-_') AS "id",
                            r10.status AS "status",
                            CAST(trim_scale(r10.quantity) AS TEXT) AS "quantity",
                            r10.in_scope AS "inScope",
                            (
                            SELECT coalesce(json_agg((
                                  SELECT row_to_json(o)
                                  FROM (
                                    SELECT 'evd_' || translate(encode(uuid_send(r13.contract_id) || uuid_send(r13.id), 'base64'), E'+/=\n', '-_') AS "id") AS o) ORDER BY r13.id), '[]'::json) AS coalesce_2
                            FROM evidence AS r13
                            WHERE r13.contract_id = r10.contract_id AND r13.work_record_id = r10.id) AS "evidence") AS o) AS "node") AS o) ORDER BY r10.page_position) FILTER (WHERE r10.page_position <= $2::INTEGER), '[]'::json) AS part_0
              FROM (
                SELECT r14.*,
                  row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
                FROM (
                  SELECT r9.contract_id AS contract_id,
                    r9.id AS id,
                    r9.status AS status,
                    r9.quantity AS quantity,
                    r9.in_scope AS in_scope,
                    r9.recorded_at AS page_order_0,
                    r9.contract_id AS page_order_1,
                    r9.id AS page_order_2
                  FROM work_record AS r9
                  WHERE r9.contract_id = r1.id
                  ORDER BY r9.recorded_at DESC,
                    r9.contract_id DESC,
                    r9.id DESC
                  LIMIT $2::INTEGER + 1) AS r14) AS r10) AS r11) AS "workRecords",
            (
            SELECT (
              SELECT row_to_json(o)
              FROM (
                SELECT r17.part_0 AS "edges") AS o) AS json_object_of_7
            FROM (
              SELECT coalesce(json_agg((
                    SELECT row_to_json(o)
                    FROM (
                      SELECT (
                        SELECT row_to_json(o)
                        FROM (
                          SELECT r16.due_on AS "dueOn",
                            r16.status AS "status") AS o) AS "node") AS o) ORDER BY r16.page_position) FILTER (WHERE r16.page_position <= $3::INTEGER), '[]'::json) AS part_0
              FROM (
                SELECT r18.*,
                  row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
                FROM (
                  SELECT r15.due_on AS due_on,
                    r15.status AS status,
                    r15.due_on AS page_order_0,
                    r15.contract_id AS page_order_1,
                    r15.id AS page_order_2
                  FROM obligation_occurrence AS r15
                  WHERE r15.contract_id = r1.id
                  ORDER BY r15.due_on ASC,
                    r15.contract_id ASC,
                    r15.id ASC
                  LIMIT $3::INTEGER + 1) AS r18) AS r16) AS r17) AS "obligations") AS o) AS json_object_of_2
      FROM (
        SELECT contract.id AS id,
          contract.revision AS revision,
          contract.status AS status
        FROM contract
        WHERE contract.id = $4::UUID AND contract.vendor_id = $5::UUID) AS r1) AS "contract") AS o) AS json_object_of_1
