// One line a step, for the test that started the script: its name, whether it went as it should, and what was wrong.
import assert from 'node:assert/strict';

export { assert };

export const setting = name => {
  const value = process.env[name];
  if (!value) throw new Error(`The environment must have ${name}.`);
  return value;
};

export async function step(name, work) {
  try {
    const result = await work();
    console.log(JSON.stringify({ step: name, passed: true }));
    return result;
  } catch (error) {
    const detail = error.body ?? error.response?.data ?? error.result ?? '';
    console.log(JSON.stringify({ step: name, passed: false, problem: `${error.message ?? error} ${typeof detail === 'string' ? detail : JSON.stringify(detail)}`.slice(0, 600) }));
    return undefined;
  }
}

/** Passes when the call is refused with this status. */
export async function refused(status, call) {
  const refusal = await call().then(() => undefined, error => error);
  assert.ok(refusal, `expected a refusal with ${status}`);
  const told = [refusal.statusCode, refusal.status, refusal.response?.status, refusal.code, /\((\d{3})\)/.exec(refusal.message)?.[1]].map(Number).find(code => code >= 400);
  assert.equal(told, status, refusal.message);
}
