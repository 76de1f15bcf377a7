SELECT (
  SELECT row_to_json(o)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o)
        FROM (
          SELECT (
            SELECT (
              SELECT row_to_json(o)
              FROM (
                SELECT 'mem_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r2.name AS "name") AS o) AS json_object_of_3
            FROM member AS r2
            WHERE r2.id = r1.id) AS "member",
            (
            SELECT (
              SELECT row_to_json(o)
              FROM (
                SELECT 'org_' || translate(encode(uuid_send(r3.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r3.name AS "name") AS o) AS json_object_of_4
            FROM organization AS r3
            WHERE r3.id = r1.organization_id) AS "organization",
            r1.roles AS "roles",
            (
            SELECT (
              SELECT row_to_json(o)
              FROM (
                SELECT r6.part_0 AS "edges") AS o) AS json_object_of_5
            FROM (
              SELECT coalesce(json_agg((
                    SELECT row_to_json(o)
                    FROM (
                      SELECT (
                        SELECT row_to_json(o)
                        FROM (
                          SELECT r5.role AS "role",
                            (
                            SELECT (
                              SELECT row_to_json(o)
                              FROM (
                                SELECT 'con_' || translate(encode(uuid_send(r7.id), 'base64'), E'+/=\n', '-_') AS "id",
                                  r7.title AS "title") AS o) AS json_object_of_6
                            FROM contract AS r7
                            WHERE r7.id = r5.contract_id) AS "contract") AS o) AS "node") AS o) ORDER BY r5.page_position) FILTER (WHERE r5.page_position <= $1::INTEGER), '[]'::json) AS part_0
              FROM (
                SELECT r8.*,
                  row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
                FROM (
                  SELECT r4.role AS role,
                    r4.contract_id AS contract_id,
                    r4.granted_at AS page_order_0,
                    r4.contract_id AS page_order_1,
                    r4.id AS page_order_2
                  FROM contract_grant AS r4
                  WHERE r4.member_id = r1.id AND r4.revoked_at IS NULL AND (r4.effective @> now())
                  ORDER BY r4.granted_at DESC,
                    r4.contract_id DESC,
                    r4.id DESC
                  LIMIT $1::INTEGER + 1) AS r8) AS r5) AS r6) AS "grants") AS o) AS json_object_of_2
      FROM (
        SELECT member.id AS id,
          member.organization_id AS organization_id,
          member.roles AS roles
        FROM member
        WHERE member.id = $2::UUID AND member.organization_id = $3::UUID) AS r1) AS "viewer") AS o) AS json_object_of_1
