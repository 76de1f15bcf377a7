SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r22$) AS row_to_json_1
      FROM (
        SELECT 'pln_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.operation AS operation,
          r1.status AS status,
          r1.plan_hash AS "planHash",
          r1.row_count AS "rowCount",
          r1.needs_second_person AS "needsSecondPerson",
          r1.refusal_code AS "refusalCode",
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.name AS name
            FROM lms_site AS r2
            WHERE r2.contract_id = r1.contract_id AND r2.id = r1.site_id) AS r3$) AS site,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT r4.key AS key
            FROM contract_line AS r4
            WHERE r4.contract_id = r1.contract_id AND r4.id = r1.line_id) AS r5$) AS line,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r8.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r7.row AS "row",
                      r7.field AS "field",
                      r7.code AS "code",
                      r7.message AS "message") AS o$) ORDER BY r7.page_position) FILTER (WHERE r7.page_position <= $1::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r9.*,
                row_number() OVER (ORDER BY page_order_0 ASC) AS page_position
              FROM (
                SELECT r6.row AS row,
                  r6.field AS field,
                  r6.code AS code,
                  r6.message AS message,
                  r6.place AS page_order_0
                FROM (
                  SELECT CAST(anon_1.value ->> $2::VARCHAR AS INTEGER) AS row,
                    CAST(anon_1.value ->> $3::VARCHAR AS TEXT) AS field,
                    CAST(anon_1.value ->> $4::VARCHAR AS TEXT) AS code,
                    CAST(anon_1.value ->> $5::VARCHAR AS TEXT) AS message,
                    CAST(anon_1.place AS INTEGER) AS place
                  FROM jsonb_array_elements(r1.faults)
                  WITH ORDINALITY AS anon_1(value, place)) AS r6
                ORDER BY r6.place ASC
                LIMIT $1::INTEGER + 1) AS r9) AS r7) AS r8) AS faults,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r12.part_0 AS "nodes") AS o$) AS json_object_of_3
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT 'plr_' || translate(encode(uuid_send(r11.contract_id) || uuid_send(r11.id), 'base64'), E'+/=\n', '-_') AS "id",
                      r11.position AS "position",
                      r11.member_number AS "memberNumber",
                      r11.action AS "action",
                      (
                      SELECT coalesce(json_agg(r14$), '[]'::json) AS coalesce_1
                      FROM (
                        SELECT r13.code AS code,
                          r13.message AS message
                        FROM (
                          SELECT anon_2.place AS place,
                            anon_2.code AS code,
                            words.message AS message
                          FROM unnest(r11.reasons)
                          WITH ORDINALITY AS anon_2(code, place) JOIN (VALUES ('CHANGED_USERNAME', 'The username changes.'), ('CHANGED_EMAIL', 'The e-mail address changes.'), ('CHANGED_GIVEN_NAME', 'The given name changes.'), ('CHANGED_FAMILY_NAME', 'The family name changes.'), ('CHANGED_STATE', 'It is suspended, or restored.'), ('CHANGED_STARTS_AT', 'The beginning changes.'), ('CHANGED_ENDS_AT', 'The end changes.'), ('DATES_NOT_READ', 'The LMS does not tell the dates it has; they are set anew.'), ('ABSENT_FROM_FILE', 'The member is on the roster and not in the file.'), ('NOT_THERE', 'It is not there, and need not be.'), ('NOT_SUPPORTED', 'The LMS cannot do this through its adapter; it becomes a manual task.'), ('MESSAGE_WAS_SENT', 'A message that the learner was sent cannot be taken back.'), ('PROTECTED', 'The account has rights of its own in the LMS, or is on the site''s list of the protected.'), ('DUPLICATE_IDENTITY', 'Several accounts carry this member number: a person has to find out which is right.'), ('USERNAME_TAKEN', 'The username is that of an account with another member number.'), ('USERNAME_NEEDED', 'An account has to be made, and its member number makes no username: name one.'), ('EMAIL_TAKEN', 'The e-mail address is that of another member on the roster.'), ('NO_SUCH_USER', 'No account carries this member number.'), ('NO_SUCH_COURSE', 'There is no course of this key.'), ('NO_SUCH_TEMPLATE', 'There is no course of the template''s key.'), ('COURSE_KEY_TAKEN', 'There is a course of this key, with another title.'), ('OTHER_ROLE', 'The member has another role in this course: end that enrolment first.'), ('CANNOT_BE_UNDONE', 'What was done cannot be undone.')) AS words (code, message) ON words.code = anon_2.code) AS r13
                        ORDER BY r13.place) AS r14$) AS "reasons",
                      (
                      SELECT row_to_json(r16$) AS row_to_json_4
                      FROM (
                        SELECT r15.email AS email,
                          r15.suspended AS suspended
                        FROM (
                          SELECT r11.desired ->> $6::TEXT AS username,
                            r11.desired ->> $7::TEXT AS email,
                            r11.desired ->> $8::TEXT AS given_name,
                            r11.desired ->> $9::TEXT AS family_name,
                            CAST(r11.desired ->> $10::TEXT AS BOOLEAN) AS suspended
                          WHERE (r11.subject_kind = $11::VARCHAR OR r11.subject_kind = $12::VARCHAR) AND r11.desired IS NOT NULL) AS r15) AS r16$) AS "desiredAccount",
                      (
                      SELECT row_to_json(r18$) AS row_to_json_5
                      FROM (
                        SELECT r17.email AS email,
                          r17.suspended AS suspended
                        FROM (
                          SELECT r11.observed ->> $13::TEXT AS username,
                            r11.observed ->> $14::TEXT AS email,
                            r11.observed ->> $15::TEXT AS given_name,
                            r11.observed ->> $16::TEXT AS family_name,
                            CAST(r11.observed ->> $17::TEXT AS BOOLEAN) AS suspended
                          WHERE (r11.subject_kind = $18::VARCHAR OR r11.subject_kind = $19::VARCHAR) AND r11.observed IS NOT NULL) AS r17) AS r18$) AS "observedAccount",
                      (
                      SELECT row_to_json(r20$) AS row_to_json_6
                      FROM (
                        SELECT r19.role AS role,
                          rtrim(rtrim(to_char(r19.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "endsAt"
                        FROM (
                          SELECT r11.observed ->> $20::TEXT AS role,
                            r11.observed ->> $21::TEXT AS state,
                            CAST(r11.observed ->> $22::TEXT AS TIMESTAMP WITH TIME ZONE) AS starts_at,
                            CAST(r11.observed ->> $23::TEXT AS TIMESTAMP WITH TIME ZONE) AS ends_at
                          WHERE r11.subject_kind = $24::VARCHAR AND r11.observed IS NOT NULL) AS r19) AS r20$) AS "observedEnrolment") AS o$) ORDER BY r11.page_position) FILTER (WHERE r11.page_position <= $25::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r21.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
              FROM (
                SELECT r10.contract_id AS contract_id,
                  r10.id AS id,
                  r10.position AS position,
                  r10.member_number AS member_number,
                  r10.action AS action,
                  r10.reasons AS reasons,
                  r10.desired AS desired,
                  r10.subject_kind AS subject_kind,
                  r10.observed AS observed,
                  r10.position AS page_order_0,
                  r10.contract_id AS page_order_1,
                  r10.id AS page_order_2
                FROM lms_plan_row AS r10
                WHERE r10.contract_id = r1.contract_id AND r10.plan_id = r1.id AND r10.action = $26::VARCHAR
                ORDER BY r10.position ASC,
                  r10.contract_id ASC,
                  r10.id ASC
                LIMIT $25::INTEGER + 1) AS r21) AS r11) AS r12) AS rows
        FROM (
          SELECT lms_plan.contract_id AS contract_id,
            lms_plan.id AS id,
            lms_plan.site_id AS site_id,
            lms_plan.line_id AS line_id,
            lms_plan.operation AS operation,
            lms_plan.status AS status,
            lms_plan.faults AS faults,
            lms_plan.refusal_code AS refusal_code,
            lms_plan.plan_hash AS plan_hash,
            lms_plan.row_count AS row_count,
            lms_plan.needs_second_person AS needs_second_person
          FROM lms_plan
          WHERE lms_plan.contract_id = $27::UUID AND lms_plan.id = $28::UUID AND lms_plan.vendor_id = $29::UUID) AS r1) AS r22$) AS "lmsPlan") AS o$) AS json_object_of_1
