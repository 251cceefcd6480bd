import { provision } from './provision';

/* Creates everything on the endpoint that AWS_ENDPOINT_URL names, and says where it is, in one line of JSON. Twice is the same as once. */

const endpointUrl = process.env['AWS_ENDPOINT_URL'];
if (endpointUrl === undefined)
  throw new Error('Expected AWS_ENDPOINT_URL to name LocalStack, got nothing. Try http://127.0.0.1:4566');

void provision({ endpointUrl }).then((provisioned) => process.stdout.write(`${JSON.stringify(provisioned)}\n`));
