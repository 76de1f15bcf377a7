SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r12$) AS row_to_json_1
      FROM (
        SELECT (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT 'mem_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS id,
              r2.name AS name
            FROM member AS r2
            WHERE r2.id = r1.id) AS r3$) AS member,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT 'org_' || translate(encode(uuid_send(r4.id), 'base64'), E'+/=\n', '-_') AS id,
              r4.name AS name
            FROM organization AS r4
            WHERE r4.id = r1.organization_id) AS r5$) AS organization,
          r1.roles AS roles,
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
                          (
                          SELECT row_to_json(r10$) AS row_to_json_4
                          FROM (
                            SELECT 'con_' || translate(encode(uuid_send(r9.id), 'base64'), E'+/=\n', '-_') AS id,
                              r9.title AS title
                            FROM contract AS r9
                            WHERE r9.id = r7.contract_id) AS r10$) AS "contract") AS o$) AS "node") AS o$) ORDER BY r7.page_position) FILTER (WHERE r7.page_position <= $1::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r11.*,
                row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
              FROM (
                SELECT r6.role AS role,
                  r6.contract_id AS contract_id,
                  r6.granted_at AS page_order_0,
                  r6.contract_id AS page_order_1,
                  r6.id AS page_order_2
                FROM contract_grant AS r6
                WHERE r6.member_id = r1.id AND r6.revoked_at IS NULL AND (r6.effective @> now())
                ORDER BY r6.granted_at DESC,
                  r6.contract_id DESC,
                  r6.id DESC
                LIMIT $1::INTEGER + 1) AS r11) AS r7) AS r8) AS grants
        FROM (
          SELECT member.id AS id,
            member.organization_id AS organization_id,
            member.roles AS roles
          FROM member
          WHERE member.id = $2::UUID AND member.organization_id = $3::UUID) AS r1) AS r12$) AS "viewer") AS o$) AS json_object_of_1
