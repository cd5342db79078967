import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import type { Fault } from '../fault.ts'

/** Of those, half send slowly and half read slowly. */
const slowClients = 1000

/** Every write to it fails as on a full disk. */
const fullFile = '/dev/full'

/** Bytes by which the process may grow for each slow client: its socket, its parser and its headers take about 30 kB. */
const maxBytesPerClient = 200 * 1024

export const machineFaults: readonly Fault[] = [
  {
    name: 'disk-full',
    done: 'the disk of the local edge’s log is full (/dev/full); its cache is in memory, and it writes nothing else under way',
    design: 'lines of the log are lost; nobody notices anything',
    allowed: {},
    alarms: [],
    findObstacle: () => (existsSync(fullFile) ? undefined : `this machine has no ${fullFile}`),
    async inject({ edge }) {
      await edge.setLogFile(fullFile)
      return async () => {}
    },
  },
  {
    name: 'slow-clients',
    done: `${slowClients} clients send a request, or read the answer, at a byte a second`,
    design: 'nobody else notices anything; the memory that they take is bounded',
    minSeconds: 6,
    allowed: {},
    alarms: [],
    async inject({ edge, sign, note }) {
      const before = (await edge.count()).residentBytes
      const { url } = sign('products/00/item-0.jpg', 211)
      const sockets = await openSlowClients(edge.url, url)
      return async () => {
        const grown = (await edge.count()).residentBytes - before
        for (const { socket } of sockets) socket.destroy()
        const open = sockets.filter(({ isOpen }) => isOpen()).length
        note(`${open} still connected at the end; the edge grew by ${(grown / 1e6).toFixed(0)} MB`)
        if (grown > slowClients * maxBytesPerClient) {
          throw new Error(
            `expected at most ${maxBytesPerClient} bytes for each slow client but received ${grown / slowClients}`,
          )
        }
      }
    },
  },
]

interface SlowClient {
  socket: Socket
  /** Whether the edge had not closed it. */
  isOpen(): boolean
}

async function openSlowClients(base: string, url: string): Promise<SlowClient[]> {
  const { hostname, port } = new URL(base)
  const request = `GET ${url} HTTP/1.1\r\nhost: localhost\r\naccept: */*\r\n\r\n`
  const open = (at: number): SlowClient => {
    const socket = connect(Number(port), hostname)
    let closed = false
    socket.on('error', () => {}).on('close', () => (closed = true))
    const clock = setInterval(() => tick(), 1000)
    socket.on('close', () => clearInterval(clock))
    let sent = 0
    const sendsSlowly = at % 2 === 0
    if (!sendsSlowly) socket.write(request)
    socket.pause()
    const tick = () => {
      if (sendsSlowly) socket.write(request[sent++ % request.length] as string)
      else socket.read(1)
    }
    return { socket, isOpen: () => !closed }
  }
  const clients: SlowClient[] = []
  // A few at a time: the backlog of a listening socket is 511.
  for (let at = 0; at < slowClients; at++) {
    clients.push(open(at))
    if (at % 100 === 99) await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return clients
}
