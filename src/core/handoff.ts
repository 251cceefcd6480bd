import { createHash } from 'node:crypto';
import { limits } from './limits';
import type { ConversationRecord, Pane } from './record';

/** Longest id that leaves room for `_<life>_<revision>`: 16 characters of life, 7 digits of revision, two underscores. */
const idLength = limits.executionNameLength - 1 - 16 - 1 - 7;

/** Letters, digits, `-` and `_` only: the characters that Step Functions accepts and CloudWatch can log. */
const isPlain = (id: string): boolean => /^[A-Za-z0-9_-]+$/.test(id) && id.length <= idLength && !id.startsWith('h_');

const changedId = (id: string): string => {
  const readable = id.replace(/[^A-Za-z0-9-]/g, '-').slice(0, idLength - 'h_'.length - 33);
  return `h_${readable}_${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;
};

/**
 * Name of a revision's execution: the same for every attempt, different for every other revision. An id that has to be changed
 * gets a hash of the original and the prefix `h_`, which no unchanged id has: so two ids never meet in one name. There is no
 * fallback name: a second name would be a second run.
 */
export const executionName = (key: Pick<ConversationRecord, 'conversationId' | 'life' | 'revision'>): string =>
  `${isPlain(key.conversationId) ? key.conversationId : changedId(key.conversationId)}_${key.life}_${key.revision}`;

/** Which revisions start an execution, as configured. */
export type HandoffPolicy = 'final' | 'every' | 'first';

/**
 * Whether a revision starts an execution. The pane decides, and nothing that a later deploy could see differently: `on_time` is
 * the first record of a life that is not early, there is one at most, and every policy hands it off. So `first` needs no memory
 * of what was handed off, and a change of policy neither leaves a conversation without an execution nor starts one again.
 */
export const isHandedOff = (policy: HandoffPolicy, pane: Pane): boolean => {
  switch (policy) {
    case 'final':
      return pane !== 'early';
    case 'every':
      return true;
    case 'first':
      return pane === 'on_time';
  }
};
