import { foldConversation } from '../../src/core/conversation/fold';
import { type Envelope, readEnvelope } from '../../src/core/formats/envelope';
import { readEvents } from '../../src/core/formats/read-events';
import type { JsonObject } from '../../src/core/json';
import type { Upcast, Upcasts } from '../../src/core/registry/upcast';
import { createSchemaRegistry } from '../../src/core/schema-registry';
import { shippedUpcasts } from '../../src/core/upcasts';
import { mapperOf } from '../../src/steps/reconstruct';
import { anEvent, feedMessage, mapperOf as plainMapperOf } from '../factories';
import { changed, newestOf, only, withVersions } from '../grown-registry';
import { registry } from '../outside';

/* Once upon a time acw told `wrapupSeconds`; then came a version in which that is `wrapupDurationMs`. */

const acw = 'v2.detail.events.conversation.acw';
const inMs = newestOf(acw);
const inSeconds = changed(inMs, ['wrapupDurationMs'], { wrapupSeconds: { type: 'integer' } });
const toMs: Upcast = ({ wrapupSeconds, ...rest }) => ({ ...rest, wrapupDurationMs: Number(wrapupSeconds) * 1_000 });

const needsMs = { dependsOn: ['eventTime', 'conversationId', 'wrapupDurationMs'] };
const required: JsonObject = { ...inMs, required: ['eventTime', 'conversationId', 'wrapupDurationMs'] };

const subjects = [acw, anEvent().subject, 'envelope.eventbridge', 'tidemark.record'];
const files = (versions: readonly JsonObject[], manifest: JsonObject = {}) =>
  only(subjects, withVersions(acw, versions, manifest));

const grow = (versions: readonly JsonObject[], steps: Upcasts[string], manifest: JsonObject = {}) =>
  createSchemaRegistry(files(versions, manifest), { [acw]: steps });

const grown = grow([inSeconds, inMs], { 1: toMs });
const strict = grow([inSeconds, required], { 1: toMs }, needsMs);

const least = { eventTime: 1_765_551_600_050, conversationId: 'conversation-1' };
const stored = (schemaVersion: number, body: JsonObject) => anEvent({ type: 'acw', schemaVersion, body });

describe('the upcasts that are shipped', () => {
  test('are none: every released version reads all that the ones before it do', () => {
    expect(shippedUpcasts).toEqual({});
    expect(registry.hasUpcast(acw, 1)).toBe(false);
  });

  test('leave every event as it is, whatever version it is stored under', () => {
    for (const schemaVersion of [1, registry.subjectNamed(acw)!.version, 99]) {
      const event = stored(schemaVersion, {});
      expect(registry.current(event)).toBe(event);
    }
  });
});

describe('what arrives', () => {
  test('is judged by the newest version', () => {
    expect(grown.validate(acw, { ...least, wrapupDurationMs: 7_000 })).toEqual({ ok: true, version: 2, drift: [] });
    expect(grown.validate(acw, least)).toEqual({ ok: true, version: 2, drift: [] });
  });

  test('from before a breaking step that refuses it is judged by the version that it was sent under', () => {
    expect(strict.validate(acw, { ...least, wrapupSeconds: 7 })).toEqual({ ok: true, version: 1, drift: [] });
  });

  test('from before a breaking step that would take it for drift is judged so, too', () => {
    expect(grown.validate(acw, { ...least, wrapupSeconds: 7 })).toEqual({ ok: true, version: 1, drift: [] });
  });

  test('and fits two versions equally badly is judged by the newer', () => {
    expect(grown.validate(acw, { ...least, news: 1 })).toMatchObject({ ok: true, version: 2, drift: [{ path: '$.news' }] });
  });

  test('and is of no use even when brought to the newest version is refused, in the words of the newest', () => {
    expect(strict.validate(acw, least)).toEqual({ ok: false, detail: '$.wrapupDurationMs is required, came nothing' });
    const idle = grow([inSeconds, required], { 1: (body) => body }, needsMs);
    expect(idle.validate(acw, { ...least, wrapupSeconds: 7 })).toMatchObject({ ok: false });
  });

  test('and makes its upcast fail is refused, so that it can come again once that is mended', () => {
    const broken = grow([inSeconds, required], { 1: () => JSON.parse('{') as JsonObject }, needsMs);
    expect(broken.validate(acw, { ...least, wrapupSeconds: 7 })).toMatchObject({ ok: false });
  });

  test.each([null, 1, 'text', []])('and is no object (%j) is refused', (value) => {
    expect(strict.validate(acw, value)).toMatchObject({ ok: false });
  });

  test('is stored under the version that it fits, as it came', () => {
    const envelope = readEnvelope(JSON.stringify(feedMessage({ type: 'acw', body: { wrapupSeconds: 7 } }))) as Envelope;
    const { events } = readEvents(envelope, strict, []);
    expect(events[0]!.event).toMatchObject({ schemaVersion: 1, body: { wrapupSeconds: 7 } });
    expect(strict.current(events[0]!.event).body).toMatchObject({ wrapupDurationMs: 7_000 });
  });
});

