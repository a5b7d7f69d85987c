import klaviyo from 'klaviyo-api';
import { assert, refused, setting, step } from './steps.mjs';

const session = new klaviyo.ApiKeySession(setting('API_KEY'), new klaviyo.RetryWithExponentialBackoff({ retryCodes: [], numRetries: 0, maxInterval: 1 }));
const local = Api => {
  const api = new Api(session);
  api.basePath = setting('BASE_URL').replace(/\/$/, '');
  return api;
};
const profiles = local(klaviyo.ProfilesApi);
const privacy = local(klaviyo.DataPrivacyApi);
const profile = (attributes, id) => ({ data: { type: 'profile', ...(id ? { id } : {}), attributes } });
const until = async (what, isThere) => {
  for (let tries = 0; tries < 40; tries++) {
    if (await isThere()) return;
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error(what);
};

const made = await step('create', async () => {
  const { body } = await profiles.createProfile(profile({ email: 'ada@example.com', firstName: 'Ada', properties: { made_here: 'yes' } }));
  assert.equal(body.data.attributes.properties.made_here, 'yes');
  return body.data.id;
});
await step('create refuses a second one', () => refused(409, () => profiles.createProfile(profile({ email: 'ada@example.com' }))));
await step('read', async () => assert.equal((await profiles.getProfile(made)).body.data.attributes.email, 'ada@example.com'));
await step('read with subscriptions', async () => {
  const { body } = await profiles.getProfile(made, { additionalFieldsProfile: ['subscriptions'] });
  assert.ok(body.data.attributes.subscriptions.email);
});
await step('update', async () => assert.equal((await profiles.updateProfile(made, profile({ lastName: 'Lovelace' }, made))).body.data.attributes.lastName, 'Lovelace'));
await step('update refuses an unknown one', () => refused(404, () => profiles.updateProfile('01NOTHERE00000000000000000', profile({ lastName: 'X' }, '01NOTHERE00000000000000000'))));
const job = await step('batch import', async () => {
  const imported = Array.from({ length: 60 }, (_, n) => ({ type: 'profile', attributes: { email: `many${n}@example.com`, firstName: `Many ${n}` } }));
  return (await profiles.bulkImportProfiles({ data: { type: 'profile-bulk-import-job', attributes: { profiles: { data: imported } } } })).body.data.id;
});
await step('wait for the job', () => until('the job does not end', async () => (await profiles.getBulkImportProfilesJob(job)).body.data.attributes.status === 'complete'));
await step('page', async () => {
  const ids = new Set();
  let pageCursor;
  do {
    const { body } = await profiles.getProfiles({ pageSize: 25, pageCursor });
    body.data.forEach(one => ids.add(one.id));
    pageCursor = body.links.next ? new URL(body.links.next).searchParams.get('page[cursor]') : undefined;
  } while (pageCursor);
  assert.equal(ids.size, 61);
});
await step('search', () => until('the filter does not find it', async () => {
  const { body } = await profiles.getProfiles({ filter: 'equals(email,"ada@example.com")' });
  return body.data.length === 1 && body.data[0].id === made;
}));
await step('sorted by change', async () => {
  const { body } = await profiles.getProfiles({ filter: 'greater-than(updated,2020-01-01T00:00:00Z)', sort: 'updated' });
  assert.ok(body.data.length > 0);
});
await step('suppress', async () => {
  await profiles.bulkSuppressProfiles({ data: { type: 'profile-suppression-bulk-create-job', attributes: { profiles: { data: [{ type: 'profile', attributes: { email: 'ada@example.com' } }] } } } });
  await until('it is not suppressed', async () => (await profiles.getProfile(made, { additionalFieldsProfile: ['subscriptions'] })).body.data.attributes.subscriptions.email.marketing.suppression.length > 0);
});
await step('delete', async () => {
  await privacy.requestProfileDeletion({ data: { type: 'data-privacy-deletion-job', attributes: { profile: { data: { type: 'profile', id: made, attributes: {} } } } } });
  await until('it is not deleted', () => profiles.getProfile(made).then(() => false, error => error.response?.status === 404));
});
