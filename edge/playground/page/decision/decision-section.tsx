import { formatCount, formatPlural } from '../parts/figures.ts'
import { Section } from '../parts/section.tsx'
import { isHit, readTiming } from '../request/read-answer.ts'
import { usePlayground } from '../state/playground.ts'
import { AcceptList } from './accept-list.tsx'
import { CanonicalUrl } from './canonical-url.tsx'
import { countRuns, describeCache } from './describe-cache.ts'
import { TimingBar } from './timing-bar.tsx'

/** What the edge made of the request, and where the answer came from. */
export function DecisionSection() {
  const { answer, viewers, choices } = usePlayground()
  const { value } = answer
  const viewer = viewers.find(({ id }) => id === choices.viewer)
  return (
    <Section
      title="The decision"
      text="A function at the edge rewrites every request to its canonical URL. That is the cache key: requests that mean the same share one variant."
    >
      {value ? (
        <>
          {value.explanation.canonical ? (
            <CanonicalUrl explanation={value.explanation} />
          ) : (
            <p class="empty">Refused before it became one: nothing was looked up, and nothing ran.</p>
          )}
          <dl class="facts">
            <div>
              <dt>Cache</dt>
              <dd data-fact="cache">{describeCache(value)}</dd>
            </div>
            <div>
              <dt>Access</dt>
              <dd>
                {value.explanation.signed
                  ? `signed with ${value.explanation.kid}`
                  : (value.explanation.access?.mode ?? 'not decided')}
                {value.explanation.reach !== undefined &&
                  `; strangers can reach ${formatCount(value.explanation.reach)} variants of it`}
              </dd>
            </div>
            <div>
              <dt>{viewer?.name ?? 'The viewer'} accepts</dt>
              <dd>
                <AcceptList accept={viewer?.headers.accept} />
              </dd>
            </div>
            <div>
              <dt>So its class is</dt>
              <dd>{value.explanation.class ?? 'not decided'}</dd>
            </div>
            <div>
              <dt>This request cost</dt>
              <dd data-fact="cost">{formatPlural(countRuns(value), 'run')} of the transformer</dd>
            </div>
          </dl>
          <h3>What the transformer did</h3>
          <TimingBar {...readTiming(value.headers)} hit={isHit(value.headers)} />
        </>
      ) : (
        <p class="empty">Nothing has been asked yet.</p>
      )}
    </Section>
  )
}
