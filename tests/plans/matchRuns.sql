SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o$)
        FROM (
          SELECT r3.part_0 AS "nodes") AS o$) AS json_object_of_2
      FROM (
        SELECT coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT 'mrn_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r2.issued_from AS "issuedFrom",
                  r2.issued_until AS "issuedUntil",
                  r2.status AS "status",
                  r2.open_count AS "openCount",
                  (
                  SELECT row_to_json(r5$) AS row_to_json_1
                  FROM (
                    SELECT r4.name AS name
                    FROM (
                      SELECT r2.requested_by_name AS name,
                        r2.requested_by_email AS email,
                        r2.requested_by_organization_name AS organization_name
                      WHERE r2.requested_by_member_id IS NOT NULL) AS r4) AS r5$) AS "requestedBy") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $1::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r6.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r1.id AS id,
              r1.issued_from AS issued_from,
              r1.issued_until AS issued_until,
              r1.status AS status,
              r1.open_count AS open_count,
              r1.requested_by_name AS requested_by_name,
              r1.requested_by_email AS requested_by_email,
              r1.requested_by_organization_name AS requested_by_organization_name,
              r1.requested_by_member_id AS requested_by_member_id,
              r1.requested_at AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT match_run.id AS id,
                match_run.issued_from AS issued_from,
                match_run.issued_until AS issued_until,
                match_run.status AS status,
                match_run.requested_at AS requested_at,
                match_run.requested_by_member_id AS requested_by_member_id,
                match_run.requested_by_name AS requested_by_name,
                match_run.requested_by_email AS requested_by_email,
                match_run.requested_by_organization_name AS requested_by_organization_name,
                match_run.open_count AS open_count
              FROM match_run
              WHERE true) AS r1
            ORDER BY r1.requested_at DESC,
              r1.id DESC
            LIMIT $1::INTEGER + 1) AS r6) AS r2) AS r3) AS "matchRuns") AS o$) AS json_object_of_1
