import { IntercomClient } from 'intercom-client';
import { assert, refused, setting, step } from './steps.mjs';

const client = new IntercomClient({ token: setting('ACCESS_TOKEN'), environment: setting('BASE_URL').replace(/\/$/, ''), maxRetries: 0 });
const { contacts, companies, dataAttributes } = client;

await step('me', async () => assert.equal((await client.admins.identify()).type, 'admin'));
await step('create an attribute', async () => assert.equal((await dataAttributes.create({ name: 'made_here', model: 'contact', data_type: 'string' })).name, 'made_here'));
await step('list attributes', async () => assert.ok((await dataAttributes.list({ model: 'contact' })).data.some(one => one.name === 'made_here')));
const made = await step('create', async () => {
  const contact = await contacts.create({ role: 'user', email: 'ada@example.com', name: 'Ada', external_id: 'ours-1', custom_attributes: { made_here: 'yes' } });
  assert.equal(contact.custom_attributes.made_here, 'yes');
  return contact;
});
await step('create refuses a second one', () => refused(409, () => contacts.create({ role: 'user', email: 'ada@example.com' })));
await step('create many', async () => {
  for (let n = 0; n < 12; n++) await contacts.create({ role: 'user', email: `many${n}@example.com`, name: `Many ${n}` });
});
await step('read', async () => assert.equal((await contacts.find({ contact_id: made.id })).email, 'ada@example.com'));
await step('read by external id', async () => assert.equal((await contacts.showContactByExternalId({ external_id: 'ours-1' })).id, made.id));
await step('update', async () => assert.equal((await contacts.update({ contact_id: made.id, name: 'Ada Lovelace' })).name, 'Ada Lovelace'));
await step('search', async () => {
  const found = await contacts.search({ query: { field: 'email', operator: '=', value: 'ada@example.com' }, pagination: { per_page: 5 } });
  assert.deepEqual(found.data.map(one => one.id), [made.id]);
});
await step('page through a search', async () => {
  const ids = new Set();
  for await (const one of await contacts.search({ query: { field: 'created_at', operator: '>', value: 0 }, pagination: { per_page: 5 } })) ids.add(one.id);
  assert.equal(ids.size, 13);
});
await step('page through a list', async () => {
  const ids = new Set();
  for await (const one of await contacts.list({ per_page: 5 })) ids.add(one.id);
  assert.equal(ids.size, 13);
});
const company = await step('create a company', () => companies.createOrUpdate({ company_id: 'ours-c1', name: 'Acme' }));
await step('update a company', async () => assert.equal((await companies.update({ company_id: company.id, body: { name: 'Acme Ltd' } })).name, 'Acme Ltd'));
await step('attach a company', async () => {
  await companies.attachContact({ contact_id: made.id, id: company.id });
  assert.deepEqual((await contacts.listAttachedCompanies({ contact_id: made.id })).data.map(one => one.id), [company.id]);
});
await step('scroll companies', async () => assert.deepEqual((await companies.scroll()).data.map(one => one.id), [company.id]));
await step('detach a company', async () => {
  await companies.detachContact({ contact_id: made.id, company_id: company.id });
  assert.equal((await contacts.listAttachedCompanies({ contact_id: made.id })).data.length, 0);
});
await step('delete', async () => {
  assert.equal((await contacts.delete({ contact_id: made.id })).deleted, true);
  await refused(404, () => contacts.find({ contact_id: made.id }));
});
await step('delete a company', async () => assert.equal((await companies.delete({ company_id: company.id })).deleted, true));
