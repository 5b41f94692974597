import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const received = z.object({ to: z.string(), subject: z.string(), text: z.string() });

const SHAPE = z.object({
  staff: z.string(),
  /** Ids of the recipients, by name. */
  people: z.record(z.string(), z.string()),
  announced: z.array(
    z.object({ id: z.string(), label: z.string(), to: z.string(), size: z.string() }),
  ),
  nextLabel: z.number().int(),
  phone: z.array(received),
  mailbox: z.array(received),
  /** By slot. */
  doors: z.record(
    z.string(),
    z.object({ open: z.boolean(), jammed: z.boolean(), contents: z.array(z.string()) }),
  ),
});

/**
 * What outlives a start besides the kiosk's own database: a real wall, real phones and a real
 * courier's memory do too.
 */
export type Kept = z.infer<typeof SHAPE>;
export type KeptDoors = Kept['doors'];
export type Announced = Kept['announced'][number];

/** Null when there is none, or none that can be used. */
export function readKept(path: string): Kept | null {
  try {
    return SHAPE.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

/** Under another name first: a start that is cut short leaves the old one or the new one. */
export function writeKept(path: string, kept: Kept): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(kept, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}
