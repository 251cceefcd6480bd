import type { Breach } from '../history';
import { type Conversation, lostItsPast, nameOf, type Put } from './conversations';
import { breach } from './effects';
import type { Evidence } from './evidence';

/*
 * Promise 3, the numbers. Within a life the revisions count from 1 without a gap, each is put once and supersedes the one before;
 * the window's head has finished the last of them when all is quiet.
 */

const judgeNumbers = (conversation: Conversation, life: readonly Put[]): readonly Breach[] =>
  life.flatMap((put, index) => {
    const { revision, supersedes } = put.record;
    const previous = index === 0 ? null : index;
    const mayForget = supersedes === null && lostItsPast(conversation, put.place);
    return [
      ...(revision === index + 1 ? [] : [breach(3, put.atMs, `${nameOf(put)}: expected revision ${index + 1} of its life`)]),
      ...(supersedes === previous || mayForget
        ? []
        : [breach(3, put.atMs, `${nameOf(put)}: expected it to supersede ${String(previous)}, got ${String(supersedes)}`)]),
    ];
  });

const judgeFinished = ({ history }: Evidence, { script, lives }: Conversation): readonly Breach[] => {
  const head = history.heads.find(({ conversationId }) => conversationId === script.conversationId);
  if (!head || head.state !== 'closed') return [];
  const last = lives.at(-1)?.at(-1)?.record.revision ?? 0;
  return head.finished === last
    ? []
    : [
        breach(
          3,
          history.effects.at(-1)?.atMs ?? 0,
          `expected the closed window of ${script.conversationId} to have finished revision ${last}, got ${head.finished}`,
        ),
      ];
};

export const judgeRevisions = (evidence: Evidence): readonly Breach[] =>
  evidence.conversations.flatMap((conversation) => [
    ...conversation.lives.flatMap((life) => judgeNumbers(conversation, life)),
    ...judgeFinished(evidence, conversation),
  ]);
