import { join } from 'node:path'
import type { PeerRequest } from './cells.ts'

/** A peer that is a server of its own. */
export interface PeerServer {
  /** From the folder that it is installed in. */
  command(folder: string): string
  args(port: number, configuration: string): string[]
  environment(port: number, root: string): Readonly<Record<string, string>>
  /** Text of a file that `args` names; empty where there is none. */
  configuration(root: string, scratch: string): string
  /** What says that it is up. */
  healthPath: string
  /** @param name of the original, from the root. */
  path(name: string, request: Pick<PeerRequest, 'width' | 'format'>): string
}

/** By name of the peer. */
export const servers: Readonly<Record<string, PeerServer>> = {
  // Source: thumbor's documentation, "Configuration", "Image Endpoint", "Filters: Format".
  thumbor: {
    command: (folder) => join(folder, 'bin/thumbor'),
    args: (port, configuration) => ['--ip', '127.0.0.1', '--port', String(port), '--conf', configuration],
    environment: () => ({}),
    configuration: (root, scratch) =>
      [
        "LOADER = 'thumbor.loaders.file_loader'",
        `FILE_LOADER_ROOT_PATH = ${JSON.stringify(root)}`,
        `FILE_STORAGE_ROOT_PATH = ${JSON.stringify(join(scratch, 'storage'))}`,
        '',
      ].join('\n'),
    healthPath: '/healthcheck',
    path: (name, { width, format }) => `/unsafe/${width}x0/filters:format(${format})/${name}`,
  },
  // Source: imgproxy's documentation, "Configuration" and "Processing an image".
  imgproxy: {
    command: (folder) => join(folder, 'bin/imgproxy'),
    args: () => [],
    environment: (port, root) => ({
      IMGPROXY_BIND: `127.0.0.1:${port}`,
      IMGPROXY_LOCAL_FILESYSTEM_ROOT: root,
      // Else it refuses what is above 16.8 MP.
      IMGPROXY_MAX_SRC_RESOLUTION: '100',
    }),
    configuration: () => '',
    healthPath: '/health',
    path: (name, { width, format }) =>
      `/unsafe/rs:fit:${width}:0/f:${format === 'jpeg' ? 'jpg' : format}/plain/local:///${name}`,
  },
}
