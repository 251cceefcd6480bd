import { complainOfDoorHits, openDoorLedger, type DoorHit } from '../../localstack/chaos/door-ledger';

const idle: DoorHit = { posts: 0, moment: 'written' };
const busy: DoorHit = { posts: 3, moment: 'writing' };

test('a kill counts where its door had posts in hand, by what the door was at', () => {
  const told: unknown[] = [];
  const ledger = openDoorLedger((entry) => void told.push(entry));
  for (const hit of [idle, busy, { ...busy, moment: 'written' } as const]) ledger.killed('http://a', hit);
  ledger.stopped('http://b', idle);
  ledger.stopped('http://b', busy);
  expect(ledger.counts()).toEqual({
    kills: 3,
    onPosts: 2,
    moments: { writing: 1, written: 1 },
    posts: 6,
    stops: 2,
    stopsOnPosts: 1,
  });
  expect(told[1]).toEqual({ killed: 'http://a', posts: 3, moment: 'writing' });
  expect(told[3]).toEqual({ stopping: 'http://b', posts: 0, moment: 'written' });
});

test('a run of five minutes wants twenty kills of a door with posts in hand', () => {
  const ledger = openDoorLedger(() => undefined);
  for (let kill = 0; kill < 19; kill++) ledger.killed('http://a', busy);
  ledger.killed('http://a', idle);
  expect(complainOfDoorHits(ledger.counts(), 5)).toEqual([
    'Expected at least 20 kills of a door with posts in hand in 5 minutes, got 19: the run shows too little.',
  ]);
  ledger.killed('http://a', busy);
  expect(complainOfDoorHits(ledger.counts(), 5)).toEqual([]);
});
