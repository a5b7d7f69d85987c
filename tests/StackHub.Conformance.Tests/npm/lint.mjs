// Which operations have a body that Prism cannot compile (and would accept whatever it is): node lint.mjs SPECS
// The same question as prism-lint.js beside the descriptions, whose script must lie beside its packages and cuts its lists.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import prism from '@stoplight/prism-http';

const require = createRequire(import.meta.url);
const Ajv = require('ajv').default;
const Ajv2020 = require('ajv/dist/2020').default;
const formats = require('ajv-formats').default ?? require('ajv-formats');
const options = { allErrors: true, allowUnionTypes: true, allowMatchingProperties: true, strict: false, logger: false };
const [draft7, draft2020] = [new Ajv(options), new Ajv2020(options)];
formats(draft7);
formats(draft2020);

function isCompilable(operation, schema) {
  if (!schema) return false;
  try {
    (String(schema.$schema).includes('2020') ? draft2020 : draft7).compile({ ...schema, __bundled__: operation.__bundled__ });
    return true;
  } catch {
    return false;
  }
}

for (const file of readdirSync(process.argv[2]).filter(name => name.endsWith('.json')))
  for (const operation of await prism.getHttpOperationsFromSpec(join(process.argv[2], file)))
    if ((operation.request?.body?.contents ?? []).some(content => !isCompilable(operation, content.schema)))
      console.log(JSON.stringify({ vendor: file.split('-')[0], operation: `${operation.method.toUpperCase()} ${operation.path}` }));
