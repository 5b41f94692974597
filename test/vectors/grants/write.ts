import { writeFileSync } from 'node:fs';
import { grantVectors } from './make.ts';

const file = new URL('grants.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(grantVectors(), null, 2)}\n`);
