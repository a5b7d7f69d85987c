import jsforce from 'jsforce';
import { assert, setting, step } from './steps.mjs';

const oauth2 = { loginUrl: setting('BASE_URL').replace(/\/$/, ''), clientId: setting('CLIENT_ID'), clientSecret: setting('CLIENT_SECRET') };
const connection = new jsforce.Connection({ oauth2, instanceUrl: oauth2.loginUrl, accessToken: 'ended', refreshToken: setting('REFRESH_TOKEN'), version: setting('API_VERSION') });
const key = 'StackHub_Id__c';

await step('refresh an ended token', async () => assert.equal((await connection.query('SELECT Id FROM Account LIMIT 1')).done, true));
const account = await step('create', async () => {
  const made = await connection.sobject('Account').create({ Name: "O'Hara & Sons" });
  assert.equal(made.success, true);
  return made.id;
});
await step('read', async () => assert.equal((await connection.sobject('Account').retrieve(account)).Name, "O'Hara & Sons"));
await step('read many', async () => assert.equal((await connection.sobject('Account').retrieve([account, account])).length, 2));
await step('update', async () => assert.equal((await connection.sobject('Account').update({ Id: account, Website: 'ohara.example' })).success, true));
await step('query a name with a quote', async () => {
  const found = await connection.sobject('Account').find({ Name: "O'Hara & Sons" }, ['Id', 'Website']);
  assert.deepEqual(found.map(one => one.Website), ['ohara.example']);
});
const contacts = await step('create many', async () => {
  const made = await connection.sobject('Contact').create(Array.from({ length: 30 }, (_, n) => ({ LastName: `Many ${n}`, Email: `many${n}@example.com`, AccountId: account })));
  assert.ok(made.every(one => one.success));
  return made.map(one => one.id);
});
await step('describe', async () => {
  const described = await connection.sobject('Contact').describe();
  assert.ok(described.fields.some(field => field.name === 'Email' && field.type === 'email'));
});
await step('update many, one of them bad', async () => {
  const results = await connection.sobject('Contact').update([{ Id: contacts[0], Title: 'Head' }, { Id: contacts[1], Email: 'no address' }]);
  assert.deepEqual(results.map(one => one.success), [true, false]);
  assert.equal(results[1].errors[0].statusCode, 'INVALID_EMAIL_ADDRESS');
});
await step('upsert', async () => {
  const first = await connection.sobject('Contact').upsert({ [key]: 'a1', LastName: 'Upserted' }, key);
  const again = await connection.sobject('Contact').upsert({ [key]: 'a1', LastName: 'Again' }, key);
  assert.equal(first.id, again.id ?? first.id);
  assert.equal(first.created, true);
});
await step('upsert many', async () => {
  const results = await connection.sobject('Contact').upsert([{ [key]: 'a1', LastName: 'One' }, { [key]: 'a2', LastName: 'Two' }], key);
  assert.deepEqual(results.map(one => one.created), [false, true]);
});
await step('page', async () => {
  const rows = await connection.query('SELECT Id FROM Contact ORDER BY Id', { autoFetch: true, maxFetch: 1000 });
  assert.equal(new Set(rows.records.map(one => one.Id)).size, 32);
});
await step('updated', async () => {
  const now = Date.now();
  const told = await connection.sobject('Contact').updated(new Date(now - 3600_000), new Date(now + 60_000));
  assert.ok(told.ids.includes(contacts[0]));
});
await step('delete', async () => assert.equal((await connection.sobject('Contact').destroy(contacts[0])).success, true));
await step('delete many', async () => assert.ok((await connection.sobject('Contact').destroy(contacts.slice(1, 20), { allOrNone: false })).every(one => one.success)));
await step('query all tells the deleted', async () => {
  const rows = await connection.query('SELECT Id, IsDeleted FROM Contact WHERE IsDeleted = true', { scanAll: true });
  assert.equal(rows.totalSize, 20);
});
await step('bulk upsert', async () => {
  const answer = await connection.bulk2.loadAndWaitForResults({ object: 'Contact', operation: 'upsert', externalIdFieldName: key, input: [{ [key]: 'b1', LastName: 'Bulk' }, { [key]: 'b2', LastName: 'Bulk' }], pollTimeout: 20000, pollInterval: 200 });
  assert.equal(answer.successfulResults.length, 2);
});
await step('convert a lead', async () => {
  const lead = await connection.sobject('Lead').create({ LastName: 'Convert', Company: 'Acme', Email: 'convert@example.com' });
  const converted = await connection.soap.convertLead({ leadId: lead.id, convertedStatus: 'Closed - Converted', doNotCreateOpportunity: false });
  assert.ok(converted.success === true || converted.success === 'true' || converted[0]?.success);
});
