import { parseArgs } from 'node:util';
import { endWhenTold } from '../until-told';
import { offeredTopics } from './offered-topics';
import { startOnPortOrFree } from './port-or-free';
import type { FakeGenesysOptions } from './server';
import { switchNames, unverified } from './unverified';

/* The fake Genesys in a process of its own. One line of JSON on stdout says that it is ready and where. All state is in memory. */

const usage = `Usage: npm run -s fake-genesys -- [OPTIONS]

Starts a fake Genesys Cloud: tokens, conversation details and the rest of the API that Tidemark uses. A port that is taken is replaced
by a free one. One line of JSON on stdout says where it is: {"genesys": URL, "regions": {DOMAIN: {"apiUrl": URL, "loginUrl": URL}}}.
  --port N              login host and API host in one (default 4580)
  --region DOMAIN       a region, as mypurecloud.de, with a port for its API host and one for its login host; may be repeated.
                        Requests to any port whose Host is api.DOMAIN or login.DOMAIN go to that region, too
  --switch NAME=SETTING behaves in the other of the ways that nobody could verify; may be repeated
  --set NAME=JSON       anything that PUT /_control/NAME takes, as limits='{"requestsPerMinute":60}' or lag='{"absentMs":5000}'
  --switches            lists the switches with their settings, and ends
  --help                this

It knows one client: GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET (default: test, test). PUT /_control/NAME with a JSON argument scripts
it while it runs, GET /_control/requests tells what it was asked.
`;

class Misused extends Error {}

const listOfSwitches = (): string =>
  switchNames.map((name) => `${name}: ${unverified[name].settings.join(' | ')}\n    ${unverified[name].of}\n`).join('');

const inTwo = (option: string, text: string): readonly [string, string] => {
  const at = text.indexOf('=');
  if (at < 1) throw new Misused(`Expected --${option} NAME=VALUE, got ${text}`);
  return [text.slice(0, at), text.slice(at + 1)];
};

const jsonOf = (name: string, text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Misused(`Expected JSON after --set ${name}=, got ${text}`);
  }
};

const portOf = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) throw new Misused(`Expected --port to be a number up to 65535, got ${text}`);
  return port;
};

const parse = () =>
  parseArgs({
    options: {
      port: { type: 'string', default: '4580' },
      region: { type: 'string', multiple: true, default: [] },
      switch: { type: 'string', multiple: true, default: [] },
      set: { type: 'string', multiple: true, default: [] },
      switches: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;

const run = async (asked: ReturnType<typeof parse>): Promise<void> => {
  const { GENESYS_CLIENT_ID: id = 'test', GENESYS_CLIENT_SECRET: secret = 'test' } = process.env;
  const options: FakeGenesysOptions = { clients: [{ id, secret }], topics: offeredTopics(), regions: asked.region };
  const { url, regions, control, close } = await startOnPortOrFree(portOf(asked.port), options);
  const put = (name: string, argument: unknown): void => {
    const answer = control.handle('PUT', `/_control/${name}`, JSON.stringify(argument));
    if (answer?.status !== 200) throw new Misused(`The fake did not take ${name}: ${JSON.stringify(answer?.body)}`);
  };
  put('switches', Object.fromEntries(asked.switch.map((text) => inTwo('switch', text))));
  for (const [name, text] of asked.set.map((one) => inTwo('set', one))) put(name, jsonOf(name, text));
  endWhenTold(close);
  process.stdout.write(`${JSON.stringify({ genesys: url, regions })}\n`);
};

const misused = (error: unknown): void => {
  const isOurs = error instanceof Misused || (error instanceof TypeError && 'code' in error);
  process.stderr.write(isOurs ? `${error.message}\nSee --help.\n` : `${String(error)}\n`);
  process.exit(isOurs ? 2 : 1);
};

try {
  const asked = parse();
  if (asked.help) process.stdout.write(usage);
  else if (asked.switches) process.stdout.write(listOfSwitches());
  else run(asked).catch(misused);
} catch (error) {
  misused(error);
}
