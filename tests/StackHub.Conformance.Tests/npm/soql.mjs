// A published SOQL parser over queries: node soql.mjs < queries.jsonl > verdicts.jsonl. A verdict is null, or what is wrong.
import { createInterface } from 'node:readline';
import { parseQuery } from '@jetstreamapp/soql-parser-js';

const dateTime = /^'?\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})'?$/;

/** The parser takes a quoted time as text, as Salesforce does not. */
function quotedTime(node) {
  if (node === null || typeof node !== 'object') return false;
  if (node.literalType === 'STRING' && [node.value].flat().some(value => dateTime.test(value))) return true;
  return Object.values(node).some(quotedTime);
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify(quotedTime(parseQuery(JSON.parse(line))) ? 'a time in quotes' : null));
  } catch (error) {
    console.log(JSON.stringify(`not SOQL: ${error.name}`));
  }
}
