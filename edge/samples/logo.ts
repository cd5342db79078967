const INK = '#1b2440'
const ACCENT = '#ef7d3c'

/**
 * Returns Fovea's mark and name as SVG: an eye whose rings narrow to the fovea, and the name in the same stroke.
 * Strokes and circles only, so that no font is needed.
 */
export function drawLogo(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="920" height="320" viewBox="0 0 920 320" role="img" aria-label="Fovea">
  <g fill="none" stroke="${INK}" stroke-width="20" stroke-linecap="round" stroke-linejoin="round">
    <path d="M40 160C84 88 136 60 180 60s96 28 140 100c-44 72-96 100-140 100S84 232 40 160Z"/>
    <circle cx="180" cy="160" r="58"/>
    <path d="M466 100c-5-8-13-12-22-12-16 0-26 11-26 28v104M396 140h58"/>
    <circle cx="520" cy="178" r="42"/>
    <path d="M588 138l36 82 36-82"/>
    <path d="M684 176h80a40 42 0 1 0-12 32"/>
    <circle cx="838" cy="178" r="42"/>
    <path d="M880 138v82"/>
  </g>
  <circle cx="196" cy="160" r="22" fill="${ACCENT}"/>
</svg>
`
}
