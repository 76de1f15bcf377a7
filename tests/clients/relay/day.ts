// A day of a front end on Relay: its runtime, its store, and the artifacts that its compiler made of `screens.ts`.
import {
  Environment,
  Network,
  RecordSource,
  Store,
  commitMutation,
  fetchQuery,
  getSingularSelector,
  type ConcreteRequest,
  type OperationType,
  type ReaderFragment,
} from "relay-runtime";

import anythingQuery, { type screensAnythingQuery } from "./__generated__/screensAnythingQuery.graphql";
import nextPageQuery, { type screensBrowseNextPageQuery } from "./__generated__/screensBrowseNextPageQuery.graphql";
import browsePage, { type screensBrowse_page$key } from "./__generated__/screensBrowse_page.graphql";
import browseQuery, { type OfferingFilter, type screensBrowseQuery } from "./__generated__/screensBrowseQuery.graphql";
import cardFragment, { type screensCard_offering$key } from "./__generated__/screensCard_offering.graphql";
import contractQuery, { type screensContractQuery } from "./__generated__/screensContractQuery.graphql";
import invoiceQuery, { type screensInvoiceQuery } from "./__generated__/screensInvoiceQuery.graphql";
import obligations, { type screensObligations_contract$key } from "./__generated__/screensObligations_contract.graphql";
import earlierObligationsQuery, {
  type screensObligationsPreviousPageQuery,
} from "./__generated__/screensObligationsPreviousPageQuery.graphql";
import reviewMutation, { type screensReviewMutation } from "./__generated__/screensReviewMutation.graphql";
import waterfallAgainQuery, { type screensWaterfallAgainQuery } from "./__generated__/screensWaterfallAgainQuery.graphql";
import waterfall, { type screensWaterfall_invoice$key } from "./__generated__/screensWaterfall_invoice.graphql";
import moreWorkQuery, { type screensWorkNextPageQuery } from "./__generated__/screensWorkNextPageQuery.graphql";
import work, { type screensWork_contract$key } from "./__generated__/screensWork_contract.graphql";

type Given = "url" | "sends" | "token" | "contractId" | "invoiceId" | "submissionId" | "workRecordId";
const given = JSON.parse(process.argv[2] ?? "{}") as Record<Given, string>;
const { contractId, invoiceId, submissionId, workRecordId } = given;

const filter: OfferingFilter = { currency: ["USD"], unit: ["HOUR"] };

const environment = new Environment({
  store: new Store(new RecordSource()),
  network: Network.create(async ({ id, text }, variables) => {
    const headers = { authorization: `Bearer ${given.token}`, "content-type": "application/json" };
    const body = JSON.stringify({ ...(given.sends === "query" ? { query: text } : { documentId: id }), variables });
    const answer = await (await fetch(given.url, { method: "POST", headers, body })).json();
    if (answer.errors) throw new Error(JSON.stringify(answer));
    return answer;
  }),
});

async function ask<Query extends OperationType>(query: ConcreteRequest, variables: Query["variables"]) {
  const data = await fetchQuery<Query>(environment, query, variables).toPromise();
  if (!data) throw new Error(`nothing came of ${query.params.name}`);
  return data;
}

/** What a component sees of the store: its fragment's data, and all pages that came so far. */
function shown<Key extends { readonly " $data"?: unknown }>(fragment: ReaderFragment, reference: Key) {
  const selector = getSingularSelector(fragment, reference);
  return environment.lookup(selector).data as unknown as NonNullable<Key[" $data"]>;
}

async function browse() {
  const query = await ask<screensBrowseQuery>(browseQuery, { count: 2, filter });
  const page = () => shown<screensBrowse_page$key>(browsePage, query).offerings;
  const pages = [page().edges.length];
  while (page().pageInfo.hasNextPage) {
    await ask<screensBrowseNextPageQuery>(nextPageQuery, { count: 2, cursor: page().pageInfo.endCursor, filter });
    pages.push(page().edges.length);
  }
  return { pages, total: page().totalCount, cards: page().edges.map(({ node }) => card(node.title, node)) };
}

function card(title: string, reference: screensCard_offering$key) {
  const rates = shown(cardFragment, reference).rateCard.map(({ unit, unitPrice }) => `${unitPrice.amount}/${unit}`);
  return `${title}: ${rates.join(", ")}`;
}

async function contract() {
  const { contract } = await ask<screensContractQuery>(contractQuery, { id: contractId, withCost: true });
  if (!contract) throw new Error("not shown");
  const records = () => shown<screensWork_contract$key>(work, contract).workRecords;
  const due = () => shown<screensObligations_contract$key>(obligations, contract).obligations;
  const first = records().edges.length;
  await ask<screensWorkNextPageQuery>(moreWorkQuery, { id: contractId, count: 1, cursor: records().pageInfo.endCursor });
  const last = due().edges.map(({ node }) => node.dueOn);
  await ask<screensObligationsPreviousPageQuery>(earlierObligationsQuery, {
    id: contractId,
    cursor: due().pageInfo.startCursor,
  });
  const both = due().edges.map(({ node }) => node.dueOn);
  return {
    title: contract.title,
    records: [first, records().edges.length],
    obligations: [last.length, both.length],
    inOrder: both.slice(-last.length).join() === last.join() && both.join() === both.toSorted().join(),
  };
}

async function refetched(id: string) {
  const { node } = await ask<screensAnythingQuery>(anythingQuery, { id });
  if (node?.__typename !== "Contract" || !node.work) throw new Error("no contract");
  return shown<screensWork_contract$key>(work, node.work).id === id;
}

function review() {
  const input = { submissionId, decisions: [{ workRecordId, acceptedQuantity: "1" }] };
  return new Promise((resolve, reject) =>
    commitMutation<screensReviewMutation>(environment, {
      mutation: reviewMutation,
      variables: { input },
      onCompleted: ({ reviewSubmission: { submission, userErrors } }) =>
        resolve([submission ?? null, userErrors.map(({ code, field }) => [code, field])]),
      onError: reject,
    }),
  );
}

async function invoice() {
  const { invoice } = await ask<screensInvoiceQuery>(invoiceQuery, { id: invoiceId });
  if (!invoice) throw new Error("not shown");
  const book = () => shown<screensWaterfall_invoice$key>(waterfall, invoice).openBook;
  const before = book()?.cost?.amount;
  await ask<screensWaterfallAgainQuery>(waterfallAgainQuery, { id: invoiceId });
  return [invoice.total.amount, before === book()?.cost?.amount, book()?.grossMarginPercent];
}

async function day() {
  const said = {
    browse: await browse(),
    contract: await contract(),
    refetched: await refetched(contractId),
    review: await review(),
    invoice: await invoice(),
  };
  console.log(JSON.stringify(said));
}

day();
