import { Section } from '../parts/section.tsx'
import { Hotlink } from './hotlink.tsx'
import { Signing } from './signing.tsx'

/** Who may have what: signatures, and pages of others. */
export function AccessSection() {
  return (
    <Section
      title="Access"
      text="Without a signature only so many variants of an original can be had, so that nobody runs up a bill by counting through widths. A backend signs the rest."
    >
      <div class="access">
        <Signing />
        <Hotlink />
      </div>
    </Section>
  )
}
