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
                SELECT 'apd_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r2.starts_on AS "startsOn",
                  r2.status AS "status",
                  (
                  SELECT row_to_json(r5$) AS row_to_json_1
                  FROM (
                    SELECT r4.name AS name
                    FROM (
                      SELECT r2.reopened_by_name AS name,
                        r2.reopened_by_email AS email,
                        r2.reopened_by_organization_name AS organization_name
                      WHERE r2.reopened_by_member_id IS NOT NULL) AS r4) AS r5$) AS "reopenedBy") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $1::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r6.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r1.id AS id,
              r1.starts_on AS starts_on,
              r1.status AS status,
              r1.reopened_by_name AS reopened_by_name,
              r1.reopened_by_email AS reopened_by_email,
              r1.reopened_by_organization_name AS reopened_by_organization_name,
              r1.reopened_by_member_id AS reopened_by_member_id,
              r1.starts_on AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT accounting_period.id AS id,
                accounting_period.starts_on AS starts_on,
                accounting_period.status AS status,
                accounting_period.reopened_by_member_id AS reopened_by_member_id,
                accounting_period.reopened_by_name AS reopened_by_name,
                accounting_period.reopened_by_email AS reopened_by_email,
                accounting_period.reopened_by_organization_name AS reopened_by_organization_name
              FROM accounting_period
              WHERE true) AS r1
            ORDER BY r1.starts_on DESC,
              r1.id DESC
            LIMIT $1::INTEGER + 1) AS r6) AS r2) AS r3) AS "accountingPeriods") AS o$) AS json_object_of_1
