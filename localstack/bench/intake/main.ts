import { endWhenTold } from '../../embedded/until-told';
import { consumerBatch } from './consumer-batch';
import { floor } from './floor';
import { placeOf, type Contender } from './place';
import { preparedProtocolFloor } from './prepared-protocol-floor';
import { protocolFloor } from './protocol-floor';
import { seedAsItComes, seedBatched } from './seed-handler';
import { squiss } from './squiss';
import type { ContenderName } from './entrants';

/** Each in a process of its own: `main.ts <name> <pollers>`. */
const contenders: Readonly<Record<ContenderName, Contender>> = {
  floor,
  'protocol-floor': protocolFloor,
  'protocol-floor-prepared': preparedProtocolFloor,
  'seed-as-it-comes': seedAsItComes,
  'seed-batched': seedBatched,
  'consumer-batch': consumerBatch,
  squiss,
};

const [name, pollers] = process.argv.slice(2);

const stop = contenders[name as ContenderName](placeOf(process.env), Number(pollers));
endWhenTold(() => {
  stop();
  return Promise.resolve();
});
