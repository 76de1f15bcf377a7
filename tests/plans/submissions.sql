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
              SELECT submission.status AS status
              FROM submission
              WHERE submission.association_id = $1::UUID) AS r4
            WHERE r4.status = ANY ($2::TEXT[])) AS "totalCount",
            r3.part_0 AS "edges") AS o$) AS json_object_of_2
      FROM (
        SELECT coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT 'sub_' || translate(encode(uuid_send(r2.contract_id) || uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                      rtrim(rtrim(to_char(r2.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "submittedAt",
                      (
                      SELECT row_to_json(r6$) AS row_to_json_1
                      FROM (
                        SELECT r5.title AS title
                        FROM contract AS r5
                        WHERE r5.id = r2.contract_id) AS r6$) AS "contract") AS o$) AS "node") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $3::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r7.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
          FROM (
            SELECT r1.contract_id AS contract_id,
              r1.id AS id,
              r1.submitted_at AS submitted_at,
              r1.submitted_at AS page_order_0,
              r1.contract_id AS page_order_1,
              r1.id AS page_order_2
            FROM (
              SELECT submission.contract_id AS contract_id,
                submission.id AS id,
                submission.status AS status,
                submission.submitted_at AS submitted_at
              FROM submission
              WHERE submission.association_id = $1::UUID) AS r1
            WHERE r1.status = ANY ($2::TEXT[])
            ORDER BY r1.submitted_at DESC,
              r1.contract_id DESC,
              r1.id DESC
            LIMIT $3::INTEGER + 1) AS r7) AS r2) AS r3) AS "submissions") AS o$) AS json_object_of_1
