import type { Edit } from '../cli/pool';
import type { Mutation } from './mutation';

/* Mistakes in how a window is claimed, read and finished. Texts are the program's own, exactly. */

const windowClose = 'src/core/window-close.ts';

/** Whoever closes, and not which close, holds the window. */
const workersOwnToken: Edit = {
  file: 'src/steps/claim.ts',
  from: 'claimWindow(settings, due, random.id(), clock.nowMs())',
  to: 'claimWindow(settings, due, ((random as any).own ??= random.id()), clock.nowMs())',
};

const fencesOf = (expect: string): readonly Edit[] => [
  {
    file: windowClose,
    from: "{ ...change, expect: { state: 'closing', token: head.token ?? '' } }",
    to: `{ ...change, expect: { ${expect} } }`,
  },
  {
    file: windowClose,
    from: "const expect = { state: 'closing', token: head.token ?? '', rearmAt: head.rearmAt ?? null } as const;",
    to: `const expect = { ${expect}, rearmAt: head.rearmAt ?? null } as const;`,
  },
];

/** The number first, the state afterwards. */
const twoUpdates: Edit = {
  file: 'src/pipeline.ts',
  from: 'await claim.end((head, nowMs) => finishWindow(settings, head, { ...done, leave, watermarkMs, rebuild }, nowMs));',
  to: `
    let last: any;
    await claim.end((head, nowMs) => {
      last = finishWindow(settings, head, { ...done, leave, watermarkMs, rebuild }, nowMs);
      const { state, dueAt, dueOn, ...numbers } = last.set;
      return { ...last, set: numbers, remove: ['rearmAt', 'lastError', 'failedAttempt'] };
    });
    const { dueAt, dueOn, state } = last.set;
    await claim.end((head) => ({
      ...last,
      expect: { state: 'closing', token: head.token ?? '' },
      set: state === 'closed' ? { state } : { state, dueAt, dueOn },
    }));`,
};

const readBeforeTheClaim: readonly Edit[] = [
  {
    file: 'src/steps/claim.ts',
    from: '  const claimed = await table.updateHead(claimWindow(',
    to: `  const before = (await table.readHeads([due.conversationId])).heads.get(due.conversationId);
  const pages: any[] = [];
  if (before) for await (const page of table.readWindow(due.conversationId, before.life, before.finished)) pages.push(page);
  const claimed = await table.updateHead(claimWindow(`,
  },
  { file: 'src/steps/claim.ts', from: '    claimed,\n    hold:', to: '    claimed,\n    pages,\n    hold:' },
  {
    file: 'src/steps/read-window.ts',
    from: 'for await (const page of table.readWindow(claim.conversationId, life, finished)) {',
    to: 'for await (const page of (claim as any).pages) {',
  },
];

/** Whatever was finished meanwhile, the record gets the number after it. */
const numberReadAgain: Edit = {
  file: 'src/steps/emit.ts',
  from: '    const put = await putRecord(table, record, clock.nowMs() + settings.retentionMs);',
  to: `    const { conversationId, claimed } = claim;
    const now = (await table.readHeads([conversationId])).heads.get(conversationId)?.finished ?? claimed.finished;
    const [was, is] = [claimed.finished + 1, now + 1];
    const renumbered = (text: string): string =>
      [['"revision":', ''], ['\\\\"revision\\\\":', ''], ['_', '"']].reduce(
        (done, [before, after]) => done.replaceAll(before + was + after, before + is + after), text);
    if (is !== was) {
      record = JSON.parse(renumbered(JSON.stringify(record)));
      (record.record as any).supersedes = now;
      (draft as any).renumbered = true;
    }
    const put = await putRecord(table, record, clock.nowMs() + settings.retentionMs);`,
};

export const closingMutations: readonly Mutation[] = [
  {
    name: 'closing on a record that another put',
    edits: [
      {
        file: 'src/steps/emit.ts',
        from: 'return sendOut(claim, { ...others, stored: put }, false);',
        to: 'return sendOut(claim, { ...others, stored: put }, true);',
      },
    ],
    breaks: [4],
  },
  {
    name: 'closing on a record that was resumed',
    edits: [
      {
        file: 'src/steps/emit.ts',
        from: 'sendOut(claim, { ...eventsRead(read), stored }, false);',
        to: 'sendOut(claim, { ...eventsRead(read), stored }, true);',
      },
    ],
    breaks: [4],
  },
  {
    name: 'a fence that is the state',
    edits: [
      ...fencesOf("state: 'closing'"),
      { file: 'src/steps/claim.ts', from: 'now.token !== claimed.token', to: "now.state !== 'closing'" },
    ],
    breaks: [3, 4],
  },
  { name: "a fence that is the worker's id", edits: [workersOwnToken], breaks: [3, 4] },
  {
    name: 'a token that survives the finish',
    edits: [
      ...fencesOf("token: head.token ?? ''"),
      {
        file: windowClose,
        from: "const over = ['token', 'rearmAt', ...failureFields, ...(mark.remove ?? [])] as const;",
        to: "const over = ['rearmAt', ...failureFields, ...(mark.remove ?? [])] as const;",
      },
    ],
    breaks: [3, 4],
  },
  { name: 'finishing in two updates', edits: [twoUpdates], breaks: [4] },
  { name: 'querying before marking', edits: readBeforeTheClaim, breaks: [3, 4] },
  { name: 'a revision number read again after the query', edits: [numberReadAgain], breaks: [3, 4] },
  {
    name: 'a finish that ignores rearmAt',
    edits: [{ file: windowClose, from: 'if (done.own && head.rearmAt === undefined) {', to: 'if (done.own) {' }],
    breaks: [4],
  },
  {
    name: 'a finish that ignores rearmAt where there is nothing to say',
    edits: [
      {
        file: windowClose,
        from: 'if (done.own && head.rearmAt === undefined) {',
        to: 'if (done.own && (head.rearmAt === undefined || done.pane === null)) {',
      },
    ],
    breaks: [4],
  },
  {
    name: 'a leave that ignores rearmAt',
    edits: [{ file: windowClose, from: 'Math.min(dueAtMs, head.rearmAt ?? Infinity)', to: 'dueAtMs' }],
    breaks: [5],
  },
  {
    name: 'a failure that waits in queue time',
    edits: [
      {
        file: windowClose,
        from: '      dueAt: nowMs + failure.gapMs,',
        to: "      dueAt: nowMs + failure.gapMs, dueOn: dueOn('queue', head.conversationId, settings.shards),",
      },
      {
        file: windowClose,
        from: 'set: { dueAt: nowMs + wait.gapMs,',
        to: "set: { dueOn: dueOn('queue', head.conversationId, settings.shards), dueAt: nowMs + wait.gapMs,",
      },
    ],
    breaks: [5, 7],
  },
  {
    name: 'a close without knowing all of its events',
    edits: [{ file: 'src/core/due.ts', from: 'if (newestUnknownMs === null || ', to: 'if (newestUnknownMs !== null || ' }],
    breaks: [2],
  },
];
