import type { Mutation } from './mutation';

/* Changes that change nothing: were one of these caught, the simulation would cry wolf. */

export const harmlessMutations: readonly Mutation[] = [
  {
    name: 'a local under another name',
    edits: [
      {
        file: 'src/steps/emit.ts',
        from: `watermarkMs, handsOff, recordsOnly } = draft;
    const execution = handsOff ?`,
        to: `watermarkMs, handsOff: isWanted, recordsOnly } = draft;
    const execution = isWanted ?`,
      },
    ],
    breaks: [],
  },
  {
    name: 'conditions the other way round',
    edits: [
      {
        file: 'src/core/window-close.ts',
        from: 'if (done.own && head.rearmAt === undefined) {',
        to: 'if (head.rearmAt === undefined && done.own) {',
      },
      {
        file: 'src/core/window-close.ts',
        from: 'Math.min(dueAtMs, head.rearmAt ?? Infinity)',
        to: 'Math.min(head.rearmAt ?? Infinity, dueAtMs)',
      },
    ],
    breaks: [],
  },
  {
    name: 'the states of heads in a copy',
    edits: [{ file: 'src/steps/arrive.ts', from: 'return states;', to: 'return new Map([...states]);' }],
    breaks: [],
  },
];
