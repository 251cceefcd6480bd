import type { Head, HeadFields } from '../../src/core/items';
import { parkedOn } from '../../src/core/items';
import type { WindowTable } from '../../src/ports';
import type { ParkedWindows } from '../../src/ports-on-call';
import { noon } from '../factories';
import { expiresAtMs } from './window-table-subject';

/** An empty table, and its parked windows. */
export interface ParkedWindowsSubject {
  readonly table: WindowTable;
  readonly windows: ParkedWindows;
  readonly settleIndex: () => Promise<void>;
}

const parked = (atMs: number): HeadFields => ({
  ...{ state: 'parked', life: 'life-1', finished: 2, attempts: 9, waits: 3, dueAt: atMs, dueOn: parkedOn, ending: noon },
  lastError: 'TypeError: Expected a mapper that does not throw.',
});

/** As LocalStack and the stand-ins keep it; a head has its layout, too. */
const put = async ({ table, settleIndex }: ParkedWindowsSubject, conversationId: string, set: HeadFields): Promise<void> => {
  await table.updateHead({ conversationId, expect: 'missing', set, expiresAtMs });
  await settleIndex();
};

const listed = async ({ windows }: ParkedWindowsSubject): Promise<readonly Head[]> => {
  const heads: Head[] = [];
  for await (const head of windows.list()) heads.push(head);
  return heads;
};

const ids = (heads: readonly Head[]): readonly string[] => heads.map(({ conversationId }) => conversationId);

type Make = () => Promise<ParkedWindowsSubject>;

const listingContract = (make: Make): void => {
  test('where nothing is parked, there is nothing to list', async () => {
    const subject = await make();
    await put(subject, 'open', { ...parked(noon), state: 'open', dueOn: 'Q#000' });
    expect(await listed(subject)).toEqual([]);
  });

  test('they are listed with all that their heads say, parked longest first, however many they are', async () => {
    const subject = await make();
    const count = 120;
    for (let at = 0; at < count; at++) await put(subject, `c-${String(at)}`, parked(noon + ((at * 7) % count)));
    const heads = await listed(subject);
    expect(heads.map(({ dueAt }) => dueAt)).toEqual(Array.from({ length: count }, (_, at) => noon + at));
    expect(heads[0]).toEqual({ layout: 1, conversationId: 'c-0', ...parked(noon) });
  });

  test('what the index still shows, and the table does not, is not listed', async () => {
    const subject = await make();
    await put(subject, 'gone', parked(noon));
    await put(subject, 'there', parked(noon));
    const reopened = { conversationId: 'gone', expect: { state: 'parked' }, set: { state: 'closed' }, expiresAtMs } as const;
    await subject.table.updateHead(reopened);
    expect(ids(await listed(subject))).toEqual(['there']);
  });
};

const openingContract = (make: Make): void => {
  test('one is read by its conversation, parked or not; of none there is none', async () => {
    const subject = await make();
    await put(subject, 'c', parked(noon));
    expect(await subject.windows.read('c')).toMatchObject({ conversationId: 'c', ...parked(noon) });
    expect(await subject.windows.read('another')).toBeNull();
  });

  test('opened again it is due at once, its attempts and waits forgotten, its life and its last error kept', async () => {
    const subject = await make();
    await put(subject, 'c', parked(noon));
    expect(await subject.windows.reopen('c')).toBe('reopened');
    await subject.settleIndex();
    const open = { state: 'open', attempts: 0, waits: 0, dueAt: 0, dueOn: 'Q#000' };
    expect(await subject.windows.read('c')).toEqual({ layout: 1, conversationId: 'c', ...parked(noon), ...open });
    expect(await listed(subject)).toEqual([]);
    expect(await subject.table.findDue('Q#000', noon, 10)).toMatchObject([{ conversationId: 'c' }]);
  });

  test('one that is not parked, or not there, stays as it is', async () => {
    const subject = await make();
    const open = { ...parked(noon), state: 'open', dueOn: 'Q#003' } as const;
    await put(subject, 'c', open);
    expect(await subject.windows.reopen('c')).toBe('not-parked');
    expect(await subject.windows.reopen('another')).toBe('not-parked');
    expect(await subject.windows.read('c')).toMatchObject(open);
    expect(await subject.windows.read('another')).toBeNull();
  });

  test('of two who open it at once, one does', async () => {
    const subject = await make();
    await put(subject, 'c', parked(noon));
    const answers = await Promise.all([subject.windows.reopen('c'), subject.windows.reopen('c')]);
    expect([...answers].sort()).toEqual(['not-parked', 'reopened']);
  });
};

/** What is promised of windows that wait for a person. `make` gives an empty table. */
export const parkedWindowsContract = (name: string, make: Make): void => {
  describe(`${name} keeps the promises of parked windows`, () => {
    listingContract(make);
    openingContract(make);
  });
};
