import { writeFileSync } from 'node:fs';
import { contractText } from './asyncapi.ts';

writeFileSync(new URL('../../docs/asyncapi.yaml', import.meta.url), contractText());
