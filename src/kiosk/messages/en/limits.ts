/** What a compartment takes, and what does not go in (M20). */
export const limits = {
  kilos: (kilos: number) => `up to ${kilos} kg`,
  sides: (sides: string) => `up to ${sides} cm`,
  none: 'It is larger or heavier than that',
  TOO_HEAVY: ['This parcel is too heavy for the compartments here.', 'Please take it along.'],
  TOO_LARGE: ['This parcel is too large for the compartments here.', 'Please take it along.'],
  over: ['No compartment here takes a parcel like that.', 'Please take it along.'],
};
