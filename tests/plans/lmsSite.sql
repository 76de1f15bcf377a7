SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r17$) AS row_to_json_1
      FROM (
        SELECT 'sit_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.name AS name,
          r1.system AS system,
          r1.condition AS condition,
          rtrim(rtrim(to_char(r1.condition_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "conditionSince",
          r1.capabilities AS capabilities,
          cardinality(r1.protected_member_numbers) AS "protectedCount",
          CASE WHEN app.sees_learners(r1.contract_id, r1.association_id, r1.vendor_id, r1.id) THEN r1.protected_member_numbers END AS "protectedMemberNumbers",
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT 'con_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS id,
              r2.title AS title
            FROM contract AS r2
            WHERE r2.id = r1.contract_id) AS r3$) AS contract,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT r4.name AS name
            FROM (
              SELECT r1.connected_by_name AS name,
                r1.connected_by_email AS email,
                r1.connected_by_organization_name AS organization_name) AS r4) AS r5$) AS "connectedBy",
          (
          SELECT row_to_json(r7$) AS row_to_json_4
          FROM (
            SELECT CAST(round(app.round_half_even(r6.percent, 2), 2) AS TEXT) AS percent,
              CAST(CASE WHEN (r6.percent IS NOT NULL) THEN NULL WHEN (r6.maintenance_minutes > $1::INTEGER) THEN $2::VARCHAR ELSE $3::VARCHAR END AS TEXT) AS gap
            FROM (
              SELECT anon_1.starts_at AS starts_at,
                anon_1.ends_at AS ends_at,
                anon_1.probes AS probes,
                anon_1.observed_minutes AS observed_minutes,
                anon_1.unobserved_minutes AS unobserved_minutes,
                anon_1.maintenance_minutes AS maintenance_minutes,
                anon_1.up_minutes AS up_minutes,
                anon_1.percent AS percent
              FROM app.lms_uptime(r1.contract_id, r1.id, now() - $4::INTERVAL, now()) AS anon_1) AS r6) AS r7$) AS uptime,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r10.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT rtrim(rtrim(to_char(r9.probed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "probedAt",
                      r9.condition AS "condition",
                      r9.planned AS "planned") AS o$) ORDER BY r9.page_position) FILTER (WHERE r9.page_position <= $5::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r11.*,
                row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
              FROM (
                SELECT r8.probed_at AS probed_at,
                  r8.condition AS condition,
                  r8.planned AS planned,
                  r8.probed_at AS page_order_0,
                  r8.contract_id AS page_order_1,
                  r8.id AS page_order_2
                FROM lms_probe AS r8
                WHERE r8.contract_id = r1.contract_id AND r8.site_id = r1.id
                ORDER BY r8.probed_at DESC,
                  r8.contract_id DESC,
                  r8.id DESC
                LIMIT $5::INTEGER + 1) AS r11) AS r9) AS r10) AS probes,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT (
                SELECT count(*) AS count_1
                FROM lms_maintenance AS r15
                WHERE r15.contract_id = r1.contract_id AND r15.site_id = r1.id AND r15.withdrawn_at IS NULL) AS "totalCount",
                r14.part_0 AS "nodes") AS o$) AS json_object_of_3
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT rtrim(rtrim(to_char(lower(r13.during) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "startsAt",
                      rtrim(rtrim(to_char(upper(r13.during) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "endsAt",
                      r13.withdrawn_at IS NULL AND (r13.during @> now()) AS "inForce") AS o$) ORDER BY r13.page_position) FILTER (WHERE r13.page_position <= $6::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r16.*,
                row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
              FROM (
                SELECT r12.during AS during,
                  r12.withdrawn_at AS withdrawn_at,
                  lower(r12.during) AS page_order_0,
                  r12.contract_id AS page_order_1,
                  r12.id AS page_order_2
                FROM lms_maintenance AS r12
                WHERE r12.contract_id = r1.contract_id AND r12.site_id = r1.id AND r12.withdrawn_at IS NULL
                ORDER BY lower(r12.during) DESC,
                  r12.contract_id DESC,
                  r12.id DESC
                LIMIT $6::INTEGER + 1) AS r16) AS r13) AS r14) AS maintenances
        FROM (
          SELECT lms_site.contract_id AS contract_id,
            lms_site.id AS id,
            lms_site.association_id AS association_id,
            lms_site.vendor_id AS vendor_id,
            lms_site.name AS name,
            lms_site.system AS system,
            lms_site.protected_member_numbers AS protected_member_numbers,
            lms_site.condition AS condition,
            lms_site.condition_since AS condition_since,
            lms_site.capabilities AS capabilities,
            lms_site.connected_by_name AS connected_by_name,
            lms_site.connected_by_email AS connected_by_email,
            lms_site.connected_by_organization_name AS connected_by_organization_name
          FROM lms_site
          WHERE lms_site.contract_id = $7::UUID AND lms_site.id = $8::UUID AND lms_site.vendor_id = $9::UUID) AS r1) AS r17$) AS "lmsSite") AS o$) AS json_object_of_1
