import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSchemaRegistry } from '../../src/schema-files';
import { differences } from './types/differences';
import { assertDistinct, moduleName, typeName } from './types/names';
import { plainSchema } from './types/plain-schema';

/* The types in src/core/schema-types. That they are used is for the type check to hold: see core/outputs and the mappers. */

const root = path.join(__dirname, '../..');

test.each([
  ['v2.detail.events.conversation.acd.end', 'AcdEnd', 'acd-end'],
  ['detail-envelope.conversation.state', 'DetailEnvelopeConversationState', 'detail-envelope-conversation-state'],
  ['tidemark.execution-input', 'TidemarkExecutionInput', 'tidemark-execution-input'],
  ['v2.users.routingStatus', 'UsersRoutingStatus', 'users-routing-status'],
  ['v2.outbound.campaigns.by-id', 'OutboundCampaignsById', 'outbound-campaigns-by-id'],
])('%s has the type %s in a file of the same words', (subject, type, file) => {
  expect([typeName(subject), moduleName(subject)]).toEqual([type, file]);
});

test('no two subjects of the registry share a type, and two that would are refused by name', () => {
  const subjects = openSchemaRegistry().subjects.map(({ subject }) => subject);
  expect(new Set(subjects.map((subject) => typeName(subject).toLowerCase())).size).toBe(subjects.length);
  expect(() => assertDistinct(['v2.users.routingStatus', 'v2.users.routing.status'], [])).toThrow(
    "Expected a type name of its own for v2.users.routing.status, got users-routing-status, which is v2.users.routingStatus's.",
  );
});

test('an open object is JSON, a field named like a keyword is a field, and what only narrows a value is left out', () => {
  const json: string[] = [];
  const references = { json: (name: string) => json.push(name), schema: () => 'Other' };
  const schema = {
    title: 'left out',
    type: 'object',
    additionalProperties: true,
    properties: {
      title: { type: 'string', minLength: 1 },
      open: { type: ['object', 'null'], description: 'kept' },
      map: { type: 'object', additionalProperties: { type: 'integer', minimum: 1 } },
      list: { type: 'array' },
      other: { $ref: '../other/v1.json' },
    },
    required: ['title'],
  };
  expect(plainSchema(schema, references)).toEqual({
    type: 'object',
    properties: {
      title: { type: 'string' },
      open: { tsType: 'JsonObject | null', description: 'kept' },
      map: { type: 'object', additionalProperties: { type: 'integer' } },
      list: { type: 'array', items: { tsType: 'Json' } },
      other: { tsType: 'Other' },
    },
    required: ['title'],
  });
  expect(new Set(json)).toEqual(new Set(['JsonObject', 'Json']));
});

test('a file that differs is named with its first line that does, and so is one that is missing or left over', () => {
  const expected = new Map([
    ['a.ts', 'one\ntwo\n'],
    ['b.ts', 'b\n'],
    ['c.ts', 'c\n'],
  ]);
  const found = new Map([
    ['a.ts', 'one\n2\n'],
    ['c.ts', 'c\n'],
    ['d.ts', 'd\n'],
  ]);
  expect(differences(expected, found)).toEqual([
    'a.ts: line 2 expected "two", found "2"',
    'b.ts: expected it, found none',
    'd.ts: expected no such file, its schema is gone',
  ]);
});

test('the check refuses types that are not those of the schemas, and names nothing else', () => {
  const types = mkdtempSync(path.join(tmpdir(), 'schema-types-'));
  try {
    cpSync(path.join(root, 'src/core/schema-types'), types, { recursive: true });
    appendFileSync(path.join(types, 'acd-end.ts'), '// by hand\n');
    rmSync(path.join(types, 'wrapup.ts'));
    writeFileSync(path.join(types, 'gone.ts'), '');
    const script = [require.resolve('tsx/cli'), 'test/schemas/types/main.ts', '--check', '--types', types];
    const { status, stdout } = spawnSync(process.execPath, script, { cwd: root, encoding: 'utf8' });
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^acd-end\.ts: line \d+ expected "", found "\/\/ by hand"$/),
      'gone.ts: expected no such file, its schema is gone',
      'wrapup.ts: expected it, found none',
      '3 files of types differ from their schemas.',
      'Run `npm run schemas:types` and commit what it writes.',
    ]);
    expect(status).toBe(1);
  } finally {
    rmSync(types, { recursive: true });
  }
}, 600_000);
