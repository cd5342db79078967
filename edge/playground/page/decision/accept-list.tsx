/** Types of pictures that negotiation looks for. */
const looked = ['image/avif', 'image/webp']

/** What a viewer's Accept header offers, with what counts for the choice. */
export function AcceptList({ accept }: { accept: string | undefined }) {
  if (!accept) return <span class="empty">no Accept header</span>
  return (
    <ul class="accept">
      {accept.split(',').map((type) => (
        <li
          key={type}
          class={looked.includes(type.split(';')[0]?.trim() ?? '') ? 'accept-counts' : undefined}
        >
          {type.trim()}
        </li>
      ))}
    </ul>
  )
}
