SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r7$) AS row_to_json_1
      FROM (
        SELECT 'org_' || translate(encode(uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.kind AS kind,
          r1.name AS name,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT (
                SELECT count(*) AS count_1
                FROM member AS r5
                WHERE r5.organization_id = r1.id AND r5.organization_id = $1::UUID) AS "totalCount",
                r4.part_0 AS "edges") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT r3.name AS "name",
                          nullif(r3.email, $2::VARCHAR) AS "email",
                          r3.roles AS "roles") AS o$) AS "node") AS o$) ORDER BY r3.page_position) FILTER (WHERE r3.page_position <= $3::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r6.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC) AS page_position
              FROM (
                SELECT r2.name AS name,
                  r2.email AS email,
                  r2.roles AS roles,
                  r2.name AS page_order_0,
                  r2.id AS page_order_1
                FROM member AS r2
                WHERE r2.organization_id = r1.id AND r2.organization_id = $1::UUID
                ORDER BY r2.name ASC,
                  r2.id ASC
                LIMIT $3::INTEGER + 1) AS r6) AS r3) AS r4) AS members
        FROM (
          SELECT organization.id AS id,
            organization.kind AS kind,
            organization.name AS name
          FROM organization
          WHERE organization.id = $4::UUID) AS r1) AS r7$) AS "organization") AS o$) AS json_object_of_1
