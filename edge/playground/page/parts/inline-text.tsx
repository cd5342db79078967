/** A line of the documentation, whose `code` stands between backticks. */
export function InlineText({ text }: { text: string }) {
  return (
    <>
      {text.split('`').map((part, index) => (index % 2 === 1 ? <code key={`${index}`}>{part}</code> : part))}
    </>
  )
}

/** The first sentence of a text. */
export function firstSentence(text: string): string {
  return /^.*?[.:](?= |$)/s.exec(text)?.[0].replace(/:$/, '.') ?? text
}
