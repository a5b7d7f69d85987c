// Whether a SARIF log is as the standard's own schema says; the schema is the one that SARIF's reference tool carries: node sarif.mjs < LOG
// Prints a line for each place that is not; "checked" and the number of results comes last.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const Ajv2020 = require('ajv/dist/2020').default;
const formats = require('ajv-formats').default ?? require('ajv-formats');
const schema = JSON.parse(readFileSync(require.resolve('@microsoft/sarif-multitool-linux/sarif-2.1.0.json'), 'utf8').replace(/^\uFEFF/, ''));
const ajv = new Ajv2020({ allErrors: true, strict: false });
formats(ajv);
const fits = ajv.compile(schema);

const log = JSON.parse(readFileSync(0, 'utf8'));
if (!fits(log))
  for (const error of fits.errors) console.log(`${error.instancePath || '/'} ${error.message}`);
console.log(`checked ${log.runs.flatMap(run => run.results).length}`);
