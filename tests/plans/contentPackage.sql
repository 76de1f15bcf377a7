SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r35$) AS row_to_json_1
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
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT (
                SELECT count(*) AS count_1
                FROM package_finding AS r9
                WHERE r9.contract_id = r1.contract_id AND r9.package_id = r1.id AND r9.severity = ANY ($1::TEXT[])) AS "totalCount",
                r8.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r7.rule AS "rule",
                      r7.message AS "message",
                      r7.file AS "file") AS o$) ORDER BY r7.page_position) FILTER (WHERE r7.page_position <= $2::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r10.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
              FROM (
                SELECT r6.rule AS rule,
                  r6.message AS message,
                  r6.file AS file,
                  r6.position AS page_order_0,
                  r6.contract_id AS page_order_1,
                  r6.id AS page_order_2
                FROM package_finding AS r6
                WHERE r6.contract_id = r1.contract_id AND r6.package_id = r1.id AND r6.severity = ANY ($1::TEXT[])
                ORDER BY r6.position ASC,
                  r6.contract_id ASC,
                  r6.id ASC
                LIMIT $2::INTEGER + 1) AS r10) AS r7) AS r8) AS findings,
          CASE WHEN r1.accessibility_scanned THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT (
              SELECT (
                SELECT row_to_json(o$)
                FROM (
                  SELECT (
                    SELECT count(*) AS count_2
                    FROM accessibility_finding AS r14
                    WHERE r14.contract_id = r1.contract_id AND r14.package_id = r1.id AND r14.certain IS true) AS "totalCount",
                    r13.part_0 AS "nodes") AS o$) AS json_object_of_3
              FROM (
                SELECT coalesce(json_agg((
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT r12.rule AS "rule",
                          r12.element_count AS "elementCount") AS o$) ORDER BY r12.page_position) FILTER (WHERE r12.page_position <= $3::INTEGER), '[]'::json) AS part_0
                FROM (
                  SELECT r15.*,
                    row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
                  FROM (
                    SELECT r11.rule AS rule,
                      r11.element_count AS element_count,
                      r11.position AS page_order_0,
                      r11.contract_id AS page_order_1,
                      r11.id AS page_order_2
                    FROM accessibility_finding AS r11
                    WHERE r11.contract_id = r1.contract_id AND r11.package_id = r1.id AND r11.certain IS true
                    ORDER BY r11.position ASC,
                      r11.contract_id ASC,
                      r11.id ASC
                    LIMIT $3::INTEGER + 1) AS r15) AS r12) AS r13) AS "violations",
              (
              SELECT (
                SELECT row_to_json(o$)
                FROM (
                  SELECT (
                    SELECT count(*) AS count_3
                    FROM accessibility_finding AS r19
                    WHERE r19.contract_id = r1.contract_id AND r19.package_id = r1.id AND r19.certain IS false) AS "totalCount",
                    r18.part_0 AS "nodes") AS o$) AS json_object_of_4
              FROM (
                SELECT coalesce(json_agg((
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT r17.rule AS "rule") AS o$) ORDER BY r17.page_position) FILTER (WHERE r17.page_position <= $4::INTEGER), '[]'::json) AS part_0
                FROM (
                  SELECT r20.*,
                    row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
                  FROM (
                    SELECT r16.rule AS rule,
                      r16.position AS page_order_0,
                      r16.contract_id AS page_order_1,
                      r16.id AS page_order_2
                    FROM accessibility_finding AS r16
                    WHERE r16.contract_id = r1.contract_id AND r16.package_id = r1.id AND r16.certain IS false
                    ORDER BY r16.position ASC,
                      r16.contract_id ASC,
                      r16.id ASC
                    LIMIT $4::INTEGER + 1) AS r20) AS r17) AS r18) AS "needsReview") AS o$) ELSE NULL END AS "accessibilityScan",
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r23.part_0 AS "nodes") AS o$) AS json_object_of_5
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT (
                      SELECT row_to_json(r25$) AS row_to_json_4
                      FROM (
                        SELECT r24.name AS name
                        FROM (
                          SELECT r22.signed_by_name AS name,
                            r22.signed_by_email AS email,
                            r22.signed_by_organization_name AS organization_name) AS r24) AS r25$) AS "signedBy",
                      (
                      SELECT coalesce(json_agg(r27$), '[]'::json) AS coalesce_1
                      FROM (
                        SELECT r26.criterion AS criterion,
                          r26.answer AS answer
                        FROM accessibility_answer AS r26
                        WHERE r26.contract_id = r22.contract_id AND r26.review_id = r22.id
                        ORDER BY r26.position) AS r27$) AS "answers") AS o$) ORDER BY r22.page_position) FILTER (WHERE r22.page_position <= $5::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r28.*,
                row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
              FROM (
                SELECT r21.signed_by_name AS signed_by_name,
                  r21.signed_by_email AS signed_by_email,
                  r21.signed_by_organization_name AS signed_by_organization_name,
                  r21.contract_id AS contract_id,
                  r21.id AS id,
                  r21.signed_at AS page_order_0,
                  r21.contract_id AS page_order_1,
                  r21.id AS page_order_2
                FROM accessibility_review AS r21
                WHERE r21.contract_id = r1.contract_id AND r21.package_id = r1.id
                ORDER BY r21.signed_at DESC,
                  r21.contract_id DESC,
                  r21.id DESC
                LIMIT $5::INTEGER + 1) AS r28) AS r22) AS r23) AS "accessibilityReviews",
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r31.part_0 AS "nodes") AS o$) AS json_object_of_6
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r30.rules AS "rules",
                      r30.ends_on AS "endsOn",
                      (
                      SELECT row_to_json(r33$) AS row_to_json_5
                      FROM (
                        SELECT r32.name AS name
                        FROM (
                          SELECT r30.signed_by_name AS name,
                            r30.signed_by_email AS email,
                            r30.signed_by_organization_name AS organization_name) AS r32) AS r33$) AS "signedBy") AS o$) ORDER BY r30.page_position) FILTER (WHERE r30.page_position <= $6::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r34.*,
                row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
              FROM (
                SELECT r29.rules AS rules,
                  r29.ends_on AS ends_on,
                  r29.signed_by_name AS signed_by_name,
                  r29.signed_by_email AS signed_by_email,
                  r29.signed_by_organization_name AS signed_by_organization_name,
                  r29.signed_at AS page_order_0,
                  r29.contract_id AS page_order_1,
                  r29.id AS page_order_2
                FROM package_waiver AS r29
                WHERE r29.contract_id = r1.contract_id AND r29.package_id = r1.id
                ORDER BY r29.signed_at DESC,
                  r29.contract_id DESC,
                  r29.id DESC
                LIMIT $6::INTEGER + 1) AS r34) AS r30) AS r31) AS waivers
        FROM (
          SELECT content_package.contract_id AS contract_id,
            content_package.id AS id,
            content_package.site_id AS site_id,
            content_package.evidence_id AS evidence_id,
            content_package.title AS title,
            content_package.status AS status,
            content_package.verdict AS verdict,
            content_package.accessibility_scanned AS accessibility_scanned
          FROM content_package
          WHERE content_package.contract_id = $7::UUID AND content_package.id = $8::UUID AND content_package.association_id = $9::UUID) AS r1) AS r35$) AS "contentPackage") AS o$) AS json_object_of_1
