import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import { endWhenTold } from '../../embedded/until-told';

/** The floor: reads a body of JSON, gives the answer of the door, does nothing else. */
const app = fastify();
app.post('/v1/genesys/events', () => ({ status: 'accepted', message_id: randomUUID() }));

void app.listen({ host: '127.0.0.1', port: 0 }).then((url) => {
  process.stdout.write(`${url}\n`);
  endWhenTold(() => app.close());
});
