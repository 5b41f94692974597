import type { App } from '../src/app.ts';

type Announcement = Parameters<App['announcements']['announce']>[0];

/** A parcel that is expected from now on. @throws when the kiosk refuses it. */
export function announced({ announcements }: Pick<App, 'announcements'>, parcel: Announcement) {
  const answer = announcements.announce(parcel);
  if (answer.kind === 'announced') return answer.parcel;
  throw new Error(`parcel "${parcel.label}" was refused: ${answer.why}`);
}
