import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import sharp from 'sharp'
import { buildScorer } from './score/build-scorer.ts'

/** What a viewer sees of a picture: upright, sRGB, 8 bits a channel, RGBA row by row. */
export interface Pixels {
  data: Buffer
  width: number
  height: number
}

/** SSIMULACRA 2 in a process of its own, which stays for many pictures. */
export interface Scorer {
  /**
   * How near `test` comes to `reference`: 100 is the same, 90 cannot be told apart, 70 is high quality, 50 medium, and it may
   * be negative. Where either has transparency, the worse of a dark and of a light ground. The same object as in the call
   * before is not read again, which halves the time: about 60 ms for 0.4 megapixels.
   *
   * @throws Error where the sizes differ.
   */
  score(reference: Pixels, test: Pixels): Promise<number>
  close(): void
}

/** Reads what a browser would show of a picture: a file's path, or its bytes. */
export async function readPixels(picture: string | Buffer): Promise<Pixels> {
  const { data, info } = await sharp(picture, { limitInputPixels: false })
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/**
 * Starts a scorer, and builds it where it is not built: 20 s, once.
 *
 * @throws Error where there is no Rust, with what to install.
 */
export async function openScorer(): Promise<Scorer> {
  const child = spawn(await buildScorer(), { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = readAnswers(child)
  // What was asked fails with the process: see readAnswers.
  child.stdin.on('error', () => {})
  await once(child, 'spawn')
  let last: Pixels | undefined
  return {
    score(reference, test) {
      if (reference !== last) send(child.stdin, 'R', reference)
      last = reference
      send(child.stdin, 'T', test)
      return answers.next()
    },
    close: () => child.stdin.end(),
  }
}

function send(stream: Writable, kind: 'R' | 'T', { data, width, height }: Pixels): void {
  const header = Buffer.alloc(9)
  header.write(kind)
  header.writeUInt32LE(width, 1)
  header.writeUInt32LE(height, 5)
  stream.write(header)
  stream.write(data)
}

/** The lines of the scorer, each for who asked first. */
function readAnswers(child: ChildProcessByStdio<Writable, Readable, null>) {
  const waiting: { resolve(score: number): void; reject(error: Error): void }[] = []
  createInterface(child.stdout).on('line', (line) => {
    const asked = waiting.shift()
    if (line.startsWith('error: ')) asked?.reject(new Error(`the scorer: ${line.slice('error: '.length)}`))
    else asked?.resolve(Number(line))
  })
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting) reject(new Error(`the scorer ended with ${signal ?? `code ${code}`}`))
  })
  return {
    next: () => new Promise<number>((resolve, reject) => waiting.push({ resolve, reject })),
  }
}
