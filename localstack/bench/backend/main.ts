import { parseArgs } from 'node:util';
import { endWhenTold } from '../../embedded/until-told';
import { serveBackend } from './server';

const { values } = parseArgs({ options: { rtt: { type: 'string', default: '0' } } });

void serveBackend({ rttMs: Number(values.rtt), failing: 0 }).then(({ url, close }) => {
  process.stdout.write(`${url}\n`);
  endWhenTold(close);
});
