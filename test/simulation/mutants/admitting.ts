import type { Edit } from '../cli/pool';
import type { Mutation } from './mutation';

/* Mistakes in how messages become events, and how a window hears of them. */

const buffer = 'src/steps/buffer.ts';
const arrive = 'src/steps/arrive.ts';
const pipeline = 'src/pipeline.ts';
const window = 'src/core/window.ts';

const headsBeforeEvents: readonly Edit[] = [
  {
    file: buffer,
    from: '    const outcomes = await write(',
    to: `    const ids = [...new Set(items.map(({ event }) => event.conversationId))].slice(0, 100);
    const early = await outside.table.readHeads(ids).catch(() => null);
    (outside as any).early = new Map([...((outside as any).early ?? []), ...(early?.heads ?? [])]);
    const outcomes = await write(`,
  },
  {
    file: arrive,
    from: 'const { heads } = await table.readHeads(ids);',
    to: `const early: Map<string, any> = (outside as any).early ?? new Map();
      const known = ids.filter((id) => early.has(id));
      const asked = ids.filter((id) => !early.has(id));
      const { heads: found } = asked.length > 0 ? await table.readHeads(asked) : { heads: new Map<string, any>() };
      const heads = new Map([...found, ...known.map((id) => [id, early.get(id)] as const)]);
      for (const id of known) early.delete(id);`,
  },
];

const answeredBeforeTheWrite: readonly Edit[] = [
  {
    file: pipeline,
    from: '  return async (batch, watermarkMs, disorderOf) => {\n',
    to: '  const work: any = async (batch: any, watermarkMs: any, disorderOf: any) => {\n',
  },
  {
    file: pipeline,
    from: '    return done;\n  };\n};',
    to: `    return done;
  };
  return (batch, watermarkMs, disorderOf) => {
    void work(batch, watermarkMs, disorderOf);
    return Promise.resolve(batch);
  };
};`,
  },
];

/** The creation that such a head is answered with is refused, and taken for somebody else's. */
const unprocessedIsMissing: readonly Edit[] = [
  {
    file: arrive,
    from: 'const { heads } = await table.readHeads(ids);',
    to: `const { heads: found, unprocessed: unknown } = await table.readHeads(ids);
      const heads = new Map<string, any>([...found, ...unknown.map((id) => [id, null] as const)]);`,
  },
  { file: arrive, from: '    return isApplied;\n', to: '    return isApplied || head === null;\n' },
];

export const admittingMutations: readonly Mutation[] = [
  { name: 'reading heads before putting events', edits: headsBeforeEvents, breaks: [4] },
  { name: 'delete before the write', edits: answeredBeforeTheWrite, breaks: [1] },
  { name: 'unprocessed heads taken for missing', edits: unprocessedIsMissing, breaks: [4] },
  {
    name: 'rearmAt without the condition that the head is closing',
    edits: [
      {
        file: window,
        from: "{ expect: { state: 'closing', rearmAt: null }, set: { rearmAt: soon } }",
        to: '{ expect: { rearmAt: null }, set: { rearmAt: soon } }',
      },
    ],
    breaks: [4],
  },
  {
    name: 'rearmAt never set',
    edits: [
      {
        file: window,
        from: "return head.rearmAt === undefined ? { expect: { state: 'closing', rearmAt: null }, set: { rearmAt: soon } } : null;",
        to: 'return null;',
      },
    ],
    breaks: [4],
  },
  {
    name: 'a set-aside that writes the body anew',
    edits: [
      {
        file: 'src/steps/set-aside.ts',
        from: 'await deadLetters.setAside(letter);',
        to: `const anew = (body: string): string => { try { return JSON.stringify(JSON.parse(body)); } catch { return body; } };
      await deadLetters.setAside({ ...letter, message: { ...message, body: anew(message.body) } });`,
      },
    ],
    breaks: [6],
  },
  {
    name: 'an ack before the set-aside',
    edits: [
      {
        file: pipeline,
        from: "return refused === null || steps.setAside(message, refused, failing.hear('set-aside', message));",
        to: "if (refused !== null) void steps.setAside(message, refused, failing.hear('set-aside', message));\n    return true;",
      },
    ],
    breaks: [1],
  },
  {
    name: 'a set-aside that is tried until it succeeds',
    edits: [
      {
        file: 'src/steps/set-aside.ts',
        from: 'await deadLetters.setAside(letter);',
        to: 'while (await deadLetters.setAside(letter).then(() => false, () => true)) await clock.sleep(1_000);',
      },
    ],
    breaks: [7],
  },
  {
    name: 'a deploy that drops what is in hand as done',
    edits: [
      {
        file: 'src/worker.ts',
        from: 'const intake = queue.consume(intakeHandler(outside, settings, heartbeat, stop.soft), stop);',
        to: `const handler = intakeHandler(outside, settings, heartbeat, stop.soft);
  const admit: typeof handler.admit = (batch) => (stop.soft.aborted ? Promise.resolve(batch) : handler.admit(batch));
  const intake = queue.consume({ ...handler, admit }, stop);`,
      },
    ],
    breaks: [1],
  },
  {
    name: 'logging a body',
    edits: [
      {
        file: 'src/steps/set-aside.ts',
        from: '      messageId: message.id,\n      receiveCount: message.receiveCount,',
        to: '      messageId: message.id,\n      body: message.body,\n      receiveCount: message.receiveCount,',
      },
    ],
    breaks: [9],
  },
];
