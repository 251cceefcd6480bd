import { windowEventsContract } from './window-table-events.contract';
import { dueIndexContract, windowHeadsContract } from './window-table-heads.contract';
import { windowRecordsContract } from './window-table-records.contract';
import type { WindowTableSubject } from './window-table-subject';

/** What every window table promises. `make` gives an empty one; the suite's tests share it, each with conversations of its own. */
export const windowTableContract = (name: string, make: () => Promise<WindowTableSubject>): void => {
  describe(`${name} keeps the promises of a window table`, () => {
    let made: WindowTableSubject | undefined;
    const subject = (): WindowTableSubject => made!;
    beforeAll(async () => {
      made = await make();
    });
    describe('events', () => windowEventsContract(subject));
    describe('heads', () => windowHeadsContract(subject));
    describe('due windows', () => dueIndexContract(subject));
    describe('records', () => windowRecordsContract(subject));
  });
};
