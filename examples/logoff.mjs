// Logs a FogBugz token off, as the sample in the API's documentation does: `node logoff.mjs SITE < file-with-the-token`.
// That sample knows one API; this one works with both, and asks afterwards whether it is true.
import { text } from 'node:stream/consumers';
import { check, discover, logoff } from '@fogbugz-tools/logoff-guard';

const [, , address = ''] = process.argv;
const token = await text(process.stdin);

const found = await discover(address);
if (found.is !== 'site') throw new Error(`No FogBugz at ${address}: ${found.is}`);
console.log(`${found.site.base} speaks ${found.site.dialect}`);

console.log(`before: ${(await check(found.site, token)).is}`);
console.log(`logoff: ${(await logoff(found.site, token)).is}`);
console.log(`after: ${(await check(found.site, token)).is}`);
