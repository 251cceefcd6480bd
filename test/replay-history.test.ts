import { generateTraffic } from '../localstack/traffic/generate';
import { seededChance, type Chance } from '../localstack/traffic/chance';
import { seededRandom } from '../src/memory/random';
import { readHistory, writeHistory } from '../src/core/on-call/history-script';
import type { StoredConversation } from '../src/ports-conversation';
import { exportHistory } from '../src/on-call/export-history';
import { createPipeline } from '../src/pipeline';
import { type HistoryReplayed, replayHistory } from '../src/replay-history';
import { mapperOf as mapperIn } from '../src/steps/reconstruct';
import { memoryConversationReader } from './memory/conversation-reader';
import { memoryOutside, messageOf, registry, settings } from './outside';
import { silentLog } from '../src/log';

const mapperOf = mapperIn(registry);
const second = 1_000;

const exported = (stored: StoredConversation, nowMs: number): string =>
  writeHistory(exportHistory(stored, { program: 'test', nowMs, mapperOf }));

const replay = (text: string): Promise<HistoryReplayed> =>
  replayHistory(readHistory(text)!, { registry, settings, log: silentLog });

/** How a run goes: settings that decide which records are made, and how often heads are forgotten. */
interface Weather {
  readonly emitPartialEveryMs: number;
  readonly handoffPolicy: 'final' | 'every' | 'first';
  readonly headsExpire: number;
}

/** Generated traffic in any order, some of it again, with windows that close in between and heads that expire. */
const live = async (chance: Chance, conversations: number, weather: Weather) => {
  const { headsExpire, ...changed } = weather;
  const outside = { ...memoryOutside(), random: seededRandom(1) };
  const { clock, table } = outside;
  const pipeline = createPipeline(outside, { ...settings, idleMs: 900 * second, ...changed });
  const closeDue = async (watermarkMs: number): Promise<void> => {
    for (const due of await table.findDue('Q#000', watermarkMs, 10_000)) await pipeline.close(due, watermarkMs);
  };
  const { messages } = generateTraffic({ seed: `history-${chance.uuid()}`, conversations });
  const again = messages.filter(() => chance.happens(0.05));
  const bodies = chance.shuffle([...messages, ...again]).map(({ body }) => body);
  let count = 0;
  for (let at = 0; at < bodies.length; at += 10) {
    await clock.advance(chance.between(0, 20) * second);
    const watermarkMs = clock.nowMs() - 60 * second;
    const sentAtMs = (): number => clock.nowMs() - chance.between(0, 90) * second;
    await pipeline.admit(bodies.slice(at, at + 10).map((body) => messageOf(body, { id: String(++count), sentAtMs: sentAtMs() })), watermarkMs); // prettier-ignore
    if (chance.happens(0.2)) await closeDue(watermarkMs);
    table.expire(Infinity, ({ sk }) => sk === 'W' && chance.happens(headsExpire));
  }
  await clock.advance(7_200 * second);
  await closeDue(clock.nowMs());
  return outside;
};

const weathers: readonly Weather[] = [
  { emitPartialEveryMs: 0, handoffPolicy: 'final', headsExpire: 0 },
  { emitPartialEveryMs: 90 * second, handoffPolicy: 'first', headsExpire: 0 },
  { emitPartialEveryMs: 120 * second, handoffPolicy: 'every', headsExpire: 0.02 },
];

test.each(weathers.map((weather, index) => [index, weather] as const))(
  'whatever came in whatever order: what is exported is replayed byte for byte (%i)',
  async (index, weather) => {
    const { table, clock } = await live(seededChance(`histories-${String(index)}`), 72, weather);
    const all = table.records();
    const reader = memoryConversationReader({ ...table, records: () => all });
    const replayed: string[] = [];
    for (const id of new Set(all.map(({ record }) => record.conversationId))) {
      const { records, differences } = await replay(exported(await reader.read(id), clock.nowMs()));
      expect({ id, differences }).toEqual({ id, differences: [] });
      replayed.push(...records.map((one) => JSON.stringify(one)));
    }
    expect(replayed).toEqual(all.map(({ record }) => JSON.stringify(record)));
    const panes = new Set(all.map(({ record }) => record.pane));
    const lives =
      new Set(all.map(({ record }) => record.life)).size - new Set(all.map(({ record }) => record.conversationId)).size;
    expect(panes).toContain('late');
    expect(panes.has('early')).toBe(weather.emitPartialEveryMs > 0);
    expect(lives > 0).toBe(weather.headsExpire > 0);
  },
);
