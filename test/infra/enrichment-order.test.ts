import { anId, entryRevisions, openWorld, outcomes, ticketRevisions, type World } from './enrichment-world';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const isSorted = (revisions: readonly number[]): boolean =>
  revisions.every((revision, index) => revision >= (revisions[index - 1] ?? revision));

/** Resolves when an execution has begun a task so often. */
const begins = (state: string, times = 1): Promise<string> =>
  new Promise((resolve) => {
    let seen = 0;
    world.beforeTask((name, execution) => {
      if (name === state && ++seen === times) resolve(execution);
    });
  });

const superseded = { fetch_crm_contact: { outcome: 'superseded' }, update_ticket_system: { outcome: 'superseded' } };
const done = { fetch_crm_contact: { outcome: 'done' }, update_ticket_system: { outcome: 'done' } };

test('a newer revision waits for an older one that is slow, and has the last word', async () => {
  const conversationId = anId();
  const slow = world.office.holdAt('tickets', ({ revision }) => revision === 1);
  const older = await world.start({ conversationId, revision: 1 });
  await slow.arrived;
  const waits = begins('IsHolderAlive', 2);
  const newer = await world.start({ conversationId, revision: 2 });
  await waits;
  expect(ticketRevisions(world, conversationId)).toEqual([]);
  slow.release();
  expect([outcomes(await world.ended(older)), outcomes(await world.ended(newer))]).toMatchObject([done, done]);
  expect([ticketRevisions(world, conversationId), entryRevisions(world, conversationId)]).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test('an older revision that runs after a newer one writes nothing, and says that it was superseded', async () => {
  const conversationId = anId();
  await world.ended(await world.start({ conversationId, revision: 2 }));
  const late = await world.ended(await world.start({ conversationId, revision: 1 }));
  expect(late.status).toBe('SUCCEEDED');
  expect(outcomes(late)).toMatchObject(superseded);
  expect([ticketRevisions(world, conversationId), entryRevisions(world, conversationId)]).toEqual([[2], [2]]);
});

test('what superseded an older revision in one system leaves it to the other', async () => {
  const conversationId = anId();
  await world.ended(await world.start({ conversationId, revision: 2, enrichmentSteps: ['update_ticket_system'] }));
  const late = await world.ended(await world.start({ conversationId, revision: 1 }));
  expect(outcomes(late)).toMatchObject({ ...superseded, fetch_crm_contact: { outcome: 'done' } });
});

test('of revisions that run at once the newest has the last word, and none follows a newer one', async () => {
  const conversationId = anId();
  const revisions = [3, 1, 5, 2, 4];
  const started = await Promise.all(revisions.map((revision) => world.start({ conversationId, revision })));
  const ended = await Promise.all(started.map((arn) => world.ended(arn)));
  expect(ended.map(({ status }) => status)).toEqual(revisions.map(() => 'SUCCEEDED'));
  for (const written of [ticketRevisions(world, conversationId), entryRevisions(world, conversationId)]) {
    expect(written.at(-1)).toBe(5);
    expect(isSorted(written)).toBe(true);
  }
});

test('conversations do not wait for each other', async () => {
  const slow = world.office.holdAt('tickets', ({ revision }) => revision === 7);
  const held = await world.start({ conversationId: anId(), revision: 7 });
  await slow.arrived;
  expect(await world.ended(await world.start({ conversationId: anId() }))).toMatchObject({ status: 'SUCCEEDED' });
  slow.release();
  expect(await world.ended(held)).toMatchObject({ status: 'SUCCEEDED' });
});

test('the same revision again writes the same again, under the same key', async () => {
  const conversationId = anId();
  for (const name of ['first', 'again']) await world.ended(await world.start({ conversationId, revision: 2 }, name));
  const { tickets } = world.office.written();
  expect(tickets).toHaveLength(2);
  expect(tickets[1]).toEqual(tickets[0]);
});

test('a revision of an older life never follows one of a newer life, whatever its number', async () => {
  const conversationId = anId();
  await world.ended(await world.start({ conversationId, life: '0b', revision: 1 }));
  expect(outcomes(await world.ended(await world.start({ conversationId, life: '0a', revision: 9 })))).toMatchObject(superseded);
  expect(outcomes(await world.ended(await world.start({ conversationId, life: '0c', revision: 1 })))).toMatchObject(done);
});

test('revisions are compared as numbers', async () => {
  const conversationId = anId();
  await world.ended(await world.start({ conversationId, revision: 10 }));
  expect(outcomes(await world.ended(await world.start({ conversationId, revision: 9 })))).toMatchObject(superseded);
});

test('whoever is stopped in the middle holds nobody up', async () => {
  const conversationId = anId();
  const never = world.office.holdAt('tickets', ({ revision }) => revision === 1);
  const stopped = await world.start({ conversationId, revision: 1 });
  await never.arrived;
  const newer = await world.start({ conversationId, revision: 2 });
  await world.stop(stopped);
  expect(await world.ended(stopped)).toMatchObject({ status: 'ABORTED' });
  expect(outcomes(await world.ended(newer))).toMatchObject(done);
  expect(world.begun(newer)).toContain('TakeOverGuard');
  expect(ticketRevisions(world, conversationId)).toEqual([2]);
  expect(await world.guardOf(conversationId)).not.toHaveProperty('holder');
});

test('a holder of whom Step Functions knows nothing any more holds nobody up', async () => {
  const conversationId = anId();
  const gone = 'arn:aws:states:us-east-1:000000000000:execution:enrichment-enrichment:long-gone';
  await world.putGuard(conversationId, { holder: { S: gone } });
  expect(outcomes(await world.ended(await world.start({ conversationId })))).toMatchObject(done);
});

test('two that find a holder gone do not both take its place', async () => {
  const conversationId = anId();
  await world.putGuard(conversationId, { holder: { S: 'arn:of:nobody' } });
  const started = await Promise.all([1, 2].map((revision) => world.start({ conversationId, revision })));
  for (const arn of started) expect(await world.ended(arn)).toMatchObject({ status: 'SUCCEEDED' });
  const takenOver = started.filter((arn) => world.begun(arn).includes('TakeOverGuard'));
  expect(takenOver.length).toBeGreaterThan(0);
  expect(ticketRevisions(world, conversationId).at(-1)).toBe(2);
  expect(isSorted(ticketRevisions(world, conversationId))).toBe(true);
});

test('who holds on for too long makes the other give up, and say so, without having written anything', async () => {
  const conversationId = anId();
  const slow = world.office.holdAt('tickets', ({ revision }) => revision === 1);
  const holder = await world.start({ conversationId, revision: 1 });
  await slow.arrived;
  const ended = await world.ended(await world.start({ conversationId, revision: 2 }));
  const busy = { outcome: 'failed', error: 'ConversationBusy' };
  expect(ended).toMatchObject({ status: 'FAILED', error: 'EnrichmentIncomplete' });
  expect(outcomes(ended)).toMatchObject({ fetch_crm_contact: busy, update_ticket_system: busy });
  slow.release();
  expect(outcomes(await world.ended(holder))).toMatchObject(done);
  expect(ticketRevisions(world, conversationId)).toEqual([1]);
});

test('an older revision does not pass a newer one that died before its call took effect', async () => {
  const conversationId = anId();
  const never = world.office.holdAt('tickets', ({ revision }) => revision === 2);
  const newer = await world.start({ conversationId, revision: 2 });
  await never.arrived;
  await world.stop(newer);
  await world.ended(newer);
  const older = await world.ended(await world.start({ conversationId, revision: 1 }));
  expect(outcomes(older)).toMatchObject(superseded);
  never.release();
  const again = await world.ended(await world.start({ conversationId, revision: 2 }, 'by-hand'));
  expect(outcomes(again)).toMatchObject({ fetch_crm_contact: { outcome: 'done' } });
});

test('what is remembered of a conversation is kept as long as its newest record', async () => {
  const conversationId = anId();
  const expiries = [];
  for (const [revision, expiresAt] of [
    [2, 1_800_000_500],
    [3, 1_800_000_900],
    [1, 1_800_000_100],
  ] as const) {
    await world.ended(await world.start({ conversationId, revision, expiresAt }));
    expiries.push((await world.guardOf(conversationId))?.['expiresAt']);
  }
  expect(expiries).toEqual([{ N: '1800000500' }, { N: '1800000900' }, { N: '1800000900' }]);
});
