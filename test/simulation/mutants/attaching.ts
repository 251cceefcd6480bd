import type { Mutation } from './mutation';

/* Mistakes with what takes no part in a reconstruction: attached to a record, or passed on. */

const buffer = 'src/steps/buffer.ts';

export const attachingMutations: readonly Mutation[] = [
  {
    name: 'an attached event taken for safe whatever its window is',
    edits: [
      { file: buffer, from: "return event.attached && state !== 'open' ? 'unattached' : 'buffered';", to: "return 'buffered';" },
    ],
    breaks: [1],
  },
  {
    name: 'a closing window taken for open by an attached event',
    edits: [
      {
        file: buffer,
        from: "return event.attached && state !== 'open' ? 'unattached' : 'buffered';",
        to: "return event.attached && state !== 'open' && state !== 'closing' ? 'unattached' : 'buffered';",
      },
    ],
    breaks: [1],
  },
  {
    name: 'an attached event that opens and re-arms its window',
    edits: [
      {
        file: 'src/steps/arrive.ts',
        from: 'const arrival = event.attached ? null : {',
        to: 'const arrival = {',
      },
    ],
    breaks: [4],
  },
  {
    name: 'nothing new to say, and nothing to publish',
    edits: [
      {
        file: 'src/pipeline.ts',
        from: '        await steps.publishAttached(claim, found.read.attached, found.read.last);\n',
        to: '',
      },
    ],
    breaks: [4],
  },
  {
    name: 'what a record has no room for is left out',
    edits: [{ file: 'src/steps/emit.ts', from: '    await publishLeftOut(claim, sending.attached, sending.stored);\n', to: '' }],
    breaks: [4],
  },
  {
    name: 'stored although it could never be published',
    edits: [{ file: buffer, from: 'const items = all.filter(isPublishable);', to: 'const items = all;' }],
    breaks: [5],
  },
  {
    name: 'a topic that fails taken for one that published',
    edits: [{ file: 'src/steps/pass-on.ts', from: "      return 'failed';\n", to: "      return 'buffered';\n" }],
    breaks: [1],
  },
];
