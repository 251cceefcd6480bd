import type { HeadFields, HeadUpdate } from '../../src/core/items';
import { limits } from '../../src/core/limits';
import type { WindowTable } from '../../src/ports';
import { minute } from '../factories';
import { aHead, freshConversation, headOf } from './samples';
import { expiresAtMs, type Subject } from './window-table-subject';

const update = (conversationId: string, change: Omit<HeadUpdate, 'conversationId' | 'expiresAtMs'>): HeadUpdate => ({
  conversationId,
  expiresAtMs,
  ...change,
});

const create = async (table: WindowTable, fields: Partial<HeadFields> = {}): Promise<string> => {
  const conversation = freshConversation();
  await table.updateHead(update(conversation, { expect: 'missing', set: aHead(fields) }));
  return conversation;
};

const headIn = async (table: WindowTable, conversation: string) =>
  (await table.readHeads([conversation])).heads.get(conversation);

/** Reading heads and changing them by compare-and-set. */
export const windowHeadsContract = (subject: Subject): void => {
  test('a head that is not there is answered as null', async () => {
    const conversation = freshConversation();
    const answer = await subject().table.readHeads([conversation]);
    expect(answer).toEqual({ heads: new Map([[conversation, null]]), unprocessed: [] });
  });

  test('a head comes back with every field it was made with, and nothing else', async () => {
    const { table } = subject();
    const conversation = freshConversation();
    const fields = aHead({
      token: 't',
      ending: minute(2),
      rearmAt: minute(3),
      onlyEarly: true,
      lastError: 'e',
      attempts: 4,
      waits: 5,
      finished: 6,
    });
    const head = headOf(conversation, fields);
    expect(await table.updateHead(update(conversation, { expect: 'missing', set: fields }))).toEqual(head);
    expect(await headIn(table, conversation)).toEqual(head);
  });

  test('100 heads are read at once, an id named twice is answered once, and 101 are refused', async () => {
    const { table } = subject();
    const there = await create(table);
    const ids = [there, ...Array.from({ length: limits.readBatch - 1 }, freshConversation)];
    const { heads, unprocessed } = await table.readHeads([...ids, there]);
    expect([heads.size + unprocessed.length, heads.get(there)]).toEqual([limits.readBatch, headOf(there, aHead())]);
    await expect(table.readHeads([...ids, freshConversation()])).rejects.toThrow('100');
    expect(await table.readHeads([])).toEqual({ heads: new Map(), unprocessed: [] });
  });

  test('a head is created once: who comes second changes nothing and is told so', async () => {
    const { table } = subject();
    const conversation = await create(table, { life: '0mjuohs000000001' });
    const second = update(conversation, { expect: 'missing', set: aHead({ life: '0mjuohs000000002' }) });
    expect(await table.updateHead(second)).toBeNull();
    expect(await headIn(table, conversation)).toEqual(headOf(conversation, aHead({ life: '0mjuohs000000001' })));
  });

  test('an update changes what it names, removes what it names, and leaves the rest', async () => {
    const { table } = subject();
    const conversation = await create(table, { ending: minute(1), rearmAt: minute(2) });
    const change = {
      expect: { state: 'open' },
      set: { state: 'closing', token: 't' },
      remove: ['rearmAt', 'lastError'],
    } as const;
    const after = headOf(conversation, aHead({ state: 'closing', token: 't', ending: minute(1) }));
    expect(await table.updateHead(update(conversation, change))).toEqual(after);
    expect(await headIn(table, conversation)).toEqual(after);
  });

  test.each<[string, HeadUpdate['expect']]>([
    ['a field has another value', { state: 'open', life: 'another' }],
    ['a field that must be absent is there', { state: 'open', dueAt: null }],
    ['a field that must have a value is absent', { state: 'open', token: 't' }],
  ])('an update changes nothing where %s', async (_case, expected) => {
    const { table } = subject();
    const conversation = await create(table);
    expect(await table.updateHead(update(conversation, { expect: expected, set: { state: 'parked' } }))).toBeNull();
    expect(await headIn(table, conversation)).toEqual(headOf(conversation, aHead()));
  });

  test('an update holds where each field is as expected, absent ones included', async () => {
    const { table } = subject();
    const conversation = await create(table);
    const { state, life, dueAt } = aHead();
    const expected = { state, life, dueAt: dueAt!, token: null, rearmAt: null };
    expect(await table.updateHead(update(conversation, { expect: expected, set: { state: 'parked' } }))).toMatchObject({
      state: 'parked',
    });
  });

  test.each<[string, HeadUpdate['expect']]>([
    ['a value', { state: 'open' }],
    ['only absences', { token: null }],
    ['nothing in particular', {}],
  ])('an update that expects %s makes no head where there is none', async (_case, expected) => {
    const { table } = subject();
    const conversation = freshConversation();
    expect(await table.updateHead(update(conversation, { expect: expected, set: aHead() }))).toBeNull();
    expect(await headIn(table, conversation)).toBeNull();
  });

  test('of updates at the same time each has its own answer, be they many, and several of one head', async () => {
    const { table } = subject();
    const there = await Promise.all(Array.from({ length: 30 }, () => create(table)));
    const fresh = Array.from({ length: 30 }, freshConversation);
    const made = fresh.map((id) => update(id, { expect: 'missing', set: aHead() }));
    const refused = there.map((id) => update(id, { expect: 'missing', set: aHead({ life: 'another' }) }));
    const [once, twice] = there;
    const rearmed = [once!, twice!, once!].map((id) => update(id, { expect: { rearmAt: null }, set: { rearmAt: minute(7) } }));
    const ended = update(there[2]!, { expect: { state: 'open' }, set: { ending: minute(4) }, remove: ['dueAt'] });
    const answers = await Promise.all([...made, ...refused, ...rearmed, ended].map((one) => table.updateHead(one)));
    expect(answers.slice(0, 30)).toEqual(fresh.map((id) => headOf(id, aHead())));
    expect(answers.slice(30, 60)).toEqual(there.map(() => null));
    const [first, other, second] = answers.slice(60, 63);
    const again = headOf(once!, aHead({ rearmAt: minute(7) }));
    // Which of the two came first nobody knows.
    expect([first, second].filter((head) => head !== null)).toEqual([again]);
    expect(other).toEqual(headOf(twice!, aHead({ rearmAt: minute(7) })));
    expect(answers[63]).toEqual({ ...headOf(there[2]!, aHead({ ending: minute(4) })), dueAt: undefined });
    expect([await headIn(table, once!), await headIn(table, there[2]!)]).toEqual([again, answers[63]]);
  });

  test('attempts are counted without having been read', async () => {
    const { table } = subject();
    const conversation = await create(table, { attempts: 2 });
    const claim = update(conversation, { expect: { state: 'open' }, set: { token: 't' }, addAttempt: true });
    expect(await table.updateHead(claim)).toMatchObject({ attempts: 3 });
    expect(await table.updateHead(claim)).toMatchObject({ attempts: 4 });
  });

  test('of several claims that saw the same head, one wins', async () => {
    const { table } = subject();
    const conversation = await create(table);
    const claim = (token: string): HeadUpdate =>
      update(conversation, { expect: { state: 'open', dueAt: minute(1) }, set: { state: 'closing', dueAt: minute(2), token } });
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((token) => table.updateHead(claim(token))));
    const winners = answers.filter((head) => head !== null);
    expect(winners).toHaveLength(1);
    expect(await headIn(table, conversation)).toEqual(winners[0]);
  });
};

