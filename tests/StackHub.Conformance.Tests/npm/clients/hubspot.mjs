import { Client } from '@hubspot/api-client';
import { assert, refused, setting, step } from './steps.mjs';

const basePath = setting('BASE_URL').replace(/\/$/, '');
const client = new Client({ basePath, numberOfApiCallRetries: 0 });
const person = (email, more = {}) => ({ properties: { email, firstname: 'Ada', lastname: 'Lovelace', ...more }, associations: [] });

await step('sign in', async () => {
  const token = await client.oauth.tokensApi.create('refresh_token', undefined, undefined, setting('CLIENT_ID'), setting('CLIENT_SECRET'), setting('REFRESH_TOKEN'));
  assert.ok(token.accessToken && token.expiresIn > 0);
  client.setAccessToken(token.accessToken);
});

const { contacts } = client.crm;
const made = await step('create', async () => {
  const contact = await contacts.basicApi.create(person('ada@example.com'));
  assert.match(contact.id, /^\d+$/);
  assert.ok(contact.createdAt instanceof Date && !Number.isNaN(contact.createdAt.getTime()));
  return contact;
});
await step('create refuses a second one', () => refused(409, () => contacts.basicApi.create(person('ada@example.com'))));
await step('read', async () => assert.equal((await contacts.basicApi.getById(made.id, ['email'])).properties.email, 'ada@example.com'));
await step('update', async () => assert.equal((await contacts.basicApi.update(made.id, { properties: { jobtitle: 'Countess' } })).properties.jobtitle, 'Countess'));
await step('batch create', async () => {
  const answer = await contacts.batchApi.create({ inputs: Array.from({ length: 60 }, (_, n) => person(`batch${n}@example.com`)) });
  assert.equal(answer.results.length, 60);
  assert.equal(answer.status, 'COMPLETE');
});
await step('batch upsert', async () => {
  const inputs = ['ada@example.com', 'new@example.com'].map(id => ({ id, idProperty: 'email', properties: { email: id, city: 'London' } }));
  const answer = await contacts.batchApi.upsert({ inputs });
  assert.deepEqual(answer.results.map(one => one._new).sort(), [false, true]);
});
await step('batch read', async () => {
  const answer = await contacts.batchApi.read({ inputs: [{ id: 'ada@example.com' }], idProperty: 'email', properties: ['city'], propertiesWithHistory: [] });
  assert.equal(answer.results[0].properties.city, 'London');
});
await step('page', async () => {
  const all = await contacts.getAll(25, undefined, ['email']);
  assert.equal(new Set(all.map(one => one.id)).size, 62);
});
await step('search', async () => {
  const asked = { filterGroups: [{ filters: [{ propertyName: 'email', operator: 'EQ', value: 'ada@example.com' }] }], sorts: ['createdate'], properties: ['email'], limit: 10, after: '0' };
  for (let tries = 0; ; tries++) {
    const answer = await contacts.searchApi.doSearch(asked);
    if (answer.total === 1) return assert.equal(answer.results[0].id, made.id);
    assert.ok(tries < 20, 'the search does not find it');
    await new Promise(done => setTimeout(done, 250));
  }
});
const company = await step('create a company', () => client.crm.companies.basicApi.create({ properties: { name: 'Acme', domain: 'acme.example' }, associations: [] }));
await step('associate', async () => {
  const api = client.crm.associations.v4;
  await api.basicApi.createDefault('contacts', made.id, 'companies', company.id);
  const linked = await api.basicApi.getPage('contacts', made.id, 'companies', undefined, 100);
  assert.equal(String(linked.results[0].toObjectId), company.id);
  assert.ok(linked.results[0].associationTypes.length > 0);
});
await step('property', async () => {
  const made = await client.crm.properties.coreApi.create('contacts', { name: 'made_here', label: 'Made here', type: 'string', fieldType: 'text', groupName: 'contactinformation' });
  assert.equal(made.name, 'made_here');
  assert.equal((await client.crm.properties.coreApi.getByName('contacts', 'made_here')).label, 'Made here');
});
await step('delete', async () => {
  await contacts.basicApi.archive(made.id);
  await refused(404, () => contacts.basicApi.getById(made.id));
});
await step('batch delete', async () => {
  const found = await contacts.getAll(100);
  await contacts.batchApi.archive({ inputs: found.slice(0, 50).map(one => ({ id: one.id })) });
  assert.equal((await contacts.getAll(100)).length, found.length - 50);
});
