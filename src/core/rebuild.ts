import { contentHash } from './revision';
import type { ConversationRecord, RecordContent } from './record';

/*
 * The mark on a head that asks for its record to be made anew by the code of today, from the events that are stored. A close that
 * claimed with it, and finds no news, holds what the events say today against what the last record says: the same, and there is
 * nothing to say; else the next revision is made. `records` starts no execution, whatever the policy; with `handoff` the policy decides.
 * Where there is news besides, the policy decides as ever, and the mark asks for nothing more.
 */

export type RebuildMode = 'records' | 'handoff';

/** `id` tells two requests of one mode apart: a close takes away the mark that it was claimed with, and no other. */
export const rebuildMark = (mode: RebuildMode, id: string): string => `${mode} ${id}`;

/** What is not known starts nothing. */
export const rebuildModeOf = (mark: string | undefined): RebuildMode | null =>
  mark === undefined ? null : mark.startsWith('handoff ') ? 'handoff' : 'records';

/**
 * Whether the code of today says something else than the record does. Which versions made it is no such thing: a mapper whose version
 * has moved would else give every conversation a revision that says nothing.
 */
export const saysOtherwise = (now: ConversationRecord, before: ConversationRecord): boolean =>
  now.contentHash !== before.contentHash && contentHash(asMadeBy(now, before)) !== before.contentHash;

const asMadeBy = (content: RecordContent, { producedBy }: RecordContent): RecordContent => ({ ...content, producedBy });
