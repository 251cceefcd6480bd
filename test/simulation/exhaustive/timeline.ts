import type { Head, HeadUpdate, StoredEvent, StoredRecord } from '../../../src/core/items';
import type { DueWindow, HeadsAnswer, Message } from '../../../src/ports';
import type { PageAnswer } from './calls';
import type { StepTaken } from './places';
import { actors } from './units';

const fieldsOf = (fields: object): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name} ${value === null ? 'none' : String(value)}`)
    .join(', ');

const headText = (head: Head | null | undefined): string =>
  head ? `${head.state}, finished ${head.finished}, token ${head.token ?? 'none'}, rearmAt ${head.rearmAt ?? 'none'}` : 'none';

const eventText = ({ event }: StoredEvent): string => `${new Date(event.eventTimeMs).toISOString()} ${event.type}`;
const recordText = ({ record }: StoredRecord): string => `revision ${record.revision} of ${record.eventCount} events`;

const updateText = ({ expect, set, remove = [] }: HeadUpdate): string =>
  `if ${expect === 'missing' ? 'missing' : fieldsOf(expect)}: ${fieldsOf(set)}${remove.length > 0 ? `; without ${remove.join(', ')}` : ''}`;

const pageText = ({ page }: PageAnswer): string =>
  [...page.events.map(eventText), ...page.records.map(recordText)].join(' | ') || 'nothing';

/** What a call asked for, and what it was answered, in words. */
const words = ({ call: { name, args }, answer }: StepTaken): readonly [string, string] => {
  const value = 'value' in answer ? answer.value : undefined;
  switch (name) {
    case 'queue.receive':
      return ['', (value as readonly Message[]).map(({ id }) => id).join(', ')];
    case 'table.due':
      return ['', fieldsOf(value as DueWindow)];
    case 'table.writeEvents':
      return [(args[0] as readonly StoredEvent[]).map(eventText).join(' | '), 'stored'];
    case 'table.readHeads':
      return ['', [...(value as HeadsAnswer).heads.values()].map(headText).join()];
    case 'table.updateHead':
      return [updateText(args[0] as HeadUpdate), value === null ? 'not as expected' : headText(value as Head)];
    case 'table.readWindow':
      return ['', pageText(value as PageAnswer)];
    case 'table.putRecord':
      return [recordText(args[0] as StoredRecord), value === 'put' ? 'put' : `there is ${recordText(value as StoredRecord)}`];
    case 'stateMachine.start':
      return [(args[0] as { readonly name: string }).name, String(value)];
    default:
      return [name.startsWith('queue') ? (args[0] as readonly string[]).join(', ') : '', 'done'];
  }
};

const lineOf = (taken: StepTaken, index: number): string => {
  const { worker, does } = actors[taken.actor]!;
  const place = `${String(index + 1).padStart(3)}  worker ${worker}`;
  if (taken.kind === 'worker crashes') return `${place} crashes`;
  const [asked, answered] = words(taken);
  const happened = { answered, 'answer lost': `${answered}, but the answer is lost`, refused: 'refused, without effect' };
  return `${place} ${does.padEnd(5)}  ${taken.call.name}  ${asked ? `${asked}  ` : ''}→ ${happened[taken.kind]}`;
};

/** A schedule to read: one line for each step. */
export const timelineOf = (schedule: readonly StepTaken[]): string => schedule.map(lineOf).join('\n');
