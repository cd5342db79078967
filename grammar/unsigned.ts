// Not part of the edge function: what it tests parameters by, compiled into its settings.

/** What a request may name without a signature where access is bounded, as `name=value`. `reach.ts` counts it. */
export const unsignedPattern =
  /^(width|height|aspect|dpr|fit|quality|preset|version|key|gravity=(centre|north|south|east|west)|format=(auto|avif|webp|jpeg|png))/
