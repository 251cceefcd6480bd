import type { History } from '../history';
import type { Put } from './conversations';

/** Where in the history a revision first counted as finished; Infinity if it never did. */
export const finishOf = ({ effects }: History, { place, record }: Put): number => {
  const isFinish = (effect: History['effects'][number], at: number): boolean =>
    at > place && effect.kind === 'head' && effect.conversationId === record.conversationId && effect.finished >= record.revision;
  const at = effects.findIndex(isFinish);
  return at === -1 ? Infinity : at;
};
