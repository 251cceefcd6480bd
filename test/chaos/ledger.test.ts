import type { Holding } from '../../localstack/chaos/hands';
import { complainOfHits, openLedger } from '../../localstack/chaos/ledger';

const ignore = (): void => undefined;
const nothing: Holding = { messages: 0, windows: new Map() };
const batch: Holding = { messages: 7, windows: new Map() };
const both: Holding = {
  messages: 3,
  windows: new Map([
    ['C#1', 'put'],
    ['C#2', 'claimed'],
    ['C#3', 'put'],
  ]),
};

test('a kill counts once for each kind of thing that its worker held, and windows by how far they were', () => {
  const ledger = openLedger(ignore);
  [nothing, batch, both].forEach((holding) => ledger.killed('worker-1', holding));
  expect(ledger.counts()).toMatchObject({
    kills: 3,
    deploys: 0,
    onBatch: 2,
    onWindow: 1,
    messages: 10,
    windows: { claimed: 1, put: 2, started: 0 },
  });
});

test('a run of five minutes wants twenty of each kind', () => {
  const ledger = openLedger(ignore);
  for (let kill = 0; kill < 19; kill++) ledger.killed('worker-1', both);
  ledger.killed('worker-1', batch);
  expect(complainOfHits(ledger.counts(), 5)).toEqual([
    'Expected at least 20 kills on a closing window in 5 minutes, got 19: the run shows too little.',
  ]);
  ledger.killed('worker-1', both);
  expect(complainOfHits(ledger.counts(), 5)).toEqual([]);
});

test('a short run wants fewer, but never none', () => {
  const ledger = openLedger(ignore);
  expect(complainOfHits(ledger.counts(), 0.5).join()).toMatch(/at least 2 kills on a held batch.*at least 2 kills on a closing/);
  expect(complainOfHits(ledger.counts(), 0.25)).toHaveLength(2);
});

test('each misfortune is told as it happens, with whom it hit and what was in his hands', () => {
  const told: unknown[] = [];
  const ledger = openLedger((entry) => void told.push(entry));
  ledger.started('worker-1');
  ledger.killed('worker-1', both);
  ledger.stopped('worker-2', '0');
  ledger.paused(2_000);
  expect(told).toEqual([
    { started: 'worker-1' },
    { killed: 'worker-1', messages: 3, windows: { 'C#1': 'put', 'C#2': 'claimed', 'C#3': 'put' } },
    { stopped: 'worker-2', exit: '0' },
    { stoodStillMs: 2_000 },
  ]);
});