/** Finding windows by their due time. Each test has a partition of the index to itself. */
export const dueIndexContract = (subject: Subject): void => {
  const found = async (dueOn: string, upToMs: number, limit = 10): Promise<readonly string[]> => {
    await subject().settleIndex();
    return (await subject().table.findDue(dueOn, upToMs, limit)).map(({ conversationId }) => conversationId);
  };

  test('windows are found that are due by then, earliest first, and no later ones', async () => {
    const { table, settleIndex } = subject();
    const third = await create(table, { dueOn: 'Q#001', dueAt: minute(3) });
    const first = await create(table, { dueOn: 'Q#001', dueAt: minute(1) });
    await create(table, { dueOn: 'Q#001', dueAt: minute(3) + 1 });
    const second = await create(table, { dueOn: 'Q#001', dueAt: minute(2) });
    await settleIndex();
    expect(await table.findDue('Q#001', minute(3), 10)).toEqual([
      { conversationId: first, dueAt: minute(1), dueOn: 'Q#001' },
      { conversationId: second, dueAt: minute(2), dueOn: 'Q#001' },
      { conversationId: third, dueAt: minute(3), dueOn: 'Q#001' },
    ]);
  });

  test('a page holds no more than its limit, the earliest of all', async () => {
    const { table } = subject();
    await create(table, { dueOn: 'Q#002', dueAt: minute(3) });
    const first = await create(table, { dueOn: 'Q#002', dueAt: minute(1) });
    const second = await create(table, { dueOn: 'Q#002', dueAt: minute(2) });
    expect(await found('Q#002', minute(9), 2)).toEqual([first, second]);
  });

  test('only the partition that was asked for is searched', async () => {
    const { table } = subject();
    await create(table, { dueOn: 'W#003' });
    const here = await create(table, { dueOn: 'Q#003' });
    expect(await found('Q#003', minute(9))).toEqual([here]);
  });

  test('a window that moves is found where it is, and one without a due time nowhere', async () => {
    const { table } = subject();
    const moving = await create(table, { dueOn: 'Q#004' });
    const closing = await create(table, { dueOn: 'Q#004' });
    await table.updateHead(update(moving, { expect: { state: 'open' }, set: { dueOn: 'W#004', dueAt: minute(5) } }));
    await table.updateHead(update(closing, { expect: { state: 'open' }, set: { state: 'closed' }, remove: ['dueOn', 'dueAt'] }));
    expect(await found('Q#004', minute(9))).toEqual([]);
    expect(await found('W#004', minute(5))).toEqual([moving]);
  });
};
