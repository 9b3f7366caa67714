import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as serve from '../serve.ts';

/** An instance of `streams`, as the functions framework would run it: tells its port to its parent. */
process.env.FUNCTION_TARGET = 'streams';
// As the framework's own listener, which ends the process at once.
process.on('SIGTERM', () => process.exit(7));
await serve.warm();
const server = createServer((request, response) => {
  void serve.streams(request as never, response as never);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
