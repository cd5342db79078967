import sharp from 'sharp'

/** Side of the picture in pixels. */
const SIZE = 1600

/** Returns a transparent PNG of a table lamp: opal glass on brass, lit, with a soft shadow under it. */
export async function drawLamp(): Promise<Buffer> {
  return sharp(Buffer.from(LAMP)).png({ compressionLevel: 9 }).toBuffer()
}

const BRASS = `
  <stop offset="0" stop-color="#6b4718"/><stop offset=".14" stop-color="#b98a3e"/>
  <stop offset=".32" stop-color="#fbe7ae"/><stop offset=".46" stop-color="#d9ab58"/>
  <stop offset=".74" stop-color="#8d6122"/><stop offset=".9" stop-color="#c39545"/><stop offset="1" stop-color="#5c3b12"/>`

const LAMP = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="0 0 1600 1600">
  <defs>
    <linearGradient id="brass">${BRASS}</linearGradient>
    <radialGradient id="top" cx=".4" cy=".35" r=".75">
      <stop offset="0" stop-color="#fff0c4"/><stop offset=".45" stop-color="#dfb264"/><stop offset="1" stop-color="#8a5e22"/>
    </radialGradient>
    <radialGradient id="glass" cx=".5" cy=".86" r=".86" fx=".5" fy=".94">
      <stop offset="0" stop-color="#fffdf3"/><stop offset=".3" stop-color="#fff3d2"/>
      <stop offset=".62" stop-color="#fbdca4"/><stop offset=".86" stop-color="#eeb873"/><stop offset="1" stop-color="#d99a58"/>
    </radialGradient>
    <linearGradient id="side">
      <stop offset="0" stop-color="#8a4a18" stop-opacity=".4"/><stop offset=".07" stop-color="#8a4a18" stop-opacity=".24"/>
      <stop offset=".18" stop-color="#8a4a18" stop-opacity=".09"/><stop offset=".34" stop-color="#8a4a18" stop-opacity="0"/>
      <stop offset=".62" stop-color="#8a4a18" stop-opacity="0"/><stop offset=".8" stop-color="#8a4a18" stop-opacity=".1"/>
      <stop offset=".92" stop-color="#8a4a18" stop-opacity=".27"/><stop offset="1" stop-color="#8a4a18" stop-opacity=".46"/>
    </linearGradient>
    <linearGradient id="sheen" x1="0" y1="0" x2=".5" y2="1">
      <stop offset="0" stop-color="#fff" stop-opacity=".85"/><stop offset="1" stop-color="#fff" stop-opacity="0"/>
    </linearGradient>
    <radialGradient id="glow"><stop offset="0" stop-color="#ffd98f" stop-opacity=".62"/>
      <stop offset=".45" stop-color="#ffc873" stop-opacity=".2"/><stop offset="1" stop-color="#ffb95e" stop-opacity="0"/>
    </radialGradient>
    <linearGradient id="fall" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#fff3cf" stop-opacity=".95"/><stop offset=".5" stop-color="#ffd995" stop-opacity=".25"/>
      <stop offset="1" stop-color="#ffd995" stop-opacity="0"/>
    </linearGradient>
    <filter id="soft" x="-50%" y="-200%" width="200%" height="500%"><feGaussianBlur stdDeviation="34"/></filter>
    <filter id="close" x="-50%" y="-200%" width="200%" height="500%"><feGaussianBlur stdDeviation="10"/></filter>
    <filter id="blur" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="9"/></filter>
    <clipPath id="stem"><rect x="779" y="740" width="42" height="630"/></clipPath>
  </defs>

  <circle cx="800" cy="640" r="700" fill="url(#glow)"/>
  <ellipse cx="830" cy="1424" rx="430" ry="46" fill="#2a1a0c" fill-opacity=".42" filter="url(#soft)"/>
  <ellipse cx="806" cy="1421" rx="262" ry="30" fill="#1d1106" fill-opacity=".62" filter="url(#close)"/>

  <path d="M548 1362v34c0 27 113 49 252 49s252-22 252-49v-34z" fill="url(#brass)"/>
  <path d="M548 1394c0 27 113 49 252 49s252-22 252-49v4c0 27-113 49-252 49s-252-22-252-49z" fill="#3d260b" fill-opacity=".5"/>
  <ellipse cx="800" cy="1362" rx="252" ry="49" fill="url(#top)"/>
  <ellipse cx="800" cy="1360" rx="244" ry="45" fill="none" stroke="#fff4d2" stroke-opacity=".55" stroke-width="2"/>
  <ellipse cx="800" cy="1366" rx="92" ry="17" fill="#6d4514" fill-opacity=".5" filter="url(#blur)"/>

  <path d="M779 740H821V1362c0 6-9 9-21 9s-21-3-21-9z" fill="url(#brass)"/>
  <rect x="760" y="740" width="80" height="420" fill="url(#fall)" clip-path="url(#stem)"/>
  <path d="M756 1352c0-14 23-16 24-34h40c1 18 24 20 24 34 0 9-20 16-44 16s-44-7-44-16z" fill="url(#brass)"/>

  <path d="M352 742c0 34 200 62 448 62s448-28 448-62-200-62-448-62-448 28-448 62z" fill="#e9b671"/>
  <path d="M352 742C352 420 545 196 800 196s448 224 448 546c0 34-200 62-448 62s-448-28-448-62z" fill="url(#glass)"/>
  <path d="M352 742C352 420 545 196 800 196s448 224 448 546c0 34-200 62-448 62s-448-28-448-62z" fill="url(#side)"/>
  <path d="M437 560C470 400 575 282 706 248c-88 62-168 176-190 330-10 62-90 60-79-18z" fill="url(#sheen)" filter="url(#blur)"/>
  <path d="M352 742c0 34 200 62 448 62s448-28 448-62v17c0 34-200 62-448 62s-448-28-448-62z" fill="url(#brass)"/>
  <path d="M356 737c4 33 202 60 444 60s440-27 444-60" fill="none" stroke="#fffaf0" stroke-opacity=".85" stroke-width="4" stroke-linecap="round"/>

  <path d="M764 200c0-10 16-18 36-18s36 8 36 18v10c-11-3-24-4-36-4s-25 1-36 4z" fill="url(#brass)"/>
  <circle cx="800" cy="162" r="25" fill="url(#top)"/>

  <path d="M968 824V1010" stroke="#a67a34" stroke-width="4" stroke-dasharray="1 8" stroke-linecap="round"/>
  <path d="M968 824V1010" stroke="#e9cb85" stroke-width="1.5"/>
  <path d="M954 1034c0-12 7-24 14-24s14 12 14 24-6 18-14 18-14-6-14-18z" fill="url(#brass)"/>
</svg>`
