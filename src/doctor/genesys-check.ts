import type { GenesysReply, GenesysSeen } from '../ports-doctor';
import { judge, type Finding } from './finding';
import { ifSeen, type Seen } from './seen';

interface Asked {
  readonly check: string;
  readonly expected: string;
  readonly granted: string;
  readonly reply: GenesysReply;
  readonly todo: string;
}

const judgeReply = ({ check, expected, granted, reply, todo }: Asked): Finding =>
  reply.kind === 'silent'
    ? { check, status: 'unknown', expected, actual: reply.why, todo: 'Run again; if it stays so, look at the network’s way out.' }
    : judge({
        check,
        expected,
        actual: reply.kind === 'granted' ? granted : reply.why,
        isRight: reply.kind === 'granted',
        todo,
      });

const judgeOrganisation = ({ organisation }: GenesysSeen, wantedId: string | null): readonly Finding[] => {
  const { id } = organisation;
  const expected = wantedId ?? 'an answer of the API';
  const asked = judgeReply({
    check: 'API',
    expected: 'takes the token',
    granted: 'takes the token',
    reply: organisation,
    todo: 'GENESYS_REGION must be the region of the organisation, for login and API alike.',
  });
  if (organisation.kind !== 'granted' || id === null) return [asked];
  const same = judge({
    check: 'organisation',
    expected,
    actual: id,
    isRight: wantedId === null || wantedId === id,
    todo: 'The events are of one organisation and the OAuth client of another: correct eventSource, or the client.',
  });
  return [asked, same];
};

/** `wantedId`: the organisation in the name of the partner event source. */
export const judgeGenesys = (seen: Seen<GenesysSeen>, wantedId: string | null): readonly Finding[] =>
  ifSeen(seen, { check: 'settings', expected: 'what the workers ask Genesys with', todo: 'Set GENESYS_REGION.' }, (genesys) => {
    const { credentials, token, features } = genesys;
    const given = judgeReply({
      check: 'OAuth client',
      expected: 'id and secret',
      granted: credentials.why,
      reply: credentials,
      todo: 'Put {"clientId": …, "clientSecret": …} into the secret; workers find it within a minute.',
    });
    if (credentials.kind !== 'granted') return [given];
    const logged = judgeReply({
      check: 'token',
      expected: 'a token',
      granted: `${genesys.host} gives one`,
      reply: token,
      todo: 'Correct the client, its grant type (client credentials) or GENESYS_REGION.',
    });
    if (token.kind !== 'granted') return [given, logged];
    const rights = features.map(({ feature, permission, reply }) =>
      judgeReply({
        check: feature,
        expected: permission,
        granted: 'granted',
        reply,
        todo: `Give the client a role with it, for all divisions it is to see, or switch ${feature} off.`,
      }),
    );
    return [given, logged, ...judgeOrganisation(genesys, wantedId), ...rights];
  });
