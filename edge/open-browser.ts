import { spawn } from 'node:child_process'

/** What opens a URL in the browser that a person has chosen, by platform; elsewhere as on Linux. */
const openers: Readonly<Record<string, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
  linux: ['xdg-open'],
}

/** Shows `url` in this machine's browser, or says that there is none. */
export function openBrowser(url: string, say: (line: string) => void): void {
  const [command = '', ...fixed] = openers[process.platform] ?? openers.linux ?? []
  const child = spawn(command, [...fixed, url], { stdio: 'ignore', detached: true })
  child.on('error', () => say(`--open: expected ${command}, which opens a browser, but found none`))
  child.unref()
}
