SELECT (
  SELECT row_to_json(o)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o)
        FROM (
          SELECT 'sub_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS "id",
            r1.status AS "status",
            r1.deemed AS "deemed",
            (
            SELECT (
              SELECT row_to_json(o)
              FROM (
                SELECT 'con_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r2.title AS "title") AS o) AS json_object_of_3
            FROM contract AS r2
            WHERE r2.id = r1.contract_id) AS "contract",
            (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o)
                  FROM (
                    SELECT 'wrk_' || translate(encode(uuid_send(r3.contract_id) || uuid_send(r3.id), 'base64'), E'+/=\n', '-_') AS "id",
                      CAST(trim_scale(r3.quantity) AS TEXT) AS "quantity",
                      (
                      SELECT (
                        SELECT row_to_json(o)
                        FROM (
                          SELECT CAST(trim_scale(r4.accepted_quantity) AS TEXT) AS "acceptedQuantity") AS o) AS json_object_of_4
                      FROM decision AS r4
                      WHERE r4.contract_id = r3.contract_id AND r4.work_record_id = r3.id AND r4.submission_id = r3.submission_id AND r4.reversed_at IS NULL) AS "decision") AS o) ORDER BY r3.position), '[]'::json) AS coalesce_1
            FROM (
              SELECT work_record.contract_id AS contract_id,
                work_record.id AS id,
                work_record.quantity AS quantity,
                work_record.submission_id AS submission_id,
                submission_record.position AS position
              FROM submission_record JOIN work_record ON submission_record.contract_id = work_record.contract_id AND submission_record.work_record_id = work_record.id
              WHERE submission_record.contract_id = r1.contract_id AND submission_record.submission_id = r1.id) AS r3) AS "workRecords") AS o) AS json_object_of_2
      FROM (
        SELECT submission.contract_id AS contract_id,
          submission.id AS id,
          submission.status AS status,
          submission.deemed AS deemed
        FROM submission
        WHERE submission.contract_id = $1::UUID AND submission.id = $2::UUID AND submission.association_id = $3::UUID) AS r1) AS "submission") AS o) AS json_object_of_1
