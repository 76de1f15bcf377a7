SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r6$) AS row_to_json_1
      FROM (
        SELECT 'cer_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.status AS status,
          regexp_replace(r1.number, '(.{4})(?=.)', '\1-', 'g') AS number,
          ('/verify/' || regexp_replace(r1.number, '(.{4})(?=.)', '\1-', 'g')) || '' AS "verificationPath",
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT CAST(trim_scale(r2.quantity) AS TEXT) AS quantity,
              r2.earned_on AS "earnedOn"
            FROM credit_entry AS r2
            WHERE r2.contract_id = r1.contract_id AND r2.certificate_id = r1.id AND r2.kind != 'REVOKED') AS r3$) AS entry,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT 'cer_' || translate(encode(uuid_send(r4.contract_id) || uuid_send(r4.id), 'base64'), E'+/=\n', '-_') AS id
            FROM (
              SELECT certificate.contract_id AS contract_id,
                certificate.id AS id
              FROM certificate JOIN credit_entry ON credit_entry.contract_id = certificate.contract_id AND credit_entry.certificate_id = certificate.id
              WHERE credit_entry.contract_id = r1.contract_id AND credit_entry.replaces_certificate_id = r1.id) AS r4) AS r5$) AS "replacedBy"
        FROM (
          SELECT certificate.contract_id AS contract_id,
            certificate.id AS id,
            certificate.status AS status,
            certificate.number AS number
          FROM certificate
          WHERE certificate.contract_id = $1::UUID AND certificate.id = $2::UUID AND certificate.association_id = $3::UUID) AS r1) AS r6$) AS "certificate") AS o$) AS json_object_of_1
