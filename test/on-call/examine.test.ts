import { findCanaries } from '../../localstack/traffic/canary';
import { generateTraffic } from '../../localstack/traffic/generate';
import { createSchemaRegistry } from '../../src/core/schema-registry';
import { maskedJson, maskedLines } from '../../src/core/on-call/masked-body';
import { examineBody } from '../../src/on-call/examine';
import { detailEnvelope, feedMessage, noon, topicMessage } from '../factories';
import { changed, newestOf, withVersions } from '../grown-registry';
import { registry } from '../outside';

const text = (body: unknown): string => JSON.stringify(body);
const linesOf = (body: string): string => maskedLines(examineBody(registry, body).masked).join('\n');

test('nothing that only a customer could have written is shown, over all that generated traffic holds', () => {
  const { messages, canaries } = generateTraffic({ seed: 'masked', conversations: 12 });
  const bodies = [...new Set(messages.map(({ body }) => body))];
  expect(findCanaries(bodies.join('\n'), canaries).length).toBeGreaterThan(100);
  for (const body of bodies) {
    const { masked, closest, near } = examineBody(registry, body);
    const shown = [maskedLines(masked).join('\n'), JSON.stringify([maskedJson(masked), closest, near])].join('\n');
    expect(findCanaries(shown, canaries)).toEqual([]);
  }
});

test('what is wrong stands under the value that it is wrong with, what is missing where it belongs', () => {
  const body = text(feedMessage({ conversation: null as never, body: { eventTime: 'soon', ani: 'tel:+15550123', 'a key': 1 } }));
  const lines = linesOf(body).split('\n').map((line) => line.trim()); // prettier-ignore
  const at = lines.indexOf('"eventTime": ‹text 4›,');
  expect(lines[at + 1]).toBe('^ must be integer, came string');
  expect(lines).toContain('"ani": ‹text 13›,');
  expect(lines.join()).toMatch(/"‹key \d›": ‹number›/);
  const without = { eventTime: noon, conversationId: null };
  const missing = linesOf(text({ ...feedMessage(), detail: { eventBody: without } })).split('\n').map((line) => line.trim()); // prettier-ignore
  expect(missing[missing.indexOf('"eventBody": {') + 1]).toBe('^ conversationId is required, came nothing');
});

test('of a type that is not known the nearest known ones are named', () => {
  const body = text(
    topicMessage('v2.detail.events.conversation.{id}.customer.finish', { conversationId: 'c-1', eventTime: noon }),
  );
  expect(linesOf(body)).toContain('^ no schema is filed for its type');
  expect(examineBody(registry, body).near[0]).toEqual({
    name: 'v2.detail.events.conversation.{id}.customer.end',
    subject: 'v2.detail.events.conversation.customer.end',
    knownFields: 2,
    fields: 2,
  });
});

test('a body of several events has each described by its own schema', () => {
  const shown = linesOf(text(detailEnvelope([{}, { name: 'unheard:of' }])));
  expect(shown).toContain('"name": "conversation:state"');
  expect(shown.match(/\^ no schema is filed for its type/g)).toHaveLength(1);
});

test('the version that an event departs from least is named, with how', () => {
  const subject = 'v2.detail.events.conversation.customer.start';
  const { closest } = examineBody(registry, text(feedMessage({ body: { eventTime: 'soon' } })));
  const newest = registry.versionsOf(subject).length;
  expect(closest).toMatchObject({
    subject,
    version: newest,
    newest,
    faults: [{ path: '$.eventTime', problem: 'must be integer', came: 'string' }],
  });
  const older = createSchemaRegistry(withVersions(subject, [newestOf(subject), changed(newestOf(subject), [], { mediaType: { type: 'integer' } })]), undefined, 'when-asked'); // prettier-ignore
  expect(examineBody(older, text(feedMessage())).closest).toMatchObject({ version: 1, newest: 2, faults: [], drift: [] });
});

test.each([
  ['no JSON', 'no json, says Smith'],
  ['a list', '["Smith"]'],
  ['a text', '"Smith"'],
  ['nothing', ''],
  ['too deep', `${'{"Smith":'.repeat(500)}1${'}'.repeat(500)}`],
])('%s is shown by its shape', (_, body) => {
  expect(linesOf(body)).toMatch(/^‹not a JSON object; it begins /);
  expect(linesOf(body)).not.toContain('Smith');
});
