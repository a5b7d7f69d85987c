// Prism's own router and validators over recorded exchanges, without its proxy: node judge.mjs SPECS < exchanges.jsonl > verdicts.jsonl
// A verdict names the operation and where a message departs from the description; it carries no value of the message.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import prism from '@stoplight/prism-http';
import validators from '@stoplight/prism-http/dist/validator/index.js';
import router from '@stoplight/prism-http/dist/router/index.js';

const { getHttpOperationsFromSpec } = prism;
const { validateInput, validateOutput, validateSecurity } = validators;
const specs = process.argv[2];
const route = router.default;

async function documentsOf(vendor) {
  const files = readdirSync(specs).filter(name => name.startsWith(`${vendor}-`) && name.endsWith('.json'));
  return Promise.all(files.map(async file => ({ file, resources: await getHttpOperationsFromSpec(join(specs, file)) })));
}

/** The most exact path wins, over all of the vendor's documents: /objects/contacts before /objects/{objectType}. */
function operationOf(documents, input) {
  const found = [];
  for (const { file, resources } of documents) {
    const match = route({ resources, input });
    if (match._tag === 'Right') found.push({ file, resource: match.right });
  }
  const templated = one => (one.resource.path.match(/\{/g) ?? []).length;
  return found.sort((a, b) => templated(a) - templated(b))[0];
}

function parsed(headers, text) {
  if (!text) return undefined;
  if (!/json/i.test(headers['content-type'] ?? '')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function queryOf(search) {
  const query = {};
  for (const [name, value] of new URLSearchParams(search))
    query[name] = name in query ? [query[name], value].flat() : value;
  return query;
}

const problem = (side, where, wanted, isWarning = false) => ({ side, where: where.replace(/\.\d+(?=\.|$)/g, '.*'), wanted, isWarning });

const failures = (side, result, isWarning) => result._tag === 'Right'
  ? []
  : [result.left].flat().map(one => problem(side, (one.path ?? []).join('.'), wanted(one.message ?? one.title), isWarning || (one.severity ?? 0) > 0));

/** What Ajv asks for, without the place, which is told beside it, and without anything that was sent. */
const wanted = message => String(message)
  .replace(/^(Request|Response) (body|headers?|query|path)( parameters?)?( property)?( (?!must)\S+)? (?=must)/, '')
  .replace(/(?<=media type )"[^"]*"/, 'of the message');

function unknownQueries(resource, query) {
  const known = new Set((resource.request?.query ?? []).map(one => one.name));
  // deepObject and array parameters are declared by their name alone or with brackets.
  const declared = name => known.has(name) || known.has(`${name}[]`) || known.has(name.replace(/\[.*$/, ''));
  return Object.keys(query).filter(name => !declared(name)).map(name => problem('request', `query.${name}`, 'a query parameter of the description'));
}

function judge(documents, exchange) {
  const [path, search = ''] = exchange.target.split('?', 2);
  const query = queryOf(search);
  const input = { method: exchange.method.toLowerCase(), url: { path, query }, headers: exchange.requestHeaders, body: parsed(exchange.requestHeaders, exchange.requestBody) };
  const match = operationOf(documents, input);
  if (!match)
    return { operation: `${exchange.method} ${path}`, described: false, problems: [problem('request', 'path', 'an operation of the description')] };

  const { file, resource } = match;
  const output = { statusCode: exchange.status, headers: exchange.responseHeaders, body: parsed(exchange.responseHeaders, exchange.responseBody) };
  const isError = exchange.status >= 400;
  return {
    operation: `${resource.method.toUpperCase()} ${resource.path}`,
    described: true,
    file,
    problems: [
      ...failures('request', validateInput({ resource, element: input }), false),
      ...failures('request', validateSecurity({ resource, element: input }), exchange.status === 401),
      ...unknownQueries(resource, query),
      ...failures('response', validateOutput({ resource, element: output }), isError),
    ],
  };
}

const documents = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const exchange = JSON.parse(line);
  if (!documents.has(exchange.vendor)) documents.set(exchange.vendor, await documentsOf(exchange.vendor));
  console.log(JSON.stringify({ vendor: exchange.vendor, number: exchange.number, status: exchange.status, ...judge(documents.get(exchange.vendor), exchange) }));
}
