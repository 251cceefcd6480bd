import { randomUUID } from 'node:crypto';
import type { AskGenesys, Row } from './genesys-asked';

/* What else is asked of Genesys: the live conversation, what ids stand for, integrations. */

const sdk = 'MyPureCloud/platform-client-sdk-dotnet';
const terraform = 'MyPureCloud/terraform-provider-genesyscloud';

const entitiesOf = async ({ get }: AskGenesys, path: string) => {
  const { status, body } = await get(path);
  expect(status).toBe(200);
  return { entities: body?.['entities'] as readonly { readonly id: string; readonly name: string }[], body };
};

const lists = (['users', 'queues', 'wrapUpCodes'] as const).map((kind): Row => {
  const path = { users: '/api/v2/users', queues: '/api/v2/routing/queues', wrapUpCodes: '/api/v2/routing/wrapupcodes' }[kind];
  return {
    says: `${kind} come in pages, each with its id and name, and by their ids`,
    verifiedBy: `${sdk} (UsersApi, RoutingApi)`,
    proof: async (genesys) => {
      const named = ['one', 'other'].map((name) => ({ id: randomUUID(), name }));
      const empty = { users: [], queues: [], wrapUpCodes: [] };
      genesys.subject.script?.control.directory({ ...empty, [kind]: named });
      const { entities, body } = await entitiesOf(genesys, `${path}?pageSize=1&pageNumber=1`);
      expect(entities).toEqual([
        expect.objectContaining({ id: expect.any(String) as string, name: expect.any(String) as string }),
      ]);
      expect(body).toMatchObject({ pageSize: 1, pageNumber: 1, pageCount: expect.any(Number) as number });
      const { id } = entities[0]!;
      expect((await entitiesOf(genesys, `${path}?id=${id}`)).entities.map((each) => each.id)).toEqual([id]);
    },
  };
});

const integrations = '/api/v2/integrations';
const type = 'amazon-eventbridge-source';

export const otherRows: readonly Row[] = [
  {
    says: 'a conversation by itself has participants, and their attributes as free text',
    verifiedBy: `${sdk} (ConversationsApi)`,
    proof: async (genesys) => {
      const [{ conversationId } = { conversationId: '' }] = await genesys.subject.ended(genesys);
      const customer = { id: randomUUID(), purpose: 'customer', attributes: { ' Customer  Tier': 'gold' } };
      genesys.subject.script?.control.live([{ id: conversationId, participants: [customer] }]);
      const { status, body } = await genesys.get(`/api/v2/conversations/${conversationId}`);
      expect([status, body?.['id']]).toEqual([200, conversationId]);
      const participants = body?.['participants'] as readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
      expect(participants.length).toBeGreaterThan(0);
      for (const { attributes = {} } of participants)
        for (const value of Object.values(attributes)) expect(typeof value).toBe('string');
    },
  },
  ...lists,
  {
    says: 'integrations come in pages, each with its type and state',
    verifiedBy: terraform,
    proof: async (genesys) => {
      const { entities, body } = await entitiesOf(genesys, `${integrations}?pageSize=25&pageNumber=1`);
      expect(body).toMatchObject({ pageNumber: 1, pageCount: expect.any(Number) as number });
      for (const each of entities) expect(each).toMatchObject({ integrationType: { id: expect.any(String) as string } });
    },
  },
  {
    says: 'an integration is made, configured under its version, and enabled',
    verifiedBy: `${terraform}; GenesysCloudDevOps/aws-event-bridge-module`,
    needsScript: 'something would have to be changed',
    proof: async ({ send, get }) => {
      const made = await send('POST', integrations, { name: 'tidemark', integrationType: { id: type } });
      const path = `${integrations}/${String(made.body?.['id'])}`;
      const { body: config } = await get(`${path}/config/current`);
      const properties = {
        eventSourceSuffix: 'tidemark',
        awsAccountId: '123456789012',
        awsAccountRegion: 'eu-central-1',
        eventFilter: ['v2.detail.events.conversation.{id}.customer.end'],
      };
      const wanted = { name: 'tidemark', version: config?.['version'], properties, advanced: {}, notes: '', credentials: {} };
      expect((await send('PUT', `${path}/config/current`, wanted)).status).toBe(200);
      // The version that somebody else has overtaken.
      expect([400, 409]).toContain((await send('PUT', `${path}/config/current`, wanted)).status);
      expect((await send('PATCH', path, { intendedState: 'ENABLED' })).status).toBe(200);
      expect((await get(path)).body).toMatchObject({ intendedState: 'ENABLED', integrationType: { id: type } });
      expect((await get(`${path}/config/current`)).body).toMatchObject({ properties });
    },
  },
];
