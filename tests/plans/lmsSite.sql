SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r30$) AS row_to_json_1
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
          SELECT row_to_json(r16$) AS row_to_json_2
          FROM (
            SELECT 'con_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS id,
              (
              SELECT (
                SELECT row_to_json(o$)
                FROM (
                  SELECT (
                    SELECT count(*) AS count_1
                    FROM (
                      SELECT coalesce(lms_grant.id, contract_grant.id) AS id,
                        contract_grant.id AS grant_id,
                        lms_grant.id AS narrowing_id,
                        coalesce(lms_grant.operations, '{ROSTER_IMPORT,ENROL,UNENROL,SUSPEND,RESTORE,RESET_ACCESS,CREATE_COURSE,PUBLISH_PACKAGE,SYNC_COMPLETIONS,UNDO}'::text[]) AS operations,
                        app.lms_last_act(contract_grant.contract_id, contract_grant.member_id, lms_grant.site_id) AS last_acted_at
                      FROM contract_grant LEFT OUTER JOIN lms_grant ON contract_grant.role = $1::VARCHAR AND lms_grant.contract_id = contract_grant.contract_id AND lms_grant.grant_id = contract_grant.id AND lms_grant.lifted_at IS NULL
                      WHERE contract_grant.contract_id = r2.id AND (contract_grant.role = $2::VARCHAR OR contract_grant.role = $3::VARCHAR) AND contract_grant.revoked_at IS NULL AND (contract_grant.effective @> now())) AS r6) AS "totalCount",
                    r5.part_0 AS "nodes") AS o$) AS json_object_of_2
              FROM (
                SELECT coalesce(json_agg((
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT (
                          SELECT row_to_json(r8$) AS row_to_json_3
                          FROM (
                            SELECT r7.name AS name
                            FROM (
                              SELECT r4.name AS name,
                                r4.email AS email,
                                r4.organization_name AS organization_name) AS r7) AS r8$) AS "member",
                          r4.role AS "role",
                          (
                          SELECT row_to_json(r10$) AS row_to_json_4
                          FROM (
                            SELECT r9.name AS name
                            FROM lms_site AS r9
                            WHERE r9.contract_id = r4.contract_id AND r9.id = r4.site_id) AS r10$) AS "site",
                          r4.operations AS "operations",
                          r4.reason AS "reason",
                          (
                          SELECT row_to_json(r12$) AS row_to_json_5
                          FROM (
                            SELECT r11.name AS name
                            FROM (
                              SELECT r4.granted_by_name AS name,
                                r4.granted_by_email AS email,
                                r4.granted_by_organization_name AS organization_name) AS r11) AS r12$) AS "grantedBy",
                          rtrim(rtrim(to_char(r4.last_acted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "lastActedAt",
                          (
                          SELECT row_to_json(r14$) AS row_to_json_6
                          FROM (
                            SELECT 'ngr_' || translate(encode(uuid_send(r13.contract_id) || uuid_send(r13.id), 'base64'), E'+/=\n', '-_') AS id
                            FROM lms_grant AS r13
                            WHERE r13.contract_id = r4.contract_id AND r13.id = r4.narrowing_id) AS r14$) AS "narrowing") AS o$) ORDER BY r4.page_position) FILTER (WHERE r4.page_position <= $4::INTEGER), '[]'::json) AS part_0
                FROM (
                  SELECT r15.*,
                    row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC, page_order_3 ASC) AS page_position
                  FROM (
                    SELECT r3.name AS name,
                      r3.email AS email,
                      r3.organization_name AS organization_name,
                      r3.role AS role,
                      r3.contract_id AS contract_id,
                      r3.site_id AS site_id,
                      r3.operations AS operations,
                      r3.reason AS reason,
                      r3.granted_by_name AS granted_by_name,
                      r3.granted_by_email AS granted_by_email,
                      r3.granted_by_organization_name AS granted_by_organization_name,
                      r3.last_acted_at AS last_acted_at,
                      r3.narrowing_id AS narrowing_id,
                      r3.name AS page_order_0,
                      r3.granted_at AS page_order_1,
                      r3.contract_id AS page_order_2,
                      r3.id AS page_order_3
                    FROM (
                      SELECT contract_grant.contract_id AS contract_id,
                        coalesce(lms_grant.id, contract_grant.id) AS id,
                        contract_grant.id AS grant_id,
                        contract_grant.role AS role,
                        contract_grant.name AS name,
                        contract_grant.email AS email,
                        contract_grant.organization_name AS organization_name,
                        contract_grant.granted_at AS granted_at,
                        contract_grant.granted_by_name AS granted_by_name,
                        contract_grant.granted_by_email AS granted_by_email,
                        contract_grant.granted_by_organization_name AS granted_by_organization_name,
                        lms_grant.id AS narrowing_id,
                        lms_grant.site_id AS site_id,
                        coalesce(lms_grant.operations, '{ROSTER_IMPORT,ENROL,UNENROL,SUSPEND,RESTORE,RESET_ACCESS,CREATE_COURSE,PUBLISH_PACKAGE,SYNC_COMPLETIONS,UNDO}'::text[]) AS operations,
                        lms_grant.reason AS reason,
                        app.lms_last_act(contract_grant.contract_id, contract_grant.member_id, lms_grant.site_id) AS last_acted_at
                      FROM contract_grant LEFT OUTER JOIN lms_grant ON contract_grant.role = $1::VARCHAR AND lms_grant.contract_id = contract_grant.contract_id AND lms_grant.grant_id = contract_grant.id AND lms_grant.lifted_at IS NULL
                      WHERE contract_grant.contract_id = r2.id AND (contract_grant.role = $2::VARCHAR OR contract_grant.role = $3::VARCHAR) AND contract_grant.revoked_at IS NULL AND (contract_grant.effective @> now())) AS r3
                    ORDER BY r3.name ASC,
                      r3.granted_at ASC,
                      r3.contract_id ASC,
                      r3.id ASC
                    LIMIT $4::INTEGER + 1) AS r15) AS r4) AS r5) AS "lmsAccessReview"
            FROM contract AS r2
            WHERE r2.id = r1.contract_id) AS r16$) AS contract,
          (
          SELECT row_to_json(r18$) AS row_to_json_7
          FROM (
            SELECT r17.name AS name
            FROM (
              SELECT r1.connected_by_name AS name,
                r1.connected_by_email AS email,
                r1.connected_by_organization_name AS organization_name) AS r17) AS r18$) AS "connectedBy",
          (
          SELECT row_to_json(r20$) AS row_to_json_8
          FROM (
            SELECT CAST(round(app.round_half_even(r19.percent, 2), 2) AS TEXT) AS percent,
              CAST(CASE WHEN (r19.percent IS NOT NULL) THEN NULL WHEN (r19.maintenance_minutes > $5::INTEGER) THEN $6::VARCHAR ELSE $7::VARCHAR END AS TEXT) AS gap
            FROM (
              SELECT anon_1.starts_at AS starts_at,
                anon_1.ends_at AS ends_at,
                anon_1.probes AS probes,
                anon_1.observed_minutes AS observed_minutes,
                anon_1.unobserved_minutes AS unobserved_minutes,
                anon_1.maintenance_minutes AS maintenance_minutes,
                anon_1.up_minutes AS up_minutes,
                anon_1.percent AS percent
              FROM app.lms_uptime(r1.contract_id, r1.id, now() - $8::INTERVAL, now()) AS anon_1) AS r19) AS r20$) AS uptime,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r23.part_0 AS "nodes") AS o$) AS json_object_of_3
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT rtrim(rtrim(to_char(r22.probed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "probedAt",
                      r22.condition AS "condition",
                      r22.planned AS "planned") AS o$) ORDER BY r22.page_position) FILTER (WHERE r22.page_position <= $9::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r24.*,
                row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
              FROM (
                SELECT r21.probed_at AS probed_at,
                  r21.condition AS condition,
                  r21.planned AS planned,
                  r21.probed_at AS page_order_0,
                  r21.contract_id AS page_order_1,
                  r21.id AS page_order_2
                FROM lms_probe AS r21
                WHERE r21.contract_id = r1.contract_id AND r21.site_id = r1.id
                ORDER BY r21.probed_at DESC,
                  r21.contract_id DESC,
                  r21.id DESC
                LIMIT $9::INTEGER + 1) AS r24) AS r22) AS r23) AS probes,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT (
                SELECT count(*) AS count_2
                FROM lms_maintenance AS r28
                WHERE r28.contract_id = r1.contract_id AND r28.site_id = r1.id AND r28.withdrawn_at IS NULL) AS "totalCount",
                r27.part_0 AS "nodes") AS o$) AS json_object_of_4
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT rtrim(rtrim(to_char(lower(r26.during) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "startsAt",
                      rtrim(rtrim(to_char(upper(r26.during) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "endsAt",
                      r26.withdrawn_at IS NULL AND (r26.during @> now()) AS "inForce") AS o$) ORDER BY r26.page_position) FILTER (WHERE r26.page_position <= $10::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r29.*,
                row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
              FROM (
                SELECT r25.during AS during,
                  r25.withdrawn_at AS withdrawn_at,
                  lower(r25.during) AS page_order_0,
                  r25.contract_id AS page_order_1,
                  r25.id AS page_order_2
                FROM lms_maintenance AS r25
                WHERE r25.contract_id = r1.contract_id AND r25.site_id = r1.id AND r25.withdrawn_at IS NULL
                ORDER BY lower(r25.during) DESC,
                  r25.contract_id DESC,
                  r25.id DESC
                LIMIT $10::INTEGER + 1) AS r29) AS r26) AS r27) AS maintenances
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
          WHERE lms_site.contract_id = $11::UUID AND lms_site.id = $12::UUID AND lms_site.vendor_id = $13::UUID) AS r1) AS r30$) AS "lmsSite") AS o$) AS json_object_of_1
