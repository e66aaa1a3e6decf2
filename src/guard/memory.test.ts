import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { until } from '../../e2e/until.ts';
import { armAll, birth, createHome, serveFogBugz, useBuiltGuard } from './stage/stage.ts';

const { program } = useBuiltGuard();

it('a Guard that has looked at its site has loaded no client but https, for another would be most of its memory', async () => {
  const sandbox = await serveFogBugz({ tls: 'http/1.1' });
  const home = createHome(program);
  const authority = join(home.home, 'authority.pem');
  writeFileSync(authority, sandbox.authority);
  const teller = join(home.home, 'teller.cjs');
  writeFileSync(
    teller,
    `process.on('SIGUSR2', () => require('fs').writeFileSync(${JSON.stringify(home.home)} + '/loaded-' + process.pid, process.moduleLoadList.join('\\n') + '\\nend'));`,
  );
  const more = { NODE_EXTRA_CA_CERTS: authority, NODE_OPTIONS: `--require=${teller}` };
  const port = await (await home.browse({ more })).connect(home.host());
  await armAll(port, sandbox, [birth(sandbox)]);
  expect(await port.reply('armed')).toMatchObject({ probe: { is: 'ok' } });
  process.kill(port.host, 'SIGUSR2');
  const file = `loaded-${port.host}`;
  const loaded = await until('what is loaded', () => {
    const text = readdirSync(home.home).includes(file) ? readFileSync(join(home.home, file), 'utf8') : '';
    return text.endsWith('\nend') && text.split('\n');
  });
  expect(loaded).toContain('NativeModule https');
  expect(loaded.filter(name => /undici|internal\/deps\/(?!cjs)/.test(name))).toEqual([]);
});
