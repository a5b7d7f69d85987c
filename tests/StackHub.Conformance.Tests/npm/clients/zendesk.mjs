import zendesk from 'node-zendesk';
import { assert, refused, setting, step } from './steps.mjs';

const client = zendesk.createClient({ username: setting('EMAIL'), token: setting('API_TOKEN'), endpointUri: `${setting('BASE_URL').replace(/\/$/, '')}/api/v2` });
const { users, organizations } = client;
const finished = async job => {
  for (let tries = 0; tries < 40; tries++) {
    const status = (await client.jobstatuses.show(job.id)).result.job_status;
    if (status.status === 'completed') return status;
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error('the job does not end');
};
const jobOf = answer => (answer.result ?? answer).job_status;

await step('me', async () => assert.ok((await users.me()).result.id > 0));
const organization = await step('create an organization', async () => (await organizations.create({ organization: { name: 'Acme', domain_names: ['acme.example'] } })).result);
const made = await step('create', async () => {
  const { result } = await users.create({ user: { name: 'Ada', email: 'ada@example.com', external_id: 'ours-1', organization_id: organization.id } });
  assert.equal(result.organization_id, organization.id);
  return result;
});
await step('create refuses a second one', () => refused(422, () => users.create({ user: { name: 'Ada', email: 'ada@example.com' } })));
await step('read', async () => assert.equal((await users.show(made.id)).result.email, 'ada@example.com'));
await step('update', async () => assert.equal((await users.update(made.id, { user: { name: 'Ada Lovelace' } })).result.name, 'Ada Lovelace'));
await step('create or update', async () => assert.equal((await users.createOrUpdate({ user: { name: 'Ada L', external_id: 'ours-1' } })).result.id, made.id));
await step('batch create', async () => {
  const status = await finished(jobOf(await users.createMany({ users: Array.from({ length: 80 }, (_, n) => ({ name: `Many ${n}`, email: `many${n}@example.com` })) })));
  assert.equal(status.results.length, 80);
});
await step('batch create or update', async () => {
  const status = await finished(jobOf(await users.createOrUpdateMany({ users: [{ name: 'Ada', email: 'ada@example.com' }, { name: 'New', email: 'new@example.com' }] })));
  assert.equal(status.results.length, 2);
});
await step('batch update', async () => {
  // With two arguments the library sends the ids as the body; a third makes it use both.
  const status = await finished(jobOf(await users.updateMany([made.id], { user: { notes: 'Countess' } }, null)));
  assert.equal(status.results[0].id, made.id);
});
await step('read many', async () => assert.equal((await users.showMany([made.id])).result.length ?? 1, 1));
await step('page', async () => {
  const all = await users.list();
  assert.ok(new Set(all.map(one => one.id)).size >= 82, `${all.length} users`);
});
await step('search', async () => {
  for (let tries = 0; tries < 20; tries++) {
    const found = await users.search({ query: 'email:ada@example.com' });
    if (found.some(one => one.id === made.id)) return;
    await new Promise(done => setTimeout(done, 250));
  }
  throw new Error('the search does not find it');
});
await step('create a field', async () => assert.equal((await client.userfields.create({ user_field: { key: 'made_here', type: 'text', title: 'Made here' } })).result.key, 'made_here'));
await step('delete', async () => {
  await users.delete(made.id);
  assert.equal((await users.show(made.id)).result.active, false);
});
await step('delete an organization', async () => {
  await organizations.delete(organization.id);
  await refused(404, () => organizations.show(organization.id));
});