describe('what is stored', () => {
  test('under an older version is brought to the newest; all but the body stays, and so does the body that is stored', () => {
    const event = stored(1, { wrapupSeconds: 7 });
    Object.freeze(event.body);
    const current = grown.current(event);
    expect(current).toEqual({ ...event, body: stored(1, { wrapupDurationMs: 7_000 }).body });
    expect(event.body).toHaveProperty('wrapupSeconds', 7);
  });

  test('passes through every step, those that change nothing as well', () => {
    const wrapped: Upcast = ({ wrapupDurationMs, ...rest }) => ({ ...rest, wrapup: { durationMs: wrapupDurationMs ?? null } });
    const inObject = changed(inMs, ['wrapupDurationMs'], {
      wrapup: { type: 'object', properties: { durationMs: { type: 'integer' } } },
    });
    const note = changed(inMs, [], { note: { type: 'string' } });
    const long = grow([inSeconds, inMs, note, inObject, inObject], { 1: toMs, 3: wrapped });
    const found = (schemaVersion: number, body: JsonObject) => long.current(stored(schemaVersion, body)).body['wrapup'];
    expect(found(1, { wrapupSeconds: 7 })).toEqual({ durationMs: 7_000 });
    expect(found(2, { wrapupDurationMs: 7_000 })).toEqual({ durationMs: 7_000 });
    expect(found(3, { wrapupDurationMs: 7_000, note: 'x' })).toEqual({ durationMs: 7_000 });
    expect(found(4, { wrapup: { durationMs: 7_000 } })).toEqual({ durationMs: 7_000 });
    expect(long.validate(acw, { ...least, wrapupDurationMs: 7_000 })).toMatchObject({ version: 3 });
    expect([1, 2, 3, 4, 5].filter((from) => long.hasUpcast(acw, from))).toEqual([1, 3]);
  });

  test('is brought on by what it is stored under where its shape does not tell', () => {
    const sameShape = grow([inMs, inMs], {
      1: (body) => ({ ...body, wrapupDurationMs: Number(body['wrapupDurationMs']) * 1_000 }),
    });
    expect(sameShape.current(stored(1, { wrapupDurationMs: 7 })).body).toMatchObject({ wrapupDurationMs: 7_000 });
    expect(sameShape.current(stored(2, { wrapupDurationMs: 7 })).body).toMatchObject({ wrapupDurationMs: 7 });
  });

  test('in the new shape under the version that an old worker knew is left as it is', () => {
    const event = stored(1, { wrapupDurationMs: 7_000 });
    expect(grown.current(event)).toBe(event);
  });

  test('under a version that is still to come, or a subject that is gone, is left as it is', () => {
    const ofTomorrow = stored(3, { wrapupSeconds: 7 });
    expect(grown.current(ofTomorrow)).toBe(ofTomorrow);
    const unknown = { ...ofTomorrow, subject: 'v2.unheard.of' };
    expect(grown.current(unknown)).toBe(unknown);
  });
});

describe('a conversation', () => {
  const fold = (body: JsonObject, steps: Upcasts[string]) =>
    foldConversation([anEvent(), stored(1, body)], mapperOf(grow([inSeconds, inMs], steps))).content;

  test('is put together from bodies of the newest version, and says which versions its events were stored under', () => {
    const { metrics, anomalies, producedBy } = fold({ wrapupSeconds: 7 }, { 1: toMs });
    expect(metrics.afterCallWorkMs).toBe(7_000);
    expect(anomalies).toEqual([]);
    expect(producedBy.subjects[acw]).toEqual([1]);
  });

  test('names an event whose upcast fails, and goes on with the others', () => {
    const failing: Upcast = () => {
      throw new Error('a bug');
    };
    const { anomalies, lifecycle, sessions } = fold({ wrapupSeconds: 7 }, { 1: failing });
    expect(anomalies).toMatchObject([{ kind: 'unreadable-event' }]);
    expect(lifecycle).toHaveLength(2);
    expect(sessions).toHaveLength(1);
  });

  test('is the same without upcasts, whoever folds it', () => {
    const events = [anEvent(), stored(7, { wrapupDurationMs: 7_000 })];
    expect(foldConversation(events, mapperOf(registry)).content).toEqual(foldConversation(events, plainMapperOf).content);
  });
});

test.each<[string, Upcasts, string]>([
  ['of an unknown subject', { 'v2.nothing': { 1: toMs } }, 'upcasts: expected an event of the registry, got "v2.nothing"'],
  [
    'of an envelope',
    { 'envelope.eventbridge': { 1: toMs } },
    'upcasts: expected an event of the registry, got "envelope.eventbridge"',
  ],
  ['of an output', { 'tidemark.record': { 1: toMs } }, 'upcasts: expected an event of the registry, got "tidemark.record"'],
  ['from the newest version', { [acw]: { 2: toMs } }, `${acw}: expected to lead on from a version before the newest, v2, got 2`],
  ['from version 0', { [acw]: { 0: toMs } }, 'before the newest, v2, got 0'],
  ['from no version', { [acw]: { ['constructor' as never]: toMs } }, 'before the newest, v2, got constructor'],
])('an upcast %s is named when the registry is built', (_what, upcasts, problem) => {
  expect(() => createSchemaRegistry(files([inSeconds, inMs]), upcasts)).toThrow(problem);
});
