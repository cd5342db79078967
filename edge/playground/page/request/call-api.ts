const api = '/_fovea/api/'

/**
 * Asks the local edge behind the page: GET, or POST where there is a body.
 *
 * @throws Error with its words where it refuses, or is not there.
 */
export async function callApi<Answer>(path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
  const asked =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(`${api}${path}`, { ...asked, signal }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new Error('The local edge does not answer. Is it still running?')
  })
  if (!response.ok) throw new Error(readRefusal(await response.text(), response.status))
  return response.json()
}

/** What a refusal of the API says, in one line. */
export function readRefusal(text: string, status: number): string {
  try {
    const { title, detail }: { title?: string; detail?: string } = JSON.parse(text)
    return [title, detail].filter(Boolean).join(': ') || `status ${status}`
  } catch {
    return text.slice(0, 200) || `status ${status}`
  }
}

/** The address of the part of the API. */
export function apiAddress(path: string): string {
  return `${api}${path}`
}
