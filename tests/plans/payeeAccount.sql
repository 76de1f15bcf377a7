SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r2$) AS row_to_json_1
      FROM (
        SELECT r1.status AS status,
          r1.requirements AS requirements,
          r1.onboarding_url AS "onboardingUrl"
        FROM (
          SELECT payee_account.status AS status,
            payee_account.requirements AS requirements,
            payee_account.onboarding_url AS onboarding_url
          FROM payee_account
          WHERE payee_account.vendor_id = $1::UUID) AS r1) AS r2$) AS "payeeAccount") AS o$) AS json_object_of_1
