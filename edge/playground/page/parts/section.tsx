import type { ComponentChildren } from 'preact'

/** A part of the page below the picture: its title, one line of what it shows, and that. */
export function Section({
  title,
  text,
  children,
}: {
  title: string
  text: string
  children: ComponentChildren
}) {
  const id = `section-${title.toLowerCase().replace(/[^a-z]+/g, '-')}`
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p class="section-text">{text}</p>
      {children}
    </section>
  )
}
