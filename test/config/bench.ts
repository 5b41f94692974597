import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config, Families } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/errors.ts';
import { loadConfig } from '../../src/config/load.ts';

/** Families with unlike limits; one senses occupancy, one has settings, one wants to be alone. */
export const FAMILIES: Families = new Map([
  [
    'keen',
    {
      baud: 115_200,
      addresses: { min: 1, max: 99 },
      channelsMax: 48,
      pulseMs: { min: 50, max: 2_000 },
      senses: { occupancy: true },
      settings: {},
      mayShareBusWith: ['plain', 'rude'],
    },
  ],
  [
    'plain',
    {
      baud: 9_600,
      addresses: { min: 1, max: 31 },
      channelsMax: 24,
      pulseMs: { min: 100, max: 500 },
      senses: { occupancy: false },
      settings: { order: ['up', 'down'], echo: ['none', 'adapter'] },
      mayShareBusWith: ['keen'],
    },
  ],
  [
    'rude',
    {
      baud: 115_200,
      addresses: { min: 0, max: 14 },
      channelsMax: 16,
      pulseMs: { min: 100, max: 500, only: [100, 300, 500] },
      senses: { occupancy: false },
      settings: {},
      mayShareBusWith: [],
    },
  ],
]);

/** A small good file: two boards of unlike families, a row of four slots and two single ones. */
export const GOOD = `
[site]
id = "LOC001"
name = "Market Square"
address = "Market Square 5"
city = "Lindau"
timeZone = "Europe/Berlin"
helpPhone = "+49 8382 123456"

[database]
path = "var/lockerd.db"

[keys]
path = "var/device.key"

[[buses]]
name = "left"
port = "/dev/lockerd/bus0"

[[buses.boards]]
id = "A"
address = 1
family = "keen"
channels = 8

[[buses]]
name = "right"
port = "/dev/lockerd/bus1"

[[buses.boards]]
id = "B"
address = 1
family = "plain"
channels = 4

[[lockers]]
id = "LOCK001"

[[lockers.rows]]
from = 1
to = 4
size = "S"
board = "A"
firstChannel = 1
doorContact = "closed-when-shut"
occupancy = true

[[lockers.slots]]
id = "five"
size = "M"
board = "A"
channel = 5
doorContact = "closed-when-shut"
accessible = true

[[lockers]]
id = "LOCK002"

[[lockers.slots]]
id = "six"
size = "L"
board = "B"
channel = 1
doorContact = "closed-when-open"
`;

/** The good file with one passage replaced; fails when there is no such passage. */
export function changed(from: string, to: string, text = GOOD): string {
  if (!text.includes(from)) throw new RangeError(`the good file has no "${from}"`);
  return text.replace(from, to);
}

export function load(text: string, families = FAMILIES): Config {
  const folder = mkdtempSync(join(tmpdir(), 'lockerd-config-'));
  try {
    const path = join(folder, 'lockerd.toml');
    writeFileSync(path, text);
    return loadConfig(path, families);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function refusal(text: string, families = FAMILIES): ConfigError {
  try {
    load(text, families);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the file was taken');
}
