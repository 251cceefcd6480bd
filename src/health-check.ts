import { get } from 'node:http';

/*
 * The container's health check, a process of its own every half a minute: it loads nothing of the rest, or it would cost more than
 * an idle worker.
 */

// eslint-disable-next-line no-restricted-properties -- config.ts reads every variable there is; this needs one, in milliseconds.
const port = process.env['HEALTH_PORT'] || '8080';
const timeoutMs = 4_000;

const fail = (why: string): never => {
  process.stderr.write(`${why.trim()}\n`);
  process.exit(1);
};

// Nobody is to be asked: that the process lives is all there is to know.
if (port !== '0')
  get(`http://127.0.0.1:${port}/healthz`, { timeout: timeoutMs, agent: false }, (response) => {
    let body = '';
    response.setEncoding('utf8').on('data', (text: string) => (body += text));
    response.on('end', () => {
      if (response.statusCode !== 200) fail(`HTTP ${response.statusCode}: ${body}`);
    });
  })
    .on('timeout', () => fail(`Expected an answer on port ${port} within ${timeoutMs} ms, got none: it is stuck.`))
    .on('error', (error) => fail(`Expected an answer on port ${port}: ${error.message}`));
