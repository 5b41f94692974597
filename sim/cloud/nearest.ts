import type { KioskView } from './kiosk-view.ts';

/** Another kiosk that has a slot of the size free: one of the same city before others. */
export function nearest(kiosks: readonly KioskView[], from: KioskView, size: string) {
  const others = kiosks.flatMap((kiosk) =>
    kiosk !== from && (kiosk.avail?.sizes[size]?.free ?? 0) > 0 ? (kiosk.avail ?? []) : [],
  );
  const found = others.find(({ city }) => city === from.avail?.city) ?? others[0];
  return found === undefined ? null : { name: found.k, address: found.city };
}
