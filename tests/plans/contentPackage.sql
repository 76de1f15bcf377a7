SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r37$) AS row_to_json_1
      FROM (
        SELECT 'pkg_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.title AS title,
          r1.status AS status,
          r1.verdict AS verdict,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.name AS name
            FROM lms_site AS r2
            WHERE r2.contract_id = r1.contract_id AND r2.id = r1.site_id) AS r3$) AS site,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT r4.sha256 AS sha256
            FROM evidence AS r4
            WHERE r4.contract_id = r1.contract_id AND r4.id = r1.evidence_id) AS r5$) AS file,
          (
          SELECT row_to_json(r7$) AS row_to_json_4
          FROM (
            SELECT 'pln_' || translate(encode(uuid_send(r6.contract_id) || uuid_send(r6.id), 'base64'), E'+/=\n', '-_') AS id,
              r6.status AS status
            FROM lms_plan AS r6
            WHERE r6.contract_id = r1.contract_id AND r6.id = r1.plan_id) AS r7$) AS plan,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT (
                SELECT count(*) AS count_1
                FROM package_finding AS r11
                WHERE r11.contract_id = r1.contract_id AND r11.package_id = r1.id AND r11.severity = ANY ($1::TEXT[])) AS "totalCount",
                r10.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r9.rule AS "rule",
                      r9.message AS "message",
                      r9.file AS "file") AS o$) ORDER BY r9.page_position) FILTER (WHERE r9.page_position <= $2::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r12.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
              FROM (
                SELECT r8.rule AS rule,
                  r8.message AS message,
                  r8.file AS file,
                  r8.position AS page_order_0,
                  r8.contract_id AS page_order_1,
                  r8.id AS page_order_2
                FROM package_finding AS r8
                WHERE r8.contract_id = r1.contract_id AND r8.package_id = r1.id AND r8.severity = ANY ($1::TEXT[])
                ORDER BY r8.position ASC,
                  r8.contract_id ASC,
                  r8.id ASC
                LIMIT $2::INTEGER + 1) AS r12) AS r9) AS r10) AS findings,
          CASE WHEN r1.accessibility_scanned THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT (
              SELECT (
                SELECT row_to_json(o$)
                FROM (
                  SELECT (
                    SELECT count(*) AS count_2
                    FROM accessibility_finding AS r16
                    WHERE r16.contract_id = r1.contract_id AND r16.package_id = r1.id AND r16.certain IS true) AS "totalCount",
                    r15.part_0 AS "nodes") AS o$) AS json_object_of_3
              FROM (
                SELECT coalesce(json_agg((
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT r14.rule AS "rule",
                          r14.element_count AS "elementCount") AS o$) ORDER BY r14.page_position) FILTER (WHERE r14.page_position <= $3::INTEGER), '[]'::json) AS part_0
                FROM (
                  SELECT r17.*,
                    row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
                  FROM (
                    SELECT r13.rule AS rule,
                      r13.element_count AS element_count,
                      r13.position AS page_order_0,
                      r13.contract_id AS page_order_1,
                      r13.id AS page_order_2
                    FROM accessibility_finding AS r13
                    WHERE r13.contract_id = r1.contract_id AND r13.package_id = r1.id AND r13.certain IS true
                    ORDER BY r13.position ASC,
                      r13.contract_id ASC,
                      r13.id ASC
                    LIMIT $3::INTEGER + 1) AS r17) AS r14) AS r15) AS "violations",
              (
              SELECT (
                SELECT row_to_json(o$)
                FROM (
                  SELECT (
                    SELECT count(*) AS count_3
                    FROM accessibility_finding AS r21
                    WHERE r21.contract_id = r1.contract_id AND r21.package_id = r1.id AND r21.certain IS false) AS "totalCount",
                    r20.part_0 AS "nodes") AS o$) AS json_object_of_4
              FROM (
                SELECT coalesce(json_agg((
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT r19.rule AS "rule") AS o$) ORDER BY r19.page_position) FILTER (WHERE r19.page_position <= $4::INTEGER), '[]'::json) AS part_0
                FROM (
                  SELECT r22.*,
                    row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
                  FROM (
                    SELECT r18.rule AS rule,
                      r18.position AS page_order_0,
                      r18.contract_id AS page_order_1,
                      r18.id AS page_order_2
                    FROM accessibility_finding AS r18
                    WHERE r18.contract_id = r1.contract_id AND r18.package_id = r1.id AND r18.certain IS false
                    ORDER BY r18.position ASC,
                      r18.contract_id ASC,
                      r18.id ASC
                    LIMIT $4::INTEGER + 1) AS r22) AS r19) AS r20) AS "needsReview") AS o$) ELSE NULL END AS "accessibilityScan",
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r25.part_0 AS "nodes") AS o$) AS json_object_of_5
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT (
                      SELECT row_to_json(r27$) AS row_to_json_5
                      FROM (
                        SELECT r26.name AS name
                        FROM (
                          SELECT r24.signed_by_name AS name,
                            r24.signed_by_email AS email,
                            r24.signed_by_organization_name AS organization_name) AS r26) AS r27$) AS "signedBy",
                      (
                      SELECT coalesce(json_agg(r29$), '[]'::json) AS coalesce_1
                      FROM (
                        SELECT r28.criterion AS criterion,
                          r28.answer AS answer
                        FROM accessibility_answer AS r28
                        WHERE r28.contract_id = r24.contract_id AND r28.review_id = r24.id
                        ORDER BY r28.position) AS r29$) AS "answers") AS o$) ORDER BY r24.page_position) FILTER (WHERE r24.page_position <= $5::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r30.*,
                row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
              FROM (
                SELECT r23.signed_by_name AS signed_by_name,
                  r23.signed_by_email AS signed_by_email,
                  r23.signed_by_organization_name AS signed_by_organization_name,
                  r23.contract_id AS contract_id,
                  r23.id AS id,
                  r23.signed_at AS page_order_0,
                  r23.contract_id AS page_order_1,
                  r23.id AS page_order_2
                FROM accessibility_review AS r23
                WHERE r23.contract_id = r1.contract_id AND r23.package_id = r1.id
                ORDER BY r23.signed_at DESC,
                  r23.contract_id DESC,
                  r23.id DESC
                LIMIT $5::INTEGER + 1) AS r30) AS r24) AS r25) AS "accessibilityReviews",
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r33.part_0 AS "nodes") AS o$) AS json_object_of_6
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r32.rules AS "rules",
                      r32.ends_on AS "endsOn",
                      (
                      SELECT row_to_json(r35$) AS row_to_json_6
                      FROM (
                        SELECT r34.name AS name
                        FROM (
                          SELECT r32.signed_by_name AS name,
                            r32.signed_by_email AS email,
                            r32.signed_by_organization_name AS organization_name) AS r34) AS r35$) AS "signedBy") AS o$) ORDER BY r32.page_position) FILTER (WHERE r32.page_position <= $6::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r36.*,
                row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
              FROM (
                SELECT r31.rules AS rules,
                  r31.ends_on AS ends_on,
                  r31.signed_by_name AS signed_by_name,
                  r31.signed_by_email AS signed_by_email,
                  r31.signed_by_organization_name AS signed_by_organization_name,
                  r31.signed_at AS page_order_0,
                  r31.contract_id AS page_order_1,
                  r31.id AS page_order_2
                FROM package_waiver AS r31
                WHERE r31.contract_id = r1.contract_id AND r31.package_id = r1.id
                ORDER BY r31.signed_at DESC,
                  r31.contract_id DESC,
                  r31.id DESC
                LIMIT $6::INTEGER + 1) AS r36) AS r32) AS r33) AS waivers
        FROM (
          SELECT content_package.contract_id AS contract_id,
            content_package.id AS id,
            content_package.site_id AS site_id,
            content_package.evidence_id AS evidence_id,
            content_package.title AS title,
            content_package.status AS status,
            content_package.verdict AS verdict,
            content_package.accessibility_scanned AS accessibility_scanned,
            content_package.plan_id AS plan_id
          FROM content_package
          WHERE content_package.contract_id = $7::UUID AND content_package.id = $8::UUID AND content_package.association_id = $9::UUID) AS r1) AS r37$) AS "contentPackage") AS o$) AS json_object_of_1
