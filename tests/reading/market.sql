create schema app;
create function app.currency_digits(code text) returns int language sql immutable
  return case code when 'JPY' then 0 when 'KWD' then 3 else 2 end;
create function app.round_half_even(value numeric, digits int) returns numeric language sql immutable
  return case when abs(value * 10 ^ digits - trunc(value * 10 ^ digits)) = 0.5
              then 2 * round(value * 10 ^ digits / 2) / 10 ^ digits else round(value, digits) end;
