// PostGraphile as its manual says for production: https://postgraphile.org/postgraphile/5/production
import { TYPES } from "postgraphile/@dataplan/pg";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { addPgTableCondition, pgSmartTags, TagsFilePlugin } from "postgraphile/utils";

import { contextOf, pool } from "./actor.mjs";

const SHOWN = new Set([
  "catalog_listing",
  "contract",
  "evidence",
  "organization",
  "rate_card_entry",
  "service_level",
  "work_record",
]);

// the other tables would only make a larger schema
const leaner = pgSmartTags({
  kind: "class",
  match: (table) => table.getNamespace().nspname === "public" && !SHOWN.has(table.relname),
  tags: { behavior: "-*" },
});

// Conditions compare whole columns; "in this language" looks into one. Not by `&&`: the plan that PostgreSQL keeps for all
// languages would then read a GIN index and sort what most offerings are in, instead of walking the newest first.
const inLanguage = addPgTableCondition(
  { schemaName: "public", tableName: "catalog_listing" },
  "language",
  ({ dataplanPg: { sqlValueWithCodec }, graphql: { GraphQLString } }) => ({
    type: GraphQLString,
    apply(condition, language) {
      condition.where(
        (sql) => sql`${sqlValueWithCodec(language, TYPES.text)} = any (${condition.alias}.languages)`,
      );
    },
  }),
);

export default {
  extends: [PostGraphileAmberPreset],
  plugins: [TagsFilePlugin, leaner, inLanguage],
  pgServices: [makePgService({ pool, schemas: ["public", "bench_postgraphile"], pubsub: false })],
  gather: { pgStrictFunctions: true },
  schema: { defaultBehavior: "+list -insert -update -delete", dontSwallowErrors: true },
  grafast: { context: contextOf, explain: false },
  grafserv: { graphiql: false, graphqlOverGET: false, websockets: false, watch: false },
};
