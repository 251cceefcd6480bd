import type { DetailsAnswer } from '../../src/core/genesys-answers';
import { feedMessage, minute } from '../factories';
import { closeWithWaits, ended, recordingLog, scripted, second, setUp, started } from './world';

describe("Genesys's details", () => {
  const complete: DetailsAnswer = { kind: 'complete', details: { conversationId: 'conversation-1' } };
  const absent: DetailsAnswer = { kind: 'absent' };
  const incomplete: DetailsAnswer = { kind: 'incomplete', details: { conversationId: 'conversation-1' } };
  const outage: DetailsAnswer = { kind: 'unavailable', why: 'answered 503', retryAfterMs: 7_200 * second };
  const asInProduction = { notReadyGapMs: 15 * second, notReadyMax: 6 };
  const inputs = (world: ReturnType<typeof setUp>) =>
    [...world.stateMachine.executions().values()].map((input) => JSON.parse(input) as Record<string, unknown>);
  const handedOff = (world: ReturnType<typeof setUp>): unknown =>
    inputs(world).map(({ callDetails, callDetailsStatus }) => ({ callDetails, callDetailsStatus }))[0];

  test('that are not there yet are waited for, and waiting is not failing', async () => {
    const world = setUp({ details: scripted(absent, { kind: 'incomplete', details: {} }, complete) });
    await world.admit(0, started, ended);
    expect(await world.closeDue(45 * second)).toEqual(['waiting']);
    expect(world.head()).toMatchObject({ state: 'closing', attempts: 0, waits: 1 });
    await world.clock.advance(10 * second);
    expect(await world.closeDue(45 * second)).toEqual(['waiting']);
    await world.clock.advance(20 * second);
    expect(await world.closeDue(45 * second)).toEqual(['closed']);
    expect(handedOff(world)).toEqual({ callDetails: { conversationId: 'conversation-1' }, callDetailsStatus: 'complete' });
    expect(world.head()).toMatchObject({ state: 'closed', waits: 0 });
  });

  test.each([
    ['absent', absent, null],
    ['incomplete', incomplete, incomplete.details],
  ])(
    'that stay %s are looked for after gaps that double, so often and no more: then what exists is handed off',
    async (status, answer, callDetails) => {
      const world = setUp({ details: scripted(answer) }, undefined, asInProduction);
      await world.admit(0, started, ended);
      expect(await closeWithWaits(world, 45 * second)).toEqual([15, 30, 60, 120, 240, 480].map((s) => s * second));
      expect(handedOff(world)).toEqual({ callDetails, callDetailsStatus: status });
      expect(world.head()).toMatchObject({ state: 'closed', waits: 0 });
    },
  );

  test('that are very late are looked for every hour at least', async () => {
    const world = setUp({ details: scripted(absent) }, undefined, { notReadyGapMs: 900 * second, notReadyMax: 5 });
    await world.admit(0, started, ended);
    expect(await closeWithWaits(world, 45 * second)).toEqual([900, 1_800, 3_600, 3_600, 3_600].map((s) => s * second));
  });

  test('that cannot be asked for delay by as long as Genesys says, and that counts for nothing', async () => {
    const world = setUp({ details: scripted(outage, absent, outage, outage, absent, complete) }, undefined, asInProduction);
    await world.admit(0, started, ended);
    expect(await closeWithWaits(world, 45 * second)).toEqual([7_200, 15, 7_200, 7_200, 30].map((s) => s * second));
    expect(handedOff(world)).toMatchObject({ callDetailsStatus: 'complete' });
  });

  test('of a window that gave up waiting are taken as they are, yet an outage is waited out', async () => {
    const world = setUp({ details: scripted(outage, incomplete) }, undefined, asInProduction);
    await world.admit(0, started);
    expect(await closeWithWaits(world, 3_600 * second)).toEqual([7_200 * second]);
    expect(world.records()).toMatchObject([{ status: 'partial' }]);
    expect(handedOff(world)).toMatchObject({ callDetailsStatus: 'incomplete' });
  });

  test.each([
    ['absent', absent],
    ['incomplete', incomplete],
    ['failed', outage],
  ])('of an early record are what is known at once: %s', async (status, answer) => {
    const early = { emitPartialEveryMs: 60 * second, handoffPolicy: 'every' } as const;
    const world = setUp({ details: scripted(answer) }, undefined, { ...asInProduction, ...early });
    await world.admit(0, started);
    expect(await world.closeDue(60 * second)).toEqual(['left']);
    expect(inputs(world)).toMatchObject([{ callDetailsStatus: status, record: { pane: 'early' } }]);
  });

  test('that are refused do not hold the handoff up', async () => {
    const world = setUp({ details: scripted({ kind: 'refused', why: 'analytics:conversationDetail:view is missing' }) });
    await world.admit(0, started, ended);
    expect(await world.closeDue(45 * second)).toEqual(['closed']);
    expect(handedOff(world)).toEqual({ callDetails: null, callDetailsStatus: 'failed' });
  });

  test.each([
    ['an outage makes wait are warned of', undefined, ['warn']],
    ['a quota makes wait are no warning: every busy day has thousands', true, ['debug']],
  ] as const)('that %s', async (_, isThrottle, levels) => {
    const { log, lines } = recordingLog();
    const answer: DetailsAnswer = { kind: 'unavailable', why: 'not now', retryAfterMs: 1_000, ...(isThrottle && { isThrottle }) };
    const world = setUp({ details: scripted(answer), log });
    await world.admit(0, started, ended);
    expect(await world.closeDue(45 * second)).toEqual(['waiting']);
    const told = lines.filter(({ message }) => message === 'Genesys cannot answer now; the window waits.');
    expect(told.map(({ level }) => level)).toEqual(levels);
  });

  test('that are refused are told of once for each reason, however many windows they are refused for', async () => {
    const { log, lines } = recordingLog();
    const refused = (why: string): DetailsAnswer => ({ kind: 'refused', why });
    const [permission, region] = ['give a role with analytics:conversationDetail:view', 'check the region'];
    const world = setUp({ details: scripted(refused(permission), refused(permission), refused(region)), log });
    for (const conversation of ['conversation-1', 'conversation-2', 'conversation-3'])
      await world.admit(
        0,
        feedMessage({ conversation, at: minute(0) }),
        feedMessage({ conversation, type: 'customer.end', at: minute(1) }),
      );
    expect(await world.closeDue(45 * second)).toEqual(['closed', 'closed', 'closed']);
    expect(lines.filter(({ level }) => level === 'error').map(({ fields }) => fields)).toEqual([
      { what: 'details', why: permission },
      { what: 'details', why: region },
    ]);
  });
});
