SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o$)
        FROM (
          SELECT (
            SELECT count(*) AS count_1
            FROM (
              SELECT offering.status AS status,
                offering_version.id AS version_id
              FROM offering JOIN offering_version ON offering_version.id = CASE WHEN (offering.current_version_id IS NOT NULL) THEN offering.current_version_id ELSE offering.draft_version_id END
              WHERE (offering.published_at IS NOT NULL OR offering.vendor_id = app.organization_id()) AND offering.vendor_id = $1::UUID) AS r4
            WHERE r4.status = ANY ($2::TEXT[])) AS "totalCount",
            r3.part_0 AS "edges") AS o$) AS json_object_of_2
      FROM (
        SELECT coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT 'off_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                      r2.title AS "title",
                      r2.status AS "status",
                      (
                      SELECT row_to_json(r6$) AS row_to_json_1
                      FROM (
                        SELECT r5.number AS number
                        FROM (
                          SELECT offering_version.id AS version_id,
                            offering_version.offering_id AS offering_id,
                            offering_version.vendor_id AS vendor_id,
                            offering_version.number AS number,
                            offering_version.published_at AS published_at
                          FROM offering_version
                          WHERE offering_version.published_at IS NOT NULL OR offering_version.vendor_id = app.organization_id()) AS r5
                        WHERE r5.offering_id = r2.id AND r5.published_at IS NULL AND r5.vendor_id = $1::UUID) AS r6$) AS "draft") AS o$) AS "node") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $3::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r7.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r1.id AS id,
              r1.title AS title,
              r1.status AS status,
              r1.created_at AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT offering.id AS id,
                offering.status AS status,
                offering.created_at AS created_at,
                offering_version.id AS version_id,
                offering_version.title AS title
              FROM offering JOIN offering_version ON offering_version.id = CASE WHEN (offering.current_version_id IS NOT NULL) THEN offering.current_version_id ELSE offering.draft_version_id END
              WHERE (offering.published_at IS NOT NULL OR offering.vendor_id = app.organization_id()) AND offering.vendor_id = $1::UUID) AS r1
            WHERE r1.status = ANY ($2::TEXT[])
            ORDER BY r1.created_at DESC,
              r1.id DESC
            LIMIT $3::INTEGER + 1) AS r7) AS r2) AS r3) AS "ownOfferings") AS o$) AS json_object_of_1
