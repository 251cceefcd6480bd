import type { Pause } from '../../src/core/on-call/levers';
import type { LeverBoard } from '../../src/ports-on-call';
import { noon } from '../factories';

const pause = (fields: Partial<Pause> = {}): Pause => ({
  lever: 'handoff',
  sinceMs: noon,
  who: 'arn:aws:iam::123456789012:user/ada',
  reason: 'CRM is being moved',
  ...fields,
});

/** What every board of levers promises. `make` gives one on which none is pulled. */
export const leverBoardContract = (name: string, make: () => Promise<LeverBoard>): void => {
  describe(`${name} keeps the promises of a board of levers`, () => {
    test('at first nothing is paused, and resuming it is nothing', async () => {
      const board = await make();
      await board.resume('intake');
      expect(await board.read()).toEqual([]);
    });

    test('what is paused is read with since when, by whom and why, until it is resumed', async () => {
      const board = await make();
      await board.pause(pause());
      await board.pause(pause({ lever: 'intake', reason: 'a bad release' }));
      expect(await board.read()).toEqual([pause(), pause({ lever: 'intake', reason: 'a bad release' })]);
      await board.resume('handoff');
      await board.resume('handoff');
      expect(await board.read()).toEqual([pause({ lever: 'intake', reason: 'a bad release' })]);
    });

    test('who pauses for the same reason again changes nothing', async () => {
      const board = await make();
      await board.pause(pause());
      await board.pause(pause({ sinceMs: noon + 1, who: 'somebody else' }));
      expect(await board.read()).toEqual([pause()]);
    });

    test('another reason takes the place of the first, with who gave it; since when it stands still does not change', async () => {
      const board = await make();
      await board.pause(pause());
      await board.pause(pause({ sinceMs: noon + 1, who: 'somebody else', reason: 'the CRM is still down' }));
      expect(await board.read()).toEqual([pause({ who: 'somebody else', reason: 'the CRM is still down' })]);
      await board.resume('handoff');
      await board.pause(pause({ sinceMs: noon + 2 }));
      expect(await board.read()).toEqual([pause({ sinceMs: noon + 2 })]);
    });
  });
};
