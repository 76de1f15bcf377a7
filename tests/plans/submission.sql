SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r8$) AS row_to_json_1
      FROM (
        SELECT 'sub_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.status AS status,
          r1.deemed AS deemed,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT 'con_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS id,
              r2.title AS title
            FROM contract AS r2
            WHERE r2.id = r1.contract_id) AS r3$) AS contract,
          (
          SELECT coalesce(json_agg(r7$), '[]'::json) AS coalesce_1
          FROM (
            SELECT 'wrk_' || translate(encode(uuid_send(r4.contract_id) || uuid_send(r4.id), 'base64'), E'+/=\n', '-_') AS id,
              CAST(trim_scale(r4.quantity) AS TEXT) AS quantity,
              (
              SELECT row_to_json(r6$) AS row_to_json_3
              FROM (
                SELECT CAST(trim_scale(r5.accepted_quantity) AS TEXT) AS "acceptedQuantity"
                FROM decision AS r5
                WHERE r5.contract_id = r4.contract_id AND r5.work_record_id = r4.id AND r5.submission_id = r4.submission_id AND r5.reversed_at IS NULL) AS r6$) AS decision
            FROM (
              SELECT work_record.contract_id AS contract_id,
                work_record.id AS id,
                work_record.quantity AS quantity,
                work_record.submission_id AS submission_id,
                submission_record.position AS position
              FROM submission_record JOIN work_record ON submission_record.contract_id = work_record.contract_id AND submission_record.work_record_id = work_record.id
              WHERE submission_record.contract_id = r1.contract_id AND submission_record.submission_id = r1.id) AS r4
            ORDER BY r4.position) AS r7$) AS "workRecords"
        FROM (
          SELECT submission.contract_id AS contract_id,
            submission.id AS id,
            submission.status AS status,
            submission.deemed AS deemed
          FROM submission
          WHERE submission.contract_id = $1::UUID AND submission.id = $2::UUID AND submission.association_id = $3::UUID) AS r1) AS r8$) AS "submission") AS o$) AS json_object_of_1
