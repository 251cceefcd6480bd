import type { JsonObject } from '../../src/core/json';
import { createPipeline } from '../../src/pipeline';
import type { Message, WindowTable } from '../../src/ports';
import { feedMessage, noon } from '../factories';
import { awaitOn, memoryOutside, settings } from '../outside';

/* Step 3 as the pipeline uses it, over a table in memory that misbehaves. */

/** What misbehaves of a table in memory. */
export type Fault = (table: WindowTable) => Partial<WindowTable>;

export const worldWith = (fault: Fault) => {
  const outside = memoryOutside();
  const steps: string[] = [];
  const table: WindowTable = { ...outside.table, ...fault(outside.table) };
  const noted: WindowTable = {
    ...table,
    writeEvents: (batch, expiresAtMs) => {
      steps.push(`write ${String(batch.length)}`);
      return table.writeEvents(batch, expiresAtMs);
    },
    readHeads: (ids) => {
      steps.push(`read ${String(ids.length)}`);
      return table.readHeads(ids);
    },
    updateHead: (update) => {
      steps.push(update.expect === 'missing' ? 'create' : 'update');
      return table.updateHead(update);
    },
  };
  const pipeline = createPipeline({ ...outside, table: noted }, settings);
  const admit = async (messages: readonly Message[], watermarkMs = 0): Promise<readonly string[]> =>
    (await awaitOn(outside, pipeline.admit(messages, watermarkMs))).map(({ id }) => id);
  const eventsOf = async (conversation: string): Promise<number> => {
    let count = 0;
    for await (const { events } of outside.table.readWindow(conversation, 'none', 0)) count += events.length;
    return count;
  };
  return { ...outside, admit, eventsOf, steps };
};

export const sound: Fault = () => ({});
export const text = (message: JsonObject): string => JSON.stringify(message);
export const feedOf = (conversation: string, type = 'customer.start', at = noon): string =>
  text(feedMessage({ conversation, type, at }));
