// The connections, and whose rows they may show.
import { createWithPgClient } from "postgraphile/adaptors/pg";
import pg from "pg";

const NOBODY = "00000000-0000-0000-0000-000000000000";
const ANONYMOUS = [NOBODY, NOBODY, "ANONYMOUS", "", ""];
const SETTINGS = ["app.member_id", "app.organization_id", "app.organization_kind", "app.roles", "app.granted"];
const HEADERS = ["x-member-id", "x-organization-id", "x-organization-kind", "x-roles", "x-granted"];

// PGHOST, PGDATABASE and PGUSER say where; settings that every connection has, set once and not for each request
export const pool = new pg.Pool({
  max: Number(process.env.POOL_SIZE),
  options: Object.entries({
    timezone: "UTC",
    statement_timeout: "30000",
    search_path: "public,app",
    ...Object.fromEntries(SETTINGS.map((name, at) => [name, ANONYMOUS[at]])),
  })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" "),
});

const actorOf = (request) => {
  const { headers } = request.node.req;
  if (headers[HEADERS[0]] === undefined) return null;
  // HTTP drops the blank that ends the list of grants
  return HEADERS.map((name) => (name === "x-granted" ? `${headers[name]} ` : headers[name]));
};

// The adaptor that is shipped: settings are local to a transaction; who is nobody needs neither.
const inTransaction = (request) => {
  const actor = actorOf(request);
  return actor && { pgSettings: Object.fromEntries(SETTINGS.map((name, at) => [name, actor[at]])) };
};

// What the manual says of adaptors of one's own: a connection keeps its settings until it is used for somebody else.
// https://grafast.org/grafast/step-library/dataplan-pg/adaptors
const withPgClient = createWithPgClient({ pool });
const SET = {
  name: "actor",
  text: `select ${SETTINGS.map((name, at) => `set_config('${name}', $${at + 1}, false)`).join(", ")}`,
};
const kept = (request) => {
  const actor = actorOf(request) ?? ANONYMOUS;
  const key = actor.join("|");
  return {
    withPgClient: (_settings, callback) =>
      withPgClient(null, async (client) => {
        if (client.rawClient.carries !== key) {
          client.rawClient.carries = undefined;
          await client.query({ ...SET, values: actor });
          client.rawClient.carries = key;
        }
        return callback(client);
      }),
  };
};

export const contextOf = process.env.ACTOR === "kept" ? kept : inTransaction;
