import type { FleetMember } from '../../src/core/items';
import type { Fleet } from '../../src/ports';
import { noon } from '../factories';
import { expiresAtMs } from './window-table-subject';

const member = (workerId: string, fields: Partial<FleetMember> = {}): FleetMember => ({
  workerId,
  counter: 1,
  watermarkMs: noon,
  fleetWatermarkMs: noon - 1,
  hasReceived: true,
  leaving: false,
  ...fields,
});

const byId = (members: readonly FleetMember[]): readonly FleetMember[] =>
  [...members].sort((a, b) => (a.workerId < b.workerId ? -1 : 1));

/** What every fleet promises. `make` gives one without members. */
export const fleetContract = (name: string, make: () => Promise<Fleet>): void => {
  describe(`${name} keeps the promises of a fleet`, () => {
    test('a fleet that nobody joined has no members', async () => {
      const fleet = await make();
      expect(await fleet.members()).toEqual([]);
    });

    test('a heartbeat answers everybody, its own sender included, each as it last was', async () => {
      const fleet = await make();
      const knowsNothing = member('b', { watermarkMs: null, fleetWatermarkMs: 0 });
      expect(await fleet.beat(member('a'), expiresAtMs)).toEqual([member('a')]);
      expect(byId(await fleet.beat(knowsNothing, expiresAtMs))).toEqual([member('a'), knowsNothing]);
      const later = member('a', { counter: 2, watermarkMs: noon + 1, leaving: true });
      expect(byId(await fleet.beat(later, expiresAtMs))).toEqual([later, knowsNothing]);
      expect(byId(await fleet.members())).toEqual([later, knowsNothing]);
    });

    test('a worker that is removed is gone, and removing it again is nothing', async () => {
      const fleet = await make();
      await fleet.beat(member('a'), expiresAtMs);
      await fleet.beat(member('b'), expiresAtMs);
      await fleet.remove('a');
      await fleet.remove('a');
      await fleet.remove('never there');
      expect(await fleet.members()).toEqual([member('b')]);
    });
  });
};
