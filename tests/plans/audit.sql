SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o$)
        FROM (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r3.part_0 AS "hasNextPage",
                (r3.part_1)[1] AS "endCursor") AS o$) AS "pageInfo",
            r3.part_2 AS "edges") AS o$) AS json_object_of_2
      FROM (
        SELECT count(*) > $1::INTEGER AS part_0,
          array_agg(translate(encode(convert_to(CAST(json_build_array('AuditEvent.NEWEST'::text, r2.page_order_0, r2.page_order_1) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_') ORDER BY r2.page_position DESC) FILTER (WHERE r2.page_position <= $1::INTEGER) AS part_1,
          coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r2.type AS "type",
                      (
                      SELECT row_to_json(r5$) AS row_to_json_1
                      FROM (
                        SELECT r4.name AS name,
                          r4.organization_name AS "organizationName"
                        FROM (
                          SELECT r2.actor_name AS name,
                            r2.actor_email AS email,
                            r2.actor_organization_name AS organization_name) AS r4) AS r5$) AS "actor",
                      r2.reason AS "reason",
                      rtrim(rtrim(to_char(r2.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "recordedAt") AS o$) AS "node") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $1::INTEGER), '[]'::json) AS part_2
        FROM (
          SELECT r6.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r1.type AS type,
              r1.actor_name AS actor_name,
              r1.actor_email AS actor_email,
              r1.actor_organization_name AS actor_organization_name,
              r1.reason AS reason,
              r1.recorded_at AS recorded_at,
              r1.recorded_at AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT audit_event.id AS id,
                audit_event.actor_name AS actor_name,
                audit_event.actor_email AS actor_email,
                audit_event.actor_organization_name AS actor_organization_name,
                audit_event.type AS type,
                audit_event.reason AS reason,
                audit_event.recorded_at AS recorded_at
              FROM audit_event
              WHERE audit_event.contract_id = $2::UUID AND coalesce(audit_event.association_id = $3::UUID, false)) AS r1
            ORDER BY r1.recorded_at DESC,
              r1.id DESC
            LIMIT $1::INTEGER + 1) AS r6) AS r2) AS r3) AS "audit") AS o$) AS json_object_of_1
