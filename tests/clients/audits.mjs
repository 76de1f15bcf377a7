// Runs the server audits of `graphql-http` against a URL, and prints every result as JSON.
import { serverAudits } from "graphql-http";

const [url] = process.argv.slice(2);
const results = [];
for (const audit of serverAudits({ url })) {
  const { id, name, status, reason = "" } = await audit.fn();
  results.push({ id, name, status, reason });
}
console.log(JSON.stringify(results));
