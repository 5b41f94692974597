import { expect, test } from 'vitest';
import type { BytePort } from '../../hardware/bus/byte-port.ts';
import { MemoryPort } from '../../sim/memory-port.ts';
import { goodReplies, line, type Workbench, workbench } from './workbench.ts';

/** A user of the port that writes down what it was told. */
class User {
  readonly log: string[] = [];
  text = '';
  port: BytePort | undefined;

  opened(port: BytePort): void {
    this.port = port;
    this.log.push('opened');
  }

  bytes(chunk: Uint8Array): void {
    this.text += Buffer.from(chunk).toString('latin1');
  }

  lost(error: Error): void {
    this.log.push(`lost: ${error.message}`);
  }

  write(bytes: Uint8Array): void {
    this.port?.write(bytes, (error) => this.log.push(error?.message ?? 'written'));
  }
}

function openedPort(baud: number): Workbench & { memory: MemoryPort; user: User } {
  const desk = workbench({ baud });
  const memory = new MemoryPort(desk.clock, desk.bus.wire);
  const user = new User();
  memory.open(user);
  desk.clock.advance(10);
  return { ...desk, memory, user };
}

test('bytes go out and come back, and the outcome is told on the clock', () => {
  const { clock, user } = openedPort(115_200);
  user.write(line('S', 1));
  expect(user.log).toEqual(['opened']);
  clock.advance(50);
  expect(user.log).toEqual(['opened', 'written']);
  expect(goodReplies(user.text)).toHaveLength(1);
});

test('unplugged: lost once, writes certainly fail, and opening fails until it is back', () => {
  const { clock, memory, user } = openedPort(9_600);
  user.write(line('S', 1));
  clock.advance(1);
  memory.unplug();
  memory.unplug();
  user.write(line('S', 2));
  clock.advance(100);
  expect(user.log).toEqual([
    'opened',
    'written',
    'lost: the port was unplugged',
    'the port is not open',
  ]);
  expect(user.text).toBe('');
  const next = new User();
  memory.open(next);
  clock.advance(10);
  expect(next.log).toEqual(['lost: no such port: it is unplugged']);
  memory.replug();
  memory.open(next);
  clock.advance(10);
  next.write(line('S', 3));
  clock.advance(100);
  expect(goodReplies(next.text).map(({ id }) => id)).toEqual([3]);
});

test('one user at a time; a closed port is silent and can be opened again', () => {
  const { clock, memory, user } = openedPort(9_600);
  const second = new User();
  memory.open(second);
  clock.advance(10);
  expect(second.log).toEqual(['lost: the port is in use']);
  user.write(line('S', 1));
  clock.advance(1);
  user.port?.close();
  clock.advance(200);
  expect(user.text).toBe('');
  memory.open(second);
  clock.advance(10);
  user.port?.close();
  second.write(line('S', 2));
  clock.advance(200);
  expect(goodReplies(second.text).map(({ id }) => id)).toEqual([2]);
  expect(user.log).toEqual(['opened', 'written']);
});
